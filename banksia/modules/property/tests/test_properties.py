"""One property in full, several at once, and the picture that is kept of it."""

import uuid

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from banksia.modules.property.errors import ParcelNotFound, PropertyNotFound
from banksia.modules.property.public import (
    get_property,
    parcel_of_property,
    properties_with_ids,
    snapshot_property,
)
from banksia.modules.property.tests.conftest import Importer
from banksia.modules.property.tests.factories import make_property


class TestGetProperty:
    def test_shows_addresses_parcels_and_assessment(self, session: Session) -> None:
        property_id = make_property(session, parcels=("2/2/DP2288", "10//DP900"), assessment="10423")
        found = get_property(session, property_id)
        assert (found.address, found.assessment, found.status) == (
            "6 FAIRVIEW DRIVE SOUTH BOWENFELS",
            "10423",
            "current",
        )
        assert [(p.text, p.title, p.section) for p in found.parcels] == [
            ("2/2/DP2288", "Lot 2 Section 2 DP 2288", "2"),
            ("10//DP900", "Lot 10 DP 900", None),
        ]
        assert found.source is None
        assert found.is_synthetic is False

    def test_names_common_property(self, session: Session) -> None:
        found = get_property(session, make_property(session, parcels=("CP//SP77",)))
        assert found.parcels[0].title == "Common property SP 77"

    def test_puts_the_street_address_before_its_units(self, session: Session) -> None:
        for address in ("2/12 MAIN STREET LITHGOW", "10/12 MAIN STREET LITHGOW", "12 MAIN STREET LITHGOW"):
            property_id = make_property(session, address=address, parcels=("1//DP5",))
        found = get_property(session, property_id)
        assert [a.text for a in found.addresses] == [
            "12 MAIN STREET LITHGOW",
            "2/12 MAIN STREET LITHGOW",
            "10/12 MAIN STREET LITHGOW",
        ]

    def test_says_where_records_come_from_when_asked(self, session: Session, import_csv: Importer) -> None:
        import_csv("address,lot,plan", "6 FAIRVIEW DRIVE LITHGOW,1,DP9")
        property_id = make_property(session, address="6 FAIRVIEW DRIVE LITHGOW", parcels=("1//DP9",))
        found = get_property(session, property_id, with_sources=True)
        assert found.parcels[0].source
        assert (found.parcels[0].source.file_name, found.parcels[0].source.line) == ("register.csv", 2)
        assert found.parcels[0].source.imported_at is not None

    def test_of_another_council_or_unknown_is_not_found(self, session: Session, other_session: Session) -> None:
        with pytest.raises(PropertyNotFound):
            get_property(session, uuid.uuid4())
        with pytest.raises(PropertyNotFound):
            get_property(other_session, make_property(session))

    def test_several_cost_as_many_statements_as_one(self, session: Session) -> None:
        ids = [make_property(session, address=f"{n} MAIN STREET LITHGOW", parcels=(f"{n}//DP9",)) for n in range(1, 6)]
        assert set(properties_with_ids(session, [*ids, uuid.uuid4()])) == set(ids)
        assert _statements(session, ids) == _statements(session, ids[:1]) == 3
        assert properties_with_ids(session, []) == {}


def _statements(session: Session, ids: list[uuid.UUID]) -> int:
    counted: list[str] = []

    def note(*arguments: object) -> None:
        counted.append(str(arguments[2]))

    connection = session.connection()
    event.listen(connection, "before_cursor_execute", note)
    properties_with_ids(session, ids)
    event.remove(connection, "before_cursor_execute", note)
    return len(counted)


class TestParcelOfProperty:
    @pytest.mark.parametrize("text", ["2/2/DP2288", "2/2/2288", "lot 2 sec 2 dp 2288"])
    def test_is_named_in_any_notation(self, session: Session, text: str) -> None:
        assert parcel_of_property(session, make_property(session), text).text == "2/2/DP2288"

    @pytest.mark.parametrize("text", ["2//DP2288", "3/2/DP2288", "2/2/SP2288", "", "6 FAIRVIEW DRIVE"])
    def test_is_no_other_parcel(self, session: Session, text: str) -> None:
        with pytest.raises(ParcelNotFound):
            parcel_of_property(session, make_property(session), text)


class TestSnapshotProperty:
    def test_stays_as_it_was(self, session: Session) -> None:
        property_id = make_property(session, assessment="10423")
        picture = snapshot_property(session, property_id, "2/2/2288")
        make_property(session, assessment="10423", status="historic")
        assert get_property(session, property_id).status == "historic"
        assert (picture["status"], picture["parcel"]["status"]) == ("current", "current")
        assert picture["as_at"].endswith("Z")
        assert (picture["property_id"], picture["assessment"]) == (str(property_id), "10423")
        assert snapshot_property(session, property_id)["parcel"] is None

    def test_refuses_a_parcel_of_another_property(self, session: Session) -> None:
        with pytest.raises(ParcelNotFound):
            snapshot_property(session, make_property(session), "9//DP9")
