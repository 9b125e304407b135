"""Receipts: numbered without gaps, frozen when issued, drawn as PDF afterwards by a task."""

import secrets
import uuid
from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.events.public import emit, enqueue
from banksia.foundation.notifications.public import Attachment, send_mail
from banksia.foundation.organisations.public import council_url
from banksia.foundation.payments import queries
from banksia.foundation.payments.adapters.receipt_pdf import ReceiptPage, render_receipt
from banksia.foundation.payments.errors import ReceiptNotFound, ReceiptNotReady
from banksia.foundation.payments.events import ReceiptReady
from banksia.foundation.payments.models import (
    AccountPayment,
    Payable,
    Payment,
    PaymentAttempt,
    Receipt,
    ReceiptCounter,
    ReceiptDocument,
)
from banksia.foundation.payments.service.account_receipts import account_receipt, mail_account_receipt, receipt_head
from banksia.foundation.payments.service.surcharges import basis_points_of, surcharge_gst_cents, surcharge_words
from banksia.foundation.storage.public import StoredObject, find_object, put_bytes
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Last, Transactions, before_commit, notes_of, organisation_id_of
from banksia.kit.kill_points import reach
from banksia.kit.models import new_id
from banksia.kit.words import file_name_from

_PENDING = "payments.receipts"
_PENDING_ACCOUNTS = "payments.account_receipts"
_LINE_FACTS = ("description", "quantity", "amount_cents", "gst_cents", "gst_treatment")
_PAYMENT_FACTS = ("method", "amount_cents", "reference", "tendered_cents", "change_cents")


def issue_receipt(session: Session, owed: Payable) -> None:
    """Issue the receipt with this transaction; its number is taken as one of the last statements before the commit.

    Taken earlier, the lock on the counter would make every payment of the council wait for every other one.
    """
    notes_of(session).setdefault(_PENDING, []).append(owed.id)
    before_commit(session, Last.RECEIPT_NUMBERS, _number_receipts)


def issue_account_receipt(session: Session, paid: AccountPayment) -> None:
    """The same for money towards a firm's account."""
    notes_of(session).setdefault(_PENDING_ACCOUNTS, []).append(paid)
    before_commit(session, Last.RECEIPT_NUMBERS, _number_receipts)


def _number_receipts(session: Session) -> None:
    organisation_id = organisation_id_of(session)
    payable_ids = notes_of(session).pop(_PENDING, [])
    account_payments: list[AccountPayment] = notes_of(session).pop(_PENDING_ACCOUNTS, [])
    taken = len(payable_ids) + len(account_payments)
    statement = insert(ReceiptCounter).values(organisation_id=organisation_id, last_number=taken)
    statement = statement.on_conflict_do_update(
        index_elements=["organisation_id"],
        set_={"last_number": ReceiptCounter.last_number + statement.excluded.last_number},
    )
    last = session.execute(statement.returning(ReceiptCounter.last_number)).scalar_one()
    first = last - taken + 1
    payables = session.scalars(queries.payables_of(organisation_id).where(Payable.id.in_(payable_ids)))
    by_id = {owed.id: owed for owed in payables}
    receipts = [_receipt(session, by_id[payable_id], number) for number, payable_id in enumerate(payable_ids, first)]
    numbered = enumerate(account_payments, first + len(payable_ids))
    receipts += [account_receipt(session, paid, number) for number, paid in numbered]
    for receipt in receipts:
        session.add(receipt)
        session.flush()
        enqueue(session, "payments.make_receipt_document", receipt_id=receipt.id)


def _receipt(session: Session, owed: Payable, number: int) -> Receipt:
    issued_at = utc_now()
    snapshot = _snapshot(session, owed, number)
    # What was waived was not paid, so no tax was paid with it either.
    waived = all(payment["method"] == "waiver" for payment in snapshot["payments"])
    taxable = not waived and any(
        line["gst_treatment"] == "taxable" and line["amount_cents"] for line in snapshot["lines"]
    )
    if waived:
        snapshot["gst_cents"] = 0
    snapshot |= {"tax_invoice": taxable, "issued_at": issued_at.isoformat()}
    earlier = list(session.scalars(queries.receipts_for(owed.organisation_id, [owed.id])))
    if earlier:
        snapshot["replaces"] = earlier[-1].snapshot["number"]
    return Receipt(
        id=new_id(),
        organisation_id=owed.organisation_id,
        payable_id=owed.id,
        part=len(earlier) + 1,
        number=number,
        is_tax_invoice=taxable,
        total_cents=snapshot["total_cents"],
        gst_cents=snapshot["gst_cents"],
        access_token=secrets.token_urlsafe(24),
        snapshot=snapshot,
        issued_at=issued_at,
    )


