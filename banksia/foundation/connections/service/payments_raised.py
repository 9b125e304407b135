"""What modules raise to be paid: the payments part's own rules hold, the module names only what it may be paid for."""

import uuid
from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from banksia.foundation.connections.errors.calls import (
    KeyUsed,
    KindNotDeclared,
    PaymentNotRaised,
    RefundsNotDeclared,
    ReturnPathRefused,
    SubjectRaised,
)
from banksia.foundation.connections.models import Connection, RaisedPayment
from banksia.foundation.connections.queries.calling import connection_with_id, raised_payments_of
from banksia.foundation.connections.schemas.calls import (
    PaymentCreate,
    PaymentReceipt,
    PaymentRefund,
    RaisedPaymentRead,
)
from banksia.foundation.connections.service.idempotency import checked_key, digest_of
from banksia.foundation.organisations.public import council_url
from banksia.foundation.payments import public as payments
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions
from banksia.kit.models import new_id


def connection_of(session: Session, actor: Actor) -> Connection:
    """The connection whose token a request carried."""
    return session.scalars(connection_with_id(actor.organisation_id, actor.connection_id or uuid.UUID(int=0))).one()


def raise_payment(session: Session, actor: Actor, *, wanted: PaymentCreate, key: str | None) -> RaisedPaymentRead:
    """Write down what is owed; the same key and body answer what was raised before.

    Raises KeyMissing, KeyUsed, KindNotDeclared, ReturnPathRefused, SubjectRaised and NothingOwed.
    """
    key, digest = checked_key(key), digest_of(wanted)
    _declared(session, actor, wanted.kind)
    for field, path in (("return_path", wanted.return_path), ("staff_path", wanted.staff_path)):
        if path is not None and not path.startswith(f"/{actor.module}/"):
            raise ReturnPathRefused(field, actor.module)
    raised, is_new = _noted(session, actor, wanted, key, digest)
    if not is_new:
        return _read(session, raised)
    payer = payments.Payer(wanted.payer.name, wanted.payer.email, reference=wanted.payer.reference or None)
    payments.raise_payable(
        session,
        actor,
        payable=(raised.kind, raised.subject_id),
        title=wanted.title,
        reference=wanted.reference,
        lines=[payments.LineOwed(**line.model_dump()) for line in wanted.lines],
        pages=payments.Pages(wanted.return_path, wanted.staff_path),
        payer=payer,
    )
    return _read(session, raised)


def _noted(session: Session, actor: Actor, wanted: PaymentCreate, key: str, digest: str) -> tuple[RaisedPayment, bool]:
    """The row of a key, and whether it is new. Of two that come at once, the second waits here for the first."""
    values = {
        "id": new_id(),
        "created_at": utc_now(),
        "organisation_id": actor.organisation_id,
        "connection_id": actor.connection_id,
        "kind": wanted.kind,
        "subject_id": wanted.id or new_id(),
        "idempotency_key": key,
        "request_sha256": digest,
    }
    made = insert(RaisedPayment).values(values).on_conflict_do_nothing().returning(RaisedPayment)
    row = session.scalar(made)
    if row is not None:
        return row, True
    found = raised_payments_of(actor.organisation_id, actor.connection_id or uuid.UUID(int=0))
    before = session.scalar(found.where(RaisedPayment.idempotency_key == key))
    if before is None:
        raise SubjectRaised
    if before.request_sha256 != digest:
        raise KeyUsed(key)
    return before, False


def read_payment(transactions: Transactions, *, payment_id: uuid.UUID) -> RaisedPaymentRead:
    """How something stands that the module raised, by the provider where somebody may have paid just now.

    Call it outside any transaction. Raises PaymentNotRaised.
    """
    with transactions() as session:
        raised = _found(session, transactions.actor, payment_id)
        payable = (raised.kind, raised.subject_id)
    payments.confirm_payable(transactions, payable=payable)
    with transactions() as session:
        return _read(session, _found(session, transactions.actor, payment_id))


def refund_payment(
    session: Session, actor: Actor, *, payment_id: uuid.UUID, wanted: PaymentRefund
) -> RaisedPaymentRead:
    """Give money back by the payments part's own rules: above the council's threshold a second person approves it.

    Raises PaymentNotRaised, RefundsNotDeclared and what `refund` raises.
    """
    raised = _found(session, actor, payment_id)
    if not _declared(session, actor, raised.kind)["refunds"]:
        raise RefundsNotDeclared(raised.kind)
    wish = payments.RefundWish(
        reason=wanted.reason,
        seen_available_cents=wanted.seen_refundable_cents,
        counter_reference=wanted.counter_reference or None,
        amount_cents=wanted.amount_cents,
    )
    payments.refund(session, actor, payable=(raised.kind, raised.subject_id), wish=wish)
    session.flush()
    return _read(session, raised)


def cancel_payment(session: Session, actor: Actor, *, payment_id: uuid.UUID, reason: str) -> RaisedPaymentRead:
    """Nobody shall pay it any more; raises PaymentNotRaised and AlreadyPaid."""
    raised = _found(session, actor, payment_id)
    payments.cancel_payable(session, actor, payable=(raised.kind, raised.subject_id), reason=reason)
    session.flush()
    return _read(session, raised)


def _found(session: Session, actor: Actor, payment_id: uuid.UUID) -> RaisedPayment:
    found = raised_payments_of(actor.organisation_id, actor.connection_id or uuid.UUID(int=0))
    raised = session.scalar(found.where(RaisedPayment.subject_id == payment_id))
    if raised is None:
        raise PaymentNotRaised
    return raised


def _declared(session: Session, actor: Actor, kind: str) -> dict[str, Any]:
    """What the approved manifest says of a kind; raises KindNotDeclared."""
    declared: list[dict[str, Any]] = (connection_of(session, actor).manifest or {}).get("payments", [])
    for each in declared:
        if each["kind"] == kind:
            return {"refunds": False, **each}
    raise KindNotDeclared(kind)


def _read(session: Session, raised: RaisedPayment) -> RaisedPaymentRead:
    payable = (raised.kind, raised.subject_id)
    money = payments.money_of(session, [payable])[payable]
    refundable = payments.refundable_of(session, payable)
    pages = payments.pay_pages_of(session, payable)
    return RaisedPaymentRead(
        id=raised.subject_id,
        kind=raised.kind,
        payable_id=money.payable_id,
        state=money.state,
        total_cents=money.total_cents,
        gst_cents=money.gst_cents,
        paid_cents=money.paid_cents,
        refunded_cents=money.refunded_cents,
        refundable_cents=refundable.available_cents,
        paid_at_counter=refundable.by_counter,
        disputed=money.disputed,
        settled_at=money.settled_at,
        receipts=[
            PaymentReceipt(
                number=each.number,
                issued_at=each.issued_at,
                total_cents=each.total_cents,
                url=council_url(session, each.path),
            )
            for each in money.receipts
        ],
        url=council_url(session, pages.anybody),
        payer_url=council_url(session, pages.payer),
        staff_url=council_url(session, f"/payments/staff/payables/{money.payable_id}"),
    )
