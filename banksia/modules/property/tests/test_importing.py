"""Imports: counts, provenance, second runs, bad rows, and what becomes of a property when more is known."""

import csv
import gzip
import uuid
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import Council
from banksia.kit.actor import Actor, PermissionMissing
from banksia.kit.database import SET_ORGANISATION, organisation_id_of
from banksia.modules.property.errors import ImportRefused
from banksia.modules.property.service.importing import ImportOptions, import_addresses
from banksia.modules.property.service.properties import get_property
from banksia.modules.property.service.searching import find_properties
from banksia.modules.property.tests.conftest import Importer

TABLES = (
    "streets", "addresses", "parcels", "assessments", "properties", "property_parcels", "parcel_addresses",
    "property_addresses", "search_entries", "import_runs", "gazetteers",
)  # fmt: skip
REAL = (
    "X,Y,address,",
    "790771.692825572,6288700.7795285,6 FAIRVIEW DRIVE SOUTH BOWENFELS",
    "790465.109497681,6289865.15982196,2 THORNTON AVENUE BOWENFELS",
    "780485.899400684,6321987.15983533,3555 CASTLEREAGH HIGHWAY BEN BULLEN",
)


def everything(session: Session) -> dict[str, list[str]]:
    """Every row of the module's tables."""
    rows = "SELECT CAST(t AS text) FROM property.{} t ORDER BY 1"
    return {table: list(session.scalars(text(rows.format(table)))) for table in TABLES}


def one(session: Session, query: str, **parameters: object) -> dict[str, Any]:
    """The only row of a query."""
    return dict(session.execute(text(query), parameters).mappings().one())


class TestCsv:
    def test_takes_projected_points_and_turns_them_into_longitude_and_latitude(
        self, session: Session, import_csv: Importer
    ) -> None:
        report = import_csv(*REAL, crs="EPSG:7855")
        assert report.counts["addresses_new"] == report.counts["properties_new"] == 3
        assert report.counts["rejected"] == report.counts["parcels_new"] == 0
        address = one(session, "SELECT * FROM property.addresses WHERE text LIKE '6 FAIRVIEW%'")
        assert (address["longitude"], address["latitude"]) == (150.12988568, -33.50174712)
        assert (address["number"], address["source_line"], address["valid_to"]) == ("6", 2, None)
        run = one(session, "SELECT * FROM property.import_runs")
        assert run["id"] == address["import_run_id"]
        assert (run["file_name"], run["format"], len(run["sha256"])) == ("register.csv", "csv", 64)

    def test_says_which_option_projected_points_need(self, import_csv: Importer) -> None:
        with pytest.raises(ImportRefused, match="--crs EPSG:7855"):
            import_csv(*REAL)

    def test_takes_extracts_with_longitude_latitude_and_postcode(self, session: Session, import_csv: Importer) -> None:
        import_csv(
            "address,longitude_gda94,latitude_gda94",
            '"UNIT 3, 31 COLLAROY ROAD NEW LAMBTON 2305",151.70794659,-32.92103424',
        )
        address = one(session, "SELECT * FROM property.addresses")
        assert (address["flat_type"], address["flat"], address["number"]) == ("UNIT", "3", "31")
        assert (address["postcode"], address["text"]) == ("2305", "UNIT 3, 31 COLLAROY ROAD NEW LAMBTON 2305")
        assert address["longitude"] == pytest.approx(151.70794659, abs=3e-5)
        assert address["longitude"] != 151.70794659  # GDA2020 lies almost two metres from GDA94

    def test_takes_lot_section_plan_and_assessment_without_a_mapping(
        self, session: Session, import_csv: Importer
    ) -> None:
        import_csv("address;lot;section;plan;assessment", "6 FAIRVIEW DRIVE LITHGOW;2;2;DP2288;10423")
        assert find_properties(session, "2/2/2288")[0] | {"id": ""} == {
            "id": "",
            "address": "6 FAIRVIEW DRIVE LITHGOW",
            "parcels": ["2/2/DP2288"],
            "assessment": "10423",
            "status": "current",
            "is_synthetic": False,
            "match": {"by": "parcel", "how": "exact"},
            "successors": [],
        }

    def test_a_mapping_names_the_columns_that_cannot_be_guessed(self, session: Session, import_csv: Importer) -> None:
        import_csv("Where,Ref", "6 FAIRVIEW DRIVE LITHGOW,77", mapping={"address": "Where", "assessment": "Ref"})
        assert find_properties(session, "6 fairview")[0]["assessment"] == "77"

    @pytest.mark.parametrize(
        ("header", "mapping", "sentence"),
        [
            ("a,b", {}, "names no address and no parcel"),
            ("address", {"lot": "Lot No"}, "“lot” is the column “Lot No”, which the file does not have"),
            ("address", {"owner": "address"}, "The mapping names owner"),
        ],
    )
    def test_refuses_a_header_that_says_nothing(
        self, import_csv: Importer, header: str, mapping: dict[str, str], sentence: str
    ) -> None:
        with pytest.raises(ImportRefused, match=sentence):
            import_csv(header, "x", mapping=mapping)

    def test_refuses_a_file_that_is_no_text(self, session: Session, organisation: Council, tmp_path: Path) -> None:
        path = tmp_path / "register.csv"
        path.write_bytes(b"PK\x03\x04\x00\x00\x00")
        with pytest.raises(ImportRefused, match="not a text file"):
            import_addresses(session, Actor.system(organisation.id), path, ImportOptions())
        with pytest.raises(ImportRefused, match="There is no file"):
            import_addresses(session, Actor.system(organisation.id), tmp_path / "none.csv", ImportOptions())

    def test_takes_a_compressed_file_and_refuses_a_damaged_one(
        self, session: Session, organisation: Council, tmp_path: Path
    ) -> None:
        path, actor = tmp_path / "register.csv.gz", Actor.system(organisation.id)
        packed = gzip.compress(b"address\n" + b"".join(b"%d FAIRVIEW DRIVE LITHGOW\n" % n for n in range(1, 400)))
        path.write_bytes(packed)
        assert import_addresses(session, actor, path, ImportOptions()).counts["addresses_new"] == 399
        for damaged in (packed[:200], b"no gzip"):
            path.write_bytes(damaged)
            with pytest.raises(ImportRefused, match="damaged"):
                import_addresses(session, actor, path, ImportOptions())

    def test_needs_the_permission(self, session: Session, customer: Actor, tmp_path: Path) -> None:
        with pytest.raises(PermissionMissing):
            import_addresses(session, customer, tmp_path / "register.csv", ImportOptions())

    def test_refuses_an_unknown_reference_system(self, import_csv: Importer) -> None:
        with pytest.raises(ImportRefused, match="no coordinate reference system"):
            import_csv(*REAL, crs="EPSG:99999999")


