"""The working-day calendar, as administrators keep it."""

import datetime
from typing import Annotated

from fastapi import Query

from banksia.kit.routing import ActorDep, Router, SessionDep
from banksia.modules.certificates import permissions
from banksia.modules.certificates.errors.closed_days import (
    ClosedDaysInvalid,
    ClosedDaysNotFound,
    ClosedDaysTaken,
    TooManyClosedDays,
)
from banksia.modules.certificates.schemas.closed_days import (
    ClosedDaysEffect,
    ClosedDaysRead,
    ClosedDaysWrite,
    Day,
    WorkingCalendarRead,
    Year,
)
from banksia.modules.certificates.service import closed_days as service

calendar = Router(prefix="/calendar")


@calendar.get("", permission=permissions.CALENDAR_MANAGE)
def read_calendar(session: SessionDep, year: Annotated[Year, Query()]) -> WorkingCalendarRead:
    """What closes the council in a year, and when what is ordered now is due."""
    return service.read_calendar(session, year=year)


@calendar.get("/effect", permission=permissions.CALENDAR_MANAGE, raises=[ClosedDaysInvalid])
def read_effect(
    session: SessionDep,
    actor: ActorDep,
    from_on: Annotated[Day, Query(alias="from")],
    until_on: Annotated[Day, Query(alias="until")],
    instead_of: Annotated[
        datetime.date | None, Query(description="The first day of the entry that they replace")
    ] = None,
) -> ClosedDaysEffect:
    """What closing on some days would do to what is ordered just before them."""
    return service.effect_of(session, actor, from_on=from_on, until_on=until_on, instead_of=instead_of)


@calendar.post(
    "/closed-days",
    permission=permissions.CALENDAR_MANAGE,
    status_code=201,
    raises=[ClosedDaysInvalid, ClosedDaysTaken, TooManyClosedDays],
)
def add_closed_days(session: SessionDep, actor: ActorDep, added: ClosedDaysWrite) -> ClosedDaysRead:
    """Close the council on some days; what is open keeps the day that it was promised for."""
    return service.add_closed_days(session, actor, added=added)


@calendar.put(
    "/closed-days/{from_on}",
    permission=permissions.CALENDAR_MANAGE,
    raises=[ClosedDaysNotFound, ClosedDaysInvalid, ClosedDaysTaken],
)
def change_closed_days(
    session: SessionDep, actor: ActorDep, from_on: datetime.date, changed: ClosedDaysWrite
) -> ClosedDaysRead:
    """Change the entry that begins on this day."""
    return service.change_closed_days(session, actor, from_on=from_on, changed=changed)


@calendar.delete(
    "/closed-days/{from_on}", permission=permissions.CALENDAR_MANAGE, status_code=204, raises=[ClosedDaysNotFound]
)
def remove_closed_days(session: SessionDep, actor: ActorDep, from_on: datetime.date) -> None:
    """Work on these days again."""
    service.remove_closed_days(session, actor, from_on=from_on)
