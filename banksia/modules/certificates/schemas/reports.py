"""Reports about certificates: how many, how soon, for how much, and what waits. Amounts are in cents of AUD."""

from datetime import date
from typing import Literal

from banksia.kit.schemas import ReadModel

ReportTable = Literal["certificates", "turnaround", "straight_through", "reasons", "time", "revenue", "backlog", "ages"]
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


class StraightThroughProduct(ReadModel):
    """One product's certificates by whether an officer issued them; the total has no product."""

    product: str
    title: str
    issued: int
    """Issued for the first time, either way."""
    without_officer: int
    median_minutes: float | None
    """From payment to issue without an officer, nights and weekends included; null when none was."""
    officer_median_minutes: float | None
    """The same of those that officers issued."""
    officer_median_hours: float | None
    """The same in working hours: 9 am to 5 pm on the council's working days."""
    saved_hours: float
    """Working hours that customers waited less, all together."""
    saved_against: Literal["officers", "promise"] | None
    """What they are counted against: what officers took for the same certificate, or what was promised."""


class OfficerReason(ReadModel):
    """Why officers issued certificates of the period, by the first reason."""

    code: str
    title: str
    count: int


class StraightThroughReport(ReadModel):
    """Certificates first issued in the period, with and without an officer."""

    products: list[StraightThroughProduct]
    total: StraightThroughProduct
    reasons: list[OfficerReason]


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
    straight_through: StraightThroughReport
    revenue: list[RevenueReport]
    revenue_total: RevenueReport
    backlog: list[BacklogReport]
    ages: list[BacklogReport]
    """By working days since payment."""
    backlog_total: BacklogReport
