"""The tables of a report as files for a spreadsheet: sums in dollars, shares in percent."""

from collections.abc import Iterable, Sequence

from banksia.kit.csv_words import plain, spreadsheet_text
from banksia.kit.words import harmless
from banksia.modules.certificates.schemas.reports import (
    BacklogReport,
    CertificatesReport,
    CountsRead,
    ProductReport,
    ReportTable,
    RevenueReport,
    StraightThroughProduct,
)

DUE = ("late", "due today", "due in 5 working days", "due later", "clock stopped", "open")
HEADS: dict[ReportTable, Sequence[str]] = {
    "certificates": ("product", "title", "ordered", "issued", "cannot issue", "cancelled"),
    "turnaround": ("product", "title", "issued", "in time", "in time %", "median working days", "90 % working days"),
    "straight_through": (
        "product",
        "title",
        "issued",
        "without an officer",
        "without an officer %",
        "median minutes without an officer",
        "median minutes by officers",
        "median working hours by officers",
        "working hours saved",
        "saved against",
    ),
    "reasons": ("why an officer issued it", "certificates"),
    "time": ("from", "ordered", "issued", "cannot issue", "cancelled"),
    "revenue": ("title", "taken", "given back", "net", "gst", "waived", "payments"),
    "backlog": ("product", "title", *DUE),
    "ages": ("since payment", *DUE),
}


def report_csv(report: CertificatesReport, table: ReportTable) -> str:
    """One table of a report, its total last."""
    return spreadsheet_text([HEADS[table], *_rows(report, table)])


def report_file_name(report: CertificatesReport, table: ReportTable) -> str:
    """`Certificates turnaround 2026-07-01 to 2027-06-30.csv`; what is open is of one day."""
    days = f"{report.from_on} to {report.until_on}" if table not in ("backlog", "ages") else str(report.today)
    return f"Certificates {table} {days}.csv"


def _rows(report: CertificatesReport, table: ReportTable) -> Iterable[Sequence[object]]:
    if table in ("certificates", "turnaround"):
        cells = _counts if table == "certificates" else _turnaround
        return [[*_name(row), *cells(row)] for row in (*report.products, report.total)]
    if table in ("backlog", "ages"):
        by_product = [[*_name(row), *_due(row)] for row in (*report.backlog, report.backlog_total)]
        by_age = [[row.title, *_due(row)] for row in (*report.ages, report.backlog_total)]
        return by_product if table == "backlog" else by_age
    if table == "time":
        return [[row.began_on, *_counts(row)] for row in report.times]
    if table == "revenue":
        return [_revenue(row) for row in (*report.revenue, report.revenue_total)]
    either = report.straight_through
    if table == "reasons":
        return [[reason.title, reason.count] for reason in either.reasons]
    return [_straight_through(row) for row in (*either.products, either.total)]


def _counts(row: CountsRead) -> tuple[int, ...]:
    return row.ordered, row.issued, row.cannot_issue, row.cancelled


def _name(row: ProductReport | BacklogReport) -> tuple[str, str]:
    code = row.product if isinstance(row, ProductReport) else row.key
    return harmless(code), harmless(row.title)


def _turnaround(row: ProductReport) -> tuple[object, ...]:
    share = f"{100 * row.in_time / row.issued:.1f}" if row.issued else ""
    return (
        row.issued,
        row.in_time,
        share,
        *("" if days is None else days for days in (row.median_days, row.ninety_percent_days)),
    )


def _straight_through(row: StraightThroughProduct) -> tuple[object, ...]:
    share = f"{100 * row.without_officer / row.issued:.1f}" if row.issued else ""
    medians = (row.median_minutes, row.officer_median_minutes, row.officer_median_hours)
    name = (harmless(row.product), harmless(row.title), row.issued, row.without_officer, share)
    return *name, *("" if each is None else each for each in medians), row.saved_hours, row.saved_against or ""


def _revenue(row: RevenueReport) -> tuple[object, ...]:
    cents = (row.taken_cents, row.back_cents, row.net_cents, row.gst_cents, row.waived_cents)
    return harmless(row.title), *map(plain, cents), row.payments


def _due(row: BacklogReport) -> tuple[int, ...]:
    return row.late, row.today, row.soon, row.later, row.stopped, row.open
