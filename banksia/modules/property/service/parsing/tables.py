"""The code tables, read once: street types, suffixes, flat and level types, localities."""

import csv
import json
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from rapidfuzz.distance import OSA

_CODES = files("banksia.modules.property.service.parsing") / "codes"

# The types that most streets have. A name such as RED HILL or WEST END ends in another, weaker one.
STRONG_TYPES: Final = frozenset(
    (
        "ALLEY", "AVENUE", "BOULEVARD", "BOULEVARDE", "CIRCUIT", "CLOSE", "COURT", "CRESCENT", "DRIVE", "ESPLANADE",
        "FREEWAY", "GROVE", "HIGHWAY", "LANE", "LANEWAY", "MOTORWAY", "PARADE", "PARKWAY", "PLACE", "PROMENADE", "ROAD",
        "SQUARE", "STREET", "TERRACE", "TRACK", "TRAIL", "WALK", "WAY",
    )
)  # fmt: skip
# Compass points and codes are suffixes here, whatever the table of types says.
_NO_TYPES: Final = frozenset(("NORTH", "SOUTH", "EAST", "WEST", "NULL"))
_MISSPELT: Final = {"RODE": "ROAD", "STRET": "STREET", "STEET": "STREET", "AVENEU": "AVENUE", "DRIVEW": "DRIVE"}
# Eleven abbreviations stand for several types; these are the ones people mean.
_PREFERRED: Final = {
    "BL": "BOULEVARD", "BR": "BRIDGE", "LN": "LANE", "PRT": "PORT", "PASS": "PASS", "QD": "QUADRANT",
    "RT": "RETREAT", "ROW": "ROW", "STRT": "STREET", "TN": "TURN", "TR": "TRACK",
}  # fmt: skip
SUFFIX_CODES: Final = frozenset(("N", "S", "E", "W", "NE", "NW", "SE", "SW"))
_ORDINALS: Final = (
    "ZEROTH", "FIRST", "SECOND", "THIRD", "FOURTH", "FIFTH", "SIXTH", "SEVENTH", "EIGHTH", "NINTH", "TENTH", "ELEVENTH",
    "TWELFTH", "THIRTEENTH", "FOURTEENTH", "FIFTEENTH", "SIXTEENTH", "SEVENTEENTH", "EIGHTEENTH", "NINETEENTH",
)  # fmt: skip
_TENS: Final = ("TWENTY", "THIRTY", "FORTY", "FIFTY", "SIXTY", "SEVENTY", "EIGHTY", "NINETY")
_FLAT_ALIASES: Final = {
    "U": "UNIT", "UNT": "UNIT", "UNI": "UNIT", "UN": "UNIT", "UNITS": "UNIT", "F": "FLAT", "FLT": "FLAT",
    "APMT": "APARTMENT", "APART": "APARTMENT", "SHP": "SHOP", "SHOPS": "SHOP", "STE": "SUITE", "OFF": "OFFICE",
    "VIL": "VILLA", "TH": "TOWNHOUSE", "TWNHSE": "TOWNHOUSE", "STUDIO": "STUDIO", "FAC": "FACTORY", "FY": "FACTORY",
    "WH": "WAREHOUSE", "PH": "PENTHOUSE", "KIOSK": "KIOSK",
}  # fmt: skip
# As codes these are read as something else: a lot, a section, a street, a suffix, or a word of a name.
_NO_FLAT_CODES: Final = frozenset(("LOT", "SEC", "SECTION", "STR", "BUILDING", "BLDG"))
_LEVEL_ALIASES: Final = {"L": "LEVEL", "LVL": "LEVEL", "LEV": "LEVEL", "FL": "FLOOR", "FLR": "FLOOR"}
_NO_LEVEL_CODES: Final = frozenset(("B", "G", "M", "P", "LB", "LG", "OD", "PTHS", "PENTHOUSE", "SB", "UG", "LOBBY"))


def _rows(name: str) -> list[dict[str, str]]:
    with (_CODES / name).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def name_key(name: str) -> str:
    """How names are compared: `O'CONNELL` is `OCONNELL`, and hyphens are spaces."""
    return name.replace("'", "").replace("-", " ")


