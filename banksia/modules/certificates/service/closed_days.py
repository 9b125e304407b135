"""The council's closed days, and what they do to due dates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.organisations.public import council_zone, module_settings, update_module_settings
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.modules.certificates.errors.closed_days import (
    ClosedDaysInvalid,
    ClosedDaysNotFound,
    ClosedDaysTaken,
    TooManyClosedDays,
)
from banksia.modules.certificates.queries.lines import count_due_between
from banksia.modules.certificates.queries.orders import hold_key
from banksia.modules.certificates.schemas.closed_days import (
    ClosedDaysEffect,
    ClosedDaysRead,
    ClosedDaysWrite,
    DueChange,
    DueRead,
    HolidayRead,
    WorkingCalendarRead,
)
from banksia.modules.certificates.service.catalogue import Offer, calendar_of, offers_at
from banksia.modules.certificates.service.working_days import (
    WorkingCalendar,
    due_on,
    local_day,
    state_holidays,
)
from banksia.modules.certificates.settings import LONGEST_RANGE_DAYS, CertificatesSettings, ClosedDay

STATE = "New South Wales"
MOST = 200


def read_calendar(session: Session, *, year: int) -> WorkingCalendarRead:
    """Return what closes the council in a year, and when what is ordered now is due."""
    now = utc_now()
    calendar = calendar_of(session)
    first, last = date(year, 1, 1), date(year, 12, 31)
    return WorkingCalendarRead(
        year=year,
        state=STATE,
        working_days=calendar.between(first - timedelta(days=1), last),
        holidays=[HolidayRead(on=on, name=name) for on, name in state_holidays(year).items()],
        closed=[_read(each) for each in _closed(session) if each.on <= last and each.last_on >= first],
        today=local_day(now, calendar.zone),
        due=[_due(offer) for offer in offers_at(session, now).values()],
    )


def effect_of(
    session: Session, actor: Actor, *, from_on: date, until_on: date, instead_of: date | None = None
) -> ClosedDaysEffect:
    """Return what closing on some days does to what is ordered just before; raises ClosedDaysInvalid.

    `instead_of` is the first day of the entry that they replace.
    """
    _expect_range(from_on, until_on)
    closed = [each for each in _closed(session) if each.on != instead_of]
    zone = council_zone(session)
    before = _calendar(closed, zone)
    after = _calendar([*closed, ClosedDay(on=from_on, until=until_on)], zone)
    placed_on = max(local_day(utc_now(), zone), _last_working_day_before(after, from_on))
    at = datetime.combine(placed_on, time.min, zone)
    changes = [_change(offer, before, after, at) for offer in offers_at(session, at).values()]
    return ClosedDaysEffect(
        placed_on=placed_on,
        changes=[each for each in changes if _moves(each)],
        open_due=session.scalars(count_due_between(actor.organisation_id, from_on, until_on)).one(),
    )


def add_closed_days(session: Session, actor: Actor, *, added: ClosedDaysWrite) -> ClosedDaysRead:
    """Close the council on some days; raises ClosedDaysInvalid, ClosedDaysTaken and TooManyClosedDays."""
    return _replace(session, actor, None, added)


def change_closed_days(session: Session, actor: Actor, *, from_on: date, changed: ClosedDaysWrite) -> ClosedDaysRead:
    """Change the entry that begins on a day; raises ClosedDaysNotFound, ClosedDaysInvalid and ClosedDaysTaken."""
    return _replace(session, actor, from_on, changed)


def remove_closed_days(session: Session, actor: Actor, *, from_on: date) -> None:
    """Work on these days again; raises ClosedDaysNotFound."""
    _hold(session, actor)
    closed = _closed(session)
    gone = _entry(closed, from_on)
    _keep(session, actor, [each for each in closed if each is not gone])
    audit.record(session, actor, "certificates.closed_days_removed", detail=_detail(gone))


def _replace(session: Session, actor: Actor, old_on: date | None, written: ClosedDaysWrite) -> ClosedDaysRead:
    _expect_range(written.from_on, written.until_on)
    _hold(session, actor)
    closed = _closed(session)
    old = None if old_on is None else _entry(closed, old_on)
    others = [each for each in closed if each is not old]
    if any(each.on == written.from_on for each in others):
        raise ClosedDaysTaken(written.from_on)
    if len(others) >= MOST:
        raise TooManyClosedDays(MOST)
    until = written.until_on if written.until_on > written.from_on else None
    new = ClosedDay(on=written.from_on, until=until, name=written.name)
    _keep(session, actor, sorted([*others, new], key=lambda each: each.on))
    if old is None:
        audit.record(session, actor, "certificates.closed_days_added", detail=_detail(new))
    elif old != new:
        detail = {"before": _detail(old), "after": _detail(new)}
        audit.record(session, actor, "certificates.closed_days_changed", detail=detail)
    return _read(new)


def _hold(session: Session, actor: Actor) -> None:
    """Two administrators who edit at once follow each other, so that neither loses an entry."""
    session.execute(hold_key(actor.organisation_id, "closed days"))


def _keep(session: Session, actor: Actor, closed: Iterable[ClosedDay]) -> None:
    settings = module_settings(session, CertificatesSettings).model_copy(update={"closed_days": tuple(closed)})
    update_module_settings(session, actor, name="certificates", values=settings.model_dump(mode="json"))


def _closed(session: Session) -> list[ClosedDay]:
    return sorted(module_settings(session, CertificatesSettings).closed_days, key=lambda each: each.on)


def _entry(closed: Iterable[ClosedDay], from_on: date) -> ClosedDay:
    found = next((each for each in closed if each.on == from_on), None)
    if found is None:
        raise ClosedDaysNotFound(from_on)
    return found


def _expect_range(from_on: date, until_on: date) -> None:
    if until_on < from_on:
        raise ClosedDaysInvalid("until_on", "The last day lies before the first.")
    if (until_on - from_on).days > LONGEST_RANGE_DAYS:
        raise ClosedDaysInvalid("until_on", f"The last day is at most {LONGEST_RANGE_DAYS} days after the first.")


def _detail(closed: ClosedDay) -> dict[str, str]:
    return {"from": str(closed.on), "until": str(closed.last_on), "name": closed.name}


def _calendar(closed: Iterable[ClosedDay], zone: ZoneInfo) -> WorkingCalendar:
    return WorkingCalendar.closed_on((day for each in closed for day in each.days()), zone)


def _last_working_day_before(calendar: WorkingCalendar, day: date) -> date:
    day -= timedelta(days=1)
    while not calendar.is_working_day(day):
        day -= timedelta(days=1)
    return day


def _read(closed: ClosedDay) -> ClosedDaysRead:
    working = WorkingCalendar()
    return ClosedDaysRead(
        from_on=closed.on,
        until_on=closed.last_on,
        name=closed.name,
        working_days=sum(working.is_working_day(day) for day in closed.days()),
    )


def _due(offer: Offer) -> DueRead:
    return DueRead(
        product=offer.product.code,
        title=offer.product.short_title,
        due_on=offer.standard_due_on,
        urgent_due_on=offer.urgent_due_on,
    )


@dataclass(frozen=True)
class _Dues:
    standard: date
    urgent: date | None


def _dues(offer: Offer, calendar: WorkingCalendar, at: datetime) -> _Dues:
    def due(turnaround_days: int) -> date:
        return due_on(calendar, at, turnaround_days=turnaround_days, cut_off=offer.product.cut_off)

    urgent = due(offer.turnaround_days(urgent=True)) if offer.urgent_due_on else None
    return _Dues(due(offer.turnaround_days(urgent=False)), urgent)


def _change(offer: Offer, before: WorkingCalendar, after: WorkingCalendar, at: datetime) -> DueChange:
    otherwise, due = _dues(offer, before, at), _dues(offer, after, at)
    return DueChange(
        product=offer.product.code,
        title=offer.product.short_title,
        due_on=due.standard,
        urgent_due_on=due.urgent,
        otherwise_due_on=otherwise.standard,
        otherwise_urgent_due_on=otherwise.urgent,
    )


def _moves(change: DueChange) -> bool:
    return (change.due_on, change.urgent_due_on) != (change.otherwise_due_on, change.otherwise_urgent_due_on)
