"""GeoJSON of any size, one feature after the other: a collection, one feature a line, or Esri's JSON."""

import io
import json
import re
from collections.abc import Iterator
from typing import Any, Final

from banksia.modules.property.errors import ImportRefused
from banksia.modules.property.service.importing.options import Rejected
from banksia.modules.property.service.importing.readers.contents import Contents
from banksia.modules.property.service.importing.readers.outlines import polygon_of

_CHUNK: Final = 512 * 1024
_LARGEST_FEATURE: Final = 48 * 1024 * 1024
_ARRAY: Final = re.compile(r'"features"\s*:\s*\[')
_CRS: Final = re.compile(r'"crs"\s*:\s*\{.*?"name"\s*:\s*"([^"]{3,100})"', re.DOTALL)
_WKID: Final = re.compile(r'"(?:latestWkid|wkid)"\s*:\s*([0-9]{4,6})')
_SPACE: Final = re.compile(r"[\s,\x1e]*")
_DECODER: Final = json.JSONDecoder()
Feature = tuple[dict[str, Any], Any]
"""Properties and GeoJSON geometry."""


class FeatureFile:
    """A file of features; `crs` is the reference system that it names, if it does."""

    def __init__(self, contents: Contents, name: str) -> None:
        """Look at the beginning; raises ImportRefused when there are no features."""
        self.contents, self.name = contents, name
        with self._text(counted=False) as text:
            head = text.read(_CHUNK)
        array = _ARRAY.search(head)
        first = head[:4_000].lstrip(" \t\r\n\x1e\ufeff")
        self.is_lines = array is None or bool(re.match(r'\{\s*"type"\s*:\s*"Feature"', first))
        if not first.startswith("{") or (self.is_lines and '"geometry"' not in head):
            message = f"“{contents.path.name}” holds no GeoJSON features. Export the Lot layer as GeoJSON."
            raise ImportRefused(message)
        before = head[: array.start()] if array and not self.is_lines else ""
        named, wkid = _CRS.search(before), _WKID.search(before)
        self.crs = _crs_of(named[1]) if named else f"EPSG:{wkid[1]}" if wkid else None

    def _text(self, *, counted: bool = True) -> io.TextIOWrapper:
        raw = self.contents.open(self.name, counted=counted)
        return io.TextIOWrapper(raw, encoding="utf-8-sig", errors="replace")

    def features(self) -> Iterator[tuple[int, Feature] | Rejected]:
        """Each feature with its number, or with its line where each has one."""
        with self._text() as text:
            yield from self._lines(text) if self.is_lines else self._collection(text)

    def _lines(self, text: io.TextIOWrapper) -> Iterator[tuple[int, Feature] | Rejected]:
        number = 0
        while line := text.readline(_LARGEST_FEATURE):
            number += 1
            line = line.strip("\x1e\r\n\t ,")
            if not line:
                continue
            try:
                found = json.loads(line)
            except (ValueError, RecursionError):
                yield Rejected(number, "The line is not JSON; the file may be cut off here.", line[:200])
                continue
            yield _feature(number, found)

    def _collection(self, text: io.TextIOWrapper) -> Iterator[tuple[int, Feature] | Rejected]:
        buffer, place, number = text.read(_CHUNK), 0, 0
        array = _ARRAY.search(buffer)
        place = array.end() if array else 0
        while True:
            space = _SPACE.match(buffer, place)
            place = space.end() if space else place
            if buffer[place : place + 1] == "]":
                return
            try:
                found, end = _DECODER.raw_decode(buffer, place)
            except (ValueError, RecursionError):
                more = text.read(max(_CHUNK, len(buffer) - place))
                buffer, place = buffer[place:] + more, 0
                if not more or len(buffer) > _LARGEST_FEATURE:
                    message = (
                        f"“{self.contents.path.name}” is cut off or damaged after {number:,} features. "
                        "Export it again and send the whole file."
                    )
                    raise ImportRefused(message) from None
                continue
            number, place = number + 1, end
            yield _feature(number, found)


def _feature(number: int, found: Any) -> tuple[int, Feature] | Rejected:
    properties = found.get("properties") or found.get("attributes") if isinstance(found, dict) else None
    if not isinstance(properties, dict):
        return Rejected(number, "The feature has no properties.", str(found)[:200])
    geometry = found.get("geometry")
    if isinstance(geometry, dict) and isinstance(geometry.get("rings"), list):
        try:
            geometry = polygon_of(geometry["rings"])
        except (TypeError, IndexError):
            return Rejected(number, "Its outline has points that are no numbers.", str(geometry)[:200])
    return number, (properties, geometry)


def _crs_of(name: str) -> str:
    """`urn:ogc:def:crs:EPSG::7844` and `EPSG:7844`; CRS84 is WGS 84."""
    if "CRS84" in name:
        return "EPSG:4326"
    code = re.search(r"EPSG:(?:[0-9.]*:)?([0-9]{4,6})", name)
    return f"EPSG:{code[1]}" if code else name
