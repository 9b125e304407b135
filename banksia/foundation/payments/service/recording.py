"""The effects of money that moved, in the caller's transaction: payment, ledger, state, receipt, event and audit."""

import uuid
from dataclasses import dataclass
from typing import Any

import structlog
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.events.public import emit
from banksia.foundation.notifications.public import send_mail
from banksia.foundation.organisations.public import council_url
from banksia.foundation.payments import queries
from banksia.foundation.payments.events import PaymentSettled
from banksia.foundation.payments.models import (
    Cause,
    Payable,
    Payment,
    PaymentAttempt,
    Refund,
    ReviewCase,
    ReviewKind,
)
from banksia.foundation.payments.service.alerting import alert_addresses
from banksia.foundation.payments.service.posting import Posting, post_movement
from banksia.foundation.payments.service.receipting import issue_receipt
from banksia.foundation.payments.service.transitions import move_money
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.kit.models import new_id

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class CardMoney:
    """What the provider captured."""

    amount_cents: int
    fee_cents: int | None
    provider_payment_id: str


def record_card_payment(
    session: Session, actor: Actor, owed: Payable, attempt: PaymentAttempt, money: CardMoney, *, applied: bool
) -> Payment:
    """Write the captured money and its ledger entries; `applied` says whether it pays what is owed."""
    payment = Payment(
        id=new_id(),
        organisation_id=owed.organisation_id,
        payable_id=owed.id,
        attempt_id=attempt.id,
        method="card",
        amount_cents=money.amount_cents,
        # Of a wrong amount nobody can say what is for the card.
        surcharge_cents=attempt.surcharge_cents if money.amount_cents == attempt.amount_cents else 0,
        applied=applied,
        provider=attempt.provider,
        provider_payment_id=money.provider_payment_id,
        received_at=utc_now(),
    )
    session.add(payment)
    session.flush()
    post(session, actor, "charge", owed, payment, money.amount_cents, provider_id=money.provider_payment_id)
    if money.fee_cents:
        post(session, actor, "fee", owed, payment, -money.fee_cents, provider_id=money.provider_payment_id)
    return payment


def post(
    session: Session,
    actor: Actor,
    kind: str,
    owed: Payable,
    source: Payment | Refund,
    amount_cents: int,
    *,
    provider_id: str | None = None,
) -> None:
    """One entry of the ledger, plus in, minus out; a second one of the same kind and source is not written."""
    posting = Posting(
        kind=kind,
        source_id=source.id,
        amount_cents=amount_cents,
        reference=owed.reference,
        provider_id=provider_id,
        payable_id=owed.id,
        account_id=_account_of(session, source),
        method=source.method,
    )
    post_movement(session, actor, posting)


def _account_of(session: Session, source: Payment | Refund) -> uuid.UUID | None:
    """The firm's account that the money is on; what was charged to an account goes back to it."""
    if source.method != "account":
        return None
    return source.account_id if isinstance(source, Payment) else session.get_one(Payment, source.payment_id).account_id


def settle_payable(session: Session, actor: Actor, owed: Payable, *, method: str, cause: Cause = Cause.SETTLED) -> None:
    """It is paid: once, with its receipt and its event. Raises IllegalTransition when it may not become so."""
    move_money(owed, cause)
    owed.settled_at = utc_now()
    owed.counter_lock = owed.counter_locked_at = None
    issue_receipt(session, owed)
    emit(
        session,
        PaymentSettled(payable_kind=owed.kind, payable_id=owed.subject_id, method=method, total_cents=owed.total_cents),
    )
    audit.record(
        session,
        actor,
        "payments.payment_settled",
        subject=owed,
        detail={"method": method, "total_cents": owed.total_cents, "cause": str(cause)},
    )


def open_case(
    session: Session,
    actor: Actor,
    kind: ReviewKind,
    owed: Payable,
    *,
    source_id: uuid.UUID,
    payment: Payment | None,
    evidence: dict[str, Any],
) -> None:
    """Put it before a person, once for each source."""
    opened = session.scalar(
        insert(ReviewCase)
        .values(
            id=new_id(),
            created_at=utc_now(),
            organisation_id=owed.organisation_id,
            kind=str(kind),
            source_id=source_id,
            payable_id=owed.id,
            payment_id=payment.id if payment else None,
            evidence=evidence,
        )
        .on_conflict_do_nothing(index_elements=["organisation_id", "kind", "source_id"])
        .returning(ReviewCase.id)
    )
    if opened is not None:
        audit.record(session, actor, "payments.review_needed", subject=owed, detail={"kind": str(kind)})
        _alert(session, kind, owed, opened)


def reopen_case(session: Session, actor: Actor, case_id: uuid.UUID, *, reason: str) -> None:
    """Put a case before a person again when what resolved it was called off; call it under the payable's lock."""
    statement = queries.cases_of(organisation_id_of(session)).where(ReviewCase.id == case_id)
    case = session.scalars(statement.with_for_update().execution_options(populate_existing=True)).one()
    if case.resolved_at is None:
        return
    detail = {"kind": case.kind, "resolution": case.resolution, "reason": reason}
    case.resolution = case.resolution_reason = None
    case.resolved_at = case.resolved_by = case.resolved_by_name = None
    audit.record(session, actor, "payments.review_reopened", subject=case, detail=detail)


def _alert(session: Session, kind: ReviewKind, owed: Payable, case_id: uuid.UUID) -> None:
    """Tell a person: by mail, and in the log, where an operator's own alarms listen."""
    _log.error("payments.review_needed", kind=str(kind), reference=owed.reference, case_id=str(case_id))
    for to in alert_addresses(session):
        send_mail(
            session,
            template="payments/review_needed",
            to=to,
            context={
                "kind": str(kind),
                "reference": owed.reference,
                "title": owed.title,
                "link": council_url(session, "/payments/staff/review"),
            },
            dedupe_key=f"payments.review_needed:{case_id}:{to}",
        )
