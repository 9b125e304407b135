"""Asking for refunds: within what was captured, with a reason, and above a threshold with a second person."""

import uuid
from collections.abc import Iterable, Sequence
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
    RefundBlockedByDispute,
    RefundDecided,
    SecondPersonNeeded,
)
from banksia.foundation.payments.models import CounterMethod, Method, Payable, Payment, Refund, RefundState
from banksia.foundation.payments.queries import refunds as queries_refunds
from banksia.foundation.payments.service.raising import PayableRef, locked, sums_by_id
from banksia.foundation.payments.service.recording import reopen_case
from banksia.foundation.payments.service.refund_outcomes import locked_refund, succeed_refund
from banksia.foundation.payments.service.refund_sharing import (
    LineWish,
    lines_left,
    over_payments,
    refund_lines,
    wanted_parts,
)
from banksia.foundation.payments.service.till_taking import take_out_of_till
from banksia.foundation.payments.service.transitions import move_refund
from banksia.foundation.payments.settings import PaymentsSettings
from banksia.kit.actor import Actor
from banksia.kit.database import organisation_id_of
from banksia.kit.models import new_id


@dataclass(frozen=True)
class RefundWish:
    """What a person asks for."""

    reason: str
    seen_available_cents: int
    """The amount that the person saw as refundable: when it has changed meanwhile, nothing is done."""
    counter_reference: str | None = None
    """How counter money goes back: the terminal's reference, the cheque's number, or "cash"."""
    amount_cents: int | None = None
    """How much goes back; left out, all that is left, or what the lines add up to."""
    lines: Sequence[LineWish] = ()
    """Which lines it gives back; left out, each in proportion to what is left of it."""


@dataclass(frozen=True)
class Refundable:
    """What can go back of a payable now, and how."""

    available_cents: int
    """What a person has to have seen: a wish carries it."""
    by_counter: bool
    """Some of it was paid at a counter, so whoever gives it back says how."""
    is_disputed: bool
    """A payer's bank is deciding: nothing goes back meanwhile."""


def refundable_of(session: Session, payable: PayableRef) -> Refundable:
    """What could be refunded of a payable at this moment; nothing of one that nobody has paid or that is unknown."""
    organisation_id = organisation_id_of(session)
    owed = session.scalar(queries.payable_named(organisation_id, payable))
    if owed is None:
        return Refundable(0, by_counter=False, is_disputed=False)
    payments = refundable_payments(session.scalars(queries.payments_for(organisation_id, owed.id)))
    left = refundable(session, organisation_id, payments)
    open_payments = [payment for payment in payments if left[payment.id] > 0]
    disputes = queries_refunds.open_disputes(organisation_id, [payment.id for payment in open_payments])
    return Refundable(
        available_cents=sum(left.values()),
        by_counter=any(payment.method in tuple(CounterMethod) for payment in open_payments),
        is_disputed=session.scalar(disputes.limit(1)) is not None,
    )


def refund(session: Session, actor: Actor, *, payable: PayableRef, wish: RefundWish) -> list[Refund]:
    """Refund what was paid, all that is left or a part of it, one refund for each payment that it comes from.

    Card refunds are sent by a task after the commit. Raises NothingToRefund, RefundableChanged, RefundTooLarge,
    RefundLinesDoNotAddUp, RefundBlockedByDispute, CounterReferenceNeeded.
    """
    owed = locked(session, payable)
    payments = session.scalars(queries.payments_for(owed.organisation_id, owed.id).with_for_update())
    return _refund_payments(session, actor, owed, refundable_payments(payments), wish)


def refundable_payments(payments: Iterable[Payment]) -> list[Payment]:
    """Those that pay what is owed with money: of a waiver there is nothing to give back."""
    return [payment for payment in payments if payment.applied and payment.method != Method.WAIVER]


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
    lines = lines_left(session, owed)
    amount_cents, parts = wanted_parts(wish.lines, wish.amount_cents, available_cents, lines)
    taken = over_payments(amount_cents, left)
    _check_ways_back(session, owed, [payment for payment in payments if payment.id in taken], wish)
    needs_approval = amount_cents >= second_person_from(session, payments, left)
    refunds = [
        _new_refund(actor, payment, taken[payment.id], wish, review_case_id, needs_approval=needs_approval)
        for payment in payments
        if payment.id in taken
    ]
    session.add_all(refunds)
    session.flush()
    if all(payment.applied for payment in payments):  # money that paid nothing gives back no line
        session.add_all(refund_lines(refunds, lines, parts))
        session.flush()
    for each in refunds:
        _note(session, actor, each)
        if not needs_approval:
            _carry_out(session, actor, owed, each)
    return refunds