class TestRunningAgain:
    def test_a_second_run_changes_nothing(self, session: Session, import_csv: Importer) -> None:
        assert import_csv(*REAL, crs="EPSG:7855", synthesise_parcels=True).changed
        before = everything(session)
        report = import_csv(*REAL, crs="EPSG:7855", synthesise_parcels=True)
        assert not report.changed
        assert everything(session) == before

    def test_a_dry_run_says_what_would_change_and_changes_nothing(self, session: Session, import_csv: Importer) -> None:
        before = everything(session)
        dry = import_csv(*REAL, crs="EPSG:7855", dry_run=True)
        assert everything(session) == before
        assert dry.counts == import_csv(*REAL, crs="EPSG:7855").counts

    def test_new_coordinates_change_the_address_and_keep_its_id(self, session: Session, import_csv: Importer) -> None:
        import_csv("address,longitude,latitude", "6 FAIRVIEW DRIVE LITHGOW,150.1,-33.5")
        first = one(session, "SELECT id, longitude FROM property.addresses")
        assert import_csv("address,longitude,latitude", "6 FAIRVIEW DRIVE LITHGOW,150.2,-33.5").counts[
            "addresses_changed"
        ]
        assert one(session, "SELECT id, longitude FROM property.addresses") == {"id": first["id"], "longitude": 150.2}
        assert not import_csv("address", "6 FAIRVIEW DRIVE LITHGOW").changed

    def test_rows_with_the_same_address_and_no_parcel_are_one_and_counted(
        self, session: Session, import_csv: Importer
    ) -> None:
        report = import_csv(
            "address", "6 FAIRVIEW DRIVE LITHGOW", "6  Fairview Drive Lithgow", "8 FAIRVIEW DRIVE LITHGOW"
        )
        assert (report.counts["addresses_new"], report.counts["addresses_repeated"]) == (2, 1)
        assert len(find_properties(session, "fairview")) == 2


