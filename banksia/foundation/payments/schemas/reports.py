"""Reports, the journal and codes of the general ledger. Every amount is in cents of Australian dollars."""

import uuid
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from banksia.kit.schemas import ReadModel, RequestModel, RequiredLine, UtcDatetime

ReportBy = Literal["gl_code", "gst_treatment", "method", "product", "day", "week", "month"]


class ReportRow(ReadModel):
    """What belongs to one key of a report."""

    key: str
    """A code, a treatment, a method, a product, a day (`2026-11-25`; of a week its Monday) or a month (`2026-11`)."""
    label: str
    """The key in words: the title of a code, `Surcharges`, `Waits for a decision`."""
    taken_cents: int
    waived_cents: int
    """Fees that the council did not ask for; they are not in any other sum."""
    back_cents: int
    """Refunds, cheques that came back and disputes, above nothing."""
    net_cents: int
    """Taken less what went back."""
    gst_cents: int
    """The GST in it."""
    payments: int
    """How many payments it comes from."""


class LedgerSum(ReadModel):
    """What the ledger of the period says of one kind of entry."""

    kind: str
    reported: bool
    """Whether it is in the report; fees, payouts and payments of accounts are about nothing that was sold."""
    amount_cents: int
    entries: int


class ReportRead(ReadModel):
    """What was taken and given back in a period, by one thing, beside the ledger of the same period."""

    by: ReportBy
    from_on: date
    until_on: date
    rows: list[ReportRow]
    """At most 1,000; what is above is one row called everything else."""
    total: ReportRow
    ledger: list[LedgerSum]
    agrees: bool
    """Whether the report adds up to the ledger, to the cent."""


class GlCodeCreate(RequestModel):
    """A code of the council's general ledger."""

    code: Annotated[RequiredLine, Field(max_length=40)]
    title: RequiredLine


class GlCodeUpdate(RequestModel):
    """Another name for a code, and whether it is still offered."""

    title: RequiredLine
    closed: bool = False


class GlCodeRead(ReadModel):
    """A code of the council's general ledger; a closed one is not offered for anything new."""

    id: uuid.UUID
    code: str
    title: str
    closed_at: UtcDatetime | None


class MissingGlCodes(ReadModel):
    """Codes that something was sold under and that the list does not have; at most 200."""

    codes: list[str]


class LedgerTotals(ReadModel):
    """What the entries of a filter and a period add up to."""

    in_cents: int
    out_cents: int
    """Above nothing."""
    net_cents: int
    entries: int
