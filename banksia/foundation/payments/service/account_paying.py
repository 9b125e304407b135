"""Money towards an account: at the counter or by transfer, with a receipt; and a cheque that comes back."""

import uuid
from dataclasses import dataclass
from typing import Literal

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.payments.errors.finance import (
    AccountBalanceChanged,
    AccountPaymentDishonoured,
    AccountPaymentNotCheque,
    AccountPaymentNotFound,
)
from banksia.foundation.payments.models import Account, AccountPayment, EntryKind, LedgerEntry
from banksia.foundation.payments.queries import accounts as queries
from banksia.foundation.payments.service.accounts import balance_of, locked_account
from banksia.foundation.payments.service.posting import Posting, post_movement
from banksia.foundation.payments.service.receipting import issue_account_receipt
from banksia.foundation.payments.service.till_taking import open_session_of
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.kit.models import new_id

PaidBy = Literal["cash", "eftpos", "cheque", "transfer"]


@dataclass(frozen=True)
class AccountMoney:
    """What a firm paid, in cents; more than it owes stands to its credit."""

    method: PaidBy
    amount_cents: int
    seen_balance_cents: int
    """What the person saw as owed: when it has changed meanwhile, nothing is recorded."""
    tendered_cents: int | None = None
    reference: str | None = None
    """The terminal's reference, the number of the cheque, or what the bank's statement says."""
    drawer: str | None = None


def receive_account_payment(
    session: Session, actor: Actor, *, account_id: uuid.UUID, money: AccountMoney
) -> AccountPayment:
    """Record what a firm paid towards its account: with the clerk's till when one is open, and with a receipt.

    Raises AccountNotFound and AccountBalanceChanged, which also stops a second press of the button.
    """
    account = locked_account(session, account_id)
    balance_cents = balance_of(session, account_id)
    if balance_cents != money.seen_balance_cents:
        raise AccountBalanceChanged(money.seen_balance_cents, balance_cents)
    paid = _payment(session, actor, account, money)
    session.add(paid)
    session.flush()
    _post(session, actor, account, EntryKind.ACCOUNT_PAYMENT, paid.id, paid.amount_cents, paid.method, paid.reference)
    _post(session, actor, account, EntryKind.ACCOUNT_SETTLEMENT, paid.id, -paid.amount_cents, "account", None)
    issue_account_receipt(session, paid)
    audit.record(
        session,
        actor,
        "payments.account_payment_received",
        subject=account,
        detail={"method": paid.method, "amount_cents": paid.amount_cents},
    )
    return paid


def _payment(session: Session, actor: Actor, account: Account, money: AccountMoney) -> AccountPayment:
    tendered_cents = money.tendered_cents if money.tendered_cents is not None else money.amount_cents
    cash = money.method == "cash"
    till = None if money.method == "transfer" else open_session_of(session, actor.user_id)
    return AccountPayment(
        id=new_id(),
        organisation_id=account.organisation_id,
        account_id=account.id,
        method=money.method,
        amount_cents=money.amount_cents,
        reference=money.reference,
        drawer=money.drawer,
        tendered_cents=tendered_cents if cash else None,
        change_cents=tendered_cents - money.amount_cents if cash else 0,
        till_session_id=till.id if till else None,
        cashier_id=actor.user_id,
        cashier_name=actor.name,
        received_at=utc_now(),
    )


def dishonour_account_payment(
    session: Session, actor: Actor, *, account_id: uuid.UUID, account_payment_id: uuid.UUID, reason: str
) -> AccountPayment:
    """A cheque came back: the firm owes its amount again.

    Raises AccountNotFound, AccountPaymentNotFound, AccountPaymentNotCheque, AccountPaymentDishonoured.
    """
    account = locked_account(session, account_id)
    paid = payment_with_id(session, account_id, account_payment_id)
    if paid.method != "cheque":
        raise AccountPaymentNotCheque
    if paid.dishonoured_at is not None:
        raise AccountPaymentDishonoured
    paid.dishonoured_at, paid.dishonoured_reason = utc_now(), reason
    _post(session, actor, account, EntryKind.REVERSAL, paid.id, -paid.amount_cents, paid.method, paid.reference)
    # Both sides are turned back; the second one is named by the entry that it reverses, as a source reverses once.
    settlement = queries.settlement_of(account.organisation_id, paid.id).with_only_columns(LedgerEntry.id)
    settlement_id = session.scalars(settlement).one()
    _post(session, actor, account, EntryKind.REVERSAL, settlement_id, paid.amount_cents, "account", None)
    session.flush()
    audit.record(
        session,
        actor,
        "payments.account_payment_dishonoured",
        subject=account,
        detail={"amount_cents": paid.amount_cents, "reason": reason},
    )
    return paid


def payment_with_id(session: Session, account_id: uuid.UUID, account_payment_id: uuid.UUID) -> AccountPayment:
    """One payment of an account, as it is now. Raises AccountPaymentNotFound."""
    statement = queries.account_payments_of(organisation_id_of(session)).where(
        AccountPayment.account_id == account_id, AccountPayment.id == account_payment_id
    )
    paid = session.scalar(statement.execution_options(populate_existing=True))
    if paid is None:
        raise AccountPaymentNotFound
    return paid


def _post(
    session: Session,
    actor: Actor,
    account: Account,
    kind: EntryKind,
    source_id: uuid.UUID,
    amount_cents: int,
    method: str,
    reference: str | None,
) -> None:
    """One entry of the ledger about an account, plus in, minus out."""
    posting = Posting(
        kind=str(kind),
        source_id=source_id,
        amount_cents=amount_cents,
        reference=f"Account {account.code}",
        provider_id=reference,
        account_id=account.id,
        method=method,
    )
    post_movement(session, actor, posting)
