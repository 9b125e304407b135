"""Reports: what was ordered, issued and ended in a period, how soon, for how much, and what is open today."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy.orm import Session

from banksia.foundation.payments import public as payments
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.modules.certificates.queries import reports as queries
from banksia.modules.certificates.queries.products import products_of
from banksia.modules.certificates.schemas.reports import (
    BacklogReport,
    CertificatesReport,
    ProductReport,
    RevenueReport,
    TimeReport,
)
from banksia.modules.certificates.service.catalogue import calendar_of
from banksia.modules.certificates.service.report_straight_through import report_straight_through
from banksia.modules.certificates.service.working_days import WorkingCalendar

LONGEST_DAYS = 731
"""Two years, one of them a leap year."""
YEARS_BEFORE = timedelta(days=3 * 366)
"""Working days are counted from so long before a period; what waited longer counts from there."""
SOON_DAYS = 5
AGES = (2, 5, 10, 20)
DAYS_BY_DAY, DAYS_BY_WEEK = 45, 200
"""A period of up to so many days is shown day by day, or week by week, else by month."""

Counts = dict[str, int]
Rows = Mapping[str, Counts]


def read_report(session: Session, *, from_on: date, until_on: date) -> CertificatesReport:
    """Report on a period of the council's days; raises PeriodInvalid when it is none or longer than two years."""
    period = payments.period_of(session, from_on, until_on, longest_days=LONGEST_DAYS)
    today, step = period.day_of(utc_now()), _step(period)
    span = queries.Span(organisation_id_of(session), period.start, period.end, step, period.time_zone)
    calendar, titles = calendar_of(session), _titles(session)
    found = _Found()
    found.add(session.execute(queries.placed(span)), ("orders", "ordered"))
    took = ("issued", "in_time", "median_days", "ninety_percent_days")
    counted = _counted(calendar, from_on, min(until_on, today))
    found.add(session.execute(queries.issued(span, counted)), took)
    found.add(session.execute(queries.ended(span)), ("cannot_issue", "cancelled"))
    revenue = _revenue(session, period)
    backlog, ages, open_total = _backlog(session, calendar, today, period.time_zone, titles)
    return CertificatesReport(
        from_on=from_on,
        until_on=until_on,
        today=today,
        step=step,
        orders=found.total["orders"],
        products=[_product(code, titles.get(code, code), found.products[code]) for code in _ordered(found, titles)],
        total=_product("", "Total", found.total),
        times=[_time(began, found.times[began]) for began in _steps(period, step)],
        straight_through=report_straight_through(session, span, counted, titles),
        revenue=revenue,
        revenue_total=_sum_of_revenue(revenue),
        backlog=backlog,
        ages=ages,
        backlog_total=open_total,
    )


class _Found:
    """Counts by product, by step and of all, as the statements answer them."""

    def __init__(self) -> None:
        self.products: defaultdict[str, Counts] = defaultdict(dict)
        self.times: defaultdict[date, Counts] = defaultdict(dict)
        self.total: Counts = {"orders": 0}

    def add(self, rows: Iterable[Sequence[object]], names: Sequence[str]) -> None:
        """Sort the rows of one statement under the names of its columns."""
        for product, began, *values in rows:
            if isinstance(product, str):
                counts = self.products[product]
            else:
                counts = self.times[began] if isinstance(began, date) else self.total
            counts.update((name, value) for name, value in zip(names, values, strict=True) if isinstance(value, int))


def _ordered(found: _Found, titles: Mapping[str, str]) -> list[str]:
    """The codes that have rows, in the catalogue's order; those that it has no more come last."""
    places = {code: place for place, code in enumerate(titles)}
    return sorted(found.products, key=lambda code: (places.get(code, len(places)), code))


def _counts(counts: Counts) -> Counts:
    return {name: counts.get(name, 0) for name in ("ordered", "issued", "cannot_issue", "cancelled")}


