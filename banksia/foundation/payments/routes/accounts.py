"""Accounts of firms, what they owe and what they paid."""

import datetime
import uuid
from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from banksia.foundation.payments import permissions
from banksia.foundation.payments.adapters.statement_pdf import render_statement
from banksia.foundation.payments.errors.finance import (
    AccountBalanceChanged,
    AccountCodeTaken,
    AccountHasNoEmail,
    AccountNotFound,
    AccountOwes,
    AccountPaymentDishonoured,
    AccountPaymentNotCheque,
    AccountPaymentNotFound,
    PeriodInvalid,
)
from banksia.foundation.payments.schemas.accounts import (
    AccountMovementRead,
    AccountPaymentCreate,
    AccountPaymentRead,
    AccountWrite,
    FirmAccountRead,
    StatementMail,
    StatementRead,
    StatementSent,
)
from banksia.foundation.payments.schemas.tills import DishonourCreate
from banksia.foundation.payments.service import account_paying, account_reading, accounts, statements
from banksia.foundation.payments.service.periods import period_of
from banksia.foundation.storage.public import content_disposition
from banksia.kit.routing import ActorDep, CursorParam, LimitParam, Router, SessionDep, TransactionsDep
from banksia.kit.schemas import Line, Page

account_routes = Router("/accounts")
FromParam = Annotated[datetime.date, Query(alias="from", description="The first day, in the council's time zone")]
UntilParam = Annotated[datetime.date, Query(alias="until", description="The last day, it included")]
SearchParam = Annotated[Line | None, Query(max_length=100, description="Words of the name or the code")]


@account_routes.get("", permission=permissions.ACCOUNTS_READ)
def list_accounts(
    session: SessionDep,
    *,
    closed: bool = False,
    search: SearchParam = None,
    cursor: CursorParam = None,
    limit: LimitParam = 50,
) -> Page[FirmAccountRead]:
    """Accounts by name, with what each owes."""
    return account_reading.account_page(session, closed=closed, search=search, cursor=cursor, limit=limit)


@account_routes.post("", permission=permissions.ACCOUNTS_MANAGE, status_code=201, raises=[AccountCodeTaken])
def open_account(session: SessionDep, actor: ActorDep, body: AccountWrite) -> FirmAccountRead:
    """Let a firm buy on account."""
    account = accounts.open_account(session, actor, facts=accounts.AccountFacts(**body.model_dump()))
    return account_reading.account_read(session, account)


@account_routes.get("/{account_id}", permission=permissions.ACCOUNTS_READ, raises=[AccountNotFound])
def read_account(session: SessionDep, account_id: uuid.UUID) -> FirmAccountRead:
    """One account, with what it owes."""
    return account_reading.account_read(session, accounts.account_with_id(session, account_id))


@account_routes.put("/{account_id}", permission=permissions.ACCOUNTS_MANAGE, raises=[AccountNotFound, AccountCodeTaken])
def update_account(session: SessionDep, actor: ActorDep, account_id: uuid.UUID, body: AccountWrite) -> FirmAccountRead:
    """Change what is known of a firm."""
    facts = accounts.AccountFacts(**body.model_dump())
    account = accounts.update_account(session, actor, account_id=account_id, facts=facts)
    return account_reading.account_read(session, account)


@account_routes.post(
    "/{account_id}/close", permission=permissions.ACCOUNTS_MANAGE, raises=[AccountNotFound, AccountOwes]
)
def close_account(session: SessionDep, actor: ActorDep, account_id: uuid.UUID) -> FirmAccountRead:
    """Let nothing more go on an account; its history stays."""
    return account_reading.account_read(session, accounts.close_account(session, actor, account_id=account_id))


@account_routes.post("/{account_id}/reopen", permission=permissions.ACCOUNTS_MANAGE, raises=[AccountNotFound])
def reopen_account(session: SessionDep, actor: ActorDep, account_id: uuid.UUID) -> FirmAccountRead:
    """Let a closed account be used again."""
    return account_reading.account_read(session, accounts.reopen_account(session, actor, account_id=account_id))


@account_routes.get("/{account_id}/payments", permission=permissions.ACCOUNTS_READ, raises=[AccountNotFound])
def list_account_payments(
    session: SessionDep, account_id: uuid.UUID, cursor: CursorParam = None, limit: LimitParam = 50
) -> Page[AccountPaymentRead]:
    """What a firm paid towards its account, newest first."""
    return account_reading.payment_page(session, account_id=account_id, cursor=cursor, limit=limit)


