"""CSV of any rates system: delimiters, encodings, headers, parts of addresses, parcels, rows that cannot be read."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banksia.modules.property.errors import ImportRefused
from banksia.modules.property.service.importing.options import ImportOptions, Rejected
from banksia.modules.property.service.importing.readers import open_reader
from banksia.modules.property.service.importing.readers.cells import read_parcels_cell
from banksia.modules.property.service.importing.readers.fields import (
    LAND_FIELDS,
    canonical,
    guess,
    map_columns,
    unit_of_header,
)
from banksia.modules.property.service.importing.readers.texts import MAX_CELL
from banksia.modules.property.service.importing.rows import ReadRow
from banksia.modules.property.service.parsing import read_parcel_cell

Reading = Callable[..., list[ReadRow | Rejected]]


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    """All rows of a file that is written for it: text, or bytes as they are."""

    def run(content: str | bytes, name: str = "register.csv", **options: object) -> list[ReadRow | Rejected]:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return list(open_reader(path, ImportOptions(**options)).rows())  # type: ignore[arg-type]

    return run


def taken(rows: list[ReadRow | Rejected]) -> list[ReadRow]:
    """The rows, none of them rejected."""
    found = [row for row in rows if isinstance(row, ReadRow)]
    assert len(found) == len(rows), rows
    return found


def labels(row: ReadRow) -> list[str]:
    return [f"{'PT ' * parcel.part}{parcel.lot}/{parcel.section or ''}/{parcel.plan}" for parcel in row.parcels]


class TestForm:
    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
    def test_every_delimiter_and_encoding_is_found(self, reading: Reading, delimiter: str, encoding: str) -> None:
        out = io.StringIO()
        writer = csv.writer(out, delimiter=delimiter)
        writer.writerows([["Assess No", "Address", "Lot/Section/Plan"], ["1", "5 CAFÉ, STREET; A|B LITHGOW", "1//DP2"]])
        (row,) = taken(reading(out.getvalue().encode(encoding)))
        assert row.text == "5 CAFÉ, STREET; A|B LITHGOW"
        assert (row.line, row.assessment, labels(row)) == (2, "1", ["1//2"])

    def test_one_windows_letter_far_down_does_not_spoil_the_rest(self, reading: Reading) -> None:
        lines = [b"address"] + [b"%d MAIN STREET LITHGOW" % n for n in range(1, 40_000)]
        rows = taken(reading(b"\n".join([*lines, "1 CAFÉ STREET LITHGOW".encode("cp1252"), "2 CAFÉ ST".encode()])))
        assert [row.text for row in rows[-2:]] == ["1 CAFÉ STREET LITHGOW", "2 CAFÉ ST"]

    def test_titles_above_the_header_and_a_separator_line_are_passed_over(self, reading: Reading) -> None:
        rows = reading("Rates register\nPrinted 1/1/2024\n\nAddress;Assessment\n1 MAIN ST LITHGOW;7\n")
        assert [(row.line, row.assessment) for row in taken(rows)] == [(5, "7")]
        rows = reading("sep=;\nAddress;Assessment\n1 MAIN ST, LITHGOW;7\n")
        assert [(row.line, row.assessment) for row in taken(rows)] == [(3, "7")]

    def test_line_breaks_and_doubled_quotes_in_cells_are_read_and_lines_counted(self, reading: Reading) -> None:
        rows = taken(reading('address,assessment\n"12 MAIN\r\nSTREET LITHGOW","a ""b"""\n13 MAIN STREET LITHGOW,2\n'))
        assert [(row.line, row.text, row.assessment) for row in rows] == [
            (2, "12 MAIN STREET LITHGOW", 'a "b"'),
            (4, "13 MAIN STREET LITHGOW", "2"),
        ]

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (b"PK\x03\x04\x00\x00\x00", "damaged"),
            (b"\xd0\xcf\x11\xe0" + b"\x00" * 500, "an Excel or Word file. Export it as CSV"),
            (bytes(range(256)) * 20, "not a text file"),
            (b"", "The first line names no address and no parcel. It has: nothing"),
            (b"address^lot^plan\n1 MAIN^1^2\n", r"It has: address\^lot\^plan"),
        ],
    )
    def test_what_is_no_csv_is_refused_with_a_sentence(self, reading: Reading, content: bytes, sentence: str) -> None:
        with pytest.raises(ImportRefused, match=sentence):
            reading(content)