def _product(code: str, title: str, counts: Counts) -> ProductReport:
    return ProductReport(
        **_counts(counts),
        product=code,
        title=title,
        in_time=counts.get("in_time", 0),
        median_days=counts.get("median_days"),
        ninety_percent_days=counts.get("ninety_percent_days"),
    )


def _time(began_on: date, counts: Counts) -> TimeReport:
    return TimeReport(**_counts(counts), began_on=began_on)


def _titles(session: Session) -> dict[str, str]:
    """What each product is called now, in the catalogue's order."""
    return {each.code: each.short_title for each in session.scalars(products_of(organisation_id_of(session)))}


def _step(period: payments.Period) -> queries.Step:
    days = (period.until_on - period.from_on).days + 1
    if days <= DAYS_BY_DAY:
        return "day"
    return "week" if days <= DAYS_BY_WEEK else "month"


def _steps(period: payments.Period, step: queries.Step) -> Iterator[date]:
    """The first day of each step of a period, so that one in which nothing happened is shown as well."""
    day = period.from_on
    if step == "week":
        day -= timedelta(days=day.weekday())
    if step == "month":
        day = day.replace(day=1)
    while day <= period.until_on:
        yield day
        if step == "month":
            day = (day + timedelta(days=31)).replace(day=1)
        else:
            day += timedelta(days=7 if step == "week" else 1)


def _counted(calendar: WorkingCalendar, from_on: date, until_on: date) -> queries.CountedDays:
    """Number the working days from long before the first day to the last."""
    start = min(from_on, until_on) - YEARS_BEFORE
    days = [start + timedelta(days=step) for step in range((until_on - start).days + 1)]
    counts, count = [], 0
    for day in days:
        count += calendar.is_working_day(day)
        counts.append(count)
    return queries.CountedDays(days, counts)


def _revenue(session: Session, period: payments.Period) -> list[RevenueReport]:
    sums = payments.takings_of_kind(session, payable_kind="certificates.order", period=period)
    return [RevenueReport.of(row, title=row.label) for row in sums]


def _sum_of_revenue(rows: Sequence[RevenueReport]) -> RevenueReport:
    names = ("taken_cents", "back_cents", "net_cents", "gst_cents", "waived_cents", "payments")
    return RevenueReport(title="Total", **{name: sum(getattr(row, name) for row in rows) for name in names})


def _backlog(
    session: Session, calendar: WorkingCalendar, today: date, time_zone: str, titles: Mapping[str, str]
) -> tuple[list[BacklogReport], list[BacklogReport], BacklogReport]:
    soon = calendar.add(today, SOON_DAYS)
    statement = queries.backlog(
        organisation_id_of(session), today, soon, time_zone, _counted(calendar, today, today), AGES
    )
    by_product: defaultdict[str, Counter[str]] = defaultdict(Counter)
    by_age: defaultdict[int, Counter[str]] = defaultdict(Counter)
    total: Counter[str] = Counter()
    for code, age, due, count in session.execute(statement):
        for counts in (by_product[code], by_age[age], total):
            counts[due] += count
    codes = [*(code for code in titles if code in by_product), *sorted(set(by_product) - set(titles))]
    products = [_open(code, titles.get(code, code), by_product[code]) for code in codes]
    ages = [_open(str(age), words, by_age[age]) for age, words in _age_words()]
    return products, ages, _open("", "Total", total)


def _open(key: str, title: str, counts: Counter[str]) -> BacklogReport:
    dues = {due: counts[due] for due in ("late", "today", "soon", "later", "stopped")}
    return BacklogReport(key=key, title=title, open=counts.total(), **dues)


def _age_words() -> Iterator[tuple[int, str]]:
    first = 0
    for most in AGES:
        yield most, f"{first} to {most} working days"
        first = most + 1
    yield AGES[-1] + 1, f"Over {AGES[-1]} working days"