def _snapshot(session: Session, owed: Payable, number: int) -> dict[str, Any]:
    """All that is printed, as it is now: a council that moves house does not change old receipts."""
    payments = [
        payment for payment in session.scalars(queries.payments_for(owed.organisation_id, owed.id)) if payment.applied
    ]
    lines = [{name: getattr(line, name) for name in _LINE_FACTS} for line in owed.lines]
    lines += [_surcharge_line(session, owed, payment) for payment in payments if payment.surcharge_cents]
    return receipt_head(session, number) | {
        "payer": owed.payer_name,
        "title": owed.title,
        "reference": owed.reference,
        "payer_reference": owed.payer_reference or "",
        "lines": lines,
        "payments": [{name: getattr(payment, name) for name in _PAYMENT_FACTS} for payment in payments],
        "total_cents": sum(line["amount_cents"] for line in lines),
        "gst_cents": sum(line["gst_cents"] for line in lines),
    }


def _surcharge_line(session: Session, owed: Payable, payment: Payment) -> dict[str, Any]:
    """What the way it was paid cost on top, as a line of its own."""
    attempt = session.get(PaymentAttempt, payment.attempt_id) if payment.attempt_id else None
    asked_at = attempt.created_at if attempt else payment.received_at
    gst_cents = surcharge_gst_cents(payment.surcharge_cents, owed)
    return {
        "description": surcharge_words(payment.method, basis_points_of(session, payment.method, at=asked_at)),
        "quantity": 1,
        "amount_cents": payment.surcharge_cents,
        "gst_cents": gst_cents,
        "gst_treatment": "taxable" if gst_cents else "out_of_scope",
    }


def make_receipt_document(transactions: Transactions, *, receipt_id: uuid.UUID) -> None:
    """Draw the PDF, keep it, and mail it to the payer; done again, it changes and mails nothing."""
    with transactions() as session:
        receipt = _found(session, receipt_id)
        if session.scalar(queries.document_of(receipt.organisation_id, receipt_id)) is not None:
            return
        snapshot = receipt.snapshot
    stored = put_bytes(transactions, render_receipt(ReceiptPage.of(snapshot)))
    reach("payments.receipt_stored")
    with transactions() as session:
        _keep(session, _found(session, receipt_id), stored)


def _keep(session: Session, receipt: Receipt, stored: StoredObject) -> None:
    kept = session.scalar(
        insert(ReceiptDocument)
        .values(
            id=new_id(),
            created_at=utc_now(),
            organisation_id=receipt.organisation_id,
            receipt_id=receipt.id,
            object_id=stored.id,
        )
        .on_conflict_do_nothing(index_elements=["organisation_id", "receipt_id"])
        .returning(ReceiptDocument.id)
    )
    if kept is None:
        return
    if receipt.account_payment_id is not None:
        mail_account_receipt(session, receipt, Attachment(stored.id, file_name_of(receipt)))
        return
    statement = queries.payables_of(receipt.organisation_id).where(Payable.id == receipt.payable_id)
    owed = session.scalars(statement).one()
    emit(
        session,
        ReceiptReady(payable_kind=owed.kind, payable_id=owed.subject_id, receipt_id=receipt.id, object_id=stored.id),
    )
    if owed.payer_email:
        send_mail(
            session,
            template="payments/receipt",
            to=owed.payer_email,
            context={
                "receipt": receipt.snapshot,
                "title": owed.title,
                "reference": owed.reference,
                "link": council_url(session, owed.mail_link),
            },
            attachments=[Attachment(stored.id, file_name_of(receipt))],
            dedupe_key=f"payments.receipt:{receipt.id}",
            about=(owed.kind, owed.subject_id),
        )


def file_name_of(receipt: Receipt) -> str:
    """`Receipt R-028132 BH-2026-04466 26-1183 Ferris.pdf`: the payer's own number last. Or `Tax invoice ...`."""
    kind, said = "Tax invoice" if receipt.is_tax_invoice else "Receipt", receipt.snapshot
    parts = [kind, said["number"], said["reference"], said.get("payer_reference", "")]
    return file_name_from(f"{' '.join(part for part in parts if part)}.pdf")


def receipt_with_document(
    session: Session, actor: Actor, *, receipt_id: uuid.UUID, token: str | None
) -> tuple[Receipt, StoredObject]:
    """A receipt for reading, noted in the audit log; without a token the caller has checked the permission.

    Raises ReceiptNotFound, also for a wrong token, and ReceiptNotReady in the seconds before its PDF is made.
    """
    receipt = receipt_to_read(session, actor, receipt_id=receipt_id, token=token)
    document = session.scalar(queries.document_of(receipt.organisation_id, receipt_id))
    stored = find_object(session, document.object_id) if document else None
    if stored is None:
        raise ReceiptNotReady
    return receipt, stored


def receipt_to_read(session: Session, actor: Actor, *, receipt_id: uuid.UUID, token: str | None) -> Receipt:
    """The same without its kept PDF, for paper on which it is drawn anew. Raises ReceiptNotFound."""
    receipt = _found(session, receipt_id)
    if token is not None and not secrets.compare_digest(receipt.access_token.encode(), token.encode()):
        raise ReceiptNotFound
    audit.record(session, actor, "payments.receipt_read", subject=receipt)
    return receipt


def _found(session: Session, receipt_id: uuid.UUID) -> Receipt:
    receipt = session.scalar(queries.receipts_of(organisation_id_of(session)).where(Receipt.id == receipt_id))
    if receipt is None:
        raise ReceiptNotFound
    return receipt