class TestBrokenRows:
    def test_each_gets_its_verdict_and_the_others_are_taken(self, reading: Reading) -> None:
        rows = reading(
            "address,lot,plan\n"
            '"1 MAIN STREET LITHGOW,1,DP3\n'  # 2: the quotation mark never closes
            "2 MAIN STREET LITHGOW,2,DP3\n"
            "3 MAIN STREET LITHGOW,3\n"  # 4: a cell too few
            "4 MAIN STREET LITHGOW,4,DP3,x\n"  # 5: one too many
            "5 MAIN\x00 STREET LITHGOW,5,DP3\n"  # 6
            "6 MAIN STREET LITHGOW,6,DP3\n"
            "7 MAIN STR"  # 8: cut off
        )
        verdicts = {row.line: row.reason if isinstance(row, Rejected) else "taken" for row in rows}
        assert verdicts == {
            2: "A quotation mark opens in this line and does not close; the file may be cut off here.",
            3: "taken",
            4: "The row has 2 cells, the header 3.",
            5: "The row has 4 cells, the header 3.",
            6: "A cell has characters that cannot be read.",
            7: "taken",
            8: "The file ends in the middle of this row.",
        }

    def test_an_open_quotation_mark_swallows_one_line_of_many(self, reading: Reading) -> None:
        lines = [f"{number} MAIN STREET LITHGOW,{number}" for number in range(1, 2_000)]
        lines[1_000] = '"' + lines[1_000]
        rows = reading("address,assessment\n" + "\n".join(lines) + "\n")
        assert [row.line for row in rows if isinstance(row, Rejected)] == [1_002]
        assert len(rows) == 1_999

    def test_a_system_that_leaves_out_empty_last_cells_is_understood(self, reading: Reading) -> None:
        rows = [f"{number} MAIN STREET LITHGOW" + ",5" * (number % 2) for number in range(1, 20)]
        assert len(taken(reading("address,assessment\n" + "\n".join(rows)))) == 19

    def test_a_cell_without_end_is_rejected(self, reading: Reading) -> None:
        (row,) = reading(f"address,assessment\n1 MAIN STREET LITHGOW,{'9' * (MAX_CELL + 1)}\n")
        assert isinstance(row, Rejected)
        assert row.reason == "A cell has more than 1000 characters."

    @pytest.mark.parametrize(
        ("cells", "reason"),
        [
            ("1 MAIN ST LITHGOW,,,sold,", "The status is none of proposed, current, historic."),
            ("1 MAIN ST LITHGOW,soon,,,", "The date cannot be read, for example 31/12/2024 or 2024-12-31."),
            ("1 MAIN ST LITHGOW,1/1/2024,1/1/2023,,", "It ends before it begins."),
            ("1 MAIN ST LITHGOW,,,,12 furlongs", "The unit of the area is not known: furlongs."),
            ("1 MAIN ST LITHGOW,,,,much", "The area is not a number."),
        ],
    )
    def test_impossible_values_are_told(self, reading: Reading, cells: str, reason: str) -> None:
        (row,) = reading(f"address,valid from,valid to,status,area\n{cells}\n")
        assert isinstance(row, Rejected)
        assert row.reason == reason


class TestColumns:
    @pytest.mark.parametrize(
        ("header", "field"),
        [
            ("Prop No", "assessment"), ("PROPERTY_NUMBER", "assessment"), ("Assess Num", "assessment"),
            ("AssessmentNo", "assessment"), ("Assmt. No.", "assessment"), ("Property Address", "address"),
            ("Lot/Section/Plan", "parcel"), ("Legal Description", "parcel"), ("lotidstring", "parcel"),
            ("Lot No", "lot"), ("Sec", "section"), ("DP", "plan"), ("Plan Number", "plan"), ("House No", "number"),
            ("House No To", "number_last"), ("HouseNumberSuffix", "number_suffix"), ("Street Name", "street"),
            ("Street Type", "street_type"), ("Suburb", "locality"), ("Unit No", "flat"), ("Pcode", "postcode"),
            ("Land Area (m2)", "area"), ("LandAreaHa", "area"), ("Longitude_GDA94", "longitude"),
            ("Easting (MGA55)", "x"), ("Date From", "valid_from"), ("ADDRESS_DETAIL_PID", "address_external_id"),
            ("CadID", "parcel_external_id"), ("Property Status", "status"), ("Site Suburb", "locality"),
        ],
    )  # fmt: skip
    def test_the_names_of_rates_systems_are_known(self, header: str, field: str) -> None:
        assert guess([header], LAND_FIELDS) == {field: 0}

    def test_an_assessment_goes_before_a_property_number_and_no_column_is_two_fields(self) -> None:
        assert guess(["Property No", "Assessment No", "Lot", "Lot Number"], LAND_FIELDS) == {"assessment": 1, "lot": 2}

    @given(st.permutations(sorted(LAND_FIELDS)), st.data())
    def test_a_mapping_is_followed_whatever_the_columns_are_called(
        self, fields: list[str], data: st.DataObject
    ) -> None:
        names = data.draw(st.lists(st.text("abcXYZ 19_/", min_size=1, max_size=12), min_size=40, max_size=40))
        header = [f"{name} column {place}" for place, name in enumerate(names)]
        mapping = dict(zip(fields, header, strict=False))
        assert {
            field: header[place] for field, place in map_columns(header, mapping, LAND_FIELDS).places.items()
        } == mapping

    def test_an_empty_column_in_the_mapping_takes_a_guess_back(self, reading: Reading) -> None:
        content = "Address,Prop No\n1 MAIN ST LITHGOW,7\n"
        assert taken(reading(content))[0].assessment == "7"
        assert taken(reading(content, mapping={"assessment": ""}))[0].assessment is None

    @given(st.text(max_size=40))
    def test_no_header_raises(self, name: str) -> None:
        canonical(name)
        unit_of_header(name)


