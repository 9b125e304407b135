"""Reads CSV files of addresses and parcels as councils export them."""

import csv
import gzip
import io
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final, TextIO, cast

from banksia.modules.property.errors import ImportRefused
from banksia.modules.property.service.importing.options import ImportOptions, Rejected

FIELDS: Final = {
    "address": ("address", "fulladdress", "propertyaddress", "streetaddress", "siteaddress", "formattedaddress"),
    "parcel": ("parcel", "lotidstring", "lotsectionplan", "lotplan", "legaldescription", "legalparcelid"),
    "lot": ("lot", "lotnumber", "lotno"),
    "section": ("section", "sec", "sectionnumber", "sectionno"),
    "plan": ("plan", "planlabel", "plannumber", "planno", "dp", "depositedplan"),
    "assessment": ("assessment", "assessmentnumber", "assessmentno", "assessno", "assessmentid"),
    "longitude": ("longitude", "lon", "lng", "long", "longitudegda2020", "longitudegda94", "longitudewgs84"),
    "latitude": ("latitude", "lat", "latitudegda2020", "latitudegda94", "latitudewgs84"),
    "x": ("x", "easting"),
    "y": ("y", "northing"),
    "status": ("status", "parcelstatus"),
    "area": ("area", "landarea", "areasqm", "areasquaremetres", "planlotarea"),
}
MAX_CELL = 1_000
_DAMAGED = (gzip.BadGzipFile, EOFError, zlib.error)


class CsvFile:
    """One file: its columns by field, its rows with their line numbers."""

    def __init__(self, path: Path, options: ImportOptions) -> None:
        """Read the header; raises ImportRefused when it names nothing that can be imported."""
        self.path = path
        self.size = path.stat().st_size
        self.encoding = _encoding(path)
        with self._open() as lines:
            first = lines.readline()
        self.delimiter = max(",;\t|", key=first.count)
        header = next(csv.reader([first], delimiter=self.delimiter), [])
        self.width = len(header)
        self.columns = _columns(header, options.mapping)
        self.gda94 = any("gda94" in _plain(name) for name in header)

    def _open(self) -> TextIO:
        return io.TextIOWrapper(_open(self.path), encoding=self.encoding, errors="replace", newline="")

    def rows(self) -> Iterator[tuple[int, dict[str, str], int] | Rejected]:
        """Line, cells by field, and how many bytes have been read so far."""
        csv.field_size_limit(1_000_000)
        with self._open() as lines:
            reader = csv.reader(lines, delimiter=self.delimiter)
            next(reader, None)
            read = 0
            while True:
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except _DAMAGED as error:
                    message = f"“{self.path.name}” is damaged and cannot be unpacked. Send the file again."
                    raise ImportRefused(message) from error
                except csv.Error as error:
                    yield Rejected(reader.line_num, f"The line is not CSV: {error}.", "")
                    continue
                read += sum(map(len, cells)) + len(cells)
                if any(cells):
                    yield self._row(reader.line_num, cells, read)

    def _row(self, line: int, cells: list[str], read: int) -> tuple[int, dict[str, str], int] | Rejected:
        if len(cells) != self.width and any(cells[self.width :]):
            return Rejected(line, f"The row has {len(cells)} cells, the header {self.width}.", _shortened(cells))
        found = {field: " ".join(cells[place].split()) for field, place in self.columns if place < len(cells)}
        for value in found.values():
            if len(value) > MAX_CELL:
                return Rejected(line, f"A cell has more than {MAX_CELL} characters.", value[:100])
            if not value.isprintable() or "\ufffd" in value:
                return Rejected(line, "A cell has characters that cannot be read.", repr(value[:100]))
        return line, found, read


def _shortened(cells: list[str]) -> str:
    return ",".join(cells)[:200]


def _open(path: Path) -> BinaryIO:
    """The file's bytes, unpacked while they are read when its name ends in .gz."""
    if path.suffix == ".gz":
        return cast("BinaryIO", gzip.open(path, "rb"))
    return path.open("rb")


def _encoding(path: Path) -> str:
    """UTF-8 as new systems write it, else the Windows code page of old ones."""
    try:
        with _open(path) as raw:
            sample = raw.read(4 * 1024 * 1024)
    except _DAMAGED as error:
        message = f"“{path.name}” is damaged and cannot be unpacked. Send the file again."
        raise ImportRefused(message) from error
    if b"\x00" in sample:
        message = f"“{path.name}” is not a text file. Export it as CSV (UTF-8) and import it again."
        raise ImportRefused(message)
    try:
        sample[: sample.rfind(b"\n") + 1].decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _columns(header: list[str], mapping: dict[str, str]) -> tuple[tuple[str, int], ...]:
    places: dict[str, int] = {}
    for place, name in enumerate(header):
        places.setdefault(_plain(name), place)
    found: dict[str, int] = {}
    for field, names in FIELDS.items():
        wanted = (_plain(mapping[field]),) if field in mapping else names
        present = [places[name] for name in wanted if name in places]
        if field in mapping and not present:
            message = f"The mapping says that “{field}” is the column “{mapping[field]}”, which the file does not have."
            raise ImportRefused(message)
        if present:
            found[field] = present[0]
    unknown = sorted(set(mapping) - set(FIELDS))
    if unknown:
        message = f"The mapping names {', '.join(unknown)}. It can name: {', '.join(FIELDS)}."
        raise ImportRefused(message)
    if not {"address", "parcel", "plan"} & set(found):
        message = (
            f"The first line names no address and no parcel. It has: {', '.join(filter(None, header)) or 'nothing'}. "
            "Give the columns a header, or name them with --mapping."
        )
        raise ImportRefused(message)
    return tuple(found.items())
