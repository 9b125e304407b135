"""What search finds beside whole addresses and parcels, why it says it found it, and in which order."""

import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from banksia.kit.database import organisation_id_of
from banksia.modules.property.models import LineageEvent, LineageParcel, Parcel
from banksia.modules.property.service.searching import find_properties
from banksia.modules.property.service.searching.phonetics import sound_of
from banksia.modules.property.tests.conftest import Importer
from banksia.modules.property.tests.factories import make_property

REGISTER = (
    "address,lot,section,plan,assessment",
    '"LITHGOW MEMORIAL HALL, 5 MAIN STREET LITHGOW",5,,DP104,104881',
    "12 MAIN STREET LITHGOW,12,,DP104,104882",
    "1/12 MAIN STREET LITHGOW,1,,SP200,104883",
    "12 MAINWARING STREET LITHGOW,13,,DP104,2001",
    "12-14 MAIN STREET PORTLAND,14,,DP104,",
    "7 PHILLIP STREET LITHGOW,7,2,DP2288,",
    "8 PHILLIP STREET LITHGOW,7,3,DP2288,",
    "27 GREAT WESTERN HIGHWAY LEURA,27,,DP1246224,",
    "31 COALBROOK STREET HERMITAGE FLAT,31,,DP1246225,",
    "2109 DUCKMALOI ROAD DUCKMALOI,9,,DP900,",
)


@pytest.fixture
def register(import_csv: Importer) -> None:
    assert import_csv(*REGISTER).counts["rejected"] == 0


def found(session: Session, text: str, limit: int = 10) -> list[str]:
    """The addresses found, or the parcels where there is no address."""
    return [r["address"] or " ".join(r["parcels"]) for r in find_properties(session, text, limit=limit)]


def why(session: Session, text: str) -> list[tuple[str, str]]:
    """By what each result was found, and how."""
    return [(r["match"]["by"], r["match"]["how"]) for r in find_properties(session, text)]


@pytest.mark.usefixtures("register")
class TestPartsOfParcels:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("7//", ["7/2/DP2288", "7/3/DP2288"]),
            ("7//DP", ["7/2/DP2288", "7/3/DP2288"]),
            ("7/2/", ["7/2/DP2288"]),
            ("7/3/D", ["7/3/DP2288"]),
            ("lot 7", ["7/2/DP2288", "7/3/DP2288"]),
            ("Lot 7 Sec 2", ["7/2/DP2288"]),
            ("lot 7 section 3 of dp", ["7/3/DP2288"]),
            ("lot 7 dp 22", ["7/2/DP2288", "7/3/DP2288"]),
            ("7/2/dp22", ["7/2/DP2288"]),
            ("27//dp124", ["27//DP1246224"]),
            ("dp 1246", ["27//DP1246224", "31//DP1246225"]),
            ("sp 2", ["1//SP200"]),
            ("1//sp2", ["1//SP200"]),
        ],
    )
    def test_find_what_begins_so(self, session: Session, text: str, expected: list[str]) -> None:
        assert [p for r in find_properties(session, text) for p in r["parcels"]] == expected
        assert set(why(session, text)) == {("parcel", "begins")}

    def test_a_whole_parcel_finds_no_longer_one(self, session: Session) -> None:
        make_property(session, address=None, parcels=("7/2/DP22889",))
        assert [r["parcels"] for r in find_properties(session, "7/2/DP2288")] == [["7/2/DP2288"]]
        assert why(session, "7/2/DP2288") == [("parcel", "exact")]


@pytest.mark.usefixtures("register")
class TestAssessments:
    def test_are_found_whole_before_those_that_begin_so(self, session: Session) -> None:
        make_property(session, address="1 KING STREET RYDAL", parcels=("1//DP901",), assessment="1048")
        assert why(session, "1048") == [("assessment", "exact"), *[("assessment", "begins")] * 3]
        assert found(session, "1048")[0] == "1 KING STREET RYDAL"

    @pytest.mark.parametrize("text", ["104882", "assessment 104882", "Ass. no 104882", "rates assessment 104882"])
    def test_are_found_by_their_name(self, session: Session, text: str) -> None:
        assert found(session, text) == ["12 MAIN STREET LITHGOW"]


@pytest.mark.usefixtures("register")
class TestBuildings:
    @pytest.mark.parametrize(
        ("text", "how"),
        [
            ("lithgow memorial hall", "exact"),
            ("lithgow mem", "begins"),
            ("memorial", "begins"),
            ("hall lithgow", "begins"),
            ("memoriel hall", "spelling"),
        ],
    )
    def test_are_found_by_any_word(self, session: Session, text: str, how: str) -> None:
        result = find_properties(session, text)[0]
        assert "MEMORIAL HALL" in result["address"]
        assert result["match"] == {"by": "building", "how": how}


