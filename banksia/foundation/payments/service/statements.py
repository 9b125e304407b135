"""Statements of accounts: on the page, as PDF, as CSV, and by mail."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.notifications.public import Attachment, send_mail
from banksia.foundation.organisations.public import current_organisation
from banksia.foundation.payments.adapters.statement_pdf import StatementPage, render_statement
from banksia.foundation.payments.errors.finance import AccountHasNoEmail
from banksia.foundation.payments.models import LedgerEntry
from banksia.foundation.payments.queries import accounts as queries
from banksia.foundation.payments.schemas.accounts import AccountMovementRead, AgeRead, StatementRead, StatementSent
from banksia.foundation.payments.service.account_reading import account_read, with_balances
from banksia.foundation.payments.service.accounts import account_with_id
from banksia.foundation.payments.service.periods import Period
from banksia.foundation.storage.public import put_bytes
from banksia.kit.clock import utc_now
from banksia.kit.csv_words import plain, spreadsheet_text
from banksia.kit.database import Transactions, organisation_id_of
from banksia.kit.models import new_id
from banksia.kit.words import day_in_words, dollars, harmless

AGES: tuple[tuple[str, str, int], ...] = (
    ("not_due", "Not due yet", 0),
    ("overdue_30", "1 to 30 days overdue", 30),
    ("overdue_60", "31 to 60 days overdue", 60),
    ("overdue_90", "61 to 90 days overdue", 90),
    ("overdue_more", "More than 90 days overdue", 10**6),
)
KIND_WORDS = {
    "account_charge": "Charged",
    "account_settlement": "Payment",
    "refund": "Refund",
    "reversal": "Cheque came back",
}


@dataclass(frozen=True)
class StatementDocument:
    """A statement that is ready to be printed, with its name as a file."""

    statement: StatementRead
    page: StatementPage

    @property
    def file_name(self) -> str:
        """`Statement KAUR 2026-11-01 to 2026-11-30.pdf`."""
        return f"{file_stem(self.statement)}.pdf"


def statement_of(session: Session, *, account_id: uuid.UUID, period: Period) -> StatementRead:
    """An account over a period: opening balance, what it took, what was settled, closing balance and its age.

    Raises AccountNotFound.
    """
    account = account_with_id(session, account_id)
    organisation_id = account.organisation_id
    opening_cents = int(session.execute(queries.sum_before(organisation_id, account_id, period.start)).scalar_one())
    charged, settled = session.execute(
        queries.sums_between(organisation_id, account_id, period.start, period.end)
    ).one()
    ageing = _ageing(session, account_id, account.terms_days, period)
    return StatementRead(
        account=account_read(session, account),
        from_on=period.from_on,
        until_on=period.until_on,
        opening_cents=opening_cents,
        charged_cents=int(charged),
        settled_cents=-int(settled),
        closing_cents=opening_cents + int(charged) + int(settled),
        ageing=ageing,
        overdue_cents=sum(each.amount_cents for each in ageing if each.name != "not_due"),
    )


def _ageing(session: Session, account_id: uuid.UUID, terms_days: int, period: Period) -> list[AgeRead]:
    """How long what is owed at the end of the period has been overdue, by the account's terms."""
    statement = queries.unpaid_charges(organisation_id_of(session), account_id, period.end, period.time_zone)
    sums = dict.fromkeys((name for name, _, _ in AGES), 0)
    for day, cents in session.execute(statement):
        late_days = (period.until_on - day).days - terms_days
        name = next(name for name, _, at_most in AGES if late_days <= at_most)
        sums[name] += int(cents)
    return [
        AgeRead.model_validate({"name": name, "label": label, "amount_cents": sums[name]}) for name, label, _ in AGES
    ]


def movements_between(session: Session, *, account_id: uuid.UUID, period: Period) -> Iterator[LedgerEntry]:
    """Every movement of the period, oldest first, read as they are taken."""
    movements = queries.movements_of(organisation_id_of(session), account_id).where(
        LedgerEntry.happened_at >= period.start, LedgerEntry.happened_at < period.end
    )
    ordered = movements.order_by(LedgerEntry.happened_at, LedgerEntry.id)
    yield from session.scalars(ordered.execution_options(yield_per=1000))


