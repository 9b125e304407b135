"""Every SELECT of payments, scoped to one organisation."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Select, and_, false, func, or_, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import lazyload

from banksia.foundation.payments.models import (
    HOLDING_REFUNDS,
    OPEN_ATTEMPTS,
    Attempt,
    EventCursor,
    LedgerEntry,
    Money,
    Payable,
    Payment,
    PaymentAttempt,
    Receipt,
    ReceiptDocument,
    Refund,
    RefundState,
    ReviewCase,
    WebhookEvent,
)
from banksia.kit.among import among


def payables_of(organisation_id: uuid.UUID) -> Select[Payable]:
    """What is owed to one organisation."""
    return select(Payable).where(Payable.organisation_id == organisation_id)


def payables_for_lists(organisation_id: uuid.UUID, payable_ids: Iterable[uuid.UUID]) -> Select[Payable]:
    """These payables without their lines, which a list does not show."""
    return payables_of(organisation_id).where(among(Payable.id, payable_ids)).options(lazyload(Payable.lines))


def payables_of_cases(
    organisation_id: uuid.UUID, payable_ids: Iterable[uuid.UUID]
) -> Select[uuid.UUID, str, uuid.UUID, str, str, int]:
    """What a list of cases says of these payables; a page of fifty costs half as much without making rows of them."""
    said = (Payable.id, Payable.kind, Payable.subject_id, Payable.reference, Payable.state, Payable.total_cents)
    return select(*said).where(Payable.organisation_id == organisation_id, among(Payable.id, payable_ids))


def amounts_of_payments(organisation_id: uuid.UUID, payment_ids: Iterable[uuid.UUID]) -> Select[uuid.UUID, int]:
    """What these payments were, in cents."""
    amounts = select(Payment.id, Payment.amount_cents)
    return amounts.where(Payment.organisation_id == organisation_id, among(Payment.id, payment_ids))


def payable_named(organisation_id: uuid.UUID, payable: tuple[str, uuid.UUID]) -> Select[Payable]:
    """One payable by the name that its workflow gave it."""
    return payables_of(organisation_id).where(Payable.kind == payable[0], Payable.subject_id == payable[1])


def payables_named(organisation_id: uuid.UUID, payables: Sequence[tuple[str, uuid.UUID]]) -> Select[Payable]:
    """Many payables by name."""
    by_kind: dict[str, list[uuid.UUID]] = {}
    for kind, subject_id in payables:
        by_kind.setdefault(kind, []).append(subject_id)
    named = [and_(Payable.kind == kind, among(Payable.subject_id, ids)) for kind, ids in by_kind.items()]
    return payables_of(organisation_id).where(or_(false(), *named))


def unpaid_since(organisation_id: uuid.UUID, before: datetime) -> Select[Payable]:
    """What waits for payment for too long and has no open attempt."""
    attempted = (
        attempts_of(organisation_id)
        .where(PaymentAttempt.payable_id == Payable.id, PaymentAttempt.state.in_(OPEN_ATTEMPTS))
        .with_only_columns(PaymentAttempt.id)
        .exists()
    )
    # What a cheque had paid stays owed until somebody pays it: the work is done, or stands still for it.
    dishonoured = payments_of(organisation_id).where(
        Payment.payable_id == Payable.id, Payment.dishonoured_at.is_not(None)
    )
    return payables_of(organisation_id).where(
        Payable.state == Money.AWAITING_PAYMENT,
        Payable.created_at < before,
        ~attempted,
        ~dishonoured.with_only_columns(Payment.id).exists(),
    )


def abandoned_counter_locks(organisation_id: uuid.UUID, before: datetime) -> Select[Payable]:
    """Locks of a clerk's browser that never came back."""
    return payables_of(organisation_id).where(Payable.counter_lock.is_not(None), Payable.counter_locked_at < before)


def attempts_of(organisation_id: uuid.UUID) -> Select[PaymentAttempt]:
    """The online attempts of one organisation."""
    return select(PaymentAttempt).where(PaymentAttempt.organisation_id == organisation_id)


def open_attempt_of(organisation_id: uuid.UUID, payable_id: uuid.UUID) -> Select[PaymentAttempt]:
    """The one attempt of a payable that may still be paid."""
    return attempts_of(organisation_id).where(
        PaymentAttempt.payable_id == payable_id, PaymentAttempt.state.in_(OPEN_ATTEMPTS)
    )


def open_attempts(organisation_id: uuid.UUID, *, asked_before: datetime) -> Select[uuid.UUID]:
    """Attempts whose end we do not know, the longest unasked first."""
    return (
        attempts_of(organisation_id)
        .with_only_columns(PaymentAttempt.id)
        .where(PaymentAttempt.state.in_(OPEN_ATTEMPTS), PaymentAttempt.asked_at < asked_before)
        .order_by(PaymentAttempt.asked_at)
    )


def latest_attempts(organisation_id: uuid.UUID, payable_ids: Sequence[uuid.UUID]) -> Select[PaymentAttempt]:
    """The last attempt of each payable."""
    return (
        attempts_of(organisation_id)
        .where(among(PaymentAttempt.payable_id, payable_ids))
        .ext(distinct_on(PaymentAttempt.payable_id))
        .order_by(PaymentAttempt.payable_id, PaymentAttempt.id.desc())
    )


