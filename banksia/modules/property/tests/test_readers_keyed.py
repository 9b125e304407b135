"""Owners and attributes by CSV, and how files are described before an import."""

from collections.abc import Callable
from pathlib import Path

import pytest

from banksia.modules.property.errors import ImportRefused
from banksia.modules.property.service.importing.options import ImportOptions, Rejected
from banksia.modules.property.service.importing.readers import (
    FileDescription,
    describe_file,
    open_attribute_reader,
    open_owner_reader,
)
from banksia.modules.property.service.importing.rows import ReadAttribute, ReadOwner

Write = Callable[[str], Path]


@pytest.fixture
def written(tmp_path: Path) -> Write:
    def write(content: str) -> Path:
        path = tmp_path / "file.csv"
        path.write_text(content, "utf-8")
        return path

    return write


def owners(path: Path, **options: object) -> list[ReadOwner | Rejected]:
    return list(open_owner_reader(path, ImportOptions(format="owners", **options)).rows())  # type: ignore[arg-type]


def attributes(path: Path) -> list[ReadAttribute | Rejected]:
    return list(open_attribute_reader(path, ImportOptions(format="attributes")).rows())


class TestOwners:
    def test_are_read_with_their_letters_and_dates(self, written: Write) -> None:
        path = written(
            "Assessment No,Owner Name 1,Owner Name 2,Postal Address 1,Postal Address 2,Email,Date Acquired\n"
            '77,"Smith, Jo",A Smith,PO Box 1,LITHGOW NSW 2790,jo@example.org,1/7/2001\n'
        )
        first, second = owners(path)
        assert isinstance(first, ReadOwner)
        assert first[:8] == (
            2, (), "77", "77", "Smith, Jo", "PO Box 1, LITHGOW NSW 2790", "jo@example.org", first.owned_since_on,
        )  # fmt: skip
        assert str(first.owned_since_on) == "2001-07-01"
        assert isinstance(second, ReadOwner)
        assert (second.name, second.assessment) == ("A Smith", "77")

    def test_one_key_is_a_parcel_when_it_reads_as_one(self, written: Write) -> None:
        rows = owners(written("key,name\n2/2/DP2288,A\n10432,B\nLot 3 DP 9,C\n"))
        found = [row for row in rows if isinstance(row, ReadOwner)]
        assert [(len(row.key_parcels), row.assessment, row.key_text) for row in found] == [
            (1, None, "2/2/DP2288"),
            (0, "10432", "10432"),
            (1, None, "Lot 3 DP 9"),
        ]

    def test_rows_that_cannot_be_taken_are_told(self, written: Write) -> None:
        rows = owners(written("assessment,name,email\n,A,\n1,,\n2,B,nonsense\n3,C,\n"))
        assert [row.reason if isinstance(row, Rejected) else row.name for row in rows] == [
            "There is neither a parcel nor an assessment.",
            "The owner has no name.",
            "The e-mail address cannot be one.",
            "C",
        ]

    @pytest.mark.parametrize(
        ("header", "sentence"), [("name", "whose owner a row is"), ("assessment", "is the owner's name")]
    )
    def test_a_file_without_key_or_name_is_refused(self, written: Write, header: str, sentence: str) -> None:
        with pytest.raises(ImportRefused, match=sentence):
            owners(written(f"{header}\nx\n"))


class TestAttributes:
    def test_long_form(self, written: Write) -> None:
        path = written(
            "key,attribute,value,detail,source,as at\n"
            "2/2/DP2288,zone,R2,Low density,LEP 2014,1/2/2023\n"
            "10432,balance,1200.50,,Rates,\n"
            "10432,heritage,,,,\n"
        )
        first, second, third = attributes(path)
        assert isinstance(first, ReadAttribute)
        assert (first.code, first.value_text, first.detail, first.source) == ("zone", "R2", "Low density", "LEP 2014")
        assert str(first.as_at_on) == "2023-02-01"
        assert isinstance(second, ReadAttribute)
        assert (second.assessment, second.parcels, second.value_text) == ("10432", (), "1200.50")
        assert isinstance(third, Rejected)
        assert third.reason == "The attribute has no value. Write unknown when it is not known."

    def test_wide_form_leaves_empty_cells_unknown(self, written: Write) -> None:
        rows = attributes(written("Lot/Section/Plan,Zone,Heritage,Bush fire prone\n2/2/DP2288,R2,,no\n"))
        found = [row for row in rows if isinstance(row, ReadAttribute)]
        assert [(row.code, row.value_text, row.source) for row in found] == [
            ("Zone", "R2", "file.csv"),
            ("Bush fire prone", "no", "file.csv"),
        ]

    @pytest.mark.parametrize(
        ("header", "sentence"), [("zone", "whose attribute a row is"), ("assessment", "holds an attribute")]
    )
    def test_a_file_without_key_or_value_is_refused(self, written: Write, header: str, sentence: str) -> None:
        with pytest.raises(ImportRefused, match=sentence):
            attributes(written(f"{header}\nx\n"))


