"""Accounts of firms: who may buy now and pay a statement later, and how much each owes, which is the ledger's word."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.payments.errors.finance import (
    AccountClosed,
    AccountCodeTaken,
    AccountNotFound,
    AccountOwes,
    CreditLimitReached,
)
from banksia.foundation.payments.models import Account
from banksia.foundation.payments.queries import accounts as queries
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.kit.models import new_id

_FACTS = ("code", "name", "email", "postal_address", "credit_limit_cents", "terms_days")


@dataclass(frozen=True)
class AccountFacts:
    """What a council knows of a firm that it lets buy on account."""

    code: str
    name: str
    email: str | None
    postal_address: str | None
    credit_limit_cents: int
    terms_days: int
    """Days after a purchase until it is overdue."""


def check_account_can_take(session: Session, account_id: uuid.UUID, amount_cents: int) -> Account:
    """The account, locked until the transaction ends, when it may owe so many cents more.

    Take the lock of the payable first, as everywhere. Raises AccountNotFound, AccountClosed, CreditLimitReached.
    """
    account = locked_account(session, account_id)
    if account.closed_at is not None:
        raise AccountClosed(account.name)
    left_cents = account.credit_limit_cents - balance_of(session, account_id)
    if amount_cents > left_cents:
        raise CreditLimitReached(account.name, account.credit_limit_cents, left_cents)
    return account


def locked_account(session: Session, account_id: uuid.UUID) -> Account:
    """The account, locked until the transaction ends: every decision about its money is taken under this lock."""
    statement = queries.accounts_of(organisation_id_of(session)).where(Account.id == account_id)
    account = session.scalar(statement.with_for_update().execution_options(populate_existing=True))
    if account is None:
        raise AccountNotFound
    return account


def account_with_id(session: Session, account_id: uuid.UUID) -> Account:
    """The account. Raises AccountNotFound."""
    account = session.scalar(queries.accounts_of(organisation_id_of(session)).where(Account.id == account_id))
    if account is None:
        raise AccountNotFound
    return account


def balance_of(session: Session, account_id: uuid.UUID) -> int:
    """What a firm owes, in cents; below nothing when it paid too much."""
    return balances(session, [account_id]).get(account_id, 0)


def balances(session: Session, account_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, int]:
    """What each firm owes, in cents; one that never moved is left out."""
    session.flush()
    rows = session.execute(queries.balances_of(organisation_id_of(session), account_ids))
    return {account_id: int(cents) for account_id, cents in rows if account_id}


def open_account(session: Session, actor: Actor, *, facts: AccountFacts) -> Account:
    """Let a firm buy on account. Raises AccountCodeTaken."""
    account = Account(id=new_id(), organisation_id=organisation_id_of(session), **_columns(facts))
    session.add(account)
    _flush(session, facts.code)
    audit.record(session, actor, "payments.account_opened", subject=account, detail=_columns(facts))
    return account


def update_account(session: Session, actor: Actor, *, account_id: uuid.UUID, facts: AccountFacts) -> Account:
    """Change what is known of a firm. Raises AccountNotFound, AccountCodeTaken."""
    account = locked_account(session, account_id)
    after = _columns(facts)
    before = {name: getattr(account, name) for name in _FACTS if getattr(account, name) != after[name]}
    if before:
        for name, value in after.items():
            setattr(account, name, value)
        _flush(session, facts.code)
        detail = {"before": before, "after": {name: after[name] for name in before}}
        audit.record(session, actor, "payments.account_changed", subject=account, detail=detail)
    return account


def close_account(session: Session, actor: Actor, *, account_id: uuid.UUID) -> Account:
    """Let nothing more go on an account; its history stays. Raises AccountNotFound, AccountOwes."""
    account = locked_account(session, account_id)
    if account.closed_at is None:
        balance_cents = balance_of(session, account_id)
        if balance_cents:
            raise AccountOwes(account.name, balance_cents)
        account.closed_at = utc_now()
        audit.record(session, actor, "payments.account_closed", subject=account)
    return account


def reopen_account(session: Session, actor: Actor, *, account_id: uuid.UUID) -> Account:
    """Let a closed account be used again. Raises AccountNotFound."""
    account = locked_account(session, account_id)
    if account.closed_at is not None:
        account.closed_at = None
        audit.record(session, actor, "payments.account_reopened", subject=account)
    return account


def _columns(facts: AccountFacts) -> dict[str, str | int | None]:
    return {name: getattr(facts, name) for name in _FACTS}


def _flush(session: Session, code: str) -> None:
    try:
        session.flush()
    except IntegrityError as error:
        if "uq_accounts_organisation_id" in str(error.orig):
            raise AccountCodeTaken(code) from error
        raise
