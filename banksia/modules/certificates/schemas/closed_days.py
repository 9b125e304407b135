"""The council's working days: what closes it, and when what is ordered is due."""

from datetime import date
from typing import Annotated

from pydantic import Field

from banksia.kit.schemas import ReadModel, RequestModel, RequiredLine

Year = Annotated[int, Field(ge=2000, le=2100)]
Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))]


class ClosedDaysWrite(RequestModel):
    """Days on which the council does not work, both ends included; one day has the same two ends."""

    from_on: Day
    until_on: Day
    name: Annotated[RequiredLine, Field(max_length=100)]


class ClosedDaysRead(ReadModel):
    """One entry of the council's own closed days."""

    from_on: date
    until_on: date
    name: str
    working_days: int
    """How many of them the council would work otherwise."""


class HolidayRead(ReadModel):
    """A public holiday of the whole state."""

    on: date
    name: str


class DueRead(ReadModel):
    """When a certificate is due that is ordered and paid at the beginning of a day."""

    product: str
    title: str
    due_on: date
    urgent_due_on: date | None


class WorkingCalendarRead(ReadModel):
    """The calendar by which certificates are due, for one year."""

    year: int
    state: str
    working_days: int
    holidays: list[HolidayRead]
    closed: list[ClosedDaysRead]
    """Those that touch the year."""
    today: date
    due: list[DueRead]
    """For what is ordered now."""


class DueChange(DueRead):
    """The same without the days that are looked at."""

    otherwise_due_on: date
    otherwise_urgent_due_on: date | None


class ClosedDaysEffect(ReadModel):
    """What some closed days do to what is ordered just before them."""

    placed_on: date
    """The last working day before them, or today when that is past."""
    changes: list[DueChange]
    """Only products whose due days they move."""
    open_due: int
    """Open certificates that are due on them. Their promise stays as it is; counting stops at 5,000."""
