"""Reports about certificates: how many, how soon, for how much, and what waits. Amounts are in cents of AUD."""

from datetime import date
from typing import Literal

from banksia.kit.schemas import ReadModel

ReportTable = Literal["certificates", "turnaround", "time", "revenue", "backlog", "ages"]
TimeStep = Literal["day", "week", "month"]


class CountsRead(ReadModel):
    """What happened to certificates in the period."""

    ordered: int
    """Placed in the period, paid or not."""
    issued: int
    """Issued for the first time; what replaces another certificate is not counted again."""
    cannot_issue: int
    """Ended by an officer or by a refund of the whole order."""
    cancelled: int
    """Taken back by the customer, or not paid in time."""


class ProductReport(CountsRead):
    """One product in the period; the total has no product."""

    product: str
    title: str
    in_time: int
    """How many of those issued were issued by the day promised; that day moves by as long as the clock stood still."""
    median_days: int | None
    """Working days from payment to issue that half of them kept to; null when none was issued."""
    ninety_percent_days: int | None
    """Working days that nine of ten kept to."""


class TimeReport(CountsRead):
    """One day, week or month of the period."""

    began_on: date
    """Its first day; of a week its Monday. The first one of a period may begin before it."""


class RevenueReport(ReadModel):
    """What was paid and went back for one thing that was sold, in the period."""

    title: str
    taken_cents: int
    back_cents: int
    """Refunds, cheques that came back and disputes, above nothing."""
    net_cents: int
    gst_cents: int
    """The GST in the net."""
    waived_cents: int
    """Fees that council did not ask for; they are in no other sum."""
    payments: int


class BacklogReport(ReadModel):
    """What is open today, by when it is due; one row for each product, or for each age."""

    key: str
    title: str
    late: int
    today: int
    soon: int
    """Due in the next five working days."""
    later: int
    stopped: int
    """The clock stands still."""
    open: int


class CertificatesReport(ReadModel):
    """A period of the council's days, and what is open today."""

    from_on: date
    until_on: date
    today: date
    step: TimeStep
    orders: int
    """Orders placed; each has one certificate or more."""
    products: list[ProductReport]
    total: ProductReport
    times: list[TimeReport]
    revenue: list[RevenueReport]
    revenue_total: RevenueReport
    backlog: list[BacklogReport]
    ages: list[BacklogReport]
    """By working days since payment."""
    backlog_total: BacklogReport