def attempts_at_provider(organisation_id: uuid.UUID, provider_ids: Sequence[str]) -> Select[PaymentAttempt]:
    """Attempts by what the provider calls the page or the payment."""
    return attempts_of(organisation_id).where(
        or_(among(PaymentAttempt.checkout_id, provider_ids), among(PaymentAttempt.provider_payment_id, provider_ids))
    )


def events_of(organisation_id: uuid.UUID) -> Select[WebhookEvent]:
    """What the provider told about one organisation."""
    return select(WebhookEvent).where(WebhookEvent.organisation_id == organisation_id)


def unhandled_events(organisation_id: uuid.UUID, *, before: datetime) -> Select[WebhookEvent]:
    """Events that were taken in and are still without effect."""
    return (
        events_of(organisation_id)
        .where(WebhookEvent.handled_at.is_(None), WebhookEvent.created_at < before)
        .order_by(WebhookEvent.id)
    )


def cursor_of(organisation_id: uuid.UUID, provider: str) -> Select[EventCursor]:
    """How far the provider's list of events has been read."""
    return select(EventCursor).where(EventCursor.organisation_id == organisation_id, EventCursor.provider == provider)


def payments_of(organisation_id: uuid.UUID) -> Select[Payment]:
    """The money that one organisation captured."""
    return select(Payment).where(Payment.organisation_id == organisation_id)


def payments_for(organisation_id: uuid.UUID, payable_id: uuid.UUID) -> Select[Payment]:
    """The money captured for one payable."""
    return payments_of(organisation_id).where(Payment.payable_id == payable_id).order_by(Payment.id)


def captured(organisation_id: uuid.UUID, payable_ids: Sequence[uuid.UUID]) -> Select[uuid.UUID, int]:
    """What pays each payable, in cents: payments that wait for a person, and surcharges, do not count."""
    return (
        payments_of(organisation_id)
        .where(among(Payment.payable_id, payable_ids), Payment.applied)
        .with_only_columns(Payment.payable_id, func.sum(Payment.amount_cents - Payment.surcharge_cents))
        .group_by(Payment.payable_id)
    )


def refunds_of(organisation_id: uuid.UUID) -> Select[Refund]:
    """The refunds of one organisation."""
    return select(Refund).where(Refund.organisation_id == organisation_id)


def refunds_for(organisation_id: uuid.UUID, payable_id: uuid.UUID) -> Select[Refund]:
    """The refunds of one payable."""
    return refunds_of(organisation_id).where(Refund.payable_id == payable_id).order_by(Refund.id)


def held_back(organisation_id: uuid.UUID, payment_ids: Sequence[uuid.UUID]) -> Select[uuid.UUID, int]:
    """What of each payment is refunded or about to be, in cents."""
    return (
        refunds_of(organisation_id)
        .where(among(Refund.payment_id, payment_ids), Refund.state.in_(HOLDING_REFUNDS))
        .with_only_columns(Refund.payment_id, func.sum(Refund.amount_cents))
        .group_by(Refund.payment_id)
    )


def pending_card_refunds(organisation_id: uuid.UUID, *, before: datetime) -> Select[uuid.UUID]:
    """Card refunds that are with the provider, or should be."""
    return (
        refunds_of(organisation_id)
        .with_only_columns(Refund.id)
        .where(Refund.state == RefundState.PENDING, Refund.method == "card", Refund.created_at < before)
        .order_by(Refund.id)
    )


def ledger_of(organisation_id: uuid.UUID) -> Select[LedgerEntry]:
    """The ledger of one organisation."""
    return select(LedgerEntry).where(LedgerEntry.organisation_id == organisation_id)


def receipts_of(organisation_id: uuid.UUID) -> Select[Receipt]:
    """The receipts of one organisation."""
    return select(Receipt).where(Receipt.organisation_id == organisation_id)


def receipts_for(organisation_id: uuid.UUID, payable_ids: Sequence[uuid.UUID]) -> Select[Receipt]:
    """The receipts of payables."""
    return receipts_of(organisation_id).where(among(Receipt.payable_id, payable_ids)).order_by(Receipt.number)


def document_of(organisation_id: uuid.UUID, receipt_id: uuid.UUID) -> Select[ReceiptDocument]:
    """The PDF of a receipt."""
    return select(ReceiptDocument).where(
        ReceiptDocument.organisation_id == organisation_id, ReceiptDocument.receipt_id == receipt_id
    )


def cases_of(organisation_id: uuid.UUID) -> Select[ReviewCase]:
    """The money of one organisation that a person has to look at, or has looked at."""
    return select(ReviewCase).where(ReviewCase.organisation_id == organisation_id)


def open_cases(organisation_id: uuid.UUID) -> Select[ReviewCase]:
    """Cases that wait for a person."""
    return cases_of(organisation_id).where(ReviewCase.resolved_at.is_(None))


def never_recorded(organisation_id: uuid.UUID, payable_id: uuid.UUID) -> Select[PaymentAttempt]:
    """Open attempts whose page at the provider we do not know."""
    return attempts_of(organisation_id).where(
        PaymentAttempt.payable_id == payable_id, PaymentAttempt.state == Attempt.CREATED
    )