def _note(session: Session, actor: Actor, wanted: Refund) -> None:
    detail = {"amount_cents": wanted.amount_cents, "reason": wanted.reason, "state": wanted.state}
    audit.record(session, actor, "payments.refund_requested", subject=wanted, detail=detail)


def _check_ways_back(session: Session, owed: Payable, payments: Sequence[Payment], wish: RefundWish) -> None:
    """Refuse what a bank is deciding about, and counter money of which nobody says how it goes back."""
    ids = [payment.id for payment in payments]
    if session.scalar(queries_refunds.open_disputes(owed.organisation_id, ids).limit(1)) is not None:
        raise RefundBlockedByDispute(owed.reference)
    if not wish.counter_reference and any(payment.method in tuple(CounterMethod) for payment in payments):
        raise CounterReferenceNeeded


def second_person_from(session: Session, payments: Sequence[Payment], left: dict[uuid.UUID, int]) -> int:
    """From which amount, in cents, a refund of these payments waits for a second person.

    What went back of them before counts towards the council's threshold: one large refund is not let through in parts.
    """
    threshold_cents = module_settings(session, PaymentsSettings).refund_approval_from_cents
    back_cents = sum(payment.amount_cents - left[payment.id] for payment in payments)
    return max(0, threshold_cents - back_cents)


def refund_one_payment(
    session: Session, actor: Actor, owed: Payable, payment: Payment, wish: RefundWish, *, review_case_id: uuid.UUID
) -> list[Refund]:
    """Refund a payment that pays nothing: a duplicate, a late or a wrong one."""
    return _refund_payments(session, actor, owed, [payment], wish, review_case_id=review_case_id)


def refundable(session: Session, organisation_id: uuid.UUID, payments: list[Payment]) -> dict[uuid.UUID, int]:
    """What is left of each payment, in cents.

    Refunds that are done, under way or wait for approval are off it, and so is what a bank took back in a dispute.
    """
    ids = [payment.id for payment in payments]
    held = sums_by_id(session, queries.held_back(organisation_id, ids))
    lost = sums_by_id(session, queries_refunds.lost_to_disputes(organisation_id, ids))
    return {
        payment.id: max(0, payment.amount_cents - held.get(payment.id, 0) - lost.get(payment.id, 0))
        for payment in payments
    }


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
        # Cards and accounts have one way back; how the rest goes back is said once for all of it.
        reference=wish.counter_reference if payment.method in tuple(CounterMethod) else None,
        requested_by=actor.user_id,
        requested_by_name=actor.name,
    )


def approve_refund(session: Session, actor: Actor, *, refund_id: uuid.UUID) -> Refund:
    """Approve a refund that somebody else asked for. Raises SecondPersonNeeded, RefundDecided, RefundBlockedByDispute.

    It stays waiting while a dispute of its payment is open.
    """
    wanted, owed = _to_decide(session, actor, refund_id)
    if wanted.requested_by == actor.user_id:
        raise SecondPersonNeeded
    disputed = queries_refunds.open_disputes(owed.organisation_id, [wanted.payment_id])
    if session.scalar(disputed.limit(1)) is not None:
        raise RefundBlockedByDispute(owed.reference)
    move_refund(wanted, RefundState.PENDING)
    audit.record(session, actor, "payments.refund_approved", subject=wanted)
    _carry_out(session, actor, owed, wanted)
    return wanted


def reject_refund(session: Session, actor: Actor, *, refund_id: uuid.UUID, reason: str) -> Refund:
    """Turn a refund down: the amount can be refunded again, and the case that it came from is open again.

    Raises RefundDecided.
    """
    wanted, _ = _to_decide(session, actor, refund_id)
    move_refund(wanted, RefundState.REJECTED)
    audit.record(session, actor, "payments.refund_rejected", subject=wanted, detail={"reason": reason})
    if wanted.review_case_id is not None:
        reopen_case(session, actor, wanted.review_case_id, reason=reason)
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
    take_out_of_till(session, actor, wanted)
    succeed_refund(session, actor, owed, wanted)