@cache
def street_types() -> dict[str, str]:
    """Every way to write a street type, in capitals -> its full word."""
    found: dict[str, str] = {}
    rows = [row for row in _rows("street_types_merged.csv") if row["street_type"] not in _NO_TYPES]
    for row in rows:
        found[row["street_type"]] = row["street_type"]
    ambiguous: dict[str, list[str]] = json.loads((_CODES / "street_type_ambiguous_abbrevs.json").read_text("utf-8"))
    preferred = {short: _PREFERRED.get(short, full[0]) for short, full in ambiguous.items()}
    for column in ("gnaf_abbrev", "meteor_as4590_abbrev", "other_aliases"):
        for row in rows:
            for short in row[column].split():
                # A single letter is the beginning of a word that is still being typed.
                if len(short) > 1:
                    found.setdefault(short, preferred.get(short, row["street_type"]))
    return found | {"CUL DE SAC": "CUL-DE-SAC", "FIRE TRAIL": "FIRETRAIL", "FIRE TRACK": "FIRETRACK"} | _MISSPELT


@cache
def type_spellings() -> dict[str, frozenset[str]]:
    """Full street type -> every way to write it, the ambiguous ones included."""
    spellings: dict[str, set[str]] = {}
    for row in _rows("street_types_merged.csv"):
        words = (
            f"{row['street_type']} {row['gnaf_abbrev']} {row['meteor_as4590_abbrev']} {row['other_aliases']}".split()
        )
        spellings.setdefault(row["street_type"], set()).update(words, (row["street_type"],))
    for short, full in _MISSPELT.items():
        spellings[full].add(short)
    return {full: frozenset(words) for full, words in spellings.items()}


@cache
def street_suffixes() -> dict[str, str]:
    """Suffix, as a word or a compass code -> its code."""
    rows = [row for row in _rows("street_suffixes.csv") if row["name"] not in ("ON", "OFF", "MALL")]
    return {row["name"]: row["code"] for row in rows} | {code: code for code in SUFFIX_CODES} | {"NTH": "N", "STH": "S"}


@cache
def flat_types() -> dict[str, str]:
    """Flat type as code, word or alias -> its word."""
    rows = [row for row in _rows("flat_types.csv") if not {row["code"], row["name"]} & _NO_FLAT_CODES]
    return {row["code"]: row["name"] for row in rows} | {row["name"]: row["name"] for row in rows} | _FLAT_ALIASES


@cache
def level_types() -> dict[str, str]:
    """Level type as code, word or alias -> its word."""
    rows = _rows("level_types.csv")
    words = {row["name"]: row["name"] for row in rows} | {row["code"]: row["name"] for row in rows} | _LEVEL_ALIASES
    return {word: name for word, name in words.items() if word not in _NO_LEVEL_CODES}


@cache
def localities() -> dict[str, str]:
    """Key of a locality's name -> the name as the state writes it."""
    names = (_CODES / "nsw_localities.txt").read_text("utf-8").split("\n")
    return {name_key(name.strip()): name.strip() for name in names if name.strip()}


@lru_cache(maxsize=4_096)
def misspelt_type(word: str) -> str | None:
    """The common street type that a word of five letters or more misses by one edit, or `BVDZ` by its last letter."""
    types = street_types()
    if len(word) == 4 and types.get(word[:3]) in STRONG_TYPES and not set(word[:3]) & set("AEIOU"):
        return types[word[:3]]
    if len(word) < 5:
        return None
    near = (full for full in sorted(STRONG_TYPES) if len(full) >= 5 and OSA.distance(word, full, score_cutoff=1) <= 1)
    return next(near, None)


def ordinal_word(token: str) -> str | None:
    """`12TH` -> `TWELFTH`; None when it is no ordinal below a hundred."""
    digits = token.rstrip("STNDRH")
    if not digits.isdigit() or len(digits) > 2 or token[len(digits) :] not in ("ST", "ND", "RD", "TH"):
        return None
    tens, ones = divmod(int(digits), 10)
    if tens < 2:
        return _ORDINALS[int(digits)] if int(digits) else None
    if not ones:
        return _TENS[tens - 2][:-1] + "IETH"
    return f"{_TENS[tens - 2]} {_ORDINALS[ones]}"
