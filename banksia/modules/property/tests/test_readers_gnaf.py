"""G-NAF: the full release in a folder or a zip, and Core."""

import csv
import gzip
import shutil
import zipfile
from collections.abc import Callable, Iterator
from importlib.resources import files
from itertools import islice
from pathlib import Path

import pytest

from banksia.modules.property.errors import ImportRefused
from banksia.modules.property.service.importing.options import ImportOptions, Rejected
from banksia.modules.property.service.importing.readers import open_reader
from banksia.modules.property.service.importing.readers.gnaf_core import COLUMNS
from banksia.modules.property.service.importing.readers.gnaf_words import street_words, written
from banksia.modules.property.service.importing.rows import ReadRow
from banksia.modules.property.service.parsing import read_listed_address

RELEASE = Path(__file__).parent / "data" / "gnaf_release"
STREETS = (
    ("S1", "2015-07-23", "", "C", "HOSKINS", "STREET", "", "L1"),
    ("S2", "2015-07-23", "", "C", "ST GEORGES", "ROAD", "N", "L1"),
    ("S3", "2015-07-23", "", "C", "THE ESPLANADE", "", "", "L2"),
)
LOCALITIES = (("L1", "2015-07-23", "", "LITHGOW"), ("L2", "2015-07-23", "", "BATHURST"))


def header_of(table: str) -> list[str]:
    return (RELEASE / f"TEST_{table}_psv.psv").read_text("utf-8").splitlines()[0].split("|")


def write(folder: Path, table: str, rows: list[dict[str, str]], state: str = "NSW") -> None:
    """A table under its real header; what a row does not name is empty."""
    header = header_of(table)
    lines = ["|".join(header), *("|".join(row.get(column, "") for column in header) for row in rows)]
    (folder / f"{state}_{table}_psv.psv").write_bytes(("\r\n".join(lines) + "\r\n").encode())


@pytest.fixture
def release(tmp_path: Path) -> Callable[..., Path]:
    """A release of these addresses: each a dict of columns of ADDRESS_DETAIL."""

    def make(*details: dict[str, str], **tables: list[dict[str, str]]) -> Path:
        standard, codes = tmp_path / "G-NAF MAY 2026" / "Standard", tmp_path / "G-NAF MAY 2026" / "Authority Code"
        standard.mkdir(parents=True)
        codes.mkdir()
        (codes / "Authority_Code_STREET_TYPE_AUT_psv.psv").write_text(
            "CODE|NAME|DESCRIPTION\nSTREET|ST|ST\nROAD|RD|RD\n"
        )
        (codes / "Authority_Code_STREET_SUFFIX_AUT_psv.psv").write_text("CODE|NAME|DESCRIPTION\nN|NORTH|NORTH\n")
        (codes / "Authority_Code_FLAT_TYPE_AUT_psv.psv").write_text("CODE|NAME|DESCRIPTION\nAPT|APARTMENT|APARTMENT\n")
        (codes / "Authority_Code_LEVEL_TYPE_AUT_psv.psv").write_text("CODE|NAME|DESCRIPTION\nL|LEVEL|LEVEL\n")
        write(
            standard, "STREET_LOCALITY", [dict(zip(header_of("STREET_LOCALITY"), row, strict=False)) for row in STREETS]
        )
        write(standard, "LOCALITY", [dict(zip(header_of("LOCALITY"), row, strict=False)) for row in LOCALITIES])
        usual = {
            "DATE_CREATED": "2015-07-23",
            "STREET_LOCALITY_PID": "S1",
            "LOCALITY_PID": "L1",
            "ALIAS_PRINCIPAL": "P",
        }
        rows = [usual | row for row in details]
        write(standard, "ADDRESS_DETAIL", rows)
        points = [
            {"ADDRESS_DETAIL_PID": row["ADDRESS_DETAIL_PID"], "LONGITUDE": "150.15", "LATITUDE": "-33.48"}
            for row in rows
        ]
        write(standard, "ADDRESS_DEFAULT_GEOCODE", points)
        for table, given in tables.items():
            write(standard, table, given)
        return tmp_path / "G-NAF MAY 2026"

    return make


