"""Reports, the journal for the finance system, and the codes of the general ledger."""

import datetime
import uuid
from dataclasses import dataclass, fields
from typing import Annotated

from fastapi import Depends, Query
from sqlalchemy.orm import Session
from starlette.responses import Response, StreamingResponse

from banksia.foundation.payments import permissions
from banksia.foundation.payments.errors.finance import GlCodeNotFound, GlCodeTaken, PeriodInvalid
from banksia.foundation.payments.models import EntryKind
from banksia.foundation.payments.schemas import LedgerEntryRead
from banksia.foundation.payments.schemas.reports import (
    GlCodeCreate,
    GlCodeRead,
    GlCodeUpdate,
    LedgerTotals,
    MissingGlCodes,
    ReportBy,
    ReportRead,
)
from banksia.foundation.payments.service import gl_codes, journal, ledger, reports
from banksia.foundation.payments.service.periods import period_of
from banksia.foundation.storage.public import content_disposition
from banksia.kit.routing import ActorDep, CursorParam, LimitParam, Router, SessionDep, TransactionsDep
from banksia.kit.schemas import Line, Page

report_routes = Router()
FromParam = Annotated[datetime.date, Query(alias="from", description="The first day, in the council's time zone")]
UntilParam = Annotated[datetime.date, Query(alias="until", description="The last day, it included")]
ByParam = Annotated[ReportBy, Query(description="What the sums are grouped by")]
CSV = "text/csv; charset=utf-8"


@dataclass
class LedgerQuery:
    """Which entries of the ledger; what is left out does not matter."""

    payable_id: uuid.UUID | None = None
    kind: EntryKind | None = None
    method: Annotated[Line | None, Query(max_length=40)] = None
    reference: Annotated[Line | None, Query(max_length=200, description="Exactly this: an order's number")] = None
    from_on: Annotated[datetime.date | None, Query(alias="from")] = None
    until_on: Annotated[datetime.date | None, Query(alias="until")] = None

    def wanted(self, session: Session) -> ledger.LedgerFilter:
        """The filter, with its days as moments."""
        return ledger.filter_of(session, **{field.name: getattr(self, field.name) for field in fields(self)})


@report_routes.get("/reports/takings", permission=permissions.LEDGER_READ, raises=[PeriodInvalid])
def read_takings(session: SessionDep, from_on: FromParam, until_on: UntilParam, by: ByParam = "gl_code") -> ReportRead:
    """What was taken and given back in a period, beside the ledger of the same period."""
    return reports.report_of(session, period=period_of(session, from_on, until_on), by=by)


@report_routes.get(
    "/reports/takings.csv", permission=permissions.LEDGER_READ, raises=[PeriodInvalid], response_class=Response
)
def download_takings(
    session: SessionDep, from_on: FromParam, until_on: UntilParam, by: ByParam = "gl_code"
) -> Response:
    """The same as a table for a spreadsheet."""
    report = reports.report_of(session, period=period_of(session, from_on, until_on), by=by)
    name = f"Takings by {by} {from_on} to {until_on}.csv"
    headers = {"Content-Disposition": content_disposition("attachment", name)}
    return Response(reports.report_csv(report), media_type=CSV, headers=headers)


@report_routes.get(
    "/reports/journal.csv",
    permission=permissions.LEDGER_READ,
    transactions=True,
    raises=[PeriodInvalid],
    response_class=StreamingResponse,
)
def download_journal(transactions: TransactionsDep, from_on: FromParam, until_on: UntilParam) -> StreamingResponse:
    """The journal for the finance system: one row for each movement of the ledger and each code."""
    with transactions() as session:
        period = period_of(session, from_on, until_on)
        name = journal.journal_name(session, transactions.actor, period=period)
    headers = {"Content-Disposition": content_disposition("attachment", name)}
    return StreamingResponse(journal.journal_csv(transactions, period=period), media_type=CSV, headers=headers)


@report_routes.get("/ledger", permission=permissions.LEDGER_READ, raises=[PeriodInvalid])
def list_ledger(
    session: SessionDep, filters: Annotated[LedgerQuery, Depends()], cursor: CursorParam = None, limit: LimitParam = 50
) -> Page[LedgerEntryRead]:
    """The ledger, newest first."""
    return ledger.ledger_page(session, wanted=filters.wanted(session), cursor=cursor, limit=limit)


@report_routes.get("/ledger/totals", permission=permissions.LEDGER_READ, raises=[PeriodInvalid])
def read_ledger_totals(session: SessionDep, filters: Annotated[LedgerQuery, Depends()]) -> LedgerTotals:
    """What the entries of a period and a filter add up to."""
    return ledger.ledger_totals(session, wanted=filters.wanted(session))


@report_routes.get("/gl-codes", permission=permissions.PAYMENTS_READ)
def list_gl_codes(
    session: SessionDep, *, closed: bool | None = None, cursor: CursorParam = None, limit: LimitParam = 50
) -> Page[GlCodeRead]:
    """The codes of the general ledger; those that are open with `closed=false`."""
    return gl_codes.gl_code_page(session, closed=closed, cursor=cursor, limit=limit)


@report_routes.get("/gl-codes/missing", permission=permissions.GL_CODES_MANAGE)
def read_missing_gl_codes(session: SessionDep) -> MissingGlCodes:
    """Codes that something was sold under and that nobody has named."""
    return gl_codes.missing_gl_codes(session)


@report_routes.post("/gl-codes", permission=permissions.GL_CODES_MANAGE, status_code=201, raises=[GlCodeTaken])
def add_gl_code(session: SessionDep, actor: ActorDep, body: GlCodeCreate) -> GlCodeRead:
    """Name a code of the general ledger."""
    return GlCodeRead.model_validate(gl_codes.add_gl_code(session, actor, code=body.code, title=body.title))


@report_routes.put("/gl-codes/{gl_code_id}", permission=permissions.GL_CODES_MANAGE, raises=[GlCodeNotFound])
def update_gl_code(session: SessionDep, actor: ActorDep, gl_code_id: uuid.UUID, body: GlCodeUpdate) -> GlCodeRead:
    """Give a code another name, close it or open it again."""
    found = gl_codes.update_gl_code(session, actor, gl_code_id=gl_code_id, title=body.title, closed=body.closed)
    return GlCodeRead.model_validate(found)
