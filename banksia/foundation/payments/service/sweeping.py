"""The mop-up: every quarter of an hour, whatever was left half-done is taken up again."""

import datetime

import structlog
from sqlalchemy.orm import Session

from banksia.foundation.events.public import emit, enqueue
from banksia.foundation.organisations.public import module_settings
from banksia.foundation.payments import queries
from banksia.foundation.payments.adapters.provider import ProviderDown
from banksia.foundation.payments.events import PaymentFailed
from banksia.foundation.payments.models import Cause, Money, WebhookEvent
from banksia.foundation.payments.service.provider_accounts import provider_of
from banksia.foundation.payments.service.raising import COUNTER_LOCK_FOR, locked_by_id
from banksia.foundation.payments.service.transitions import move_money
from banksia.foundation.payments.settings import PaymentsSettings
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions, organisation_id_of

LEFT_ALONE_FOR = datetime.timedelta(minutes=5)
"""Younger things are most likely being done at this moment."""
AT_ONCE = 500

_log = structlog.get_logger(__name__)


def mop_up(transactions: Transactions) -> None:
    """Queue the settling of every attempt, event and refund whose end is not known; free what was abandoned.

    Each is a task of its own, so one that the provider chokes on does not hold up the others.
    """
    online = _is_online(transactions)
    with transactions() as session:
        queued = _queue_unfinished(session, online=online)
        _free_counter_locks(session)
        expired = _expire_unpaid(session)
    if queued or expired:
        _log.info("payments.mopped_up", queued=queued, expired=expired)


def _is_online(transactions: Transactions) -> bool:
    """Whether there is anybody to ask; keys that cannot be opened must not hold up the rest."""
    try:
        return provider_of(transactions) is not None
    except ProviderDown:
        return False


def _queue_unfinished(session: Session, *, online: bool) -> int:
    """Put what is unfinished into the outbox; with a key, so that a slow worker does not find it there twice."""
    if not online:
        return 0
    organisation_id, before = organisation_id_of(session), utc_now() - LEFT_ALONE_FOR
    attempts = list(session.scalars(queries.open_attempts(organisation_id, asked_before=before).limit(AT_ONCE)))
    for attempt_id in attempts:
        enqueue(session, "payments.settle_attempt", key=str(attempt_id), attempt_id=attempt_id)
    unhandled = queries.unhandled_events(organisation_id, before=before).with_only_columns(WebhookEvent.id)
    events = list(session.scalars(unhandled.limit(AT_ONCE)))
    for event_id in events:
        enqueue(session, "payments.process_event", key=str(event_id), event_id=event_id)
    refunds = list(session.scalars(queries.pending_card_refunds(organisation_id, before=before).limit(AT_ONCE)))
    for refund_id in refunds:
        enqueue(session, "payments.send_refund", key=str(refund_id), refund_id=refund_id)
    return len(attempts) + len(events) + len(refunds)


def _free_counter_locks(session: Session) -> None:
    abandoned = queries.abandoned_counter_locks(organisation_id_of(session), utc_now() - COUNTER_LOCK_FOR)
    for owed in session.scalars(abandoned.with_for_update(skip_locked=True)):
        owed.counter_lock = owed.counter_locked_at = None


def _expire_unpaid(session: Session) -> int:
    days = module_settings(session, PaymentsSettings).unpaid_expires_after_days
    before = utc_now() - datetime.timedelta(days=days)
    unpaid = queries.unpaid_since(organisation_id_of(session), before).limit(AT_ONCE)
    expired = 0
    for found in list(session.scalars(unpaid)):
        owed = locked_by_id(session, found.id)
        attempt = session.scalar(queries.open_attempt_of(owed.organisation_id, owed.id))
        if owed.state != Money.AWAITING_PAYMENT or owed.counter_lock is not None or attempt is not None:
            continue
        move_money(owed, Cause.EXPIRED)
        emit(
            session,
            PaymentFailed(payable_kind=owed.kind, payable_id=owed.subject_id, reason="not_paid_in_time"),
        )
        expired += 1
    return expired
