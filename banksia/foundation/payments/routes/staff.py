"""Money as staff see and move it."""

import uuid
from typing import Annotated, Literal

from fastapi import Path, Request
from starlette.responses import Response, StreamingResponse

from banksia.foundation.payments import permissions
from banksia.foundation.payments.errors import (
    AlreadyPaid,
    BeingPaidAtCounter,
    CaseResolved,
    CounterReferenceNeeded,
    MethodNotTaken,
    NothingToRefund,
    NotPayable,
    OnlineStateUnknown,
    PartsDoNotAddUp,
    PayableNotFound,
    ReceiptNotFound,
    ReceiptNotReady,
    RefundableChanged,
    RefundBlockedByDispute,
    RefundDecided,
    RefundLinesDoNotAddUp,
    RefundNotFound,
    RefundTooLarge,
    ResolutionNotPossible,
    ReviewCaseNotFound,
    SecondPersonNeeded,
    SurchargeChanged,
)
from banksia.foundation.payments.errors.counter import NotEnoughInTill, TillNotOpen
from banksia.foundation.payments.errors.finance import AccountClosed, AccountNotFound, CreditLimitReached
from banksia.foundation.payments.models import Resolution
from banksia.foundation.payments.routes.receipts import PaperParam, send_receipt
from banksia.foundation.payments.schemas import (
    CaseKind,
    CounterPaymentCreate,
    CounterPaymentRead,
    PayableRead,
    RefundCreate,
    RefundRead,
    RejectionCreate,
    ResolutionCreate,
    ReviewCaseRead,
)
from banksia.foundation.payments.schemas.provider import ReviewCaseDetail
from banksia.foundation.payments.service import counter, reading, refunding, reviewing
from banksia.foundation.payments.service.case_reading import case_detail
from banksia.foundation.payments.service.refund_sharing import LineWish
from banksia.kit.routing import (
    ActorDep,
    CursorParam,
    LimitParam,
    Router,
    SessionDep,
    TransactionsDep,
)
from banksia.kit.schemas import Page

staff = Router()
PayableKind = Annotated[str, Path(pattern=r"^[a-z][a-z0-9_.]{0,99}$")]


@staff.get("/payables/{payable_id}", permission=permissions.PAYMENTS_READ, raises=[PayableNotFound])
def read_payable(session: SessionDep, payable_id: uuid.UUID) -> PayableRead:
    """What is owed, with its payments, refunds and receipts."""
    return reading.payable_read(session, payable_id=payable_id)


@staff.get("/payables/by-subject/{kind}/{subject_id}", permission=permissions.PAYMENTS_READ, raises=[PayableNotFound])
def read_payable_of_subject(session: SessionDep, kind: PayableKind, subject_id: uuid.UUID) -> PayableRead:
    """The same, found by what a workflow calls it: `certificates.order` and the order's id."""
    payable_id = reading.find_payable_id(session, kind=kind, subject_id=subject_id)
    return reading.payable_read(session, payable_id=payable_id)


@staff.post(
    "/payables/{payable_id}/counter-payment",
    permission=permissions.COUNTER_TAKE,
    transactions=True,
    status_code=201,
    raises=[
        PayableNotFound,
        AlreadyPaid,
        NotPayable,
        BeingPaidAtCounter,
        PartsDoNotAddUp,
        OnlineStateUnknown,
        TillNotOpen,
        AccountNotFound,
        AccountClosed,
        CreditLimitReached,
        MethodNotTaken,
        SurchargeChanged,
    ],
)
def take_counter_payment(
    transactions: TransactionsDep, payable_id: uuid.UUID, body: CounterPaymentCreate
) -> CounterPaymentRead:
    """Take the whole amount at the counter, in one or more parts."""
    with transactions() as session:
        payable = reading.payable_ref(session, payable_id=payable_id)
    parts = [counter.CounterPart(**part.model_dump()) for part in body.parts]
    return CounterPaymentRead.model_validate(counter.take_counter_payment(transactions, payable=payable, parts=parts))