@account_routes.post(
    "/{account_id}/payments",
    permission=permissions.COUNTER_TAKE,
    status_code=201,
    raises=[AccountNotFound, AccountBalanceChanged],
)
def receive_account_payment(
    session: SessionDep, actor: ActorDep, account_id: uuid.UUID, body: AccountPaymentCreate
) -> AccountPaymentRead:
    """Record money towards an account, taken at the counter or come by transfer."""
    money = account_paying.AccountMoney(**body.model_dump())
    paid = account_paying.receive_account_payment(session, actor, account_id=account_id, money=money)
    return account_reading.payment_reads(session, [paid])[0]


@account_routes.post(
    "/{account_id}/payments/{account_payment_id}/dishonour",
    permission=permissions.CHEQUES_DISHONOUR,
    raises=[AccountNotFound, AccountPaymentNotFound, AccountPaymentNotCheque, AccountPaymentDishonoured],
)
def dishonour_account_payment(
    session: SessionDep, actor: ActorDep, account_id: uuid.UUID, account_payment_id: uuid.UUID, body: DishonourCreate
) -> AccountPaymentRead:
    """Record that a cheque came back: the firm owes its amount again."""
    paid = account_paying.dishonour_account_payment(
        session, actor, account_id=account_id, account_payment_id=account_payment_id, reason=body.reason
    )
    return account_reading.payment_reads(session, [paid])[0]


@account_routes.get(
    "/{account_id}/movements", permission=permissions.ACCOUNTS_READ, raises=[AccountNotFound, PeriodInvalid]
)
def list_account_movements(
    session: SessionDep,
    account_id: uuid.UUID,
    from_on: FromParam,
    until_on: UntilParam,
    cursor: CursorParam = None,
    limit: LimitParam = 50,
) -> Page[AccountMovementRead]:
    """What changed the balance in a period, oldest first."""
    period = period_of(session, from_on, until_on)
    return account_reading.movement_page(session, account_id=account_id, period=period, cursor=cursor, limit=limit)


@account_routes.get(
    "/{account_id}/statement", permission=permissions.ACCOUNTS_READ, raises=[AccountNotFound, PeriodInvalid]
)
def read_statement(
    session: SessionDep, account_id: uuid.UUID, from_on: FromParam, until_on: UntilParam
) -> StatementRead:
    """An account over a period: opening and closing balance, and how old it is."""
    return statements.statement_of(session, account_id=account_id, period=period_of(session, from_on, until_on))


@account_routes.get(
    "/{account_id}/statement.pdf",
    permission=permissions.ACCOUNTS_READ,
    transactions=True,
    raises=[AccountNotFound, PeriodInvalid],
    response_class=Response,
)
def print_statement(
    transactions: TransactionsDep, account_id: uuid.UUID, from_on: FromParam, until_on: UntilParam
) -> Response:
    """The statement as PDF."""
    with transactions() as session:
        period = period_of(session, from_on, until_on)
        document = statements.statement_document(session, account_id=account_id, period=period)
    headers = {"Content-Disposition": content_disposition("inline", document.file_name)}
    return Response(render_statement(document.page), media_type="application/pdf", headers=headers)


@account_routes.get(
    "/{account_id}/statement.csv",
    permission=permissions.ACCOUNTS_READ,
    raises=[AccountNotFound, PeriodInvalid],
    response_class=Response,
)
def download_statement(
    session: SessionDep, account_id: uuid.UUID, from_on: FromParam, until_on: UntilParam
) -> Response:
    """The statement as a table for a spreadsheet."""
    text = statements.statement_csv(session, account_id=account_id, period=period_of(session, from_on, until_on))
    name = f"Statement {account_id} {from_on} to {until_on}.csv"
    headers = {"Content-Disposition": content_disposition("attachment", name)}
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)


@account_routes.post(
    "/{account_id}/statement/mail",
    permission=permissions.ACCOUNTS_MANAGE,
    transactions=True,
    raises=[AccountNotFound, AccountHasNoEmail, PeriodInvalid],
)
def mail_statement(transactions: TransactionsDep, account_id: uuid.UUID, body: StatementMail) -> StatementSent:
    """Mail the statement to the firm."""
    with transactions() as session:
        period = period_of(session, body.from_on, body.until_on)
    return statements.mail_statement(transactions, account_id=account_id, period=period)
