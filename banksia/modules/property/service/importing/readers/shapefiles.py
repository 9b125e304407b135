"""Shapefiles, read from front to back: the outlines (.shp) and their attributes (.dbf) side by side.

The format is Esri's technical description of July 1998; only outlines are read, and the index (.shx) is not needed.
"""

import codecs
import itertools
import struct
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Final

from banksia.modules.property.errors import ImportRefused
from banksia.modules.property.service.importing.readers.contents import Contents
from banksia.modules.property.service.importing.readers.features import Feature
from banksia.modules.property.service.importing.readers.outlines import Ring, polygon_of
from banksia.modules.property.service.importing.readers.texts import errors_of

_NULL: Final = 0
_OUTLINES: Final = (5, 15, 25)
_FILE_CODE: Final = 9994
_LARGEST_RECORD: Final = 64 * 1024 * 1024
_NAMES_CUT_AT: Final = 10


class Shapefile:
    """The parts of one shapefile, beside each other in a folder or packed in a zip."""

    def __init__(self, path: Path) -> None:
        """Find the parts; raises ImportRefused when one is missing."""
        self.path = path
        self.parts = _parts(path)
        for ending in (".shp", ".dbf"):
            if ending not in self.parts:
                message = f"“{path.name}” has no {ending} part. Send the shapefile's .shp, .dbf and .prj in one zip."
                raise ImportRefused(message)
        self.crs = self._small(".prj")
        self.encoding = _encoding(self._small(".cpg"))
        with self._open(".shp", counted=False) as shapes:
            self.box = self._header(shapes.read(100))
        with self._open(".dbf", counted=False) as records:
            self.fields, _, _ = self._fields(records)

    @property
    def size(self) -> int:
        """Bytes of both parts."""
        return sum(self.parts[part][0].sizes[self.parts[part][1]] for part in (".shp", ".dbf"))

    @property
    def read(self) -> int:
        """Bytes so far."""
        contents = {id(self.parts[part][0]): self.parts[part][0] for part in (".shp", ".dbf")}
        return min(sum(each.read for each in contents.values()), self.size)

    def _open(self, part: str, *, counted: bool = True) -> IO[bytes]:
        contents, name = self.parts[part]
        return contents.open(name, counted=counted)

    def _small(self, part: str) -> str | None:
        if part not in self.parts:
            return None
        with self._open(part, counted=False) as content:
            return content.read(20_000).decode("utf-8", errors="replace").strip("\x00\ufeff \r\n") or None

    def _header(self, header: bytes) -> tuple[float, ...]:
        if len(header) < 100 or struct.unpack(">i", header[:4])[0] != _FILE_CODE:
            message = f"“{self.path.name}” is no shapefile, or is damaged. Export the layer again."
            raise ImportRefused(message)
        kind = struct.unpack("<i", header[32:36])[0]
        if kind not in _OUTLINES:
            message = f"“{self.path.name}” holds points or lines. Export the layer of lots, whose shapes are polygons."
            raise ImportRefused(message)
        return struct.unpack("<4d", header[36:68])

    def _fields(self, records: IO[bytes]) -> tuple[list[tuple[str, str, int]], int, int]:
        """Name, type and length of each field; how long a record is, and how many there are."""
        header = records.read(32)
        count, length, record = struct.unpack("<IHH", header[4:12]) if len(header) == 32 else (0, 0, 0)
        description = records.read(max(length - 32, 0))
        fields = []
        for start in range(0, len(description) - 31, 32):
            if description[start] == 0x0D:
                break
            name = description[start : start + 11].split(b"\x00")[0].decode("ascii", errors="replace")
            fields.append((name.strip(), chr(description[start + 11]), description[start + 16]))
        if not fields or sum(size for _, _, size in fields) + 1 != record:
            message = f"The .dbf part of “{self.path.name}” is damaged. Export the layer again."
            raise ImportRefused(message)
        return fields, record, count

    def features(self) -> Iterator[tuple[int, Feature]]:
        """Each outline with its attributes; raises ImportRefused where the parts do not match or end too early."""
        with self._open(".shp") as shapes, self._open(".dbf") as records:
            shapes.read(100)
            fields, length, count = self._fields(records)
            for number in range(1, count + 1):
                record, outline = records.read(length), self._outline(shapes, number)
                if len(record) < length or outline is None:
                    self._cut_off(number)
                elif record[:1] != b"*":
                    yield number, (self._attributes(record, fields), polygon_of(outline) if outline else None)

    def _cut_off(self, number: int) -> None:
        message = (
            f"“{self.path.name}” ends after {number - 1:,} records, though it says that it has more. "
            "Export the layer again and send the whole file."
        )
        raise ImportRefused(message)

    def _outline(self, shapes: IO[bytes], number: int) -> list[Ring] | None:
        """The rings of the next outline; none for a null shape, None at the end of the file."""
        header = shapes.read(8)
        if len(header) < 8:
            return None
        length = struct.unpack(">i", header[4:])[0] * 2
        if not 4 <= length <= _LARGEST_RECORD:
            self._cut_off(number)
        content = shapes.read(length)
        if len(content) < length:
            return None
        kind = struct.unpack_from("<i", content)[0]
        if kind == _NULL:
            return []
        parts, points = struct.unpack_from("<ii", content, 36) if kind in _OUTLINES and length >= 44 else (-1, -1)
        begin = 44 + 4 * parts
        if parts < 1 or points < 1 or begin + 16 * points > length:
            self._cut_off(number)
        starts = [*struct.unpack_from(f"<{parts}i", content, 44), points]
        numbers = struct.unpack_from(f"<{2 * points}d", content, begin)
        pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
        return [pairs[first:last] for first, last in itertools.pairwise(starts) if first < last]

    def _attributes(self, record: bytes, fields: list[tuple[str, str, int]]) -> dict[str, str]:
        found: dict[str, str] = {}
        place = 1
        for name, _, size in fields:
            text = record[place : place + size].decode(self.encoding, errors=errors_of(self.encoding))
            found[name] = text.strip("\x00 *")
            place += size
        return found


def cut_name(name: str) -> str:
    """A name as a .dbf keeps it: ten letters."""
    return name[:_NAMES_CUT_AT]


def _encoding(told: str | None) -> str:
    try:
        return codecs.lookup(told).name if told else "utf-8"
    except LookupError:
        return "utf-8"


def _parts(path: Path) -> dict[str, tuple[Contents, str]]:
    if path.is_file() and path.suffix.lower() == ".shp":
        beside = {each.suffix.lower(): each for each in path.parent.glob(f"{path.stem}.*") if each.is_file()}
        return {
            ending: (Contents(beside[ending]), beside[ending].name)
            for ending in (".shp", ".dbf", ".prj", ".cpg")
            if ending in beside
        }
    contents = Contents(path)
    shapes = [name for name in contents.names if name.lower().endswith(".shp") and "__MACOSX" not in name]
    if len(shapes) != 1:
        message = f"“{path.name}” must hold exactly one shapefile. It holds {len(shapes)}."
        raise ImportRefused(message)
    stem = str(PurePosixPath(shapes[0]).with_suffix("")).lower()
    beside_it = {PurePosixPath(name).suffix.lower(): name for name in contents.names if _stem(name) == stem}
    return {ending: (contents, beside_it[ending]) for ending in (".shp", ".dbf", ".prj", ".cpg") if ending in beside_it}


def _stem(name: str) -> str:
    return str(PurePosixPath(name).with_suffix("")).lower()