class TestAddresses:
    HEADER = "Unit Type,Unit No,House No,House No Suffix,House No To,Street Name,Street Type,Suburb,Postcode"

    @pytest.mark.parametrize(
        ("cells", "text", "parts"),
        [
            (",3,12,A,,MAIN,ST,LITHGOW,2790", "3/12A MAIN ST LITHGOW 2790",
             ("UNIT", "3", "12", "A", None, "MAIN", "STREET")),
            (",Shop 2,5,,7,St Georges,Rd,LITHGOW,", "SHOP 2, 5-7 ST GEORGES RD LITHGOW",
             ("SHOP", "2", "5", None, "7", "SAINT GEORGES", "ROAD")),
            ("FLAT,4,9,,,PARK LANE,ST,LITHGOW,", "FLAT 4, 9 PARK LANE ST LITHGOW",
             ("FLAT", "4", "9", None, None, "PARK LANE", "STREET")),
            (",,7,,,THE ESPLANADE,,LITHGOW,", "7 THE ESPLANADE LITHGOW",
             (None, None, "7", None, None, "THE ESPLANADE", None)),
            (",0,7,,0,MAIN,Street,LITHGOW,", "7 MAIN STREET LITHGOW", (None, None, "7", None, None, "MAIN", "STREET")),
            (",,12 - 14,,,MAIN STREET,,LITHGOW,", "12-14 MAIN STREET LITHGOW",
             (None, None, "12", None, "14", "MAIN", "STREET")),
        ],
    )  # fmt: skip
    def test_are_put_together_from_a_column_for_each_part(
        self, reading: Reading, cells: str, text: str, parts: tuple[str | None, ...]
    ) -> None:
        (row,) = taken(reading(f"{self.HEADER}\n{cells}\n"))
        assert row.text == text
        assert row.parts
        found = row.parts
        assert (found.flat_type, found.flat, found.number, found.number_suffix) == parts[:4]
        assert (found.number_last, found.street, found.type, found.locality) == (*parts[4:], "LITHGOW")

    def test_get_the_suburb_and_postcode_of_columns_beside_them(self, reading: Reading) -> None:
        (row,) = taken(reading("Address,Suburb,Postcode\n12 MAIN STREET,Lithgow,2790\n"))
        assert row.text == "12 MAIN STREET, Lithgow 2790"
        assert row.parts
        assert (row.parts.locality, row.parts.postcode) == ("LITHGOW", "2790")

    def test_only_the_localities_asked_for_are_taken(self, reading: Reading) -> None:
        rows = taken(reading("address\n1 MAIN ST LITHGOW\n2 MAIN ST BATHURST\n", localities=("Lithgow",)))
        assert [row.text for row in rows] == ["1 MAIN ST LITHGOW"]


