"""Asking for refunds: within what was captured, with a reason, and above a threshold with a second person."""

import uuid
from dataclasses import dataclass

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.events.public import enqueue
from banksia.foundation.organisations.public import module_settings
from banksia.foundation.payments import queries
from banksia.foundation.payments.errors import (
    CounterReferenceNeeded,
    NothingToRefund,
    RefundableChanged,
    RefundDecided,
    SecondPersonNeeded,
)
from banksia.foundation.payments.models import Payable, Payment, Refund, RefundState
from banksia.foundation.payments.service.raising import PayableRef, locked, sums_by_id
from banksia.foundation.payments.service.refund_outcomes import locked_refund, succeed_refund
from banksia.foundation.payments.service.transitions import move_refund
from banksia.foundation.payments.settings import PaymentsSettings
from banksia.kit.actor import Actor
from banksia.kit.models import new_id


@dataclass(frozen=True)
class RefundWish:
    """What a person asks for."""

    reason: str
    seen_available_cents: int
    """The amount that the person saw as refundable: when it has changed meanwhile, nothing is done."""
    counter_reference: str | None = None
    """How counter money goes back: the terminal's reference, the cheque's number, or "cash"."""


def refund(session: Session, actor: Actor, *, payable: PayableRef, wish: RefundWish) -> list[Refund]:
    """Refund all that is left of what was paid, one refund for each payment.

    Card refunds are sent by a task after the commit. Raises NothingToRefund, RefundableChanged, CounterReferenceNeeded.
    """
    owed = locked(session, payable)
    payments = [
        payment
        for payment in session.scalars(queries.payments_for(owed.organisation_id, owed.id).with_for_update())
        if payment.applied
    ]
    return _refund_payments(session, actor, owed, payments, wish)


def _refund_payments(
    session: Session,
    actor: Actor,
    owed: Payable,
    payments: list[Payment],
    wish: RefundWish,
    *,
    review_case_id: uuid.UUID | None = None,
) -> list[Refund]:
    left = refundable(session, owed.organisation_id, payments)
    available_cents = sum(left.values())
    if available_cents == 0:
        raise NothingToRefund(owed.reference)
    if available_cents != wish.seen_available_cents:
        raise RefundableChanged(wish.seen_available_cents, available_cents)
    if not wish.counter_reference and any(payment.method != "card" and left[payment.id] for payment in payments):
        raise CounterReferenceNeeded
    threshold_cents = module_settings(session, PaymentsSettings).refund_approval_from_cents
    needs_approval = available_cents >= threshold_cents
    refunds = [
        _new_refund(actor, payment, left[payment.id], wish, review_case_id, needs_approval=needs_approval)
        for payment in payments
        if left[payment.id]
    ]
    session.add_all(refunds)
    session.flush()
    for each in refunds:
        audit.record(
            session,
            actor,
            "payments.refund_requested",
            subject=each,
            detail={"amount_cents": each.amount_cents, "reason": each.reason, "state": each.state},
        )
        if not needs_approval:
            _carry_out(session, actor, owed, each)
    return refunds


def refund_one_payment(
    session: Session, actor: Actor, owed: Payable, payment: Payment, wish: RefundWish, *, review_case_id: uuid.UUID
) -> list[Refund]:
    """Refund a payment that pays nothing: a duplicate, a late or a wrong one."""
    return _refund_payments(session, actor, owed, [payment], wish, review_case_id=review_case_id)


def refundable(session: Session, organisation_id: uuid.UUID, payments: list[Payment]) -> dict[uuid.UUID, int]:
    """What is left of each payment, in cents, after refunds that are done, under way or wait for approval."""
    held = sums_by_id(session, queries.held_back(organisation_id, [payment.id for payment in payments]))
    return {payment.id: payment.amount_cents - held.get(payment.id, 0) for payment in payments}


def _new_refund(
    actor: Actor,
    payment: Payment,
    amount_cents: int,
    wish: RefundWish,
    review_case_id: uuid.UUID | None,
    *,
    needs_approval: bool,
) -> Refund:
    return Refund(
        id=new_id(),
        organisation_id=payment.organisation_id,
        payable_id=payment.payable_id,
        payment_id=payment.id,
        review_case_id=review_case_id,
        amount_cents=amount_cents,
        state=str(RefundState.AWAITING_APPROVAL if needs_approval else RefundState.PENDING),
        reason=wish.reason,
        method=payment.method,
        reference=None if payment.method == "card" else wish.counter_reference,
        requested_by=actor.user_id,
        requested_by_name=actor.name,
    )


def approve_refund(session: Session, actor: Actor, *, refund_id: uuid.UUID) -> Refund:
    """Approve a refund that somebody else asked for. Raises SecondPersonNeeded, RefundDecided."""
    wanted, owed = _to_decide(session, actor, refund_id)
    if wanted.requested_by == actor.user_id:
        raise SecondPersonNeeded
    move_refund(wanted, RefundState.PENDING)
    audit.record(session, actor, "payments.refund_approved", subject=wanted)
    _carry_out(session, actor, owed, wanted)
    return wanted


def reject_refund(session: Session, actor: Actor, *, refund_id: uuid.UUID, reason: str) -> Refund:
    """Turn a refund down: the amount can be refunded again. Raises RefundDecided."""
    wanted, _ = _to_decide(session, actor, refund_id)
    move_refund(wanted, RefundState.REJECTED)
    audit.record(session, actor, "payments.refund_rejected", subject=wanted, detail={"reason": reason})
    return wanted


def _to_decide(session: Session, actor: Actor, refund_id: uuid.UUID) -> tuple[Refund, Payable]:
    wanted, owed = locked_refund(session, refund_id)
    if wanted.state != RefundState.AWAITING_APPROVAL:
        raise RefundDecided
    wanted.decided_by, wanted.decided_by_name = actor.user_id, actor.name
    return wanted, owed


def _carry_out(session: Session, actor: Actor, owed: Payable, wanted: Refund) -> None:
    if wanted.method == "card":
        enqueue(session, "payments.send_refund", refund_id=wanted.id)
        return
    succeed_refund(session, actor, owed, wanted)
