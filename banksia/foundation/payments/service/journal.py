"""The journal for the council's finance system: docs/reference/finance-export.md is its layout."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.organisations.public import current_organisation, module_settings
from banksia.foundation.payments.models import LedgerEntry
from banksia.foundation.payments.queries import reports as queries_reports
from banksia.foundation.payments.service.periods import Period
from banksia.foundation.payments.settings import PaymentsSettings
from banksia.kit.actor import Actor
from banksia.kit.csv_words import csv_text, plain
from banksia.kit.database import Transactions, organisation_id_of
from banksia.kit.words import harmless

AT_ONCE = 1000
"""Rows that are in memory at any time; a year is read like a day."""
COLUMNS = (
    "date",
    "entry",
    "kind",
    "method",
    "reference",
    "gl_code",
    "gst_treatment",
    "debit",
    "credit",
    "gst_debit",
    "gst_credit",
    "provider_reference",
    "recorded_by",
)


@dataclass
class _Line:
    """One movement under one code: plus in, minus out, in cents; the amount has the GST in it."""

    happened_at: datetime
    entry: str
    kind: str
    method: str
    reference: str
    gl_code: str
    gst_treatment: str
    amount_cents: int
    gst_cents: int
    provider_id: str | None
    recorded_by: str

    @property
    def order(self) -> tuple[datetime, str]:
        return self.happened_at, self.entry

    def cells(self, period: Period) -> list[str]:
        without = self.amount_cents - self.gst_cents
        return [
            str(period.day_of(self.happened_at)),
            self.entry,
            self.kind,
            self.method,
            harmless(self.reference),
            harmless(self.gl_code),
            self.gst_treatment,
            plain(-without) if without < 0 else "",
            plain(without) if without > 0 else "",
            plain(-self.gst_cents) if self.gst_cents < 0 else "",
            plain(self.gst_cents) if self.gst_cents > 0 else "",
            harmless(self.provider_id or ""),
            harmless(self.recorded_by),
        ]


def journal_name(session: Session, actor: Actor, *, period: Period) -> str:
    """The file's name; that somebody took the journal out is noted."""
    council = current_organisation(session)
    detail = {"from_on": str(period.from_on), "until_on": str(period.until_on)}
    audit.record(session, actor, "payments.journal_exported", detail=detail)
    return f"Journal {council.slug} {period.from_on} to {period.until_on}.csv"


def journal_csv(transactions: Transactions, *, period: Period) -> Iterator[str]:
    """The journal of a period, piece by piece: one row for each movement of the ledger and code it belongs to."""
    with transactions() as session:
        yield csv_text([COLUMNS])
        rows: list[list[str]] = []
        for line in heapq.merge(_sold(session, period), _others(session, period), key=lambda line: line.order):
            rows.append(line.cells(period))
            if len(rows) == AT_ONCE:
                yield csv_text(rows)
                rows = []
        yield csv_text(rows)


def _sold(session: Session, period: Period) -> Iterator[_Line]:
    """What is about something sold: the lines of an entry that have the same code and treatment are one row."""
    code = module_settings(session, PaymentsSettings).surcharge_gl_code
    statement = queries_reports.journal_rows(organisation_id_of(session), period.start, period.end, surcharge_code=code)
    parts = session.execute(statement.execution_options(yield_per=AT_ONCE))
    for _, of_entry in groupby(parts, key=lambda part: part.id):
        lines: dict[tuple[str, str], _Line] = {}
        for part in of_entry:
            line = lines.setdefault((part.gl_code, part.gst_treatment or part.bucket), _sold_line(part))
            line.amount_cents += int(part.amount_cents)
            line.gst_cents += int(part.gst_cents)
        yield from lines.values()


def _sold_line(part: Any) -> _Line:
    return _Line(
        happened_at=part.happened_at,
        entry=str(part.id),
        kind=part.kind,
        method=part.method,
        reference=part.reference,
        gl_code=part.gl_code,
        gst_treatment=part.gst_treatment or part.bucket,
        amount_cents=0,
        gst_cents=0,
        provider_id=part.provider_id,
        recorded_by=part.recorded_by,
    )


def _others(session: Session, period: Period) -> Iterator[_Line]:
    """Fees, payouts and payments of accounts: they belong to no code of what is sold."""
    statement = queries_reports.other_entries(organisation_id_of(session), period.start, period.end)
    for entry in session.scalars(statement.execution_options(yield_per=AT_ONCE)):
        yield _other_line(entry)


def _other_line(entry: LedgerEntry) -> _Line:
    return _Line(
        happened_at=entry.happened_at,
        entry=str(entry.id),
        kind=entry.kind,
        method=entry.method,
        reference=entry.reference,
        gl_code="",
        gst_treatment="",
        amount_cents=entry.amount_cents,
        gst_cents=0,
        provider_id=entry.provider_id,
        recorded_by=entry.recorded_by,
    )
