"""Search over a small council: every form of an address, parcels, order of the results, typing errors."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text as sql
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from banksia.modules.property.queries.searching import ARGUMENTS, SEARCH
from banksia.modules.property.service.searching import find_properties
from banksia.modules.property.tests.conftest import Importer
from banksia.modules.property.tests.factories import make_property

REGISTER = (
    "address,lot,section,plan,assessment",
    "6 FAIRVIEW DRIVE SOUTH BOWENFELS,6,,DP101,",
    "60 FAIRVIEW DRIVE SOUTH BOWENFELS,60,,DP101,",
    "6 FAIRVIEW ROAD LAWSON,6,,DP102,",
    "6 FAIR STREET LITHGOW,6,,DP103,",
    "12 MAIN STREET LITHGOW,12,,DP104,",
    "12A MAIN STREET LITHGOW,12A,,DP104,",
    "1/12 MAIN STREET LITHGOW,1,,SP200,",
    "2/12 MAIN STREET LITHGOW,2,,SP200,",
    "10/12 MAIN STREET LITHGOW,10,,SP200,",
    '"SHOP 1, 14 MAIN STREET LITHGOW",1,,SP201,',
    '"UNIT 1, 14 MAIN STREET LITHGOW",11,,SP201,',
    "193-197 MAIN STREET LITHGOW,193,,DP104,",
    "193 MAIN STREET LITHGOW,93,,DP104,",
    "5-5A WILLIWA STREET PORTLAND,2,2,DP2288,10423",
    "33A-33B FULLAGAR AVENUE BOWENFELS,3,,DP105,",
    "A4 RABAUL STREET LITTLETON,4,,DP106,",
    "1F JAMES O'DONNELL DRIVE BOWENFELS,1,,DP107,",
    "8 THE ESPLANADE KATOOMBA,8,,DP108,",
    "9 RED HILL ROAD RED HILL,9,,DP109,",
    "3 ST JOHNS ROAD BLAXLAND,3,,DP110,",
    "7 MOUNT YORK ROAD MOUNT VICTORIA,7,,DP111,",
    "2 PARK LANE STREET LITHGOW,2,,DP112,",
    "LOT 9 WERRONG ROAD HELENSBURGH,9,,DP113,",
    "4 FIRST AVENUE KATOOMBA,4,,DP114,",
    "100 MUSGRAVE STREET KATOOMBA,,,,",
    ",13,,DP1246224,",
    ",13,,SP1246225,",
    ",CP,,SP200,",
    ",2,3,DP2288,",
)


@pytest.fixture
def register(import_csv: Importer) -> None:
    assert import_csv(*REGISTER).counts["rejected"] == 0


def found(session: Session, text: str, limit: int = 10) -> list[str]:
    """The addresses found, or the parcels where there is no address."""
    return [r["address"] or " ".join(r["parcels"]) for r in find_properties(session, text, limit=limit)]


@pytest.mark.usefixtures("register")
class TestAddresses:
    @pytest.mark.parametrize(
        "text",
        [
            "6 fairview drive south bowenfels", "6 Fairview Dr, South Bowenfels NSW 2790", "6 fairview dr",
            "6 fairview dr s", "6 fairview drive south bow", "6 fairview south bowenfels", "south bowenfels 6 fairview",
            "South Bowenfels, 6 Fairview Drive", "fairview dr 6 south bowenfels", "fairview drive 6",
            "6 FAIRVIEW DRV STH BOWENFELS",
        ],
    )  # fmt: skip
    def test_are_found_in_every_form(self, session: Session, text: str) -> None:
        assert found(session, text) == ["6 FAIRVIEW DRIVE SOUTH BOWENFELS"]

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("2/12 main st", "2/12 MAIN STREET LITHGOW"),
            ("unit 2, 12 main street lithgow", "2/12 MAIN STREET LITHGOW"),
            ("u2 12 main", "2/12 MAIN STREET LITHGOW"),
            ("2 12 main", "2/12 MAIN STREET LITHGOW"),
            ("12 main st unit 2", "2/12 MAIN STREET LITHGOW"),
            ("193-197 main st", "193-197 MAIN STREET LITHGOW"),
            ("197 main st lithgow", "193-197 MAIN STREET LITHGOW"),
            ("5a williwa", "5-5A WILLIWA STREET PORTLAND"),
            ("5 williwa", "5-5A WILLIWA STREET PORTLAND"),
            ("33a fullagar", "33A-33B FULLAGAR AVENUE BOWENFELS"),
            ("33b fullagar", "33A-33B FULLAGAR AVENUE BOWENFELS"),
            ("a4 rabaul", "A4 RABAUL STREET LITTLETON"),
            ("1f james odonnell dr", "1F JAMES O'DONNELL DRIVE BOWENFELS"),
            ("1F James O'Donnell", "1F JAMES O'DONNELL DRIVE BOWENFELS"),
            ("8 the esplanade", "8 THE ESPLANADE KATOOMBA"),
            ("9 red hill rd red hill", "9 RED HILL ROAD RED HILL"),
            ("9 red hill", "9 RED HILL ROAD RED HILL"),
            ("3 st johns", "3 ST JOHNS ROAD BLAXLAND"),
            ("3 saint johns rd", "3 ST JOHNS ROAD BLAXLAND"),
            ("7 mt york rd mt victoria", "7 MOUNT YORK ROAD MOUNT VICTORIA"),
            ("2 park lane st", "2 PARK LANE STREET LITHGOW"),
            ("lot 9 werrong rd", "LOT 9 WERRONG ROAD HELENSBURGH"),
            ("4 1st ave", "4 FIRST AVENUE KATOOMBA"),
            ("100 musgrave", "100 MUSGRAVE STREET KATOOMBA"),
        ],
    )
    def test_of_every_kind_are_the_only_result(self, session: Session, text: str, expected: str) -> None:
        results = found(session, text)
        assert results[0] == expected
        assert text == "193-197 main st" or results == [expected]

    def test_the_street_address_comes_before_its_units_and_they_in_order(self, session: Session) -> None:
        assert found(session, "12 main st lithgow") == [
            "12 MAIN STREET LITHGOW",
            "12A MAIN STREET LITHGOW",
            "1/12 MAIN STREET LITHGOW",
            "2/12 MAIN STREET LITHGOW",
            "10/12 MAIN STREET LITHGOW",
        ]

    def test_a_unit_type_that_was_typed_comes_first(self, session: Session) -> None:
        shop, unit = "SHOP 1, 14 MAIN STREET LITHGOW", "UNIT 1, 14 MAIN STREET LITHGOW"
        assert found(session, "shop 1 14 main st") == [shop, unit]
        assert sorted(found(session, "1/14 main st")) == [shop, unit]

    def test_exact_names_come_before_begun_ones(self, session: Session) -> None:
        assert found(session, "6 fair") == [
            "6 FAIR STREET LITHGOW",
            "6 FAIRVIEW DRIVE SOUTH BOWENFELS",
            "6 FAIRVIEW ROAD LAWSON",
        ]

    def test_a_number_matches_itself_before_longer_ones_and_never_another(self, session: Session) -> None:
        assert found(session, "6 fairview drive") == ["6 FAIRVIEW DRIVE SOUTH BOWENFELS"]
        assert found(session, "61 fairview") == found(session, "195 main st") == found(session, "3/12 main st") == []
        assert found(session, "6")[-1].startswith("60 ")

    def test_an_exact_range_comes_before_its_end_points(self, session: Session) -> None:
        assert found(session, "193-197 main st") == ["193-197 MAIN STREET LITHGOW", "193 MAIN STREET LITHGOW"]
        assert found(session, "193 main st") == ["193 MAIN STREET LITHGOW", "193-197 MAIN STREET LITHGOW"]

    def test_a_street_or_a_locality_lists_its_addresses(self, session: Session) -> None:
        assert found(session, "fairview", 2) == [
            "6 FAIRVIEW DRIVE SOUTH BOWENFELS",
            "60 FAIRVIEW DRIVE SOUTH BOWENFELS",
        ]
        assert found(session, "portland") == ["5-5A WILLIWA STREET PORTLAND"]
        assert found(session, "12 lithgow", 1) == ["12 MAIN STREET LITHGOW"]
        assert found(session, "lithgow main st", 1) == ["12 MAIN STREET LITHGOW"]
        assert len(found(session, "f", 3)) == len(found(session, "1", 3)) == 3

    def test_words_that_are_no_street_find_nothing(self, session: Session) -> None:
        for text in ("nsw", "zzz", "", "  ", "/", "lot", "dp", "2790", "street"):
            assert found(session, text) == []


@pytest.mark.usefixtures("register")
class TestTypingErrors:
    @pytest.mark.parametrize(
        "text",
        ["6 fairvew drive", "6 fairveiw dr", "6 fairviewe dr south bowenfels", "6 fairview drive south bowenfles"],
    )
    def test_are_forgiven_in_words(self, session: Session, text: str) -> None:
        assert found(session, text)[0] == "6 FAIRVIEW DRIVE SOUTH BOWENFELS"

    def test_two_are_forgiven_from_eight_letters(self, session: Session) -> None:
        assert found(session, "6 farviw drive") == []
        assert found(session, "6 fairviiew dr south bowenfels")[0] == "6 FAIRVIEW DRIVE SOUTH BOWENFELS"
        assert found(session, "60 fairview drive south bowenvelz") == ["60 FAIRVIEW DRIVE SOUTH BOWENFELS"]

    def test_are_not_forgiven_in_short_words_and_numbers(self, session: Session) -> None:
        assert found(session, "12 mian st") == found(session, "13 main st") == found(session, "13//dp1246223") == []

    def test_a_wrong_type_or_suburb_still_finds_the_street(self, session: Session) -> None:
        assert found(session, "60 fairview street") == ["60 FAIRVIEW DRIVE SOUTH BOWENFELS"]
        assert found(session, "60 fairview drive lithgow") == ["60 FAIRVIEW DRIVE SOUTH BOWENFELS"]


@pytest.mark.usefixtures("register")
class TestParcels:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("2/2/DP2288", ["2/2/DP2288"]),
            ("2/2/2288", ["2/2/DP2288"]),
            ("lot 2 sec 2 dp 2288", ["2/2/DP2288"]),
            ("2//2288", ["2/2/DP2288", "2/3/DP2288"]),
            ("13//DP1246224", ["13//DP1246224"]),
            ("LOT 13 DP1246224", ["13//DP1246224"]),
            ("13/1246224", ["13//DP1246224"]),
            ("13/1246225", ["13//SP1246225"]),
            ("13//DP1246225", []),
            ("CP/SP200", ["CP//SP200"]),
            ("1, 2/SP200", ["1//SP200", "2//SP200"]),
            ("1-2//SP200", ["1//SP200", "2//SP200"]),
            ("6//DP101 enclosure permit 510145", ["6//DP101"]),
            ("1//DP101", []),
        ],
    )
    def test_are_found_in_every_notation_and_no_other(self, session: Session, text: str, expected: list[str]) -> None:
        assert [p for r in find_properties(session, text) for p in r["parcels"]] == expected

    def test_a_plan_lists_its_lots_in_order(self, session: Session) -> None:
        assert [r["parcels"] for r in find_properties(session, "sp 200")] == [
            ["1//SP200"],
            ["2//SP200"],
            ["10//SP200"],
            ["CP//SP200"],
        ]

    def test_of_two_readings_the_parcel_is_first_from_four_digits_on(self, session: Session) -> None:
        make_property(session, address="13/1246224 MAIN STREET LITHGOW", parcels=())
        make_property(session, address="1/200 MAIN STREET LITHGOW", parcels=())
        assert found(session, "13/1246224")[0] == "13//DP1246224"
        assert found(session, "1/200")[0] == "1/200 MAIN STREET LITHGOW"

    def test_a_property_is_found_by_its_assessment(self, session: Session) -> None:
        assert found(session, "10423") == ["5-5A WILLIWA STREET PORTLAND"]

    def test_there_is_one_result_per_property_and_address(self, session: Session) -> None:
        make_property(session, address="1 KING STREET RYDAL", parcels=("1//DP900",), assessment="9")
        make_property(session, address="2 KING STREET RYDAL", parcels=("1//DP900", "2//DP900"), assessment="9")
        results = find_properties(session, "1//dp900")
        assert [(r["address"], r["parcels"]) for r in results] == [
            ("1 KING STREET RYDAL", ["1//DP900", "2//DP900"]),
            ("2 KING STREET RYDAL", ["1//DP900", "2//DP900"]),
        ]
        assert len({r["id"] for r in results}) == 1


class TestCouncils:
    def test_a_search_cannot_leave_the_organisation_of_its_transaction(self, session: Session) -> None:
        empty: dict[str, object] = dict.fromkeys(ARGUMENTS[3:-1], "")
        given = {
            "organisation": "01a20000-0000-7000-8000-000000000000",
            "wanted": 5,
            "parcels_first": True,
            "assessment": None,
        }
        with pytest.raises(DBAPIError, match="cannot leave the organisation"):
            session.execute(sql(SEARCH), empty | given)

    def test_a_process_reads_the_streets_again_after_an_import(self, session: Session, import_csv: Importer) -> None:
        assert found(session, "6 fairview") == []
        import_csv("address", "6 FAIRVIEW DRIVE LITHGOW")
        assert found(session, "6 fairview") == ["6 FAIRVIEW DRIVE LITHGOW"]
        import_csv("address", "7 OTHER ROAD LITHGOW")
        assert found(session, "7 other") == ["7 OTHER ROAD LITHGOW"]


class TestAnyText:
    @pytest.mark.usefixtures("register")
    @given(
        text=st.one_of(
            st.text(max_size=250), st.from_regex(r"(lot |unit |[0-9]{1,9}|/|-|,| |main|dp|sp){0,20}", fullmatch=True)
        )
    )
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
    def test_answers_without_an_error(self, session: Session, text: str) -> None:
        assert isinstance(find_properties(session, text, limit=5), list)
