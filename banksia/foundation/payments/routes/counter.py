"""Waivers and dishonoured cheques over HTTP."""

import uuid
from typing import Literal

from banksia.foundation.payments import permissions
from banksia.foundation.payments.errors import (
    AlreadyPaid,
    BeingPaidAtCounter,
    NotPayable,
    OnlineStateUnknown,
    PayableNotFound,
)
from banksia.foundation.payments.errors.counter import (
    NotADishonourableCheque,
    PaymentNotFound,
    SecondPersonForWaiver,
    WaiverAsked,
    WaiverChanged,
    WaiverDecided,
    WaiverNotFound,
)
from banksia.foundation.payments.schemas import PaymentRead, RejectionCreate
from banksia.foundation.payments.schemas.tills import DishonourCreate, WaiverCreate, WaiverRead
from banksia.foundation.payments.service import dishonouring, till_reading, waiving
from banksia.kit.routing import ActorDep, CursorParam, LimitParam, Router, SessionDep, TransactionsDep
from banksia.kit.schemas import Page

counter = Router()


@counter.get("/waivers", permission=permissions.PAYMENTS_READ)
def list_waivers(
    session: SessionDep,
    state: Literal["awaiting_approval", "approved", "rejected"] | None = None,
    payable_id: uuid.UUID | None = None,
    cursor: CursorParam = None,
    limit: LimitParam = 50,
) -> Page[WaiverRead]:
    """Waivers, the latest first."""
    return till_reading.waiver_page(session, state=state, payable_id=payable_id, cursor=cursor, limit=limit)


@counter.post(
    "/payables/{payable_id}/waivers",
    permission=permissions.COUNTER_TAKE,
    status_code=201,
    raises=[PayableNotFound, AlreadyPaid, NotPayable, BeingPaidAtCounter, WaiverAsked],
)
def ask_waiver(session: SessionDep, actor: ActorDep, payable_id: uuid.UUID, body: WaiverCreate) -> WaiverRead:
    """Ask that what is still owed be waived; somebody else decides."""
    waiver = waiving.ask_waiver(session, actor, payable_id=payable_id, reason=body.reason)
    return till_reading.waiver_reads(session, [waiver])[0]


@counter.post(
    "/waivers/{waiver_id}/approve",
    permission=permissions.WAIVERS_APPROVE,
    transactions=True,
    raises=[
        WaiverNotFound,
        WaiverDecided,
        SecondPersonForWaiver,
        WaiverChanged,
        AlreadyPaid,
        NotPayable,
        BeingPaidAtCounter,
        OnlineStateUnknown,
    ],
)
def approve_waiver(transactions: TransactionsDep, waiver_id: uuid.UUID) -> WaiverRead:
    """Let a waiver settle what is owed."""
    waiver = waiving.approve_waiver(transactions, waiver_id=waiver_id)
    with transactions() as session:
        return till_reading.waiver_reads(session, [waiver])[0]


@counter.post(
    "/waivers/{waiver_id}/reject",
    permission=permissions.WAIVERS_APPROVE,
    raises=[WaiverNotFound, WaiverDecided, SecondPersonForWaiver],
)
def reject_waiver(session: SessionDep, actor: ActorDep, waiver_id: uuid.UUID, body: RejectionCreate) -> WaiverRead:
    """Turn a waiver down: the sum stays owed."""
    waiver = waiving.reject_waiver(session, actor, waiver_id=waiver_id, reason=body.reason)
    return till_reading.waiver_reads(session, [waiver])[0]


@counter.post(
    "/payments/{payment_id}/dishonour",
    permission=permissions.CHEQUES_DISHONOUR,
    raises=[PaymentNotFound, NotADishonourableCheque],
)
def dishonour_cheque(session: SessionDep, actor: ActorDep, payment_id: uuid.UUID, body: DishonourCreate) -> PaymentRead:
    """Record that a cheque came back: what it paid is owed again."""
    payment = dishonouring.dishonour_cheque(session, actor, payment_id=payment_id, reason=body.reason)
    return PaymentRead.model_validate(payment)
