"""Working days in New South Wales: when the clock starts, when a certificate is due, how late it is.

Pure functions: the caller says what time it is, and in which time zone the council lies. A working day is Monday to
Friday, no public holiday of the whole state, and none of the council's own closed days (a local holiday, the Christmas
shutdown).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import chain
from types import MappingProxyType
from zoneinfo import ZoneInfo

import holidays

SYDNEY = ZoneInfo("Australia/Sydney")
"""The time of most councils; each sets its own, as Broken Hill and Lord Howe keep another."""

LONGEST_TURNAROUND_DAYS = 250
"""More working days than a year has is a slip of the keyboard, not a turnaround."""

_FRIDAY = 4
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class WorkingCalendar:
    """The days a council works, in its own time: the state's calendar less its own closed days."""

    closed_days: frozenset[date] = frozenset()
    zone: ZoneInfo = SYDNEY

    @classmethod
    def closed_on(cls, days: Iterable[date], zone: ZoneInfo) -> "WorkingCalendar":
        """Make the calendar of a council that is closed on these days as well as on the state's holidays."""
        return cls(frozenset(days), zone)

    def is_working_day(self, day: date) -> bool:
        """Whether the council works on this day."""
        return day.weekday() <= _FRIDAY and day not in self.closed_days and day not in state_holidays(day.year)

    def next_working_day(self, day: date) -> date:
        """Return the first working day after this day."""
        return self.add(day, 1)

    def add(self, day: date, count: int) -> date:
        """Return the `count`-th working day after this day; `count` is at least 1."""
        if not 1 <= count <= LONGEST_TURNAROUND_DAYS:
            message = f"A turnaround is 1 to {LONGEST_TURNAROUND_DAYS} working days, not {count}."
            raise ValueError(message)
        while count:
            day += _ONE_DAY
            count -= self.is_working_day(day)
        return day

    def between(self, start: date, end: date) -> int:
        """Count the working days after `start` up to and including `end`; negative when `end` comes first."""
        if end < start:
            return -self.between(end, start)
        # A list shows years of days that are long over: counted one by one they took as long as the rest of the page.
        years = (state_holidays(year) for year in range(start.year, end.year + 1))
        free = {day for day in chain(self.closed_days, *years) if start < day <= end and day.weekday() <= _FRIDAY}
        return _weekdays_until(end) - _weekdays_until(start) - len(free)


def _weekdays_until(day: date) -> int:
    """The Mondays to Fridays from the first of January of the year 1, a Monday, up to and including this day."""
    weeks, days = divmod(day.toordinal(), 7)
    return weeks * 5 + min(days, 5)


def local_day(at: datetime, zone: ZoneInfo) -> date:
    """Return the council's calendar day at this moment (an aware time)."""
    return at.astimezone(zone).date()


def local_time(at: datetime, zone: ZoneInfo) -> str:
    """Return the council's time of day at this moment, `7:44 am`."""
    local = at.astimezone(zone)
    return f"{local.hour % 12 or 12}:{local:%M} {'am' if local.hour < 12 else 'pm'}"


def clock_starts_on(calendar: WorkingCalendar, at: datetime, cut_off: time) -> date:
    """Return the day that counts as the day of payment: today until the cut-off, else the next working day."""
    local = at.astimezone(calendar.zone)
    day = local.date()
    if calendar.is_working_day(day) and local.time().replace(tzinfo=None) <= cut_off:
        return day
    return calendar.next_working_day(day)


def due_on(calendar: WorkingCalendar, at: datetime, *, turnaround_days: int, cut_off: time) -> date:
    """Return the day by which a certificate paid at this moment is issued."""
    return calendar.add(clock_starts_on(calendar, at, cut_off), turnaround_days)


def working_days_left(calendar: WorkingCalendar, today: date, due: date) -> int:
    """Return the working days until the due day: 0 on the day itself, negative when late.

    On a Saturday the certificate that was due on Friday is late although no working day has passed, so a day that is
    not the due day never gives 0.
    """
    counted = calendar.between(today, due)
    if due < today:
        return min(counted, -1)
    return max(counted, 1) if due > today else 0


@cache
def state_holidays(year: int) -> Mapping[date, str]:
    """The public holidays of the whole state in a year, each with its name, as the library `holidays` knows them."""
    # Public holidays only: the August bank holiday closes banks, not councils.
    return MappingProxyType(
        dict(sorted(holidays.country_holidays("AU", subdiv="NSW", years=year, language="en_AU").items()))
    )
