"""The ledger as staff read it: by kind, method, reference and period, each found by an index of its own."""

import datetime
import uuid
from dataclasses import dataclass

from sqlalchemy import Select
from sqlalchemy.orm import Session

from banksia.foundation.payments import queries
from banksia.foundation.payments.errors.finance import PeriodInvalid
from banksia.foundation.payments.models import LedgerEntry
from banksia.foundation.payments.queries import reports as queries_reports
from banksia.foundation.payments.schemas import LedgerEntryRead
from banksia.foundation.payments.schemas.reports import LedgerTotals
from banksia.foundation.payments.service.periods import Period, period_of
from banksia.kit.database import organisation_id_of
from banksia.kit.paging import Key, page_of
from banksia.kit.schemas import Page

NEWEST_FIRST = (
    Key(LedgerEntry.happened_at, "happened_at", descending=True),
    Key(LedgerEntry.id, "id", descending=True),
)


@dataclass(frozen=True)
class LedgerFilter:
    """Which entries; what is None does not matter."""

    payable_id: uuid.UUID | None = None
    kind: str | None = None
    method: str | None = None
    reference: str | None = None
    """Exactly this: an order's number, or `Account` and the account's code."""
    period: Period | None = None


def filter_of(
    session: Session, *, from_on: datetime.date | None, until_on: datetime.date | None, **given: str | uuid.UUID | None
) -> LedgerFilter:
    """The filter that an address carries. Raises PeriodInvalid, also for a first day without a last one."""
    if (from_on is None) != (until_on is None):
        message = "Give both the first and the last day, or neither."
        raise PeriodInvalid(message)
    period = period_of(session, from_on, until_on) if from_on and until_on else None
    wanted = {name: value.strip() if isinstance(value, str) else value for name, value in given.items()}
    return LedgerFilter(period=period, **{name: value or None for name, value in wanted.items()})  # type: ignore[arg-type]  # names of the fields


def ledger_page(session: Session, *, wanted: LedgerFilter, cursor: str | None, limit: int) -> Page[LedgerEntryRead]:
    """The entries, newest first."""
    entries = _entries(session, wanted)
    rows, following = page_of(session, entries, keys=NEWEST_FIRST, limit=limit, cursor=cursor)
    return Page(results=[LedgerEntryRead.model_validate(row) for row in rows], next_cursor=following)


def ledger_totals(session: Session, *, wanted: LedgerFilter) -> LedgerTotals:
    """What the entries of a period add up to; without a period a sum would read everything there ever was."""
    if wanted.period is None:
        message = "Choose a period to see what its entries add up to."
        raise PeriodInvalid(message)
    row = session.execute(queries_reports.totals(_entries(session, wanted))).one()
    return LedgerTotals(in_cents=int(row[0]), out_cents=-int(row[1]), net_cents=int(row[0] + row[1]), entries=row[2])


def _entries(session: Session, wanted: LedgerFilter) -> Select[LedgerEntry]:
    entries = queries.ledger_of(organisation_id_of(session))
    for column in (LedgerEntry.payable_id, LedgerEntry.kind, LedgerEntry.method, LedgerEntry.reference):
        value = getattr(wanted, column.key)
        if value is not None:
            entries = entries.where(column == value)
    if wanted.period is not None:
        entries = entries.where(
            LedgerEntry.happened_at >= wanted.period.start, LedgerEntry.happened_at < wanted.period.end
        )
    return entries
