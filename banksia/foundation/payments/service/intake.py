"""What the provider tells: taken in at once, applied later by a task; nothing is lost and nothing is applied twice."""

import datetime
import uuid

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from banksia.foundation.events.public import enqueue
from banksia.foundation.payments import queries
from banksia.foundation.payments.adapters.provider import ProviderDown, ProviderEvent, SignatureInvalid
from banksia.foundation.payments.errors import WebhookEndpointOff, WebhookNotSigned
from banksia.foundation.payments.models import EventCursor, PaymentAttempt, Refund, WebhookEvent
from banksia.foundation.payments.queries import refunds as queries_refunds
from banksia.foundation.payments.service.disputing import follow_dispute
from banksia.foundation.payments.service.provider_accounts import chosen_provider, provider_of
from banksia.foundation.payments.service.refund_sending import send_refund
from banksia.foundation.payments.service.settling import mark_handled, settle
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions, organisation_id_of, organisation_slugs
from banksia.kit.kill_points import reach
from banksia.kit.models import new_id

OVERLAP = datetime.timedelta(hours=1)
FIRST_LOOK_BACK = datetime.timedelta(days=2)
BATCH = 100
_ABOUT_PAYMENTS = ("checkout.session", "payment_intent", "charge")


def receive(transactions: Transactions, payload: bytes, signature: str) -> None:
    """Check a webhook and keep its event; nothing else happens before it is answered.

    One account can serve several councils, so the event belongs to the council that our own reference in it names, and
    to the one whose address was called only when it names none. Raises WebhookEndpointOff, WebhookNotSigned.
    """
    try:
        chosen = chosen_provider(transactions)
    except ProviderDown as error:
        raise WebhookEndpointOff from error
    provider = chosen.provider
    if provider is None or not provider.takes_webhooks:
        raise WebhookEndpointOff
    try:
        event = provider.verify_webhook(payload, signature)
    except SignatureInvalid as error:
        raise WebhookNotSigned from error
    # A council's own account speaks for that council alone, whatever it says.
    organisation_id = transactions.actor.organisation_id if chosen.own else _whose(transactions, event, provider.name)
    with transactions.platform.database.session(organisation_id) as session:
        take_in(session, event, provider=provider.name, told_by="webhook")
    reach("payments.webhook_recorded")


def _whose(transactions: Transactions, event: ProviderEvent, provider: str) -> uuid.UUID:
    """The council that an event of a shared account belongs to; a dispute carries no mark of ours, only its payment."""
    called = transactions.actor.organisation_id
    with transactions() as session:
        known = list(organisation_slugs(session).values())
    if event.organisation_id is not None:
        return event.organisation_id if event.organisation_id in known else called
    if event.object_kind != "dispute" or not event.payment_id:
        return called
    for organisation_id in known:
        with transactions.platform.database.session(organisation_id) as session:
            disputed = queries_refunds.disputed_payment(organisation_id, provider, event.payment_id)
            if session.scalar(disputed.limit(1)) is not None:
                return organisation_id
    return called


def take_in(session: Session, event: ProviderEvent, *, provider: str, told_by: str) -> bool:
    """Keep an event and queue its processing, in one transaction; False when it was known."""
    row_id = session.scalar(
        insert(WebhookEvent)
        .values(
            id=new_id(),
            created_at=utc_now(),
            organisation_id=organisation_id_of(session),
            provider=provider,
            account=event.account,
            event_id=event.id,
            type=event.type,
            livemode=event.livemode,
            object_kind=event.object_kind,
            object_id=event.object_id,
            reference=event.reference,
            provider_payment_id=event.payment_id,
            happened_at=event.happened_at,
            told_by=told_by,
        )
        .on_conflict_do_nothing(index_elements=["organisation_id", "account", "event_id"])
        .returning(WebhookEvent.id)
    )
    if row_id is None:
        return False
    enqueue(session, "payments.process_event", event_id=row_id)
    return True


def process_event(transactions: Transactions, *, event_id: uuid.UUID) -> None:
    """Apply one event, outside any transaction; an event that is handled is left alone.

    What an event says is never believed: it only says about what the provider is to be asked.
    """
    with transactions() as session:
        event = session.scalars(queries.events_of(organisation_id_of(session)).where(WebhookEvent.id == event_id)).one()
        if event.handled_at is not None:
            return
        disputed = event.object_id if event.object_kind == "dispute" else None
        attempt_id, refund_id = (None, None) if disputed else _subject(session, event)
        if attempt_id is None and refund_id is None and disputed is None:
            mark_handled(session, event_id, "nothing of ours")
            return
    if disputed is not None:
        follow_dispute(transactions, dispute_id=disputed, event_id=event_id)
    elif refund_id is not None:
        send_refund(transactions, refund_id=refund_id, event_id=event_id)
    elif attempt_id is not None:
        settle(transactions, attempt_id=attempt_id, event_id=event_id)


def _subject(session: Session, event: WebhookEvent) -> tuple[uuid.UUID | None, uuid.UUID | None]:
    """The attempt or the refund that an event is about, if it is one of ours."""
    reference = _as_uuid(event.reference)
    organisation_id = event.organisation_id
    if event.object_kind == "refund":
        wanted = queries.refunds_of(organisation_id).where(
            (Refund.id == reference) | (Refund.provider_refund_id == event.object_id)
        )
        return None, session.scalar(wanted.with_only_columns(Refund.id).limit(1))
    if event.object_kind not in _ABOUT_PAYMENTS:
        return None, None
    named = queries.attempts_of(organisation_id).where(PaymentAttempt.id == reference)
    found = session.scalar(named.with_only_columns(PaymentAttempt.id))
    if found is None:
        ids = [known for known in (event.object_id, event.provider_payment_id) if known]
        at_provider = queries.attempts_at_provider(organisation_id, ids)
        found = session.scalar(at_provider.with_only_columns(PaymentAttempt.id).limit(1))
    return found, None


def _as_uuid(text: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(text) if text else None
    except ValueError:
        return None


def list_events(transactions: Transactions) -> None:
    """Read the provider's own list since the cursor, so that a webhook that was never delivered is found."""
    provider = provider_of(transactions)
    if provider is None:
        return
    with transactions() as session:
        since = _cursor(session, provider.name).listed_until
    newest, batch = since, list[ProviderEvent]()
    for event in provider.list_events(since - OVERLAP):
        newest = max(newest, event.happened_at)
        if event.organisation_id in (None, transactions.actor.organisation_id):
            batch.append(event)
        if len(batch) == BATCH:
            _take_in_all(transactions, batch, provider.name)
            batch = []
    _take_in_all(transactions, batch, provider.name)
    with transactions() as session:
        # Moved only when the whole list is in: a run that dies half-way starts again from the same place.
        cursor = _cursor(session, provider.name)
        cursor.listed_until = max(cursor.listed_until, newest)


def _take_in_all(transactions: Transactions, batch: list[ProviderEvent], provider: str) -> None:
    with transactions() as session:
        for event in batch:
            take_in(session, event, provider=provider, told_by="list")
    reach("payments.webhook_recorded")


def _cursor(session: Session, provider: str) -> EventCursor:
    organisation_id = organisation_id_of(session)
    session.execute(
        insert(EventCursor)
        .values(
            id=new_id(),
            created_at=utc_now(),
            organisation_id=organisation_id,
            provider=provider,
            listed_until=utc_now() - FIRST_LOOK_BACK,
        )
        .on_conflict_do_nothing(index_elements=["organisation_id", "provider"])
    )
    return session.scalars(queries.cursor_of(organisation_id, provider).with_for_update()).one()
