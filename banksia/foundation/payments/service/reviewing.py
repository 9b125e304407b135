"""Resolving money that does not match: refund it, let it count, or dismiss the case, always with a reason."""

import uuid
from dataclasses import replace

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.payments import queries
from banksia.foundation.payments.errors import CaseResolved, ResolutionNotPossible, ReviewCaseNotFound
from banksia.foundation.payments.models import (
    RESOLUTIONS,
    Cause,
    Money,
    Payable,
    Payment,
    Resolution,
    ReviewCase,
    ReviewKind,
)
from banksia.foundation.payments.service.raising import locked_by_id, outstanding_cents
from banksia.foundation.payments.service.recording import settle_payable
from banksia.foundation.payments.service.recording_movements import record_movement
from banksia.foundation.payments.service.refund_again import once_more
from banksia.foundation.payments.service.refunding import RefundWish, refund_one_payment, refundable
from banksia.foundation.payments.service.transitions import move_money
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of

_ABOUT_WHAT_IS_OWED = (ReviewKind.MISMATCH, ReviewKind.PAID_LATE)
"""Closing one of these gives what is owed its state back; the others say nothing about it."""
_NO_MONEY = "No money of ours is recorded in this case, so there is nothing to refund or to count. Dismiss it."


def resolve_case(
    session: Session,
    actor: Actor,
    *,
    case_id: uuid.UUID,
    resolution: Resolution,
    reason: str,
    counter_reference: str | None = None,
) -> ReviewCase:
    """Resolve a case once. Raises CaseResolved, ResolutionNotPossible, and what a refund raises.

    A refund above the threshold then waits for a second person; the case is resolved by the decision to refund.
    """
    case, owed = _locked_case(session, case_id)
    possible = RESOLUTIONS[ReviewKind(case.kind)]
    if resolution not in possible:
        message = f"A case of this kind is resolved by: {', '.join(sorted(possible))}."
        raise ResolutionNotPossible(message)
    payment = session.get(Payment, case.payment_id) if case.payment_id else None
    if resolution is Resolution.RECORD:
        record_movement(session, actor, case)
    elif owed is None:
        _without_payable(resolution)
    elif resolution is Resolution.REFUND:
        _refund(session, actor, case, owed, payment, RefundWish(reason, 0, counter_reference))
    elif resolution is Resolution.REINSTATE:
        _reinstate(session, actor, owed, payment)
    elif owed.state == Money.NEEDS_REVIEW and case.kind in _ABOUT_WHAT_IS_OWED:
        ended = case.evidence.get("money_was") in (Money.CANCELLED, Money.EXPIRED)
        move_money(owed, Cause.DISMISSED, Money.CANCELLED if ended else Money.AWAITING_PAYMENT)
    case.resolution, case.resolution_reason = str(resolution), reason
    case.resolved_at, case.resolved_by, case.resolved_by_name = utc_now(), actor.user_id, actor.name
    audit.record(
        session,
        actor,
        "payments.review_resolved",
        subject=case,
        detail={"resolution": str(resolution), "reason": reason},
    )
    return case


def _without_payable(resolution: Resolution) -> None:
    """What belongs to nothing that is owed can be dismissed, and no more."""
    if resolution is not Resolution.DISMISS:
        raise ResolutionNotPossible(_NO_MONEY)


def _locked_case(session: Session, case_id: uuid.UUID) -> tuple[ReviewCase, Payable | None]:
    statement = queries.cases_of(organisation_id_of(session)).where(ReviewCase.id == case_id)
    case = session.scalar(statement)
    if case is None:
        raise ReviewCaseNotFound
    owed = locked_by_id(session, case.payable_id) if case.payable_id else None
    session.refresh(case, with_for_update=True)
    if case.resolved_at is not None:
        raise CaseResolved(case.resolved_by_name or "Somebody")
    return case, owed


def _refund(
    session: Session, actor: Actor, case: ReviewCase, owed: Payable, payment: Payment | None, wish: RefundWish
) -> None:
    if payment is None:
        raise ResolutionNotPossible(_NO_MONEY)
    # The case shows the one payment that it is about, so what the person saw is what is left of it.
    left_cents = refundable(session, owed.organisation_id, [payment])[payment.id]
    wanted = replace(wish, seen_available_cents=left_cents)
    if case.kind == ReviewKind.REFUND_FAILED:
        wanted = once_more(session, owed, payment, case.source_id, wanted)
    refund_one_payment(session, actor, owed, payment, wanted, review_case_id=case.id)


def _reinstate(session: Session, actor: Actor, owed: Payable, payment: Payment | None) -> None:
    """Let late or wrong money count after all, when it is as much as is owed and nothing of it went back."""
    if payment is None:
        raise ResolutionNotPossible(_NO_MONEY)
    left_cents = refundable(session, owed.organisation_id, [payment])[payment.id]
    if left_cents - payment.surcharge_cents != outstanding_cents(session, owed):
        message = "This payment is not the amount that is owed, so it cannot count for it. Refund it."
        raise ResolutionNotPossible(message)
    payment.applied = True
    session.flush()
    settle_payable(session, actor, owed, method="card", cause=Cause.REINSTATED)
