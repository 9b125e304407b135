"""The tables of a report as files for a spreadsheet: sums in dollars, shares in percent."""

from collections.abc import Iterable, Sequence

from banksia.kit.csv_words import csv_text, plain
from banksia.kit.words import harmless
from banksia.modules.certificates.schemas.reports import (
    BacklogReport,
    CertificatesReport,
    ProductReport,
    ReportTable,
    RevenueReport,
)

DUE = ("late", "due today", "due in 5 working days", "due later", "clock stopped", "open")
HEADS: dict[ReportTable, Sequence[str]] = {
    "certificates": ("product", "title", "ordered", "issued", "cannot issue", "cancelled"),
    "turnaround": ("product", "title", "issued", "in time", "in time %", "median working days", "90 % working days"),
    "time": ("from", "ordered", "issued", "cannot issue", "cancelled"),
    "revenue": ("title", "taken", "given back", "net", "gst", "waived", "payments"),
    "backlog": ("product", "title", *DUE),
    "ages": ("since payment", *DUE),
}


def report_csv(report: CertificatesReport, table: ReportTable) -> str:
    """One table of a report, its total last."""
    return csv_text([HEADS[table], *_rows(report, table)])


def report_file_name(report: CertificatesReport, table: ReportTable) -> str:
    """`Certificates turnaround 2026-07-01 to 2027-06-30.csv`; what is open is of one day."""
    days = f"{report.from_on} to {report.until_on}" if table not in ("backlog", "ages") else str(report.today)
    return f"Certificates {table} {days}.csv"


def _rows(report: CertificatesReport, table: ReportTable) -> Iterable[Sequence[object]]:
    products = (*report.products, report.total)
    if table == "certificates":
        return [[*_name(p), p.ordered, p.issued, p.cannot_issue, p.cancelled] for p in products]
    if table == "turnaround":
        return [[*_name(p), p.issued, *_turnaround(p)] for p in products]
    if table == "time":
        return [[t.began_on, t.ordered, t.issued, t.cannot_issue, t.cancelled] for t in report.times]
    if table == "revenue":
        return [_revenue(row) for row in (*report.revenue, report.revenue_total)]
    if table == "backlog":
        return [[*_name(row), *_due(row)] for row in (*report.backlog, report.backlog_total)]
    return [[row.title, *_due(row)] for row in (*report.ages, report.backlog_total)]


def _name(row: ProductReport | BacklogReport) -> tuple[str, str]:
    code = row.product if isinstance(row, ProductReport) else row.key
    return harmless(code), harmless(row.title)


def _turnaround(row: ProductReport) -> tuple[object, ...]:
    share = f"{100 * row.in_time / row.issued:.1f}" if row.issued else ""
    return row.in_time, share, *("" if days is None else days for days in (row.median_days, row.ninety_percent_days))


def _revenue(row: RevenueReport) -> tuple[object, ...]:
    cents = (row.taken_cents, row.back_cents, row.net_cents, row.gst_cents, row.waived_cents)
    return harmless(row.title), *map(plain, cents), row.payments


def _due(row: BacklogReport) -> tuple[int, ...]:
    return row.late, row.today, row.soon, row.later, row.stopped, row.open