class TestDescribeFile:
    def test_shows_the_form_the_guess_and_how_rows_are_read(self, written: Write) -> None:
        found = describe_file(
            written(
                "Assess Num;Property Address;Legal Description\n7;3/12 MAIN ST LITHGOW;1-2//DP9\n8;9 X ST LITHGOW;?\n"
            ),
            "csv",
            {},
        )
        assert (found.encoding, found.delimiter, found.columns[0]) == ("UTF-8", ";", "Assess Num")
        assert found.mapping == {
            "address": "Property Address", "parcel": "Legal Description", "assessment": "Assess Num",
        }  # fmt: skip
        first, second = found.rows
        assert (first.line, first.raw[0], first.address, first.parcels) == (
            2, "7", "3/12 MAIN ST LITHGOW", ["1//DP9", "2//DP9"],
        )  # fmt: skip
        assert first.address_parts["flat"] == "3"
        assert first.values == {"assessment": "7"}
        assert second.rejected == "The lot, section and plan cannot be read, for example 2/2/DP2288. ?"
        assert found.problems[0].startswith("1 of the first 2 rows cannot be read.")

    def test_shows_the_columns_of_a_file_that_an_import_would_refuse(self, written: Write) -> None:
        path = written("Where,Which\n3/12 MAIN ST LITHGOW,7\n")
        refused = describe_file(path, "csv", {})
        assert (refused.columns, refused.rows[0].raw) == (["Where", "Which"], ["3/12 MAIN ST LITHGOW", "7"])
        assert "names no address and no parcel" in refused.problems[0]
        assert describe_file(path, "csv", {"address": "Where"}).problems == []

    def test_a_value_that_looks_like_a_name_is_no_header(self, written: Write) -> None:
        path = written("Ref;Where it is;What it is\n1;1 MAIN ST LITHGOW;LOT 1 DP 2\n2;2 MAIN ST LITHGOW;LOT ? DP\n")
        assert describe_file(path, "csv", {}).columns == ["Ref", "Where it is", "What it is"]

    @pytest.mark.parametrize(
        ("content", "problem"),
        [
            ("address\n", "The file has no rows."),
            ("address^lot\n1 MAIN ST LITHGOW^1\n", "names no address"),
            ("address\n1 MAIN ST LITHGOW\n", "The file has one column only."),
            ("longitude,latitude,address\n-33,150,1 MAIN ST LITHGOW\n", "seem to be swapped. Map them"),
            ("x,y,address\n790771,6288700,1 MAIN ST LITHGOW\n", "Say in which reference system"),
            ("address,lot,plan\n1 MAIN ST, LITHGOW,1,DP2\n", "1 of the first 1 rows have another number of cells"),
        ],
    )
    def test_says_what_is_wrong_as_a_sentence(self, written: Write, content: str, problem: str) -> None:
        assert problem in " ".join(describe_file(written(content), "csv", {}).problems)

    def test_describes_every_format(self, written: Write) -> None:
        data = Path(__file__).parent / "data"
        lots = describe_file(data / "lot_layer_sample.geojson", "nsw-lots", {})
        assert (lots.rows[0].parcels, lots.mapping["parcel"], lots.problems) == (["1//DP598704"], "lotidstring", [])
        gnaf = describe_file(data / "gnaf_release", "gnaf", {})
        assert gnaf.rows[0].address == "1 TEST STREET TESTVILLE 2000"
        assert "have no point in Australia" in gnaf.problems[0]
        people = describe_file(written("assessment,name\n1,Jo\n"), "owners", {})
        assert people.rows[0].values == {"assessment": "1", "name": "Jo"}
        wide = describe_file(written("assessment,Zone\n1,R2\n"), "attributes", {})
        assert wide.rows[0].values["Zone"] == "R2"
        for format_name in ("csv", "gnaf", "gnaf-core", "nsw-lots", "owners", "attributes", "other"):
            nothing = describe_file(Path("/nowhere/file.csv"), format_name, {})
            assert isinstance(nothing, FileDescription)
            assert nothing.problems
