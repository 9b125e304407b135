"""What happened in a period, counted by product and by time; every row of the period is found by an index.

Statements answer one row for each product, one for each step of time, and one for all: the last two have no product,
the first and the last no beginning of a step.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import (
    ARRAY,
    CTE,
    ColumnElement,
    Date,
    Integer,
    Select,
    Subquery,
    and_,
    bindparam,
    case,
    column,
    func,
    literal,
    select,
    tuple_,
)
from sqlalchemy.orm import InstrumentedAttribute

from banksia.modules.certificates.models import ENDED_WITHOUT, Certificate, LineTransition, OrderLine
from banksia.modules.certificates.queries.lines import is_open

Step = Literal["day", "week", "month"]


@dataclass(frozen=True)
class Span:
    """A period as moments, the steps that it is cut into, and the clock of its days."""

    organisation_id: uuid.UUID
    start: datetime
    end: datetime
    step: Step
    time_zone: str

    def day(self, moment: InstrumentedAttribute[Any]) -> ColumnElement[date]:
        """The council's day of a moment."""
        return func.timezone(self.time_zone, moment).cast(Date)

    def began(self, moment: InstrumentedAttribute[Any]) -> ColumnElement[date]:
        """The first day of the step that a moment lies in."""
        return func.date_trunc(self.step, func.timezone(self.time_zone, moment)).cast(Date)

    def first_issued(self) -> ColumnElement[bool]:
        """Of certificates with their lines: those of the period that replace none."""
        return and_(
            Certificate.organisation_id == self.organisation_id,
            OrderLine.organisation_id == self.organisation_id,
            Certificate.supersedes_id.is_(None),
            Certificate.issued_at >= self.start,
            Certificate.issued_at < self.end,
        )


@dataclass(frozen=True)
class CountedDays:
    """The working days up to each day, counted from a day long ago: the difference of two is what lies between."""

    days: Sequence[date]
    counts: Sequence[int]

    def table(self) -> CTE:
        """The days as rows `on_day`, `nth`."""
        rows = (
            func.unnest(literal(list(self.days), ARRAY(Date)), literal(list(self.counts), ARRAY(Integer)))
            .table_valued(column("on_day", Date), column("nth", Integer))
            .render_derived()
        )
        return select(rows.c.on_day, rows.c.nth).cte("counted_days")


def placed(span: Span) -> Select[str | None, date | None, int, int]:
    """What was ordered: product, step, orders and certificates. An order counts where its first line does."""
    found = (
        select(OrderLine.product_code, span.began(OrderLine.created_at).label("began"), OrderLine.position)
        .where(
            OrderLine.organisation_id == span.organisation_id,
            OrderLine.created_at >= span.start,
            OrderLine.created_at < span.end,
        )
        .subquery()
    )
    orders = func.count().filter(found.c.position == 1)
    return select(found.c.product_code, found.c.began, orders, func.count()).group_by(_sets(found))


def issued(span: Span, counted: CountedDays) -> Select[str | None, date | None, int, int, int | None, int | None]:
    """What was issued for the first time: product, step, how many, how many in time, then the working days it took.

    In time is by the day that the customer was promised, moved by as long as the clock stood still. The working days
    are the median and those that nine of ten keep to, from payment to issue.
    """
    done = (
        select(
            Certificate.product_code,
            span.began(Certificate.issued_at).label("began"),
            span.day(Certificate.issued_at).label("issued_on"),
            span.day(OrderLine.queued_at).label("queued_on"),
            OrderLine.due_on,
        )
        .join(OrderLine, OrderLine.id == Certificate.line_id)
        .where(span.first_issued())
        .subquery()
    )
    days = counted.table()
    begun, ended = days.alias("begun"), days.alias("ended")
    took = ended.c.nth - func.coalesce(begun.c.nth, 0)
    in_time = func.count().filter(done.c.issued_on <= done.c.due_on)
    return (
        select(done.c.product_code, done.c.began, func.count(), in_time, _share(0.5, took), _share(0.9, took))
        .select_from(done)
        .join(ended, ended.c.on_day == done.c.issued_on)
        .outerjoin(begun, begun.c.on_day == done.c.queued_on)
        .group_by(_sets(done))
    )


def ended(span: Span) -> Select[str | None, date | None, int, int]:
    """What ended without a certificate and still stands so: product, step, cannot issue, cancelled."""
    ends = LineTransition.to_state.in_(bindparam("ends", ENDED_WITHOUT, expanding=True, literal_execute=True))
    found = (
        select(
            OrderLine.id,
            OrderLine.product_code,
            OrderLine.state,
            func.max(span.began(LineTransition.created_at)).label("began"),
        )
        .join(LineTransition, LineTransition.line_id == OrderLine.id)
        .where(
            LineTransition.organisation_id == span.organisation_id,
            OrderLine.organisation_id == span.organisation_id,
            ends,
            LineTransition.created_at >= span.start,
            LineTransition.created_at < span.end,
            OrderLine.state == LineTransition.to_state,
        )
        .group_by(OrderLine.id, OrderLine.product_code, OrderLine.state)
        .subquery()
    )
    refused = func.count().filter(found.c.state == "cannot_issue")
    cancelled = func.count().filter(found.c.state == "cancelled")
    return select(found.c.product_code, found.c.began, refused, cancelled).group_by(_sets(found))


def backlog(
    organisation_id: uuid.UUID, today: date, soon: date, time_zone: str, counted: CountedDays, ages: Sequence[int]
) -> Select[str, int, str, int]:
    """What is open: product, age, due state, and how many.

    An age is the smallest of `ages`, in working days since payment, that holds it, or one more than the last. A due
    state is late, today, soon (up to that day), later or stopped.
    """
    days = counted.table()
    queued_on = func.timezone(time_zone, OrderLine.queued_at).cast(Date)
    now = literal(counted.counts[-1], Integer)
    waited = now - func.coalesce(days.c.nth, 0)
    age = case(*((waited <= most, most) for most in ages), else_=ages[-1] + 1)
    due = case(
        (OrderLine.state == "on_hold", "stopped"),
        (OrderLine.due_on < today, "late"),
        (OrderLine.due_on == today, "today"),
        (OrderLine.due_on <= soon, "soon"),
        else_="later",
    )
    found = (
        select(OrderLine.product_code, age.label("age"), due.label("due"))
        .outerjoin(days, days.c.on_day == queued_on)
        .where(OrderLine.organisation_id == organisation_id, is_open())
        .subquery()
    )
    shown = (found.c.product_code, found.c.age, found.c.due)
    return select(*shown, func.count()).group_by(*shown)


def _sets(found: Subquery) -> ColumnElement[Any]:
    """By product, by step, and all together, from one look at the rows."""
    return func.grouping_sets(tuple_(found.c.product_code), tuple_(found.c.began), tuple_())


def _share(share: float, value: ColumnElement[int]) -> ColumnElement[int]:
    """The smallest value that this share of the rows keeps to."""
    return func.percentile_disc(share).within_group(value)
