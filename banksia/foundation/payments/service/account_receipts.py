"""Receipts for money towards an account, and what every receipt carries."""

import secrets
import uuid
from typing import Any

from sqlalchemy.orm import Session

from banksia.foundation.notifications.public import Attachment, send_mail
from banksia.foundation.organisations.public import current_organisation, module_settings
from banksia.foundation.payments.models import Account, AccountPayment, Receipt
from banksia.foundation.payments.queries import accounts as queries
from banksia.foundation.payments.settings import PaymentsSettings
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.kit.models import new_id

_DIGITS = 6
_PAYMENT_FACTS = ("method", "amount_cents", "reference", "tendered_cents", "change_cents")


def receipt_head(session: Session, number: int) -> dict[str, Any]:
    """What every receipt of the council carries."""
    council = current_organisation(session)
    settings = module_settings(session, PaymentsSettings)
    return {
        "number": f"{settings.receipt_prefix}{number:0{_DIGITS}d}",
        "time_zone": council.time_zone,
        "council": {name: getattr(council, name) for name in ("name", "abn", "address", "phone", "email")},
        "note": settings.receipt_note,
    }


def account_receipt(session: Session, paid: AccountPayment, number: int) -> Receipt:
    """The receipt of a payment; never a tax invoice, because the tax was invoiced with what was bought."""
    account = _account_of(session, paid.account_id)
    issued_at = utc_now()
    words = f"Payment towards account {account.code}"
    line = {
        "description": words,
        "quantity": 1,
        "amount_cents": paid.amount_cents,
        "gst_cents": 0,
        "gst_treatment": "out_of_scope",
    }
    snapshot = receipt_head(session, number) | {
        "payer": account.name,
        "title": words,
        "reference": account.code,
        "lines": [line],
        "payments": [{name: getattr(paid, name) for name in _PAYMENT_FACTS}],
        "total_cents": paid.amount_cents,
        "gst_cents": 0,
        "tax_invoice": False,
        "issued_at": issued_at.isoformat(),
    }
    return Receipt(
        id=new_id(),
        organisation_id=paid.organisation_id,
        account_payment_id=paid.id,
        number=number,
        is_tax_invoice=False,
        total_cents=paid.amount_cents,
        gst_cents=0,
        access_token=secrets.token_urlsafe(24),
        snapshot=snapshot,
        issued_at=issued_at,
    )


def mail_account_receipt(session: Session, receipt: Receipt, attachment: Attachment) -> None:
    """Mail the receipt to the firm, when its address is known."""
    statement = queries.account_payments_of(receipt.organisation_id)
    paid = session.scalars(statement.where(AccountPayment.id == receipt.account_payment_id)).one()
    account = _account_of(session, paid.account_id)
    if account.email:
        send_mail(
            session,
            template="payments/account_receipt",
            to=account.email,
            context={"receipt": receipt.snapshot, "code": account.code, "name": account.name},
            attachments=[attachment],
            dedupe_key=f"payments.receipt:{receipt.id}",
        )


def _account_of(session: Session, account_id: uuid.UUID) -> Account:
    """The account of a payment."""
    statement = queries.accounts_of(organisation_id_of(session)).where(Account.id == account_id)
    return session.scalars(statement).one()
