"""Certificates of a period by whether an officer issued them: how many, how soon, and why an officer had to."""

from typing import Any

from sqlalchemy import CTE, ColumnElement, Float, Select, Subquery, Time, func, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, aliased

from banksia.modules.certificates.models import Certificate, Issuance, OrderLine, StraightThroughDecision
from banksia.modules.certificates.queries.reports import CountedDays, Span

DAY_BEGINS, HOURS_A_DAY = 9, 8
"""A working day is counted from 9 am to 5 pm."""


def issued_either_way(
    span: Span, counted: CountedDays
) -> Select[str | None, int, int, float | None, float | None, float | None, float | None, int | None]:
    """What was first issued, by product and all together (without a product).

    Issued, of those without an officer, the median seconds from payment to issue without one and with one, the median
    working hours with one, the working hours without one all together, and the working days promised for those.
    """
    done = _issued(span, counted)
    alone, by_officer = done.c.without_officer, ~done.c.without_officer
    return select(
        done.c.product_code,
        func.count(),
        func.count().filter(alone),
        _median(done.c.seconds).filter(alone),
        _median(done.c.seconds).filter(by_officer),
        _median(done.c.hours).filter(by_officer),
        func.sum(done.c.hours).filter(alone),
        func.sum(done.c.turnaround_days).filter(alone),
    ).group_by(func.grouping_sets(tuple_(done.c.product_code), tuple_()))


def reasons_of_officers(span: Span, counted: CountedDays) -> Select[str | None, int]:
    """Why officers issued the others, by the first reason; null where it was never asked."""
    done = _issued(span, counted)
    return select(done.c.reason, func.count()).where(~done.c.without_officer).group_by(done.c.reason)


def _issued(span: Span, counted: CountedDays) -> Subquery:
    days = _days(counted)
    begun, ended = aliased(days), aliased(days)
    took = _worked(span, Certificate.issued_at, ended) - _worked(span, OrderLine.queued_at, begun)
    # The moment on a certificate has no fraction of a second, and may so lie before the payment's.
    seconds = func.greatest(func.extract("epoch", Certificate.issued_at - OrderLine.queued_at), 0)
    return (
        select(
            Certificate.product_code,
            func.coalesce(Issuance.without_officer, False).label("without_officer"),
            StraightThroughDecision.reason,
            OrderLine.turnaround_days,
            seconds.cast(Float).label("seconds"),
            func.greatest(took, 0).cast(Float).label("hours"),
        )
        .join(OrderLine, OrderLine.id == Certificate.line_id)
        .outerjoin(
            Issuance,
            (Issuance.organisation_id == Certificate.organisation_id) & (Issuance.number == Certificate.number),
        )
        .outerjoin(
            StraightThroughDecision,
            (StraightThroughDecision.organisation_id == Certificate.organisation_id)
            & (StraightThroughDecision.line_id == Certificate.line_id),
        )
        .outerjoin(ended, ended.c.on_day == span.day(Certificate.issued_at))
        .outerjoin(begun, begun.c.on_day == span.day(OrderLine.queued_at))
        .where(span.first_issued())
        .subquery()
    )


def _days(counted: CountedDays) -> CTE:
    """Each day with the working days before it, and whether it is one."""
    table = counted.table()
    before = func.coalesce(func.lag(table.c.nth).over(order_by=table.c.on_day), 0)
    return select(table.c.on_day, before.label("before"), (table.c.nth - before).label("works")).cte("working_hours")


def _worked(span: Span, moment: InstrumentedAttribute[Any], day: Any) -> ColumnElement[Any]:
    """The working hours up to a moment, counted from a day long ago: the difference of two is what lies between."""
    clock = func.timezone(span.time_zone, moment)
    hours = func.extract("epoch", clock.cast(Time)) / 3600 - DAY_BEGINS
    worked: ColumnElement[Any] = day.c.before * HOURS_A_DAY + day.c.works * func.least(
        func.greatest(hours, 0), HOURS_A_DAY
    )
    return worked


def _median(value: ColumnElement[Any]) -> Any:
    return func.percentile_cont(0.5).within_group(value)
