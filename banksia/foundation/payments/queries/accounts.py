"""Every SELECT of accounts, scoped to one organisation."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Date, Select, func, or_, select, tuple_

from banksia.foundation.payments.models import (
    Account,
    AccountPayment,
    EntryKind,
    LedgerEntry,
    Receipt,
)
from banksia.foundation.payments.queries import ledger_of, receipts_of
from banksia.kit.among import among


def accounts_of(organisation_id: uuid.UUID) -> Select[Account]:
    """The firms that may buy on account."""
    return select(Account).where(Account.organisation_id == organisation_id)


def open_accounts(organisation_id: uuid.UUID) -> Select[Account]:
    """Those that anything more may go on."""
    return accounts_of(organisation_id).where(Account.closed_at.is_(None))


def account_payments_of(organisation_id: uuid.UUID) -> Select[AccountPayment]:
    """What firms paid towards their accounts."""
    return select(AccountPayment).where(AccountPayment.organisation_id == organisation_id)


def movements_of_accounts(organisation_id: uuid.UUID) -> Select[LedgerEntry]:
    """The entries that change what a firm owes: those of method `account`."""
    return ledger_of(organisation_id).where(LedgerEntry.account_id.is_not(None), LedgerEntry.method == "account")


def movements_of(organisation_id: uuid.UUID, account_id: uuid.UUID) -> Select[LedgerEntry]:
    """The same, of one account."""
    return movements_of_accounts(organisation_id).where(LedgerEntry.account_id == account_id)


def balances_of(organisation_id: uuid.UUID, account_ids: Sequence[uuid.UUID]) -> Select[uuid.UUID | None, int]:
    """What each account owes, in cents; one that never moved has no row."""
    return (
        movements_of_accounts(organisation_id)
        .where(among(LedgerEntry.account_id, account_ids))
        .with_only_columns(LedgerEntry.account_id, func.sum(LedgerEntry.amount_cents))
        .group_by(LedgerEntry.account_id)
    )


def sum_before(organisation_id: uuid.UUID, account_id: uuid.UUID, moment: datetime) -> Select[int]:
    """What an account owed at a moment, in cents."""
    return (
        movements_of(organisation_id, account_id)
        .where(LedgerEntry.happened_at < moment)
        .with_only_columns(func.coalesce(func.sum(LedgerEntry.amount_cents), 0))
    )


def sum_before_entry(organisation_id: uuid.UUID, account_id: uuid.UUID, entry: LedgerEntry) -> Select[int]:
    """What an account owed just before one of its movements, in cents."""
    earlier = tuple_(LedgerEntry.happened_at, LedgerEntry.id) < tuple_(entry.happened_at, entry.id)
    return (
        movements_of(organisation_id, account_id)
        .where(earlier)
        .with_only_columns(func.coalesce(func.sum(LedgerEntry.amount_cents), 0))
    )


def sums_between(organisation_id: uuid.UUID, account_id: uuid.UUID, start: datetime, end: datetime) -> Select[int, int]:
    """What made an account owe more, and (below nothing) what made it owe less, between two moments."""
    more = func.sum(LedgerEntry.amount_cents).filter(LedgerEntry.amount_cents > 0)
    less = func.sum(LedgerEntry.amount_cents).filter(LedgerEntry.amount_cents < 0)
    return (
        movements_of(organisation_id, account_id)
        .where(LedgerEntry.happened_at >= start, LedgerEntry.happened_at < end)
        .with_only_columns(func.coalesce(more, 0), func.coalesce(less, 0))
    )


def account_called(words: str) -> ColumnElement[bool]:
    """Accounts whose name or code holds some words; a council has hundreds of accounts, not millions."""
    return or_(Account.name.icontains(words, autoescape=True), Account.code.icontains(words, autoescape=True))


def settlement_of(organisation_id: uuid.UUID, account_payment_id: uuid.UUID) -> Select[LedgerEntry]:
    """The entry with which a payment made its account owe less."""
    return ledger_of(organisation_id).where(
        LedgerEntry.kind == EntryKind.ACCOUNT_SETTLEMENT, LedgerEntry.source_id == account_payment_id
    )


def receipts_of_account_payments(organisation_id: uuid.UUID, payment_ids: Sequence[uuid.UUID]) -> Select[Receipt]:
    """The receipts of payments towards accounts."""
    return receipts_of(organisation_id).where(among(Receipt.account_payment_id, payment_ids))


def unpaid_charges(
    organisation_id: uuid.UUID, account_id: uuid.UUID, end: datetime, time_zone: str
) -> Select[date, int]:
    """What is left of each day's charges at a moment, the oldest settled first: the day at the council, and cents.

    Whatever made the firm owe less is set against its oldest charges, as the law has it when nobody says otherwise
    (Clayton's case), so nothing has to be matched by hand.
    """
    until = movements_of(organisation_id, account_id).where(LedgerEntry.happened_at < end)
    day = func.timezone(time_zone, LedgerEntry.happened_at).cast(Date)
    charged = (
        until.where(LedgerEntry.amount_cents > 0)
        .with_only_columns(
            day.label("day"),
            LedgerEntry.amount_cents.label("amount_cents"),
            func.sum(LedgerEntry.amount_cents)
            .over(order_by=(LedgerEntry.happened_at, LedgerEntry.id))
            .label("so_far_cents"),
        )
        .subquery()
    )
    settled = (
        until.where(LedgerEntry.amount_cents < 0)
        .with_only_columns(func.coalesce(-func.sum(LedgerEntry.amount_cents), 0))
        .scalar_subquery()
    )
    left = func.least(charged.c.amount_cents, charged.c.so_far_cents - settled)
    return select(charged.c.day, func.sum(left)).where(charged.c.so_far_cents > settled).group_by(charged.c.day)
