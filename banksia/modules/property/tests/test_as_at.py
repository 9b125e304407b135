"""A property as it was: rows and the journal since."""

import datetime
import uuid
from typing import Any

import pytest
from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import council_day
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.modules.property.errors import AsAtInvalid, PropertyNotYet
from banksia.modules.property.models import Address, Change, Parcel
from banksia.modules.property.public import get_property
from banksia.modules.property.queries import land
from banksia.modules.property.service.as_at import Since
from banksia.modules.property.service.earlier import property_as_at
from banksia.modules.property.service.journal import note_change
from banksia.modules.property.tests.factories import make_property

DAY = datetime.timedelta(days=1)
START = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)


def parcel(**columns: Any) -> Parcel:
    given = {
        "id": uuid.uuid4(), "organisation_id": uuid.uuid4(), "lot": "1", "section": "", "plan_type": "DP",
        "plan": "9", "status": "current", "valid_from": START, "valid_to": None, "area_square_metres": 450.0,
    }  # fmt: skip
    return Parcel(**(given | columns))


def change(row: Parcel, day: int, **before: Any) -> Change:
    return Change(
        table_name="parcels", record_id=row.id, other_id=None, before=before, after={}, changed_at=START + day * DAY
    )


class TestSince:
    def test_gives_each_column_as_it_was_before_the_earliest_later_change(self) -> None:
        row = parcel(area_square_metres=470.0)
        later = [change(row, 20, area_square_metres=460.0), change(row, 10, area_square_metres=450.0)]
        assert Since(START + 5 * DAY, later).as_it_was(row).area_square_metres == 450.0
        assert Since(START + 15 * DAY, later[:1]).as_it_was(row).area_square_metres == 460.0
        assert Since(START + 25 * DAY).as_it_was(row) is row

    def test_knows_what_had_ended_and_what_came_back(self) -> None:
        row = parcel()
        end, again = START + 10 * DAY, change(row, 20, valid_to=(START + 10 * DAY).isoformat())
        ended = change(row, 10, valid_to=None)
        assert Since(START + 5 * DAY, [again, ended]).holds(row)
        assert not Since(START + 15 * DAY, [again]).holds(row)
        assert Since(START + 25 * DAY).holds(row)
        assert not Since(None).holds(parcel(valid_to=end))

    def test_goes_by_the_day_on_which_something_ended_even_when_the_council_heard_later(self) -> None:
        row = parcel(valid_to=START + 10 * DAY, status="historic")
        heard = change(row, 100, valid_to=None, status="current")
        assert not Since(START + 50 * DAY, [heard]).holds(row)
        assert Since(START + 5 * DAY, [heard]).holds(row)

    def test_never_shows_what_was_taken_back(self) -> None:
        row = parcel(valid_to=START)
        assert not Since(START + DAY).holds(row)
        assert not Since(None).began(row)


class TestPropertyAsAt:
    def test_equals_what_was_seen_at_each_moment(self, session: Session) -> None:
        """A replay: the property is read after each change, and later as it was at that moment."""
        actor = Actor.system(organisation_id_of(session))
        property_id = make_property(session, parcels=("1//DP9", "2//DP9"), assessment="7")
        seen = [(utc_now(), get_property(session, property_id))]
        steps: list[tuple[int, dict[str, Any]]] = [
            (0, {"area_square_metres": 450.0}),
            (1, {"status": "historic", "valid_to": utc_now()}),
            (0, {"area_square_metres": 460.0}),
            (1, {"status": "current", "valid_to": None}),
            (0, {"status": "proposed"}),
        ]
        ids = [each.id for each in seen[0][1].parcels]
        for index, values in steps:
            found = session.scalars(land.parcels_with_ids(actor.organisation_id, [ids[index]])).one()
            note_change(session, actor, found, values, because="entry")
            session.flush()
            seen.append((utc_now(), get_property(session, property_id)))
        for moment, then in seen:
            assert property_as_at(session, property_id, moment, with_sources=False) == then

    def test_shows_addresses_that_were_written_otherwise(self, session: Session) -> None:
        actor = Actor.system(organisation_id_of(session))
        property_id = make_property(session)
        before = utc_now()
        address_id = get_property(session, property_id).addresses[0].id
        row = session.scalars(land.addresses_with_ids(actor.organisation_id, [address_id])).one()
        note_change(session, actor, row, {"text": "6 FAIRVIEW ROAD SOUTH BOWENFELS"}, because="entry")
        session.flush()
        then = property_as_at(session, property_id, before, with_sources=True)
        assert then.address == "6 FAIRVIEW DRIVE SOUTH BOWENFELS"
        assert get_property(session, property_id).address == "6 FAIRVIEW ROAD SOUTH BOWENFELS"
        assert session.get(Address, address_id) is row
        assert not session.new

    def test_is_not_known_before_its_first_day_and_not_after_today(self, session: Session) -> None:
        property_id = make_property(session)
        with pytest.raises(PropertyNotYet, match="begin on"):
            get_property(session, property_id, as_at_on=datetime.date(2001, 1, 1))
        with pytest.raises(AsAtInvalid):
            get_property(session, property_id, as_at_on=council_day(session) + 3 * DAY)
        with pytest.raises(AsAtInvalid):
            get_property(session, property_id, as_at_on=datetime.date.max)
