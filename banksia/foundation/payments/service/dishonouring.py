"""Cheques that come back from the bank: what they paid is owed again, and whoever worked for it hears of it."""

import uuid

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.events.public import emit
from banksia.foundation.payments import queries
from banksia.foundation.payments.errors.counter import NotADishonourableCheque, PaymentNotFound
from banksia.foundation.payments.events import PaymentReopened
from banksia.foundation.payments.models import HOLDING_REFUNDS, Cause, Method, Money, Payable, Payment, Refund
from banksia.foundation.payments.service.raising import locked_by_id
from banksia.foundation.payments.service.recording import post
from banksia.foundation.payments.service.transitions import move_money
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of


def dishonour_cheque(session: Session, actor: Actor, *, payment_id: uuid.UUID, reason: str) -> Payment:
    """Take back what a cheque paid: only that part is owed again, and a receipt follows when it is paid again.

    Raises PaymentNotFound, and NotADishonourableCheque for what is no cheque, has come back before, pays nothing, or
    has refunds that are done, under way or wait for approval.
    """
    payment, owed = _locked_payment(session, payment_id)
    _check(session, payment, owed)
    payment.applied = False
    payment.dishonoured_at, payment.dishonoured_reason = utc_now(), reason
    post(session, actor, "reversal", owed, payment, -payment.amount_cents, provider_id=payment.reference)
    move_money(owed, Cause.DISHONOURED)
    owed.settled_at = None
    session.flush()
    emit(session, PaymentReopened(payable_kind=owed.kind, payable_id=owed.subject_id, reason=reason))
    detail = {"amount_cents": payment.amount_cents, "cheque": payment.reference, "reason": reason}
    audit.record(session, actor, "payments.cheque_dishonoured", subject=payment, detail=detail)
    return payment


def _check(session: Session, payment: Payment, owed: Payable) -> None:
    if payment.method != Method.CHEQUE:
        message = "This was not paid by cheque, so no cheque of it can come back."
        raise NotADishonourableCheque(message)
    if payment.dishonoured_at is not None:
        message = "Somebody has already recorded that this cheque came back."
        raise NotADishonourableCheque(message)
    held = queries.refunds_for(owed.organisation_id, owed.id).where(Refund.state.in_(HOLDING_REFUNDS))
    if session.scalar(held.limit(1)) is not None:
        message = (
            f"A refund of {owed.reference} is done or under way, so the cheque's money has partly gone back. "
            "Turn down a refund that still waits, or settle this one with the payer by hand."
        )
        raise NotADishonourableCheque(message)
    if not payment.applied or owed.state != Money.PAID:
        message = f"{owed.reference} does not stand as paid by this cheque. Look at its payments again."
        raise NotADishonourableCheque(message)


def _locked_payment(session: Session, payment_id: uuid.UUID) -> tuple[Payment, Payable]:
    """The payment and what it paid, both locked, the payable first as everywhere."""
    statement = queries.payments_of(organisation_id_of(session)).where(Payment.id == payment_id)
    found = session.scalar(statement)
    if found is None:
        raise PaymentNotFound
    owed = locked_by_id(session, found.payable_id)
    return session.scalars(statement.with_for_update().execution_options(populate_existing=True)).one(), owed