def statement_document(session: Session, *, account_id: uuid.UUID, period: Period) -> StatementDocument:
    """The statement in the words that are printed. Raises AccountNotFound."""
    statement = statement_of(session, account_id=account_id, period=period)
    rows = with_balances(movements_between(session, account_id=account_id, period=period), statement.opening_cents)
    return StatementDocument(statement, _page(session, statement, rows, period))


def _page(
    session: Session, statement: StatementRead, rows: Iterable[AccountMovementRead], period: Period
) -> StatementPage:
    council, account = current_organisation(session), statement.account
    owed = statement.closing_cents > 0
    return StatementPage(
        document_title=f"Statement of account {account.code}, {council.name}",
        council={name: getattr(council, name) for name in ("name", "abn", "address", "phone", "email")},
        facts=[
            ("Account", f"{account.code}, {account.name}"),
            ("From", day_in_words(period.from_on)),
            ("To", day_in_words(period.until_on)),
            ("Terms", f"{account.terms_days} days"),
            ("To pay", dollars(statement.closing_cents) if owed else "Nothing"),
            *([("Overdue", dollars(statement.overdue_cents))] if statement.overdue_cents else []),
        ],
        address=[account.name, *(account.postal_address or "").splitlines()],
        opening=dollars(statement.opening_cents),
        movements=[_row(row, period) for row in rows],
        closing=dollars(statement.closing_cents),
        ageing=[(age.label, dollars(age.amount_cents)) for age in statement.ageing] if owed else [],
        note=f"Give the account’s code, {account.code}, with your payment.",
        made_at=int(utc_now().timestamp()),
    )


def _row(row: AccountMovementRead, period: Period) -> tuple[str, str, str, str]:
    day = period.day_of(row.happened_at)
    words = f"{KIND_WORDS.get(row.kind, row.kind)}, {row.reference}"
    return f"{day:%d/%m/%Y}", words, dollars(row.amount_cents), dollars(row.balance_cents)


def file_stem(statement: StatementRead) -> str:
    """`Statement KAUR 2026-11-01 to 2026-11-30`, safe as a file's name."""
    code = "".join(letter if letter.isalnum() or letter in "-_." else "-" for letter in statement.account.code)
    return f"Statement {code} {statement.from_on} to {statement.until_on}"


def statement_csv(session: Session, *, account_id: uuid.UUID, period: Period) -> str:
    """The statement as a table: days, words and dollars, with the opening and the closing balance as rows."""
    statement = statement_of(session, account_id=account_id, period=period)
    movements = movements_between(session, account_id=account_id, period=period)
    return spreadsheet_text(
        [
            ["date", "entry", "reference", "charged", "settled", "balance"],
            [statement.from_on, "Opening balance", "", "", "", plain(statement.opening_cents)],
            *(_csv_row(row, period) for row in with_balances(movements, statement.opening_cents)),
            [statement.until_on, "Closing balance", "", "", "", plain(statement.closing_cents)],
        ]
    )


def _csv_row(row: AccountMovementRead, period: Period) -> list[object]:
    return [
        period.day_of(row.happened_at),
        KIND_WORDS.get(row.kind, row.kind),
        harmless(row.reference),
        plain(row.amount_cents) if row.amount_cents > 0 else "",
        plain(-row.amount_cents) if row.amount_cents < 0 else "",
        plain(row.balance_cents),
    ]


def mail_statement(transactions: Transactions, *, account_id: uuid.UUID, period: Period) -> StatementSent:
    """Draw the statement and mail it to the firm; call it outside any transaction.

    Raises AccountNotFound, AccountHasNoEmail.
    """
    with transactions() as session:
        document = statement_document(session, account_id=account_id, period=period)
        account = document.statement.account
        if not account.email:
            raise AccountHasNoEmail(account.name)
    stored = put_bytes(transactions, render_statement(document.page))
    with transactions() as session:
        send_mail(
            session,
            template="payments/statement",
            to=account.email,
            context={
                "code": account.code,
                "name": account.name,
                "days": f"{day_in_words(period.from_on)} to {day_in_words(period.until_on)}",
                "closing_cents": document.statement.closing_cents,
                "overdue_cents": document.statement.overdue_cents,
            },
            attachments=[Attachment(stored.id, document.file_name)],
            dedupe_key=f"payments.statement:{new_id()}",
        )
        detail = {"from_on": str(period.from_on), "until_on": str(period.until_on)}
        subject = account_with_id(session, account_id)
        audit.record(session, transactions.actor, "payments.statement_mailed", subject=subject, detail=detail)
    return StatementSent(to=account.email)