@pytest.mark.usefixtures("register")
class TestWhy:
    @pytest.mark.parametrize(
        ("text", "how"),
        [
            ("27 great western hwy", "exact"),
            ("27 great wes", "begins"),
            ("27 graet western highway", "spelling"),
            ("27 western great highway", "spelling"),
            ("27 great western street", "other"),
        ],
    )
    def test_an_address_says_how_it_fits(self, session: Session, text: str, how: str) -> None:
        assert why(session, text) == [("address", how)]


@pytest.mark.usefixtures("register")
class TestWords:
    @pytest.mark.parametrize("text", ["7 filip st", "7 phillyp street", "7 phillip street", "7 fillip st lithgow"])
    def test_are_found_as_they_sound(self, session: Session, text: str) -> None:
        assert found(session, text) == ["7 PHILLIP STREET LITHGOW"]

    @pytest.mark.parametrize("text", ["27 western great highway leura", "27 great western leura highway"])
    def test_are_found_when_two_are_swapped(self, session: Session, text: str) -> None:
        assert found(session, text) == ["27 GREAT WESTERN HIGHWAY LEURA"]

    def test_of_four_letters_are_mended_when_one_of_five_lost_a_letter(self, session: Session) -> None:
        assert found(session, "27 great western highway lura") == ["27 GREAT WESTERN HIGHWAY LEURA"]

    def test_that_are_a_unit_elsewhere_stay_with_their_suburb(self, session: Session) -> None:
        assert found(session, "hermitage flat 31 coalbrook st") == ["31 COALBROOK STREET HERMITAGE FLAT"]

    def test_four_digits_before_a_street_are_its_number(self, session: Session) -> None:
        assert found(session, "2109 duckmaloi") == ["2109 DUCKMALOI ROAD DUCKMALOI"]

    @pytest.mark.parametrize(
        ("one", "other"),
        [("PHILLIP", "FILIP"), ("KNIGHT", "NITE"), ("CLARKE", "KLARK"), ("HUNTER", "HUNTOR"), ("LEIGH", "LAY")],
    )
    def test_that_sound_alike_have_one_key(self, one: str, other: str) -> None:
        assert sound_of(one) == sound_of(other)

    @pytest.mark.parametrize(("one", "other"), [("MAIN", "MEAN"), ("FAIRVIEW", "FARVIW"), ("MARTIN", "MORTON")])
    def test_that_sound_different_have_not(self, one: str, other: str) -> None:
        assert sound_of(one) != sound_of(other)


@pytest.mark.usefixtures("register")
class TestOrder:
    def test_a_plain_number_then_a_range_then_units_then_begun_streets(self, session: Session) -> None:
        assert found(session, "12 main") == [
            "12 MAIN STREET LITHGOW",
            "12-14 MAIN STREET PORTLAND",
            "1/12 MAIN STREET LITHGOW",
            "12 MAINWARING STREET LITHGOW",
        ]

    def test_what_is_current_comes_before_what_was(self, session: Session) -> None:
        make_property(session, address="12 MAIN STREET BLAYNEY", parcels=("9//DP8",), status="historic")
        assert found(session, "12 main st")[:3] == [
            "12 MAIN STREET LITHGOW",
            "12-14 MAIN STREET PORTLAND",
            "1/12 MAIN STREET LITHGOW",
        ]
        assert found(session, "12 main st")[3] == "12 MAIN STREET BLAYNEY"


class TestSuccessors:
    def test_a_historic_lot_names_what_it_became_and_a_current_one_nothing(self, session: Session) -> None:
        for parcel, status in (("1//DP1", "historic"), ("2//DP2", "historic"), ("3//DP3", None), ("4//DP3", None)):
            make_property(session, address=None, parcels=(parcel,), status=status)
        _becomes(session, ["1//DP1"], ["2//DP2"])
        _becomes(session, ["2//DP2"], ["3//DP3", "4//DP3"])
        assert find_properties(session, "1//DP1")[0]["successors"] == ["3//DP3", "4//DP3"]
        assert find_properties(session, "2//DP2")[0]["successors"] == ["3//DP3", "4//DP3"]
        assert find_properties(session, "3//DP3")[0]["successors"] == []

    def test_a_cycle_ends(self, session: Session) -> None:
        for parcel in ("1//DP1", "2//DP2"):
            make_property(session, address=None, parcels=(parcel,), status="historic")
        _becomes(session, ["1//DP1"], ["2//DP2"])
        _becomes(session, ["2//DP2"], ["1//DP1"])
        assert find_properties(session, "1//DP1")[0]["successors"] == []


def _becomes(session: Session, parents: list[str], children: list[str]) -> None:
    organisation_id = organisation_id_of(session)
    event = LineageEvent(
        organisation_id=organisation_id,
        kind="subdivision",
        plan=children[0].rsplit("/", 1)[1],
        occurred_on=datetime.date(2020, 1, 1),
        source="Test",
    )
    session.add(event)
    session.flush()
    parcels = {parcel.label: parcel.id for parcel in session.scalars(select(Parcel))}
    for side, labels in (("parent", parents), ("child", children)):
        session.add_all(
            LineageParcel(organisation_id=organisation_id, event_id=event.id, parcel_id=parcels[label], side=side)
            for label in labels
        )
    session.flush()