class TestRejectedRows:
    ROWS = (
        ("NOWHERE,,,,", "No street and no locality can be read in the address.", "12"),
        (",,,,", "", ""),
        ("6 A STREET LITHGOW,1,,150,", "A parcel needs both a lot and a plan.", "1//"),
        ("6 A STREET LITHGOW,1,DP12345678,150,-33", "The lot, section and plan cannot be read", "1//DP12345678"),
        ("6 A STREET LITHGOW,,,150,", "There is only one of longitude and latitude.", "150"),
        ("6 A STREET LITHGOW,,,east,-33", "The longitude is not a number.", "east"),
        ("6 A STREET LITHGOW,,,15,-33", "The coordinates are not in Australia.", "(15.0, -33.0)"),
        ("6 A STREET LITHGOW,,,150,-33,x,y", "The row has 7 cells, the header 5.", "6 A STREET LITHGOW,,,150,-33,x,y"),
        ("6 A\x07 STREET LITHGOW,,,150,-33", "A cell has characters that cannot be read.", "'6 A\\x07 STREET LITHGOW'"),
        (f"{'6 A' * 200},,,150,-33", "The address has more than 300 characters.", ("6 A" * 200)[:100]),
    )

    @pytest.mark.parametrize(
        ("row", "reason", "value"), [case for case in ROWS if case[1] and case[0] != "NOWHERE,,,,"]
    )
    def test_are_listed_with_line_reason_and_value_and_do_not_stop_the_rest(
        self, session: Session, import_csv: Importer, row: str, reason: str, value: str
    ) -> None:
        report = import_csv("address,lot,plan,longitude,latitude", row, "8 FAIRVIEW DRIVE LITHGOW,,,150,-33")
        assert (report.counts["rows"], report.counts["rejected"], report.counts["addresses_new"]) == (2, 1, 1)
        assert report.report
        with report.report.open(encoding="utf-8", newline="") as lines:
            listed = list(csv.DictReader(lines))
        assert [(each["line"], each["value"]) for each in listed] == [("2", value)]
        assert listed[0]["reason"].startswith(reason)
        assert len(find_properties(session, "8 fairview")) == 1

    def test_an_empty_line_is_no_row(self, import_csv: Importer) -> None:
        report = import_csv("address", "", "8 FAIRVIEW DRIVE LITHGOW", "")
        assert (report.counts["rows"], report.report) == (1, None)


class TestParcels:
    def test_synthetic_parcels_are_the_same_every_time_and_marked(self, session: Session, import_csv: Importer) -> None:
        rows = ("address", "6 FAIRVIEW DRIVE LITHGOW", "2/21 MAIN STREET LITHGOW", "3/21 MAIN STREET LITHGOW")
        import_csv(*rows, synthesise_parcels=True)
        labels = {r["address"]: r["parcels"] for q in ("6 fairview", "21 main") for r in find_properties(session, q)}
        assert labels == {
            "6 FAIRVIEW DRIVE LITHGOW": ["6//DP8499510"],
            "2/21 MAIN STREET LITHGOW": ["2//SP2433945"],
            "3/21 MAIN STREET LITHGOW": ["3//SP2433945"],
        }
        assert all(result["is_synthetic"] for result in find_properties(session, "21 main"))

    def test_a_real_parcel_is_never_replaced_by_a_synthetic_one(self, session: Session, import_csv: Importer) -> None:
        import_csv("address,lot,plan", "6 FAIRVIEW DRIVE LITHGOW,13,DP1246224", synthesise_parcels=True)
        assert find_properties(session, "6 fairview")[0]["parcels"] == ["13//DP1246224"]

    def test_a_bare_plan_is_dp_and_sp_when_only_that_exists(self, session: Session, import_csv: Importer) -> None:
        import_csv("lot,plan", "1,SP700", "2,700", "3,800")
        assert {r["parcels"][0] for q in ("sp700", "dp800") for r in find_properties(session, q)} == {
            "1//SP700",
            "2//SP700",
            "3//DP800",
        }

    def test_a_list_of_lots_in_one_cell_is_several_parcels(self, session: Session, import_csv: Importer) -> None:
        report = import_csv("address,lot,plan,assessment", '6 FAIRVIEW DRIVE LITHGOW,"1, PT 2, 3",DP313,99')
        assert report.counts["parcels_new"] == 3
        found = get_property(session, _id(find_properties(session, "6 fairview")))
        assert [(p.text, p.is_part) for p in found.parcels] == [
            ("1//DP313", False),
            ("2//DP313", True),
            ("3//DP313", False),
        ]