def read(path: Path, **options: object) -> list[ReadRow | Rejected]:
    return list(open_reader(path, ImportOptions(**{"format": "gnaf", **options})).rows())  # type: ignore[arg-type]


def taken(path: Path, **options: object) -> list[ReadRow]:
    rows = read(path, **options)
    found = [row for row in rows if isinstance(row, ReadRow)]
    assert len(found) == len(rows), rows
    return found


class TestFullRelease:
    def test_the_files_of_the_release_are_read_by_their_real_names_and_headers(self) -> None:
        rows = taken(RELEASE)
        assert [(row.address_external_id, row.text) for row in rows] == [
            ("GANTEST001", "1 TEST STREET TESTVILLE 2000"),
            ("GANTEST002", "2 SAMPLE AVENUE SAMPLETOWN 2100"),
            ("GANTEST003", "3 MOCK ROAD MOCKVILLE 2200"),
        ]

    def test_parts_are_taken_as_they_are_and_written_as_councils_do(self, release: Callable[..., Path]) -> None:
        path = release(
            {
                "ADDRESS_DETAIL_PID": "GA1", "FLAT_TYPE_CODE": "UNIT", "FLAT_NUMBER": "3", "NUMBER_FIRST": "12",
                "NUMBER_FIRST_SUFFIX": "A", "POSTCODE": "2790", "LEGAL_PARCEL_ID": "13//DP1246224",
            },
            {
                "ADDRESS_DETAIL_PID": "GA2", "FLAT_TYPE_CODE": "APT", "FLAT_NUMBER": "4", "LEVEL_TYPE_CODE": "L",
                "LEVEL_NUMBER": "2", "NUMBER_FIRST": "5", "NUMBER_LAST": "7", "NUMBER_LAST_SUFFIX": "B",
                "STREET_LOCALITY_PID": "S2", "LEGAL_PARCEL_ID": "CP//SP23170",
            },
            {
                "ADDRESS_DETAIL_PID": "GA3", "LOT_NUMBER": "9", "STREET_LOCALITY_PID": "S3", "LOCALITY_PID": "L2",
                "LEGAL_PARCEL_ID": "102169538",
            },
        )  # fmt: skip
        first, second, third = taken(path)
        assert [row.text for row in (first, second, third)] == [
            "3/12A HOSKINS STREET LITHGOW 2790",
            "LEVEL 2, APARTMENT 4, 5-7B ST GEORGES ROAD NORTH LITHGOW",
            "LOT 9 THE ESPLANADE BATHURST",
        ]
        assert first.parts
        assert (first.parts.street, first.parts.type, first.parts.number_suffix) == ("HOSKINS", "STREET", "A")
        assert second.parts
        assert (second.parts.street, second.parts.suffix, second.parts.number_last) == ("SAINT GEORGES", "N", "7B")
        assert [f"{p.lot}/{p.section or ''}/{p.plan_type}{p.plan}" for p in first.parcels] == ["13//DP1246224"]
        assert (second.parcels[0].lot, second.parcels[0].plan_type) == ("CP", "SP")
        assert (third.parcels, third.parcel_external_id) == ((), "102169538")
        assert first.point == (150.15, -33.48)
        assert str(first.address_valid_from) == "2015-07-23 00:00:00+00:00"

    def test_aliases_come_after_principals_and_stand_on_their_parcels(self, release: Callable[..., Path]) -> None:
        path = release(
            {"ADDRESS_DETAIL_PID": "GA1", "NUMBER_FIRST": "1", "ALIAS_PRINCIPAL": "A"},
            {"ADDRESS_DETAIL_PID": "GA2", "NUMBER_FIRST": "2", "LEGAL_PARCEL_ID": "1//DP9", "GNAF_PROPERTY_PID": "77"},
            {"ADDRESS_DETAIL_PID": "GA3", "NUMBER_FIRST": "2", "FLAT_NUMBER": "1", "PRIMARY_SECONDARY": "S"},
            ADDRESS_ALIAS=[{"PRINCIPAL_PID": "GA2", "ALIAS_PID": "GA1"}],
            PRIMARY_SECONDARY=[{"PRIMARY_PID": "GA2", "SECONDARY_PID": "GA3"}],
        )
        rows = taken(path, mapping={"assessment": "GNAF_PROPERTY_PID"})
        assert [(row.address_external_id, len(row.parcels), row.assessment) for row in rows] == [
            ("GA2", 1, "77"),
            ("GA3", 1, "77"),
            ("GA1", 1, "77"),
        ]
        assert [row.assessment for row in taken(path)] == [None, None, None]

    def test_retired_addresses_have_ended_unless_they_live_on_under_another_number(
        self, release: Callable[..., Path]
    ) -> None:
        path = release(
            {"ADDRESS_DETAIL_PID": "GA1", "NUMBER_FIRST": "1", "DATE_RETIRED": "2020-01-02"},
            {"ADDRESS_DETAIL_PID": "GA2", "NUMBER_FIRST": "2", "DATE_RETIRED": "2020-01-02"},
            {"ADDRESS_DETAIL_PID": "GA3", "NUMBER_FIRST": "2"},
        )
        assert [(row.address_external_id, str(row.address_valid_to)[:10]) for row in taken(path)] == [
            ("GA3", "None"),
            ("GA1", "2020-01-02"),
        ]

    def test_a_council_takes_its_own_localities_out_of_a_state(self, release: Callable[..., Path]) -> None:
        path = release(
            {"ADDRESS_DETAIL_PID": "GA1", "NUMBER_FIRST": "1"},
            {"ADDRESS_DETAIL_PID": "GA2", "NUMBER_FIRST": "2", "STREET_LOCALITY_PID": "S3", "LOCALITY_PID": "L2"},
        )
        assert [row.text for row in taken(path, localities=("bathurst",))] == ["2 THE ESPLANADE BATHURST"]

    def test_a_zip_and_several_states_are_read_too(self, release: Callable[..., Path], tmp_path: Path) -> None:
        folder = release({"ADDRESS_DETAIL_PID": "GA1", "NUMBER_FIRST": "1"})
        for table in ("ADDRESS_DETAIL", "STREET_LOCALITY", "LOCALITY"):
            source = folder / "Standard" / f"NSW_{table}_psv.psv"
            shutil.copy(source, folder / "Standard" / f"ACT_{table}_psv.psv")
        packed = tmp_path / "g-naf.zip"
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for each in sorted(folder.rglob("*.psv")):
                archive.write(each, each.relative_to(tmp_path))
        rows = taken(packed)
        assert sorted(row.parts.state or "" for row in rows if row.parts) == ["ACT", "NSW"]
        reader = open_reader(packed, ImportOptions(format="gnaf"))
        assert list(reader.rows()) == rows
        assert reader.read == reader.size > 0

    def test_broken_rows_are_told_and_the_others_taken(self, release: Callable[..., Path]) -> None:
        path = release(
            {"ADDRESS_DETAIL_PID": "GA1", "NUMBER_FIRST": "1"},
            {"ADDRESS_DETAIL_PID": "GA2", "STREET_LOCALITY_PID": "S99"},
            {"ADDRESS_DETAIL_PID": "GA3", "NUMBER_FIRST": "3", "DATE_CREATED": "long ago"},
        )
        detail = path / "Standard" / "NSW_ADDRESS_DETAIL_psv.psv"
        detail.write_bytes(detail.read_bytes() + b"GA4|2015-07")
        reasons = {row.line: row.reason for row in read(path) if isinstance(row, Rejected)}
        assert reasons == {
            3: "Its street is not in STREET_LOCALITY.",
            4: "The date cannot be read, for example 2024-12-31.",
            5: "The row of NSW_ADDRESS_DETAIL does not have the columns of its header.",
        }

    def test_what_is_no_release_is_refused(self, tmp_path: Path, release: Callable[..., Path]) -> None:
        (tmp_path / "empty").mkdir()
        with pytest.raises(ImportRefused, match="NSW_ADDRESS_DETAIL_psv"):
            read(tmp_path / "empty")
        path = release({"ADDRESS_DETAIL_PID": "GA1"})
        (path / "Standard" / "NSW_LOCALITY_psv.psv").write_text("A|B\n1|2\n")
        with pytest.raises(ImportRefused, match="has no column LOCALITY_PID, LOCALITY_NAME"):
            read(path)
        with pytest.raises(ImportRefused, match="assessment is GNAF_PROPERTY_PID"):
            read(path, mapping={"address": "X"})


