"""Waivers: a fee that the council does not ask for, asked by one person and allowed by another."""

import uuid

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.payments.errors.counter import (
    SecondPersonForWaiver,
    WaiverAsked,
    WaiverChanged,
    WaiverDecided,
    WaiverNotFound,
)
from banksia.foundation.payments.models import Payable, Payment, Waiver, WaiverState
from banksia.foundation.payments.queries import tills as queries
from banksia.foundation.payments.service.checkout import check_payable
from banksia.foundation.payments.service.counter import settle_offline
from banksia.foundation.payments.service.raising import locked_by_id, outstanding_cents
from banksia.foundation.payments.service.reading import payable_ref
from banksia.foundation.payments.service.recording import post, settle_payable
from banksia.foundation.payments.service.transitions import move_waiver
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions, organisation_id_of
from banksia.kit.models import new_id


def ask_waiver(session: Session, actor: Actor, *, payable_id: uuid.UUID, reason: str) -> Waiver:
    """Ask that what is still owed be waived; it stays payable until somebody else decides.

    Raises PayableNotFound, AlreadyPaid, NotPayable, BeingPaidAtCounter, WaiverAsked.
    """
    owed = locked_by_id(session, payable_id)
    check_payable(owed)
    waiver_id = session.scalar(
        insert(Waiver)
        .values(
            id=new_id(),
            created_at=utc_now(),
            organisation_id=owed.organisation_id,
            payable_id=owed.id,
            amount_cents=outstanding_cents(session, owed),
            state=WaiverState.AWAITING_APPROVAL.value,
            reason=reason,
            requested_by=actor.user_id,
            requested_by_name=actor.name,
        )
        .on_conflict_do_nothing()
        .returning(Waiver.id)
    )
    waivers = queries.waivers_of(owed.organisation_id)
    if waiver_id is None:
        open_one = waivers.where(Waiver.payable_id == owed.id, Waiver.state == WaiverState.AWAITING_APPROVAL)
        raise WaiverAsked(session.scalars(open_one).one().requested_by_name)
    waiver = session.scalars(waivers.where(Waiver.id == waiver_id)).one()
    detail = {"amount_cents": waiver.amount_cents, "reason": reason}
    audit.record(session, actor, "payments.waiver_requested", subject=waiver, detail=detail)
    return waiver


def approve_waiver(transactions: Transactions, *, waiver_id: uuid.UUID) -> Waiver:
    """Let a waiver settle what is owed; call it outside any transaction.

    Raises WaiverNotFound, WaiverDecided, SecondPersonForWaiver, WaiverChanged, and as taking money at the counter
    AlreadyPaid, NotPayable, BeingPaidAtCounter, OnlineStateUnknown.
    """
    actor = transactions.actor
    with transactions() as session:
        payable = payable_ref(session, payable_id=_found(session, waiver_id).payable_id)

    def check(session: Session, owed: Payable) -> None:
        waiver = _to_decide(session, waiver_id)
        if waiver.requested_by == actor.user_id:
            raise SecondPersonForWaiver
        left_cents = outstanding_cents(session, owed)
        if waiver.amount_cents != left_cents:
            raise WaiverChanged(waiver.amount_cents, left_cents)

    def record(session: Session, owed: Payable) -> Waiver:
        check(session, owed)
        waiver = _to_decide(session, waiver_id)
        _decide(session, actor, waiver, WaiverState.APPROVED)
        payment = _payment(actor, owed, waiver)
        session.add(payment)
        session.flush()
        post(session, actor, "waiver", owed, payment, payment.amount_cents)
        settle_payable(session, actor, owed, method="counter")
        return waiver

    return settle_offline(transactions, payable=payable, check=check, record=record)


def reject_waiver(session: Session, actor: Actor, *, waiver_id: uuid.UUID, reason: str) -> Waiver:
    """Turn a waiver down: it stays owed, and can be asked for again. Raises WaiverNotFound, WaiverDecided."""
    locked_by_id(session, _found(session, waiver_id).payable_id)
    waiver = _to_decide(session, waiver_id)
    if waiver.requested_by == actor.user_id:
        raise SecondPersonForWaiver
    _decide(session, actor, waiver, WaiverState.REJECTED, reason=reason)
    return waiver


def _decide(session: Session, actor: Actor, waiver: Waiver, to: WaiverState, *, reason: str | None = None) -> None:
    move_waiver(waiver, to)
    waiver.decided_by, waiver.decided_by_name, waiver.decided_at = actor.user_id, actor.name, utc_now()
    detail = {"amount_cents": waiver.amount_cents, "reason": reason or waiver.reason}
    audit.record(session, actor, f"payments.waiver_{to}", subject=waiver, detail=detail)


def _payment(actor: Actor, owed: Payable, waiver: Waiver) -> Payment:
    return Payment(
        id=new_id(),
        organisation_id=owed.organisation_id,
        payable_id=owed.id,
        method="waiver",
        amount_cents=waiver.amount_cents,
        applied=True,
        reference=waiver.reason,
        cashier_id=actor.user_id,
        cashier_name=actor.name,
        received_at=utc_now(),
    )


def _found(session: Session, waiver_id: uuid.UUID) -> Waiver:
    waiver = session.scalar(queries.waivers_of(organisation_id_of(session)).where(Waiver.id == waiver_id))
    if waiver is None:
        raise WaiverNotFound
    return waiver


def _to_decide(session: Session, waiver_id: uuid.UUID) -> Waiver:
    """The waiver, locked after its payable. Raises WaiverDecided."""
    statement = queries.waivers_of(organisation_id_of(session)).where(Waiver.id == waiver_id)
    waiver = session.scalars(statement.with_for_update().execution_options(populate_existing=True)).one()
    if waiver.state != WaiverState.AWAITING_APPROVAL:
        raise WaiverDecided
    return waiver