class TestProperties:
    def test_are_the_parcels_of_one_assessment(self, session: Session, import_csv: Importer) -> None:
        rows = ("address,lot,plan,assessment", "6 FAIRVIEW DRIVE LITHGOW,1,DP9,77", "6 FAIRVIEW DRIVE LITHGOW,2,DP9,77")
        assert import_csv(*rows).counts["properties_new"] == 1
        assert find_properties(session, "1//dp9")[0]["parcels"] == ["1//DP9", "2//DP9"]

    def test_a_parcel_without_an_assessment_is_one_of_its_own(self, session: Session, import_csv: Importer) -> None:
        import_csv("address,lot,plan", "6 FAIRVIEW DRIVE LITHGOW,1,DP9", "6 FAIRVIEW DRIVE LITHGOW,2,DP9")
        assert [r["parcels"] for r in find_properties(session, "6 fairview")] == [["1//DP9"], ["2//DP9"]]

    def test_an_address_keeps_its_id_when_its_parcel_and_assessment_come(
        self, session: Session, import_csv: Importer
    ) -> None:
        import_csv("address", "6 FAIRVIEW DRIVE LITHGOW")
        first = find_properties(session, "6 fairview")
        assert (first[0]["parcels"], first[0]["assessment"]) == ([], None)
        import_csv("address,lot,plan", "6 FAIRVIEW DRIVE LITHGOW,1,DP9")
        second = find_properties(session, "6 fairview")
        assert [(r["id"], r["parcels"]) for r in second] == [(first[0]["id"], ["1//DP9"])]
        import_csv("lot,plan,assessment", "1,DP9,77")
        third = find_properties(session, "6 fairview")
        assert [(r["id"], r["assessment"]) for r in third] == [(first[0]["id"], "77")]
        assert not import_csv("address,lot,plan,assessment", "6 FAIRVIEW DRIVE LITHGOW,1,DP9,77").changed

    def test_a_parcel_that_joins_a_known_assessment_ends_its_own_property(
        self, session: Session, import_csv: Importer
    ) -> None:
        import_csv(
            "address,lot,plan,assessment", "6 FAIRVIEW DRIVE LITHGOW,1,DP9,77", "8 FAIRVIEW DRIVE LITHGOW,2,DP9,"
        )
        alone = _id(find_properties(session, "8 fairview"))
        report = import_csv("address,lot,plan,assessment", "8 FAIRVIEW DRIVE LITHGOW,2,DP9,77")
        assert report.counts["properties_ended"] == 1
        joined = find_properties(session, "8 fairview")
        assert [(r["assessment"], r["parcels"]) for r in joined] == [("77", ["1//DP9", "2//DP9"])]
        assert get_property(session, alone).status == "historic"
        ended = one(session, "SELECT valid_to FROM property.properties WHERE id = :id", id=alone)
        assert ended["valid_to"] is not None

    def test_is_historic_when_all_its_parcels_are(self, session: Session, import_csv: Importer) -> None:
        import_csv(
            "address,lot,plan,assessment,status", "6 X STREET LITHGOW,1,DP9,77,historic", "6 X STREET LITHGOW,2,DP9,77,"
        )
        assert find_properties(session, "6 x")[0]["status"] == "current"
        import_csv("lot,plan,status", "2,DP9,historic")
        assert find_properties(session, "6 x")[0]["status"] == "historic"


class TestTenancy:
    def test_another_council_sees_and_gets_nothing(
        self, session: Session, other_session: Session, import_csv: Importer
    ) -> None:
        import_csv("address,lot,plan", "6 FAIRVIEW DRIVE LITHGOW,1,DP9")
        session.flush()
        other_session.execute(SET_ORGANISATION, {"id": str(organisation_id_of(other_session))})
        assert find_properties(other_session, "6 fairview") == find_properties(other_session, "1//dp9") == []
        assert everything(other_session) == {table: [] for table in TABLES}


def _id(results: list[dict[str, Any]]) -> uuid.UUID:
    return uuid.UUID(results[0]["id"])
