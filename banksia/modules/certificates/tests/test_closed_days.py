"""The council's closed days, and what they do to due dates."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from unittest.mock import patch

import pytest
from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import module_settings
from banksia.kit.actor import Actor
from banksia.modules.certificates.errors.closed_days import (
    ClosedDaysInvalid,
    ClosedDaysNotFound,
    ClosedDaysTaken,
)
from banksia.modules.certificates.schemas.closed_days import ClosedDaysWrite
from banksia.modules.certificates.service import closed_days as service
from banksia.modules.certificates.service.catalogue import calendar_of
from banksia.modules.certificates.settings import CertificatesSettings

EVE, NEW_YEAR = date(2026, 12, 24), date(2027, 1, 1)
SHUTDOWN = ClosedDaysWrite(from_on=EVE, until_on=NEW_YEAR, name="Christmas shutdown")


@pytest.fixture(autouse=True)
def in_november() -> Any:
    with patch.object(service, "utc_now", lambda: datetime(2026, 11, 25, 1, tzinfo=UTC)):
        yield


class TestCalendar:
    def test_names_the_holidays_of_the_state_and_counts_what_is_left(self, session: Session) -> None:
        read = service.read_calendar(session, year=2026)
        holidays = {each.on: each.name for each in read.holidays}
        assert holidays[date(2026, 10, 5)] == "Labour Day"
        assert date(2026, 8, 3) not in holidays  # the bank holiday closes no council
        assert (read.working_days, read.state) == (252, "New South Wales")

    def test_takes_a_shutdown_out_of_both_years(self, session: Session, administrator: Actor) -> None:
        before = service.read_calendar(session, year=2026).working_days
        kept = service.add_closed_days(session, administrator, added=SHUTDOWN)
        # 24, 29, 30 and 31 December; the 28th is the holiday for Boxing Day.
        assert kept.working_days == 4
        year = service.read_calendar(session, year=2026)
        assert (year.working_days, [each.name for each in year.closed]) == (before - 4, ["Christmas shutdown"])
        assert [each.from_on for each in service.read_calendar(session, year=2027).closed] == [EVE]
        assert not calendar_of(session).is_working_day(date(2026, 12, 30))


class TestEffect:
    def test_tells_what_it_does_to_what_is_ordered_just_before(self, session: Session, administrator: Actor) -> None:
        effect = service.effect_of(session, administrator, from_on=EVE, until_on=NEW_YEAR)
        assert effect.placed_on == date(2026, 12, 23)
        change = next(each for each in effect.changes if each.product == "603")
        calendar = calendar_of(session)
        days = calendar.between(effect.placed_on, change.otherwise_due_on)
        assert (change.due_on, change.otherwise_due_on) > (NEW_YEAR, effect.placed_on)
        service.add_closed_days(session, administrator, added=SHUTDOWN)
        assert calendar_of(session).between(effect.placed_on, change.due_on) == days

    def test_an_entry_that_is_looked_at_again_counts_once(self, session: Session, administrator: Actor) -> None:
        first = service.effect_of(session, administrator, from_on=EVE, until_on=NEW_YEAR)
        service.add_closed_days(session, administrator, added=SHUTDOWN)
        again = service.effect_of(session, administrator, from_on=EVE, until_on=NEW_YEAR, instead_of=EVE)
        assert again == first


class TestEdit:
    def test_changes_and_removes_and_keeps_the_other_settings(self, session: Session, administrator: Actor) -> None:
        service.add_closed_days(session, administrator, added=SHUTDOWN)
        show = ClosedDaysWrite(from_on=date(2027, 3, 5), until_on=date(2027, 3, 5), name="Show day")
        service.change_closed_days(session, administrator, from_on=EVE, changed=show)
        settings = module_settings(session, CertificatesSettings)
        assert [(each.on, each.until, each.name) for each in settings.closed_days] == [
            (date(2027, 3, 5), None, "Show day")
        ]
        service.remove_closed_days(session, administrator, from_on=date(2027, 3, 5))
        assert module_settings(session, CertificatesSettings) == settings.model_copy(update={"closed_days": ()})
        with pytest.raises(ClosedDaysNotFound):
            service.remove_closed_days(session, administrator, from_on=date(2027, 3, 5))

    def test_refuses_two_entries_of_one_day_and_ranges_that_are_none(
        self, session: Session, administrator: Actor
    ) -> None:
        service.add_closed_days(session, administrator, added=SHUTDOWN)
        with pytest.raises(ClosedDaysTaken):
            service.add_closed_days(session, administrator, added=SHUTDOWN)
        for until_on in (date(2026, 12, 23), date(2027, 12, 24)):
            with pytest.raises(ClosedDaysInvalid):
                service.add_closed_days(
                    session, administrator, added=SHUTDOWN.model_copy(update={"until_on": until_on})
                )


class TestRoutes:
    def test_an_administrator_keeps_the_calendar(self, signed_in_as: Callable[..., Any]) -> None:
        client = signed_in_as("administrator")
        path = "/api/certificates/calendar"
        days = {"from_on": "2026-12-24", "until_on": "2027-01-01", "name": "Christmas shutdown"}
        assert client.post(f"{path}/closed-days", json=days).status_code == 201
        assert client.post(f"{path}/closed-days", json=days).status_code == 409
        assert client.get(path, params={"year": 2026}).json()["closed"][0]["name"] == "Christmas shutdown"
        assert client.get(f"{path}/effect", params={"from": "2026-12-24", "until": "2026-12-01"}).status_code == 422
        assert client.delete(f"{path}/closed-days/2026-12-24").status_code == 204
        assert signed_in_as("certificate_officer").get(path, params={"year": 2026}).status_code == 403