class TestParcels:
    @pytest.mark.parametrize(
        ("cell", "found"),
        [
            ("LOT: 13 DP: 1246224", ["13//1246224"]),
            ("Lot 13 DP 1246224, Enclosure Permit 510145", ["13//1246224"]),
            ("Lot 5 DP 755497 PARISH OF LITHGOW COUNTY OF COOK", ["5//755497"]),
            ("LOT 2 SEC 2 DP 2288 (VOL 1234 FOL 56)", ["2/2/2288"]),
            ("1-3//DP131118", ["1//131118", "2//131118", "3//131118"]),
            ("1, PT 2, 3/313", ["1//313", "PT 2//313", "3//313"]),
            ("1/252283 6, 31/755497", ["1//252283", "6//755497", "31//755497"]),
            ("CP/SP 23170", ["CP//23170"]),
        ],
    )
    def test_legal_descriptions_give_their_lots_and_keep_the_rest_out(
        self, reading: Reading, cell: str, found: list[str]
    ) -> None:
        assert labels(taken(reading(f'Legal Description\n"{cell}"\n'))[0]) == found

    def test_plan_type_and_number_in_columns_of_their_own(self, reading: Reading) -> None:
        (row,) = taken(reading("Lot,Plan Type,Plan Number\n7,SP,900\n"))
        assert (row.parcels[0].plan_type, row.parcels[0].bare) == ("SP", False)

    @given(
        st.sampled_from(["", "LOT ", "lot 0", "00"]),
        st.from_regex(r"[A-Z]?[0-9]{1,6}[A-C]?|CP", fullmatch=True),
        st.sampled_from(["//", "/", "/2/", "/0/", "/12A/", " ", " SEC 2 ", " SECTION 11 ", "/ "]),
        st.sampled_from(["", "DP", "SP", "DP ", "PS"]),
        st.from_regex(r"0?[0-9]{1,8}", fullmatch=True),
    )
    def test_the_short_way_answers_as_the_parser(
        self, word: str, lot: str, between: str, label: str, plan: str
    ) -> None:
        cell = f"{word}{lot}{between}{label}{plan}"
        slow = read_parcel_cell(cell)
        if slow and all(parcel.lot for parcel in slow):
            assert read_parcels_cell(cell) == slow

    @pytest.mark.parametrize(
        ("header", "cell", "area"),
        [
            ("Area", "612.5", 612.5), ("Land Area (ha)", "1.5", 15_000), ("Land Area m2", '"1,012.5"', 1_012.5),
            ("Area", "0.5 ha", 5_000), ("Area", "650 sq.m", 650), ("Area", "650m²", 650), ("Area", "0", None),
        ],
    )  # fmt: skip
    def test_areas_are_square_metres(self, reading: Reading, header: str, cell: str, area: float | None) -> None:
        assert taken(reading(f"{header},lot,plan\n{cell},1,DP2\n"))[0].area == area

    def test_a_unit_in_a_column_of_its_own(self, reading: Reading) -> None:
        assert taken(reading("Area,Area Units,lot,plan\n2,Hectares,1,DP2\n"))[0].area == 20_000

    def test_dates_and_statuses_of_the_source(self, reading: Reading) -> None:
        rows = reading(
            "lot,plan,Date From,Date To,Status\n"
            "1,DP2,1/7/2001,31/12/2999,Registered\n"
            "2,DP2,36892,2020-01-02,Cancelled\n"
        )
        first, second = taken(rows)
        assert (str(first.parcel_valid_from), first.parcel_valid_to, first.status) == (
            "2001-07-01 00:00:00+00:00", None, "current",
        )  # fmt: skip
        assert (str(second.parcel_valid_from)[:10], str(second.parcel_valid_to)[:10]) == ("2001-01-01", "2020-01-02")
        assert second.status == "historic"


class TestCoordinates:
    @pytest.mark.parametrize(
        ("header", "cells", "options"),
        [
            ("X,Y", "790771.692825572,6288700.7795285", {"crs": "EPSG:7855"}),
            ("Easting MGA2020 Zone 55,Northing", "790771.692825572,6288700.7795285", {}),
            ("Longitude,Latitude", "150.12988568,-33.50174712", {}),
            ("X,Y", "150.12988568,-33.50174712", {}),
        ],
    )
    def test_are_gda2020_whatever_they_were(
        self, reading: Reading, header: str, cells: str, options: dict[str, str]
    ) -> None:
        (row,) = taken(reading(f"{header},address\n{cells},6 FAIRVIEW DRIVE SOUTH BOWENFELS\n", **options))
        assert row.point == pytest.approx((150.12988568, -33.50174712), abs=1e-7)

    @pytest.mark.parametrize("zone", [54, 55, 56])
    def test_every_zone_of_both_datums_is_near(self, reading: Reading, zone: int) -> None:
        for year, code in (("94", 28300), ("2020", 7800)):
            header = f"Easting_MGA{year}_{zone},Northing_MGA{year}_{zone},address"
            (row,) = taken(reading(f"{header}\n500000,6250000,1 MAIN ST LITHGOW\n"))
            told = taken(reading("x,y,address\n500000,6250000,1 MAIN ST LITHGOW\n", crs=f"EPSG:{code + zone}"))[0]
            assert row.point == told.point
            assert row.point
            assert row.point[0] == pytest.approx(6 * zone - 183, abs=1e-4)

    def test_swapped_ones_are_told(self, reading: Reading) -> None:
        (row,) = reading("longitude,latitude,address\n-33.5,150.1,1 MAIN ST LITHGOW\n")
        assert isinstance(row, Rejected)
        assert row.reason == "The longitude and the latitude seem to be swapped. Map them the other way round."
