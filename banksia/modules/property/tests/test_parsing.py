"""The parser against the given cases, the notations of the domain, and any text at all."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banksia.modules.property.service.parsing import AddressParts, parse

CASES = Path(__file__).parent / "parse_cases"
ADDRESS_KEYS = [
    "building", "level_type", "level", "flat_type", "flat", "number", "number_suffix", "number_last", "street", "type",
    "suffix", "locality", "state", "postcode", "lot",
]  # fmt: skip


def cases(name: str) -> list[Any]:
    lines = (CASES / name).read_text("utf-8").splitlines()
    return [pytest.param(case, id=case["input"]) for case in map(json.loads, lines)]


def labels(text: str) -> list[str]:
    """The parcels as LOT/SECTION/PLAN, with PT before a part."""
    return [
        f"{'PT ' if p['part'] else ''}{p['lot'] or ''}/{p['section'] or ''}/{p['plan_type']}{p['plan']}"
        for p in parse(text)["parcels"]
    ]


def address(text: str) -> dict[str, str]:
    return {key: value for key, value in parse(text)["address"].items() if value is not None}


@pytest.mark.parametrize("case", cases("au_address_parse_cases.jsonl"))
def test_reads_the_given_addresses(case: dict[str, Any]) -> None:
    reading = parse(case["input"])
    expected = {key: None if value is None else str(value) for key, value in case["expect"].items()}
    assert reading["kind"] == "address"
    assert {key: reading["address"][key] for key in expected} == expected


@pytest.mark.parametrize("case", cases("nsw_lotplan_parse_cases.jsonl"))
def test_reads_the_given_parcels(case: dict[str, Any]) -> None:
    reading = parse(case["input"])
    assert reading["parcels"] == case["expect"]
    assert reading["kind"] == ("mixed" if case["input"] == "123/313" else "parcel")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lot 2 sec 2 dp 2288", ["2/2/DP2288"]),
        ("Lot 1 Sec 15 DP 759000", ["1/15/DP759000"]),
        ("lot 1 dp 759000 sec 15", ["1/15/DP759000"]),
        ("2//2288", ["2//DP2288"]),
        ("A//DP397521", ["A//DP397521"]),
        ("5//SP12345", ["5//SP12345"]),
        ("CP//SP12345", ["CP//SP12345"]),
        ("Common property SP 12345", ["CP//SP12345"]),
        ("1-3//DP131118", ["1//DP131118", "2//DP131118", "3//DP131118"]),
        ("Lots 1 to 3 in D.P. 131118", ["1//DP131118", "2//DP131118", "3//DP131118"]),
        ("Lots A-C DP 9", ["A//DP9", "B//DP9", "C//DP9"]),
        ("1-9999//DP5", ["1//DP5", "9999//DP5"]),
        ("1, PT 2, 3/313", ["1//DP313", "PT 2//DP313", "3//DP313"]),
        ("PT 123/313", ["PT 123//DP313"]),
        ("Part Lot 2 DP 313", ["PT 2//DP313"]),
        ("1/252283 6, 31/755497", ["1//DP252283", "6//DP755497", "31//DP755497"]),
        ("Lot 1 DP 12 and Lot 2 DP 13", ["1//DP12", "2//DP13"]),
        ("Lots 1, 2 & 3 in Deposited Plan 755497", ["1//DP755497", "2//DP755497", "3//DP755497"]),
        ("1/252283 Enclosure Permit 510145", ["1//DP252283"]),
        ("DP 2288 Lot 2 Sec 2", ["2/2/DP2288"]),
        ("L2 S2 DP2288", ["2/2/DP2288"]),
        ("13DP1246224", ["13//DP1246224"]),
        ("lot 013 dp 0001246224", ["13//DP1246224"]),
        ("DP2288", ["//DP2288"]),
        ("2/2 DP2288", ["2/2/DP2288"]),
    ],
)
def test_reads_parcels_in_every_notation(text: str, expected: list[str]) -> None:
    assert labels(text) == expected
    assert parse(text)["kind"] == "parcel"
    assert address(text) == {}


@pytest.mark.parametrize(
    ("text", "parcels", "expected"),
    [
        ("2/2288", ["2//DP2288"], {"flat_type": "UNIT", "flat": "2", "number": "2288"}),
        ("2/22", ["2//DP22"], {"flat_type": "UNIT", "flat": "2", "number": "22"}),
        (
            "Lot 1 DP 755497, 12 Main Street Lithgow",
            ["1//DP755497"],
            {"number": "12", "street": "MAIN", "type": "STREET", "locality": "LITHGOW"},
        ),
    ],
)
def test_offers_both_readings(text: str, parcels: list[str], expected: dict[str, str]) -> None:
    assert parse(text)["kind"] == "mixed"
    assert labels(text) == parcels
    assert address(text) == expected


UNIT_3 = {"flat_type": "UNIT", "flat": "3", "number": "12", "street": "HOSKINS"}
FAIRVIEW = {"number": "6", "street": "FAIRVIEW", "type": "DRIVE", "locality": "LITHGOW"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3/12 Hoskins", UNIT_3),
        ("U3 12 Hoskins", UNIT_3),
        ("Unit 3, 12 Hoskins", UNIT_3),
        ("3 12 Hoskins", UNIT_3),
        ("12 Hoskins, unit 3", UNIT_3),
        ("40/B", {"number": "40", "number_suffix": "B"}),
        ("3/40/B", {"flat_type": "UNIT", "flat": "3", "number": "40", "number_suffix": "B"}),
        ("5-5A Hoskins", {"number": "5", "number_last": "5A", "street": "HOSKINS"}),
        ("1B-3 Hoskins", {"number": "1", "number_suffix": "B", "number_last": "3", "street": "HOSKINS"}),
        ("33A-33B Hoskins", {"number": "33", "number_suffix": "A", "number_last": "33B", "street": "HOSKINS"}),
        ("A4 Hoskins", {"number": "A4", "street": "HOSKINS"}),
        ("12 The Esplanade", {"number": "12", "street": "THE ESPLANADE"}),
        ("12 Broadway Glebe", {"number": "12", "street": "BROADWAY", "locality": "GLEBE"}),
        ("12 Park Lane St", {"number": "12", "street": "PARK LANE", "type": "STREET"}),
        ("lithgow 6 fairview dr", FAIRVIEW),
        ("Lithgow, 6 Fairview Drive", FAIRVIEW),
        ("fairview dr 6 lithgow", FAIRVIEW),
        ("6 fairview dr lithgow 2790 nsw", FAIRVIEW | {"state": "NSW", "postcode": "2790"}),
        ("12 Red Hill Rd Red Hill", {"number": "12", "street": "RED HILL", "type": "ROAD", "locality": "RED HILL"}),
        ("1 1st Ave", {"number": "1", "street": "FIRST", "type": "AVENUE"}),
        ("6 St Marys St St Marys", {"number": "6", "street": "SAINT MARYS", "type": "STREET", "locality": "ST MARYS"}),
        ("Mt Victoria", {"locality": "MOUNT VICTORIA"}),
        ("Lot 7 Kreis Rd", {"lot": "7", "street": "KREIS", "type": "ROAD"}),
        ("Ground Floor, 12 Hoskins", {"level_type": "GROUND", "number": "12", "street": "HOSKINS"}),
        (
            "SHOP 1090, LEVEL 1, 30 PEARSON STREET CHARLESTOWN 2290",
            {
                "level_type": "LEVEL", "level": "1", "flat_type": "SHOP", "flat": "1090", "number": "30",
                "street": "PEARSON", "type": "STREET", "locality": "CHARLESTOWN", "postcode": "2290",
            },
        ),
    ],
)  # fmt: skip
def test_reads_addresses_in_every_form(text: str, expected: dict[str, str]) -> None:
    assert address(text) == expected
    assert parse(text)["kind"] == "address"


WORDS = st.sampled_from(
    [
        "lot", "sec", "dp", "sp", "pt", "cp", "unit", "u3", "shop", "level", "1", "12", "3/", "/", "//", "-", ",", "&",
        "12a", "5-5A", "2288", "st", "saint", "mt", "street", "rd", "1st", "nsw", "2790", "lithgow", "of", "red",
        "hill", "the", "rear", "a", "enclosure", "permit", "south", "\u00e9", "\u0661", "\x00", "(", ")", "'", ".",
    ]
)  # fmt: skip
ANY_TEXT = st.one_of(
    st.text(max_size=300), st.lists(WORDS, max_size=30).map(" ".join), st.lists(WORDS, max_size=30).map("".join)
)


class TestAnyText:
    @given(ANY_TEXT)
    def test_never_raises_and_keeps_its_shape(self, text: str) -> None:
        reading = parse(text)
        assert reading["kind"] in ("parcel", "address", "mixed")
        assert list(reading["address"]) == ADDRESS_KEYS == list(AddressParts.__dataclass_fields__)
        assert all(value is None or (isinstance(value, str) and value) for value in reading["address"].values())
        assert (reading["kind"] == "address") == (reading["parcels"] == [])
        for parcel in reading["parcels"]:
            assert set(parcel) == {"lot", "section", "plan_type", "plan", "part"}
            assert parcel["plan_type"] in ("DP", "SP")
            assert len(parcel["plan"]) <= 7

    def test_a_very_long_text_is_read_in_reasonable_time(self) -> None:
        assert parse("1, " * 10_000)["kind"] == "address"
