"""Sending refunds to the provider, and asking how they stand."""

import datetime
import uuid
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from sqlalchemy.orm import Session

from banksia.foundation.payments import queries
from banksia.foundation.payments.adapters.provider import (
    KeyNotAccepted,
    Provider,
    ProviderDown,
    ProviderRefund,
    ProviderRefused,
    RefundRequest,
)
from banksia.foundation.payments.errors import OnlinePaymentOff
from banksia.foundation.payments.models import Payment, RefundState
from banksia.foundation.payments.service.provider_accounts import provider_of
from banksia.foundation.payments.service.refund_outcomes import (
    fail_refund,
    locked_refund,
    refund_with_id,
    succeed_refund,
)
from banksia.foundation.payments.service.settling import mark_handled
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions
from banksia.kit.kill_points import reach

AnswerT = TypeVar("AnswerT")

KEY_LIVES_FOR = datetime.timedelta(hours=20)
"""Providers forget an idempotency key after a day; older refunds are looked for instead of sent again."""


def send_refund(transactions: Transactions, *, refund_id: uuid.UUID, event_id: uuid.UUID | None = None) -> None:
    """Send a pending card refund, or ask how one that was sent stands; outside any transaction, any number of times.

    ProviderDown: try again later. Only a refusal to send it, with a key that the provider takes, makes it fail: any
    other leaves open whether the money went, and what failed may be sent again.
    """
    provider = provider_of(transactions)
    if provider is None:
        raise OnlinePaymentOff
    with transactions() as session:
        wanted = refund_with_id(session, refund_id)
        state, sent_id, created_at = wanted.state, wanted.provider_refund_id, wanted.created_at
        statement = queries.payments_of(wanted.organisation_id).where(Payment.id == wanted.payment_id)
        request = RefundRequest(
            reference=str(wanted.id),
            idempotency_key=f"refund-{wanted.id}",
            organisation_id=wanted.organisation_id,
            payment_id=session.scalars(statement).one().provider_payment_id or "",
            amount_cents=wanted.amount_cents,
        )
    reach("payments.refund_written")
    answer: ProviderRefund | None = None
    refusal: str | None = None
    try:
        if sent_id is not None:
            answer = _told(partial(provider.retrieve_refund, sent_id))
        elif state == RefundState.PENDING:
            answer = _sent(provider, request, fresh=utc_now() - created_at < KEY_LIVES_FOR)
    except ProviderRefused as refused:
        refusal = str(refused)
    reach("payments.refund_sent")
    with transactions() as session:
        outcome = _apply(session, transactions.actor, refund_id, answer, refusal)
        mark_handled(session, event_id, outcome)


def _sent(provider: Provider, request: RefundRequest, *, fresh: bool) -> ProviderRefund:
    """Send it once: after an answer that was lost, and when the key is too old to trust, look before sending again."""
    look = partial(provider.find_refund, request.reference, payment_id=request.payment_id)
    try:
        if fresh:
            return _created(provider, request)
    except ProviderDown:
        found = _told(look)
        if found is None:
            raise
        return found
    return _told(look) or _created(provider, request)


def _created(provider: Provider, request: RefundRequest) -> ProviderRefund:
    try:
        return provider.refund(request)
    except KeyNotAccepted as refused:
        raise ProviderDown(str(refused)) from refused


def _told(ask: Callable[[], AnswerT]) -> AnswerT:
    """What the provider tells about a refund; that it refuses to tell says nothing about the refund."""
    try:
        return ask()
    except ProviderRefused as refused:
        raise ProviderDown(str(refused)) from refused


def _apply(
    session: Session, actor: Actor, refund_id: uuid.UUID, answer: ProviderRefund | None, refusal: str | None
) -> str:
    wanted, owed = locked_refund(session, refund_id)
    if answer is not None:
        wanted.provider_refund_id = wanted.provider_refund_id or answer.id
    if refusal is not None and wanted.state == RefundState.PENDING:
        fail_refund(session, actor, owed, wanted, refusal)
    elif answer is None or wanted.state in (RefundState.FAILED, RefundState.REJECTED):
        return "ignored"
    elif answer.status == "failed":
        fail_refund(session, actor, owed, wanted, answer.failure_reason or "unknown")
    elif answer.status == "succeeded" and wanted.state == RefundState.PENDING:
        succeed_refund(session, actor, owed, wanted)
    return f"refund {wanted.state}"
