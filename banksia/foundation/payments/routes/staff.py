"""Money as staff see and move it."""

import uuid
from typing import Annotated, Literal

from fastapi import Path, Request
from starlette.responses import StreamingResponse

from banksia.foundation.payments import permissions
from banksia.foundation.payments.errors import (
    AlreadyPaid,
    BeingPaidAtCounter,
    CaseResolved,
    CounterReferenceNeeded,
    NothingToRefund,
    NotPayable,
    OnlineStateUnknown,
    PartsDoNotAddUp,
    PayableNotFound,
    ReceiptNotFound,
    ReceiptNotReady,
    RefundableChanged,
    RefundDecided,
    RefundNotFound,
    ResolutionNotPossible,
    ReviewCaseNotFound,
    SecondPersonNeeded,
)
from banksia.foundation.payments.models import Resolution
from banksia.foundation.payments.schemas import (
    CounterPaymentCreate,
    CounterPaymentRead,
    LedgerEntryRead,
    PayableRead,
    RefundCreate,
    RefundRead,
    RejectionCreate,
    ResolutionCreate,
    ReviewCaseRead,
)
from banksia.foundation.payments.service import counter, reading, refunding, reviewing
from banksia.foundation.payments.service.receipting import file_name_of, receipt_with_document
from banksia.foundation.storage.public import serve_object
from banksia.kit.routing import (
    ActorDep,
    CursorParam,
    LimitParam,
    PlatformDep,
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
    raises=[PayableNotFound, NothingToRefund, RefundableChanged, CounterReferenceNeeded],
)
def refund_payable(session: SessionDep, actor: ActorDep, payable_id: uuid.UUID, body: RefundCreate) -> list[RefundRead]:
    """Refund all that is left; above the council's threshold it waits for a second person."""
    payable = reading.payable_ref(session, payable_id=payable_id)
    refunds = refunding.refund(session, actor, payable=payable, wish=refunding.RefundWish(**body.model_dump()))
    return [RefundRead.model_validate(each) for each in refunds]


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
    raises=[RefundNotFound, RefundDecided, SecondPersonNeeded],
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
    session: SessionDep, *, resolved: bool = False, cursor: CursorParam = None, limit: LimitParam = 50
) -> Page[ReviewCaseRead]:
    """Money that does not match and waits for a person, or did."""
    return reading.case_page(session, resolved=resolved, cursor=cursor, limit=limit)


@staff.post(
    "/review-cases/{case_id}/resolve",
    permission=permissions.REVIEW_RESOLVE,
    raises=[ReviewCaseNotFound, CaseResolved, ResolutionNotPossible, NothingToRefund, CounterReferenceNeeded],
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


@staff.get("/ledger", permission=permissions.LEDGER_READ)
def list_ledger(
    session: SessionDep,
    payable_id: uuid.UUID | None = None,
    cursor: CursorParam = None,
    limit: LimitParam = 50,
) -> Page[LedgerEntryRead]:
    """The ledger, newest first."""
    return reading.ledger_page(session, payable_id=payable_id, cursor=cursor, limit=limit)


@staff.get(
    "/receipts/{receipt_id}",
    permission=permissions.PAYMENTS_READ,
    transactions=True,
    raises=[ReceiptNotFound, ReceiptNotReady],
    response_class=StreamingResponse,
)
def print_receipt(
    request: Request, transactions: TransactionsDep, platform: PlatformDep, receipt_id: uuid.UUID
) -> StreamingResponse:
    """The receipt as PDF, for staff."""
    with transactions() as session:
        receipt, stored = receipt_with_document(session, transactions.actor, receipt_id=receipt_id, token=None)
        name = file_name_of(receipt)
    return serve_object(platform, stored, file_name=name, inline=True, requested_range=request.headers.get("range"))
