"""What was taken and given back in a period, by one thing at a time; it agrees with the ledger to the cent."""

import uuid
from collections.abc import Iterable
from dataclasses import astuple, dataclass, replace
from typing import get_args

from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import module_settings
from banksia.foundation.payments.queries import finance as queries_finance
from banksia.foundation.payments.queries import reports as queries_reports
from banksia.foundation.payments.schemas.reports import LedgerSum, ReportBy, ReportRead, ReportRow
from banksia.foundation.payments.service.periods import Period
from banksia.foundation.payments.settings import PaymentsSettings
from banksia.kit.csv_words import plain, spreadsheet_text
from banksia.kit.database import organisation_id_of
from banksia.kit.words import harmless

MOST_ROWS = 1000
TAKEN_KINDS = ("charge", "counter_taking", "account_charge")
GROUPINGS: tuple[ReportBy, ...] = get_args(ReportBy)
METHOD_WORDS = {
    "card": "Card, paid online",
    "cash": "Cash",
    "eftpos": "EFTPOS",
    "cheque": "Cheque",
    "account": "On account",
    "waiver": "Waived",
}
TREATMENT_WORDS = {"taxable": "Taxable", "exempt": "GST free", "out_of_scope": "Out of scope of GST"}
BUCKET_WORDS = {"surcharge": "Surcharges", "waiting": "Waits for a decision"}


@dataclass(frozen=True)
class _Sums:
    """Taken, waived and back (below nothing), GST, in cents; and how many payments."""

    taken: int = 0
    waived: int = 0
    back: int = 0
    gst: int = 0
    payments: int = 0

    def __add__(self, other: "_Sums") -> "_Sums":
        return _Sums(*(ours + theirs for ours, theirs in zip(astuple(self), astuple(other), strict=True)))

    def row(self, key: str, label: str) -> ReportRow:
        return ReportRow(
            key=key,
            label=label,
            taken_cents=self.taken,
            waived_cents=self.waived,
            back_cents=-self.back,
            net_cents=self.taken + self.back,
            gst_cents=self.gst,
            payments=self.payments,
        )


def report_of(session: Session, *, period: Period, by: ReportBy) -> ReportRead:
    """What was taken and given back, by one thing; and the ledger of the same period, to compare it with."""
    organisation_id = organisation_id_of(session)
    found = queries_reports.grouped(
        organisation_id,
        period.start,
        period.end,
        by=by,
        time_zone=period.time_zone,
        surcharge_code=module_settings(session, PaymentsSettings).surcharge_gl_code,
    )
    rows = [(bucket, key, _Sums(*map(int, sums))) for bucket, key, *sums in session.execute(found)]
    ledger = _ledger(session, organisation_id, period)
    # A payment that belongs to two codes is one payment of the total.
    payments = sum(each.entries for each in ledger if each.kind in TAKEN_KINDS)
    total = replace(sum((sums for _, _, sums in rows), _Sums()), payments=payments)
    rows = _largest_first(rows) if by == "product" else rows
    shown = rows[:MOST_ROWS]
    words = _words(session, organisation_id, by)
    read = [sums.row(key if bucket == "line" else bucket, _label(bucket, key, words)) for bucket, key, sums in shown]
    if len(shown) < len(rows):
        rest = sum((sums for _, _, sums in rows[len(shown) :]), _Sums())
        read.append(rest.row("", "Everything else"))
    return ReportRead(
        by=by,
        from_on=period.from_on,
        until_on=period.until_on,
        rows=read,
        total=total.row("", "Total"),
        ledger=ledger,
        agrees=total.taken + total.waived + total.back == sum(each.amount_cents for each in ledger if each.reported),
    )


def takings_of_kind(session: Session, *, payable_kind: str, period: Period) -> list[ReportRow]:
    """What was taken and given back in a period for one kind of payable, by what was sold, the largest first.

    What was sold is the words of a line up to its last comma. The same sums as in the report by product, cent by cent.
    """
    found = queries_reports.grouped_of_kind(
        organisation_id_of(session),
        period.start,
        period.end,
        payable_kind=payable_kind,
        surcharge_code=module_settings(session, PaymentsSettings).surcharge_gl_code,
    )
    rows = _largest_first([(bucket, key, _Sums(*map(int, sums))) for bucket, key, *sums in session.execute(found)])
    return [sums.row(key if bucket == "line" else bucket, _label(bucket, key, {})) for bucket, key, sums in rows]


def _largest_first(rows: list[tuple[str, str, _Sums]]) -> list[tuple[str, str, _Sums]]:
    return sorted(rows, key=lambda row: (-row[2].taken, row[1]))


def _ledger(session: Session, organisation_id: uuid.UUID, period: Period) -> list[LedgerSum]:
    statement = queries_reports.sums_by_kind(organisation_id, period.start, period.end)
    return [
        LedgerSum(kind=kind, reported=sold, amount_cents=int(cents), entries=int(entries))
        for kind, sold, cents, entries in session.execute(statement)
    ]


def _words(session: Session, organisation_id: uuid.UUID, by: ReportBy) -> dict[str, str]:
    if by == "gl_code":
        codes = session.scalars(queries_finance.gl_codes_of(organisation_id))
        return {each.code: each.title for each in codes}
    return {"method": METHOD_WORDS, "gst_treatment": TREATMENT_WORDS}.get(by, {})


def _label(bucket: str, key: str, words: dict[str, str]) -> str:
    if bucket != "line":
        return BUCKET_WORDS[bucket]
    return words.get(key, key)


def report_csv(report: ReportRead) -> str:
    """A report as a table for a spreadsheet, in dollars."""
    head = [report.by, "title", "taken", "waived", "given_back", "net", "gst", "payments"]
    rows = (
        [harmless(row.key), harmless(row.label), *_dollars(row), row.payments] for row in (*report.rows, report.total)
    )
    return spreadsheet_text([head, *rows])


def _dollars(row: ReportRow) -> Iterable[str]:
    return (plain(cents) for cents in (row.taken_cents, row.waived_cents, row.back_cents, row.net_cents, row.gst_cents))
