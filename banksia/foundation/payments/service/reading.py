"""Money as staff read it: each page in a fixed number of queries."""

import uuid
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from banksia.foundation.payments import queries
from banksia.foundation.payments.errors import PayableNotFound
from banksia.foundation.payments.models import (
    RESOLUTIONS,
    Payable,
    Refund,
    RefundState,
    ReviewCase,
    ReviewKind,
)
from banksia.foundation.payments.schemas import (
    LineRead,
    PayableRead,
    PaymentRead,
    ReceiptRead,
    RefundRead,
    ReviewCaseRead,
)
from banksia.foundation.payments.service.refund_sharing import LineLeft, lines_left
from banksia.foundation.payments.service.refunding import refundable, refundable_payments, second_person_from
from banksia.foundation.payments.service.standing import money_of
from banksia.kit.actor import Actor
from banksia.kit.counting import waiting_counts
from banksia.kit.database import organisation_id_of
from banksia.kit.paging import Key, page_of
from banksia.kit.schemas import Page


def payable_read(session: Session, *, payable_id: uuid.UUID) -> PayableRead:
    """One payable with its lines, payments, refunds and receipts."""
    organisation_id = organisation_id_of(session)
    owed = session.scalar(queries.payables_of(organisation_id).where(Payable.id == payable_id))
    if owed is None:
        raise PayableNotFound
    money = money_of(session, [owed.ref])[owed.ref]
    payments = list(session.scalars(queries.payments_for(organisation_id, owed.id)))
    refunds = session.scalars(queries.refunds_for(organisation_id, owed.id))
    paying = refundable_payments(payments)
    left = refundable(session, organisation_id, paying)
    return PayableRead(
        id=owed.id,
        kind=owed.kind,
        subject_id=owed.subject_id,
        staff_path=owed.staff_path,
        reference=owed.reference,
        title=owed.title,
        payer_name=owed.payer_name,
        state=money.state.value,
        total_cents=owed.total_cents,
        gst_cents=owed.gst_cents,
        paid_cents=money.paid_cents,
        refunded_cents=money.refunded_cents,
        refundable_cents=sum(left.values()),
        second_person_from_cents=second_person_from(session, paying, left),
        disputed=money.disputed,
        settled_at=owed.settled_at,
        lines=[_line_read(left) for left in lines_left(session, owed)],
        payments=[PaymentRead.model_validate(payment) for payment in payments],
        refunds=[RefundRead.model_validate(each) for each in refunds],
        receipts=[ReceiptRead.model_validate(receipt) for receipt in money.receipts],
    )


def _line_read(left: LineLeft) -> LineRead:
    line = left.line
    return LineRead(
        id=line.id,
        description=line.description,
        quantity=line.quantity,
        amount_cents=line.amount_cents,
        gst_cents=line.gst_cents,
        gst_treatment=line.gst_treatment,
        gl_code=line.gl_code,
        refundable_cents=left.left_cents,
    )


def find_payable_id(session: Session, *, kind: str, subject_id: uuid.UUID) -> uuid.UUID:
    """Our id of what a workflow raised."""
    statement = queries.payable_named(organisation_id_of(session), (kind, subject_id))
    found: uuid.UUID | None = session.scalar(statement.with_only_columns(Payable.id))
    if found is None:
        raise PayableNotFound
    return found


def payable_ref(session: Session, *, payable_id: uuid.UUID) -> tuple[str, uuid.UUID]:
    """What a workflow calls the payable with our id."""
    owed = session.scalar(queries.payables_of(organisation_id_of(session)).where(Payable.id == payable_id))
    if owed is None:
        raise PayableNotFound
    return owed.ref


def review_case_reads(session: Session, cases: list[ReviewCase]) -> list[ReviewCaseRead]:
    """Cases with what they are about, in two further queries for all of them."""
    organisation_id = organisation_id_of(session)
    payable_ids = {case.payable_id for case in cases if case.payable_id}
    payment_ids = {case.payment_id for case in cases if case.payment_id}
    payables = {owed.id: owed for owed in session.execute(queries.payables_of_cases(organisation_id, payable_ids))}
    amounts = session.execute(queries.amounts_of_payments(organisation_id, payment_ids))
    paid = dict(amounts.all())
    return [
        _case_read(
            case,
            payables.get(case.payable_id) if case.payable_id else None,
            paid.get(case.payment_id) if case.payment_id else None,
        )
        for case in cases
    ]


def _case_read(
    case: ReviewCase, owed: Row[uuid.UUID, str, uuid.UUID, str, str, int] | None, payment_cents: int | None
) -> ReviewCaseRead:
    return ReviewCaseRead.model_validate(
        {
            "id": case.id,
            "kind": case.kind,
            "payable_id": owed.id if owed else None,
            "payable_kind": owed.kind if owed else None,
            "subject_id": owed.subject_id if owed else None,
            "reference": owed.reference if owed else case.evidence.get("reference", ""),
            "money": owed.state if owed else None,
            "total_cents": owed.total_cents if owed else None,
            "payment_cents": payment_cents,
            "evidence": case.evidence,
            "possible": sorted(RESOLUTIONS[ReviewKind(case.kind)]) if case.resolved_at is None else [],
            "resolution": case.resolution,
            "resolution_reason": case.resolution_reason,
            "resolved_by_name": case.resolved_by_name,
            "resolved_at": case.resolved_at,
            "created_at": case.created_at,
        }
    )


def review_widget(session: Session, _actor: Actor) -> dict[str, Any]:
    """How much money waits for a person; counted to a hundred, because more is simply "too much"."""
    organisation_id = organisation_id_of(session)
    waiting = (
        ("Money to review", queries.open_cases(organisation_id), "/payments/staff/review", True),
        (
            "Refunds to approve",
            queries.refunds_of(organisation_id).where(Refund.state == RefundState.AWAITING_APPROVAL),
            "/payments/staff/refunds?state=awaiting_approval",
            False,
        ),
    )
    return {"counts": waiting_counts(session, waiting)}


def case_page(
    session: Session, *, resolved: bool, kind: str | None = None, cursor: str | None, limit: int
) -> Page[ReviewCaseRead]:
    """Cases that wait, or that were resolved, newest first."""
    organisation_id = organisation_id_of(session)
    cases = queries.open_cases(organisation_id)
    if resolved:
        cases = queries.cases_of(organisation_id).where(ReviewCase.resolved_at.is_not(None))
    if kind is not None:
        cases = cases.where(ReviewCase.kind == kind)
    keys = [Key(ReviewCase.id, "id", descending=True)]
    rows, following = page_of(session, cases, keys=keys, limit=limit, cursor=cursor)
    return Page(results=review_case_reads(session, rows), next_cursor=following)


def refund_page(session: Session, *, state: str | None, cursor: str | None, limit: int) -> Page[RefundRead]:
    """Refunds, newest first."""
    refunds = queries.refunds_of(organisation_id_of(session))
    if state is not None:
        refunds = refunds.where(Refund.state == state)
    keys = [Key(Refund.id, "id", descending=True)]
    rows, following = page_of(session, refunds, keys=keys, limit=limit, cursor=cursor)
    return Page(results=[RefundRead.model_validate(row) for row in rows], next_cursor=following)