@staff.post(
    "/payables/{payable_id}/refunds",
    permission=permissions.REFUNDS_REQUEST,
    status_code=201,
    raises=[
        PayableNotFound,
        NothingToRefund,
        RefundableChanged,
        RefundTooLarge,
        RefundLinesDoNotAddUp,
        RefundBlockedByDispute,
        CounterReferenceNeeded,
        TillNotOpen,
        NotEnoughInTill,
    ],
)
def refund_payable(session: SessionDep, actor: ActorDep, payable_id: uuid.UUID, body: RefundCreate) -> list[RefundRead]:
    """Refund all that is left or a part of it; above the council's threshold it waits for a second person."""
    payable = reading.payable_ref(session, payable_id=payable_id)
    refunds = refunding.refund(session, actor, payable=payable, wish=_wish(body))
    return [RefundRead.model_validate(each) for each in refunds]


def _wish(body: RefundCreate) -> refunding.RefundWish:
    lines = [LineWish(line.payable_line_id, line.amount_cents) for line in body.lines]
    return refunding.RefundWish(
        body.reason, body.seen_available_cents, body.counter_reference, amount_cents=body.amount_cents, lines=lines
    )


@staff.get("/refunds", permission=permissions.PAYMENTS_READ)
def list_refunds(
    session: SessionDep,
    state: Literal["awaiting_approval", "pending", "succeeded", "failed", "rejected"] | None = None,
    cursor: CursorParam = None,
    limit: LimitParam = 50,
) -> Page[RefundRead]:
    """Refunds, newest first."""
    return reading.refund_page(session, state=state, cursor=cursor, limit=limit)


@staff.post(
    "/refunds/{refund_id}/approve",
    permission=permissions.REFUNDS_APPROVE,
    raises=[
        RefundNotFound,
        RefundDecided,
        SecondPersonNeeded,
        RefundBlockedByDispute,
        TillNotOpen,
        NotEnoughInTill,
    ],
)
def approve_refund(session: SessionDep, actor: ActorDep, refund_id: uuid.UUID) -> RefundRead:
    """Approve a refund that somebody else asked for."""
    return RefundRead.model_validate(refunding.approve_refund(session, actor, refund_id=refund_id))


@staff.post(
    "/refunds/{refund_id}/reject", permission=permissions.REFUNDS_APPROVE, raises=[RefundNotFound, RefundDecided]
)
def reject_refund(session: SessionDep, actor: ActorDep, refund_id: uuid.UUID, body: RejectionCreate) -> RefundRead:
    """Turn a refund down."""
    return RefundRead.model_validate(refunding.reject_refund(session, actor, refund_id=refund_id, reason=body.reason))


@staff.get("/review-cases", permission=permissions.PAYMENTS_READ)
def list_review_cases(
    session: SessionDep,
    *,
    resolved: bool = False,
    kind: CaseKind | None = None,
    cursor: CursorParam = None,
    limit: LimitParam = 50,
) -> Page[ReviewCaseRead]:
    """Money that does not match and waits for a person, or did."""
    return reading.case_page(session, resolved=resolved, kind=kind, cursor=cursor, limit=limit)


@staff.get("/review-cases/{case_id}", permission=permissions.PAYMENTS_READ, raises=[ReviewCaseNotFound])
def read_review_case(session: SessionDep, case_id: uuid.UUID) -> ReviewCaseDetail:
    """One case, with what was done about it."""
    return case_detail(session, case_id=case_id)


@staff.post(
    "/review-cases/{case_id}/resolve",
    permission=permissions.REVIEW_RESOLVE,
    raises=[
        ReviewCaseNotFound,
        CaseResolved,
        ResolutionNotPossible,
        NothingToRefund,
        RefundBlockedByDispute,
        CounterReferenceNeeded,
        TillNotOpen,
        NotEnoughInTill,
    ],
)
def resolve_review_case(
    session: SessionDep, actor: ActorDep, case_id: uuid.UUID, body: ResolutionCreate
) -> ReviewCaseRead:
    """Refund the money, let it count, or dismiss the case."""
    case = reviewing.resolve_case(
        session,
        actor,
        case_id=case_id,
        resolution=Resolution(body.resolution),
        reason=body.reason,
        counter_reference=body.counter_reference,
    )
    return reading.review_case_reads(session, [case])[0]


@staff.get(
    "/receipts/{receipt_id}",
    permission=permissions.PAYMENTS_READ,
    transactions=True,
    raises=[ReceiptNotFound, ReceiptNotReady],
    response_class=StreamingResponse,
)
def print_receipt(
    request: Request, transactions: TransactionsDep, receipt_id: uuid.UUID, paper: PaperParam = "a4"
) -> Response:
    """The receipt as PDF, for staff."""
    return send_receipt(request, transactions, receipt_id, None, paper)