class TestCore:
    def core(self, path: Path, *rows: dict[str, str]) -> Path:
        usual = {"STREET_NAME": "HOSKINS", "STREET_TYPE": "STREET", "LOCALITY_NAME": "LITHGOW", "STATE": "NSW"}
        usual |= {"LONGITUDE": "150.15", "LATITUDE": "-33.48", "ALIAS_PRINCIPAL": "P", "DATE_CREATED": "2015-07-23"}
        lines = ["|".join(COLUMNS)]
        lines += ["|".join((usual | row).get(column, "") for column in COLUMNS) for row in rows]
        path.write_text("\n".join(lines) + "\n", "utf-8")
        return path

    def test_is_read_with_its_principals_first(self, tmp_path: Path) -> None:
        path = self.core(
            tmp_path / "GNAF_CORE.psv",
            {"ADDRESS_DETAIL_PID": "GA1", "NUMBER_FIRST": "2A", "ALIAS_PRINCIPAL": "A"},
            {"ADDRESS_DETAIL_PID": "GA2", "NUMBER_FIRST": "2A", "NUMBER_LAST": "4", "LEGAL_PARCEL_ID": "2/2/DP2288"},
            {"ADDRESS_DETAIL_PID": "GA3", "FLAT_TYPE": "SHOP", "FLAT_NUMBER": "3", "NUMBER_FIRST": "6"},
        )
        rows = taken(path, format="gnaf-core")
        assert [(row.line, row.text) for row in rows] == [
            (3, "2A-4 HOSKINS STREET LITHGOW"),
            (4, "SHOP 3, 6 HOSKINS STREET LITHGOW"),
            (2, "2A HOSKINS STREET LITHGOW"),
        ]
        assert [(p.lot, p.section, p.plan) for p in rows[0].parcels] == [("2", "2", "2288")]
        assert rows[0].parts
        assert (rows[0].parts.number, rows[0].parts.number_suffix, rows[0].parts.number_last) == ("2", "A", "4")

    def test_another_file_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "x.psv").write_text("A|B\n1|2\n")
        with pytest.raises(ImportRefused, match="no G-NAF Core file"):
            read(tmp_path / "x.psv", format="gnaf-core")


def real_addresses() -> Iterator[str]:
    with gzip.open(str(files("banksia.demo") / "data" / "lithgow_addresses.csv.gz"), "rt", encoding="utf-8") as lines:
        yield from (row["address"] for row in csv.DictReader(lines))


class TestWritten:
    def test_real_addresses_read_the_same_after_they_are_written(self) -> None:
        for text in islice(real_addresses(), 4_000):
            parts = read_listed_address(text)
            names = (parts.street or "", parts.type or "", parts.suffix or "", parts.locality or "")
            street = street_words(*names)
            assert (street.name, street.type, street.suffix, street.locality) == (
                parts.street, parts.type, parts.suffix, parts.locality,
            )  # fmt: skip
            assert read_listed_address(written(parts, street.text)) == parts
