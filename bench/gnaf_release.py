"""A release of G-NAF's shape and of any size, out of real addresses: synthetic numbers, real file names and columns."""

import random
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Final

from banksia.modules.property.service.parsing import AddressParts, read_listed_address
from banksia.modules.property.service.parsing.tables import flat_types, street_suffixes, street_types

DETAIL: Final = (
    "ADDRESS_DETAIL_PID|DATE_CREATED|DATE_LAST_MODIFIED|DATE_RETIRED|BUILDING_NAME|LOT_NUMBER_PREFIX|LOT_NUMBER|"
    "LOT_NUMBER_SUFFIX|FLAT_TYPE_CODE|FLAT_NUMBER_PREFIX|FLAT_NUMBER|FLAT_NUMBER_SUFFIX|LEVEL_TYPE_CODE|"
    "LEVEL_NUMBER_PREFIX|LEVEL_NUMBER|LEVEL_NUMBER_SUFFIX|NUMBER_FIRST_PREFIX|NUMBER_FIRST|NUMBER_FIRST_SUFFIX|"
    "NUMBER_LAST_PREFIX|NUMBER_LAST|NUMBER_LAST_SUFFIX|STREET_LOCALITY_PID|LOCATION_DESCRIPTION|LOCALITY_PID|"
    "ALIAS_PRINCIPAL|POSTCODE|PRIVATE_STREET|LEGAL_PARCEL_ID|CONFIDENCE|ADDRESS_SITE_PID|LEVEL_GEOCODED_CODE|"
    "PROPERTY_PID|GNAF_PROPERTY_PID|PRIMARY_SECONDARY"
)
HEADERS: Final = {
    "ADDRESS_DETAIL": DETAIL,
    "STREET_LOCALITY": (
        "STREET_LOCALITY_PID|DATE_CREATED|DATE_RETIRED|STREET_CLASS_CODE|STREET_NAME|STREET_TYPE_CODE|"
        "STREET_SUFFIX_CODE|LOCALITY_PID|GNAF_STREET_PID|GNAF_STREET_CONFIDENCE|GNAF_RELIABILITY_CODE"
    ),
    "LOCALITY": (
        "LOCALITY_PID|DATE_CREATED|DATE_RETIRED|LOCALITY_NAME|PRIMARY_POSTCODE|LOCALITY_CLASS_CODE|STATE_PID|"
        "GNAF_LOCALITY_PID|GNAF_RELIABILITY_CODE"
    ),
    "ADDRESS_DEFAULT_GEOCODE": (
        "ADDRESS_DEFAULT_GEOCODE_PID|DATE_CREATED|DATE_RETIRED|ADDRESS_DETAIL_PID|GEOCODE_TYPE_CODE|LONGITUDE|LATITUDE"
    ),
    "ADDRESS_ALIAS": (
        "ADDRESS_ALIAS_PID|DATE_CREATED|DATE_RETIRED|PRINCIPAL_PID|ALIAS_PID|ALIAS_TYPE_CODE|ALIAS_COMMENT"
    ),
    "PRIMARY_SECONDARY": (
        "PRIMARY_SECONDARY_PID|PRIMARY_PID|SECONDARY_PID|DATE_CREATED|DATE_RETIRED|PS_JOIN_TYPE_CODE|PS_JOIN_COMMENT"
    ),
}


def write_release(folder: Path, texts: Iterable[str]) -> Path:
    """Write the tables that an import reads for these addresses; each gets a parcel and a point."""
    standard, codes = folder / "G-NAF" / "Standard", folder / "G-NAF" / "Authority Code"
    standard.mkdir(parents=True, exist_ok=True)
    codes.mkdir(exist_ok=True)
    _write_codes(codes)
    files: dict[str, IO[str]] = {
        table: (standard / f"NSW_{table}_psv.psv").open("w", encoding="utf-8", newline="") for table in HEADERS
    }
    for table, header in HEADERS.items():
        files[table].write(f"{header}\r\n")
    release = _Release(files)
    for text in texts:
        release.add(read_listed_address(text))
    for file in files.values():
        file.close()
    return folder


def _write_codes(folder: Path) -> None:
    types = {full: short for short, full in street_types().items() if short != full}
    tables = {
        "STREET_TYPE": {full: types.get(full, full) for full in sorted(set(street_types().values()))},
        "STREET_SUFFIX": {code: name for name, code in street_suffixes().items() if name != code},
        "FLAT_TYPE": {name: name for name in sorted(set(flat_types().values()))},
    }
    for table, rows in tables.items():
        lines = ["CODE|NAME|DESCRIPTION", *(f"{code}|{name}|{name}" for code, name in rows.items())]
        (folder / f"Authority_Code_{table}_AUT_psv.psv").write_text("\r\n".join(lines) + "\r\n", "utf-8")


class _Release:
    """Streets and localities are written when their first address comes."""

    def __init__(self, files: dict[str, IO[str]]) -> None:
        self.files = files
        self.localities: dict[str, str] = {}
        self.streets: dict[tuple[str | None, ...], str] = {}
        self.count = 0
        self.random = random.Random(5)

    def add(self, parts: AddressParts) -> None:
        self.count += 1
        pid = f"GANSW{self.count:09d}"
        locality, street = self._locality(parts.locality or "UNKNOWN"), self._street(parts)
        digits = "".join(filter(str.isdigit, parts.number or ""))
        prefix = (parts.number or "").removesuffix(digits)
        last = "".join(filter(str.isdigit, parts.number_last or ""))
        flat = "".join(filter(str.isdigit, parts.flat or ""))
        last_suffix = (parts.number_last or "").removeprefix(last) if last else ""
        flat_suffix = (parts.flat or "").removeprefix(flat) if flat else ""
        legal = f"{self.count % 900 + 1}//DP{1_000_000 + self.count // 900}"
        cells = (
            pid, "2015-07-23", "2023-08-05", "", parts.building or "", "", parts.lot or "", "", parts.flat_type or "",
            "", flat, flat_suffix, parts.level_type or "", "", parts.level or "", "", prefix, digits,
            parts.number_suffix or "", "", last, last_suffix, street, "", locality, "P", parts.postcode or "2790", "",
            legal, "2", "", "7", "", str(3_000_000 + self.count), "",
        )  # fmt: skip
        self.files["ADDRESS_DETAIL"].write("|".join(cells) + "\r\n")
        x, y = 150 + self.random.random(), -33 - self.random.random()
        self.files["ADDRESS_DEFAULT_GEOCODE"].write(f"G{self.count}|2015-07-23||{pid}|PC|{x:.8f}|{y:.8f}\r\n")

    def _locality(self, name: str) -> str:
        if name not in self.localities:
            self.localities[name] = pid = f"locnsw{len(self.localities)}"
            self.files["LOCALITY"].write(f"{pid}|2015-07-23||{name}|2790|G|1|{pid}|5\r\n")
        return self.localities[name]

    def _street(self, parts: AddressParts) -> str:
        key = (parts.street, parts.type, parts.suffix, parts.locality)
        if key not in self.streets:
            self.streets[key] = pid = f"NSW{len(self.streets):07d}"
            cells = (pid, "2015-07-23", "", "C", parts.street or "", parts.type or "", parts.suffix or "")
            self.files["STREET_LOCALITY"].write(
                "|".join(cells) + f"|{self._locality(parts.locality or 'UNKNOWN')}|{pid}|2|4\r\n"
            )
        return self.streets[key]
