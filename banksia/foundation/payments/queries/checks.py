"""What is wrong in the books, as SELECTs that are empty while all is well; scoped to one organisation.

Each is one statement, so it sees one moment and no money that is just being moved.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from banksia.foundation.payments.models import (
    HOLDING_REFUNDS,
    OPEN_ATTEMPTS,
    PAID_STATES,
    AccountPayment,
    EntryKind,
    LedgerEntry,
    Method,
    Money,
    Payable,
    Payment,
    PaymentAttempt,
    Receipt,
    ReceiptCounter,
    Refund,
    RefundState,
)
from banksia.foundation.payments.queries import (
    attempts_of,
    ledger_of,
    payables_named,
    payables_of,
    payments_of,
    receipts_of,
    refunds_of,
)
from banksia.foundation.payments.queries.accounts import account_payments_of

CHARGES = (EntryKind.CHARGE, EntryKind.COUNTER_TAKING, EntryKind.ACCOUNT_CHARGE, EntryKind.WAIVER)
NOT_PAID = (Money.AWAITING_PAYMENT, Money.EXPIRED, Money.CANCELLED, Money.NEEDS_REVIEW)
"""No work may be done for what stands so."""


def attempts_left(organisation_id: uuid.UUID, before: datetime) -> Select[PaymentAttempt, str]:
    """Payment pages whose end nobody knows, with the reference of what they were for."""
    return (
        attempts_of(organisation_id)
        .join(Payable, Payable.id == PaymentAttempt.payable_id)
        .where(PaymentAttempt.state.in_(OPEN_ATTEMPTS), PaymentAttempt.created_at < before)
        .order_by(PaymentAttempt.id)
        .add_columns(Payable.reference)
    )


def refunds_left(organisation_id: uuid.UUID, before: datetime) -> Select[Refund, str]:
    """Card refunds whose end nobody knows, with the reference of what they were for."""
    return (
        refunds_of(organisation_id)
        .join(Payable, Payable.id == Refund.payable_id)
        .where(Refund.state == RefundState.PENDING, Refund.method == Method.CARD, Refund.created_at < before)
        .order_by(Refund.id)
        .add_columns(Payable.reference)
    )


def payables_amiss(organisation_id: uuid.UUID) -> Select[Payable, int, int]:
    """Payables whose state says other than their payments and refunds, with the cents of both."""
    paid = (
        payments_of(organisation_id)
        .where(Payment.applied)
        .with_only_columns(
            Payment.payable_id,
            func.sum(Payment.amount_cents - Payment.surcharge_cents).label("cents"),
            func.sum(Payment.amount_cents).label("with_surcharge_cents"),
        )
        .group_by(Payment.payable_id)
        .subquery()
    )
    back = (
        refunds_of(organisation_id)
        .join(Payment, Payment.id == Refund.payment_id)
        .where(Refund.state == RefundState.SUCCEEDED, Payment.applied)
        .with_only_columns(Refund.payable_id, func.sum(Refund.amount_cents).label("cents"))
        .group_by(Refund.payable_id)
        .subquery()
    )
    paid_cents, back_cents = func.coalesce(paid.c.cents, 0), func.coalesce(back.c.cents, 0)
    is_paid = Payable.state.in_(PAID_STATES)
    wrong = or_(
        and_(is_paid, paid_cents != Payable.total_cents),
        and_(Payable.state == Money.PAID, back_cents > 0),
        and_(Payable.state == Money.PART_REFUNDED, back_cents == 0),
        and_(is_paid, back_cents > 0, back_cents >= paid.c.with_surcharge_cents),
        and_(Payable.state == Money.AWAITING_PAYMENT, paid_cents >= Payable.total_cents),
    )
    return (
        payables_of(organisation_id)
        .outerjoin(paid, paid.c.payable_id == Payable.id)
        .outerjoin(back, back.c.payable_id == Payable.id)
        .where(wrong)
        .order_by(Payable.id)
        .add_columns(paid_cents, back_cents)
    )


def _unlike(amount_cents: InstrumentedAttribute[int], method: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """That there is no entry, or one over something else."""
    return or_(LedgerEntry.id.is_(None), LedgerEntry.amount_cents != amount_cents, LedgerEntry.method != method)


def _entry_of(
    organisation_id: uuid.UUID, source_id: InstrumentedAttribute[uuid.UUID], kinds: Sequence[EntryKind]
) -> ColumnElement[bool]:
    return and_(
        LedgerEntry.organisation_id == organisation_id,
        LedgerEntry.source_id == source_id,
        LedgerEntry.kind.in_(kinds),
    )


def payments_not_in_ledger(organisation_id: uuid.UUID) -> Select[Payment]:
    """Payments without their entry in the ledger, or with another amount or method there."""
    return (
        payments_of(organisation_id)
        .outerjoin(LedgerEntry, _entry_of(organisation_id, Payment.id, CHARGES))
        .where(_unlike(Payment.amount_cents, Payment.method))
        .order_by(Payment.id)
    )


def refunds_not_in_ledger(organisation_id: uuid.UUID) -> Select[Refund]:
    """Refunds that are done and not in the ledger, or over another amount; those that failed and are in it."""
    booked = (
        ledger_of(organisation_id)
        .where(LedgerEntry.kind.in_((EntryKind.REFUND, EntryKind.REVERSAL)))
        .with_only_columns(LedgerEntry.source_id, func.sum(LedgerEntry.amount_cents).label("cents"))
        .group_by(LedgerEntry.source_id)
        .subquery()
    )
    should = case((Refund.state == RefundState.SUCCEEDED, -Refund.amount_cents), else_=0)
    return (
        refunds_of(organisation_id)
        .outerjoin(booked, booked.c.source_id == Refund.id)
        .where(func.coalesce(booked.c.cents, 0) != should)
        .order_by(Refund.id)
    )


def account_payments_not_in_ledger(organisation_id: uuid.UUID) -> Select[AccountPayment]:
    """Payments towards accounts without both of their entries."""
    booked = (
        ledger_of(organisation_id)
        .where(LedgerEntry.kind.in_((EntryKind.ACCOUNT_PAYMENT, EntryKind.ACCOUNT_SETTLEMENT)))
        .with_only_columns(
            LedgerEntry.source_id,
            func.sum(LedgerEntry.amount_cents).label("cents"),
            func.max(LedgerEntry.amount_cents).label("largest_cents"),
        )
        .group_by(LedgerEntry.source_id)
        .subquery()
    )
    return (
        account_payments_of(organisation_id)
        .outerjoin(booked, booked.c.source_id == AccountPayment.id)
        .where(
            or_(
                booked.c.cents.is_(None),
                booked.c.cents != 0,
                booked.c.largest_cents != AccountPayment.amount_cents,
            )
        )
        .order_by(AccountPayment.id)
    )


def entries_of_nothing(organisation_id: uuid.UUID) -> Select[LedgerEntry]:
    """Entries of takings and refunds that no payment and no refund stands behind."""
    payment = payments_of(organisation_id).where(Payment.id == LedgerEntry.source_id).with_only_columns(literal(1))
    wanted = refunds_of(organisation_id).where(Refund.id == LedgerEntry.source_id).with_only_columns(literal(1))
    return (
        ledger_of(organisation_id)
        .where(
            or_(
                and_(LedgerEntry.kind.in_(CHARGES), ~payment.exists()),
                and_(LedgerEntry.kind == EntryKind.REFUND, ~wanted.exists()),
            )
        )
        .order_by(LedgerEntry.id)
    )


def gaps_in_receipts(organisation_id: uuid.UUID) -> Select[int, int]:
    """Missing numbers, from and to, between two receipts or before the first."""
    before = func.coalesce(func.lag(Receipt.number).over(order_by=Receipt.number), 0)
    numbers = receipts_of(organisation_id).with_only_columns(Receipt.number, before.label("before")).subquery()
    return (
        select(numbers.c.before + 1, numbers.c.number - 1)
        .where(numbers.c.number > numbers.c.before + 1)
        .order_by(numbers.c.number)
    )


def last_numbers(organisation_id: uuid.UUID) -> Select[int, int]:
    """The last receipt number that was given, and the highest on a receipt."""
    counter = (
        select(ReceiptCounter.last_number).where(ReceiptCounter.organisation_id == organisation_id).scalar_subquery()
    )
    highest = receipts_of(organisation_id).with_only_columns(func.max(Receipt.number)).scalar_subquery()
    return select(func.coalesce(counter, 0), func.coalesce(highest, 0))


def refunds_above_captured(organisation_id: uuid.UUID) -> Select[Payment, int]:
    """Payments of which more is refunded, or about to be, than came in; with the cents that are."""
    held = (
        refunds_of(organisation_id)
        .where(Refund.state.in_(HOLDING_REFUNDS))
        .with_only_columns(Refund.payment_id, func.sum(Refund.amount_cents).label("cents"))
        .group_by(Refund.payment_id)
        .subquery()
    )
    return (
        payments_of(organisation_id)
        .join(held, held.c.payment_id == Payment.id)
        .where(held.c.cents > Payment.amount_cents)
        .order_by(Payment.id)
        .add_columns(held.c.cents)
    )


def subjects_not_paid(organisation_id: uuid.UUID, kind: str) -> Select[uuid.UUID]:
    """What a workflow calls everything of one kind for which no work may be done."""
    return (
        payables_of(organisation_id)
        .where(Payable.kind == kind, Payable.state.in_(NOT_PAID))
        .with_only_columns(Payable.subject_id)
        .order_by(Payable.id)
    )


def subjects_paid(
    organisation_id: uuid.UUID, payables: Sequence[tuple[str, uuid.UUID]]
) -> Select[str, uuid.UUID, datetime | None]:
    """Which of some payables are paid, by the names that their workflow gave them, and since when."""
    return (
        payables_named(organisation_id, payables)
        .where(Payable.state.in_(PAID_STATES))
        .with_only_columns(Payable.kind, Payable.subject_id, Payable.settled_at)
    )
