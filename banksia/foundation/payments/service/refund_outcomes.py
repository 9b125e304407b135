"""What follows when a refund succeeds or fails: ledger, state, event, and a case for a person."""

import uuid

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.events.public import emit
from banksia.foundation.payments import queries
from banksia.foundation.payments.errors import RefundNotFound
from banksia.foundation.payments.events import PaymentRefunded
from banksia.foundation.payments.models import Cause, Money, Payable, Payment, Refund, RefundState, ReviewKind
from banksia.foundation.payments.queries.standing import named, standing
from banksia.foundation.payments.service.raising import locked_by_id
from banksia.foundation.payments.service.recording import open_case, post
from banksia.foundation.payments.service.transitions import move_money, move_refund
from banksia.kit.actor import Actor
from banksia.kit.database import organisation_id_of


def succeed_refund(session: Session, actor: Actor, owed: Payable, wanted: Refund) -> None:
    move_refund(wanted, RefundState.SUCCEEDED)
    provider_id = wanted.provider_refund_id or wanted.reference
    post(session, actor, "refund", owed, wanted, -wanted.amount_cents, provider_id=provider_id)
    session.flush()
    audit.record(
        session, actor, "payments.payment_refunded", subject=wanted, detail={"amount_cents": wanted.amount_cents}
    )
    _follow_money(session, owed, wanted)


def fail_refund(session: Session, actor: Actor, owed: Payable, wanted: Refund, why: str) -> None:
    """A refund that failed gives its amount back to the balance and to a person."""
    was_booked = wanted.state == RefundState.SUCCEEDED
    move_refund(wanted, RefundState.FAILED)
    wanted.failure = why
    if was_booked:
        post(session, actor, "reversal", owed, wanted, wanted.amount_cents, provider_id=wanted.provider_refund_id)
    session.flush()
    evidence = {"amount_cents": wanted.amount_cents, "reason": wanted.reason, "failure": why}
    payment = session.get(Payment, wanted.payment_id)
    open_case(session, actor, ReviewKind.REFUND_FAILED, owed, source_id=wanted.id, payment=payment, evidence=evidence)
    if was_booked:
        _follow_money(session, owed, wanted, cause=Cause.REFUND_FAILED)


def _follow_money(session: Session, owed: Payable, wanted: Refund, *, cause: Cause | None = None) -> None:
    """Let the payable's state follow from what was captured for it and what went back."""
    payment = session.get_one(Payment, wanted.payment_id)
    if not payment.applied:
        if owed.state == Money.NEEDS_REVIEW and cause is None:
            move_money(owed, Cause.REFUNDED_IN_FULL)
        return
    # A surcharge goes back with the last cent of what it was charged for.
    stands = session.execute(standing(), named(owed.organisation_id, [owed.ref])).one()
    paid_cents, refunded_cents = int(stands.paid_cents + stands.on_top_cents), int(stands.refunded_cents)
    target = Money.PAID if refunded_cents == 0 else Money.PART_REFUNDED
    if refunded_cents >= paid_cents:
        target = Money.REFUNDED
    natural = Cause.REFUNDED_IN_FULL if target is Money.REFUNDED else Cause.REFUNDED_IN_PART
    if owed.state != target:
        move_money(owed, cause or natural, target)
    if cause is None:
        emit(
            session,
            PaymentRefunded(
                payable_kind=owed.kind,
                payable_id=owed.subject_id,
                refunded_cents=refunded_cents,
                in_full=target is Money.REFUNDED,
            ),
        )


def locked_refund(session: Session, refund_id: uuid.UUID) -> tuple[Refund, Payable]:
    owed = locked_by_id(session, refund_with_id(session, refund_id).payable_id)
    statement = queries.refunds_of(owed.organisation_id).where(Refund.id == refund_id)
    wanted = session.scalars(statement.with_for_update().execution_options(populate_existing=True)).one()
    return wanted, owed


def refund_with_id(session: Session, refund_id: uuid.UUID) -> Refund:
    wanted = session.scalar(queries.refunds_of(organisation_id_of(session)).where(Refund.id == refund_id))
    if wanted is None:
        raise RefundNotFound
    return wanted
