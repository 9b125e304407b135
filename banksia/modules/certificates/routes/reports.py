"""Reports about certificates, and their tables as files."""

from datetime import date
from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from banksia.foundation.payments.public import PeriodInvalid
from banksia.foundation.storage.public import content_disposition
from banksia.kit.routing import Router, SessionDep
from banksia.modules.certificates import permissions
from banksia.modules.certificates.routes.documents import CSV
from banksia.modules.certificates.schemas.reports import CertificatesReport, ReportTable
from banksia.modules.certificates.service import report_files
from banksia.modules.certificates.service import reports as service

reports = Router(prefix="/reports")

FromParam = Annotated[date, Query(alias="from", description="The first day, in the council's time zone")]
UntilParam = Annotated[date, Query(alias="until", description="The last day, it included; at most two years in all")]


@reports.get("", permission=permissions.REPORTS_READ, raises=[PeriodInvalid])
def read_report(session: SessionDep, from_on: FromParam, until_on: UntilParam) -> CertificatesReport:
    """What was ordered, issued and paid in a period, how soon, and what is open today."""
    return service.read_report(session, from_on=from_on, until_on=until_on)


@reports.get(
    "/table.csv",
    permission=permissions.REPORTS_READ,
    response_class=Response,
    openapi_extra=CSV,
    raises=[PeriodInvalid],
)
def download_report_table(
    session: SessionDep,
    table: Annotated[ReportTable, Query(description="Which table of the report")],
    from_on: FromParam,
    until_on: UntilParam,
) -> Response:
    """One table of the report for a spreadsheet."""
    report = service.read_report(session, from_on=from_on, until_on=until_on)
    name = content_disposition("attachment", report_files.report_file_name(report, table))
    headers = {"Content-Disposition": name, "Cache-Control": "no-store"}
    return Response(report_files.report_csv(report, table), media_type="text/csv; charset=utf-8", headers=headers)
