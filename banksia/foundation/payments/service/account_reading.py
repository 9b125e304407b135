"""Accounts as staff read them: each page in a fixed number of queries."""

import uuid
from collections.abc import Iterable

from sqlalchemy.orm import Session

from banksia.foundation.payments.models import Account, AccountPayment, LedgerEntry, Receipt
from banksia.foundation.payments.queries import accounts as queries
from banksia.foundation.payments.schemas.accounts import AccountMovementRead, AccountPaymentRead, FirmAccountRead
from banksia.foundation.payments.service.accounts import account_with_id, balances
from banksia.foundation.payments.service.periods import Period
from banksia.kit.database import organisation_id_of
from banksia.kit.paging import Key, page_of
from banksia.kit.schemas import Page

OLDEST_FIRST = (Key(LedgerEntry.happened_at, "happened_at"), Key(LedgerEntry.id, "id"))


def account_read(session: Session, account: Account) -> FirmAccountRead:
    """An account with what it owes."""
    return account_reads(session, [account])[0]


def account_reads(session: Session, accounts: list[Account]) -> list[FirmAccountRead]:
    """Accounts with what each owes, in one further query for all of them."""
    owed = balances(session, [account.id for account in accounts])
    return [_read(account, owed.get(account.id, 0)) for account in accounts]


def _read(account: Account, balance_cents: int) -> FirmAccountRead:
    left_cents = max(account.credit_limit_cents - balance_cents, 0) if account.closed_at is None else 0
    return FirmAccountRead.of(account, balance_cents=balance_cents, left_cents=left_cents)


def account_page(
    session: Session, *, closed: bool, search: str | None, cursor: str | None, limit: int
) -> Page[FirmAccountRead]:
    """Accounts by name."""
    accounts = queries.accounts_of(organisation_id_of(session))
    accounts = accounts.where(Account.closed_at.is_not(None) if closed else Account.closed_at.is_(None))
    if search:
        accounts = accounts.where(queries.account_called(search))
    keys = [Key(Account.name, "name"), Key(Account.id, "id")]
    rows, following = page_of(session, accounts, keys=keys, limit=limit, cursor=cursor)
    return Page(results=account_reads(session, rows), next_cursor=following)


def payment_reads(session: Session, paid: Iterable[AccountPayment]) -> list[AccountPaymentRead]:
    """Payments with their receipts, in one further query for all of them."""
    payments = list(paid)
    found = queries.receipts_of_account_payments(organisation_id_of(session), [each.id for each in payments])
    receipts = {receipt.account_payment_id: receipt for receipt in session.scalars(found)}
    return [_payment_read(each, receipts.get(each.id)) for each in payments]


def _payment_read(paid: AccountPayment, receipt: Receipt | None) -> AccountPaymentRead:
    return AccountPaymentRead.of(
        paid,
        receipt_id=receipt.id if receipt else None,
        receipt_number=receipt.snapshot["number"] if receipt else None,
    )


def payment_page(
    session: Session, *, account_id: uuid.UUID, cursor: str | None, limit: int
) -> Page[AccountPaymentRead]:
    """What a firm paid, newest first. Raises AccountNotFound."""
    account = account_with_id(session, account_id)
    paid = queries.account_payments_of(account.organisation_id).where(AccountPayment.account_id == account_id)
    keys = [Key(AccountPayment.id, "id", descending=True)]
    rows, following = page_of(session, paid, keys=keys, limit=limit, cursor=cursor)
    return Page(results=payment_reads(session, rows), next_cursor=following)


def movement_page(
    session: Session, *, account_id: uuid.UUID, period: Period, cursor: str | None, limit: int
) -> Page[AccountMovementRead]:
    """The movements of a period, oldest first, each with what was owed after it. Raises AccountNotFound."""
    account = account_with_id(session, account_id)
    movements = queries.movements_of(account.organisation_id, account_id).where(
        LedgerEntry.happened_at >= period.start, LedgerEntry.happened_at < period.end
    )
    rows, following = page_of(session, movements, keys=OLDEST_FIRST, limit=limit, cursor=cursor)
    if not rows:
        return Page(results=[], next_cursor=None)
    before = queries.sum_before_entry(account.organisation_id, account_id, rows[0])
    return Page(results=with_balances(rows, session.execute(before).scalar_one()), next_cursor=following)


def with_balances(rows: Iterable[LedgerEntry], before_cents: int) -> list[AccountMovementRead]:
    """Movements in their order, each with what was owed after it."""
    answer, balance_cents = [], int(before_cents)
    for row in rows:
        balance_cents += row.amount_cents
        answer.append(AccountMovementRead.of(row, balance_cents=balance_cents))
    return answer
