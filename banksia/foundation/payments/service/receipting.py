"""Receipts: numbered without gaps, frozen when issued, drawn as PDF afterwards by a task."""

import secrets
import uuid
from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.events.public import emit, enqueue
from banksia.foundation.notifications.public import Attachment, send_mail
from banksia.foundation.organisations.public import council_url, current_organisation, module_settings
from banksia.foundation.payments import queries
from banksia.foundation.payments.adapters.receipt_pdf import ReceiptPage, render_receipt
from banksia.foundation.payments.errors import ReceiptNotFound, ReceiptNotReady
from banksia.foundation.payments.events import ReceiptReady
from banksia.foundation.payments.models import Payable, Receipt, ReceiptCounter, ReceiptDocument
from banksia.foundation.payments.settings import PaymentsSettings
from banksia.foundation.storage.public import StoredObject, find_object, put_bytes
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Last, Transactions, before_commit, notes_of, organisation_id_of
from banksia.kit.kill_points import reach
from banksia.kit.models import new_id

_PENDING = "payments.receipts"
_DIGITS = 6
_LINE_FACTS = ("description", "quantity", "amount_cents", "gst_cents", "gst_treatment")
_PAYMENT_FACTS = ("method", "amount_cents", "reference", "tendered_cents", "change_cents")


def issue_receipt(session: Session, owed: Payable) -> None:
    """Issue the receipt with this transaction; its number is taken as one of the last statements before the commit.

    Taken earlier, the lock on the counter would make every payment of the council wait for every other one.
    """
    notes_of(session).setdefault(_PENDING, []).append(owed.id)
    before_commit(session, Last.RECEIPT_NUMBERS, _number_receipts)


def _number_receipts(session: Session) -> None:
    organisation_id = organisation_id_of(session)
    payable_ids = notes_of(session).pop(_PENDING, [])
    statement = insert(ReceiptCounter).values(organisation_id=organisation_id, last_number=len(payable_ids))
    statement = statement.on_conflict_do_update(
        index_elements=["organisation_id"],
        set_={"last_number": ReceiptCounter.last_number + statement.excluded.last_number},
    )
    last = session.execute(statement.returning(ReceiptCounter.last_number)).scalar_one()
    first = last - len(payable_ids) + 1
    payables = session.scalars(queries.payables_of(organisation_id).where(Payable.id.in_(payable_ids)))
    by_id = {owed.id: owed for owed in payables}
    for number, payable_id in enumerate(payable_ids, start=first):
        receipt = _receipt(session, by_id[payable_id], number)
        session.add(receipt)
        session.flush()
        enqueue(session, "payments.make_receipt_document", receipt_id=receipt.id)


def _receipt(session: Session, owed: Payable, number: int) -> Receipt:
    taxable = any(line.gst_treatment == "taxable" and line.amount_cents for line in owed.lines)
    issued_at = utc_now()
    snapshot = _snapshot(session, owed, number) | {"tax_invoice": taxable, "issued_at": issued_at.isoformat()}
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
        total_cents=owed.total_cents,
        gst_cents=owed.gst_cents,
        access_token=secrets.token_urlsafe(24),
        snapshot=snapshot,
        issued_at=issued_at,
    )


def _snapshot(session: Session, owed: Payable, number: int) -> dict[str, Any]:
    """All that is printed, as it is now: a council that moves house does not change old receipts."""
    council = current_organisation(session)
    settings = module_settings(session, PaymentsSettings)
    payments = session.scalars(queries.payments_for(owed.organisation_id, owed.id))
    return {
        "number": f"{settings.receipt_prefix}{number:0{_DIGITS}d}",
        "time_zone": council.time_zone,
        "council": {name: getattr(council, name) for name in ("name", "abn", "address", "phone", "email")},
        "payer": owed.payer_name,
        "title": owed.title,
        "reference": owed.reference,
        "lines": [{name: getattr(line, name) for name in _LINE_FACTS} for line in owed.lines],
        "payments": [
            {name: getattr(payment, name) for name in _PAYMENT_FACTS} for payment in payments if payment.applied
        ],
        "total_cents": owed.total_cents,
        "gst_cents": owed.gst_cents,
        "note": settings.receipt_note,
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
        )


def file_name_of(receipt: Receipt) -> str:
    """`Receipt R-028132 BH-2026-04466.pdf`, or `Tax invoice ...`."""
    kind = "Tax invoice" if receipt.is_tax_invoice else "Receipt"
    return f"{kind} {receipt.snapshot['number']} {receipt.snapshot['reference']}.pdf"


def receipt_with_document(
    session: Session, actor: Actor, *, receipt_id: uuid.UUID, token: str | None
) -> tuple[Receipt, StoredObject]:
    """A receipt for reading, noted in the audit log; without a token the caller has checked the permission.

    Raises ReceiptNotFound, also for a wrong token, and ReceiptNotReady in the seconds before its PDF is made.
    """
    receipt = _found(session, receipt_id)
    if token is not None and not secrets.compare_digest(receipt.access_token.encode(), token.encode()):
        raise ReceiptNotFound
    document = session.scalar(queries.document_of(receipt.organisation_id, receipt_id))
    stored = find_object(session, document.object_id) if document else None
    if stored is None:
        raise ReceiptNotReady
    audit.record(session, actor, "payments.receipt_read", subject=receipt)
    return receipt, stored


def _found(session: Session, receipt_id: uuid.UUID) -> Receipt:
    receipt = session.scalar(queries.receipts_of(organisation_id_of(session)).where(Receipt.id == receipt_id))
    if receipt is None:
        raise ReceiptNotFound
    return receipt
