"""Coordinates of any reference system, as longitude and latitude of GDA2020 (EPSG:7844)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError

from banksia.modules.property.errors import ImportRefused
from banksia.modules.property.service.importing.options import Rejected

GDA2020, GDA94, WGS84 = "EPSG:7844", "EPSG:4283", "EPSG:4326"
_ZONE_CODES: Final = {"2020": 7800, "94": 28300}
"""EPSG's codes of the MGA zones are these plus the zone: 7855 is GDA2020 / MGA zone 55."""
_WEST, _EAST, _SOUTH, _NORTH = 96.0, 170.0, -55.0, -8.0
"""Australia with its islands; what lies outside is a wrong reference system or a wrong number."""
_ZONE: Final = re.compile(r"(?:mga|zone|z)(?:94|2020)?[a-z]*(4[89]|5[0-9])(?![0-9])")
_DATUM: Final = re.compile(r"(?:gda|mga)(94|2020)")
_EPSG: Final = re.compile(r"epsg(?:code)?([0-9]{4,5})(?![0-9])")

Point = tuple[float, float] | None


def named_crs(names: Iterable[str]) -> str | None:
    """The reference system that names of columns or layers tell: `Easting MGA55 (GDA94)`, `longitude_gda94`."""
    told = " ".join(re.sub(r"[^a-z0-9]", "", name.lower()) for name in names)
    if epsg := _EPSG.search(told):
        return f"EPSG:{epsg[1]}"
    datum, zone = _DATUM.search(told), _ZONE.search(told)
    if zone:
        # MGA without a year is the one of GDA94, which had it to itself until 2017.
        return f"EPSG:{_ZONE_CODES[datum[1] if datum else '94'] + int(zone[1])}"
    if datum and "mga" not in told:
        return GDA94 if datum[1] == "94" else GDA2020
    return WGS84 if "wgs84" in told else None


class Coordinates:
    """Turns coordinates into ours, many at once."""

    def __init__(self, source: str | None) -> None:
        """Take an EPSG number or the text of a .prj; raises ImportRefused when it is no reference system."""
        self.transformer, self.identical = _transformer(source or GDA2020)

    def transform(self, points: Sequence[Point]) -> list[Point]:
        """The points in GDA2020; a point that is not in Australia becomes None."""
        given = [point for point in points if point is not None]
        if given and not self.identical:
            xs, ys = self.transformer.transform([x for x, _ in given], [y for _, y in given])
            given = list(zip(xs, ys, strict=True))
        moved = iter(given)
        return [_inside(next(moved)) if point is not None else None for point in points]


class ColumnCoordinates(Coordinates):
    """The coordinates of a table: the columns say which they are, and often in which reference system."""

    def __init__(self, crs: str | None, columns: Mapping[str, str], sample: Sequence[Mapping[str, str]] = ()) -> None:
        """Take the option, the columns by field, and the first rows; raises ImportRefused when nothing tells."""
        self.names = ("longitude", "latitude") if {"longitude", "latitude"} <= set(columns) else ("x", "y")
        self.present = set(self.names) <= set(columns)
        source = crs
        if self.present and source is None:
            source = named_crs(columns[name] for name in self.names)
            if source is None and self.names == ("x", "y"):
                if not _in_degrees(sample):
                    message = (
                        "The file has X and Y. Say in which reference system they are, for example --crs EPSG:7855."
                    )
                    raise ImportRefused(message)
                source = GDA2020
        self.crs = source or GDA2020
        super().__init__(self.crs)

    def refusal(self, line: int, point: tuple[float, float]) -> Rejected:
        """Why a point was not taken."""
        x, y = point
        if self.transform([(y, x)])[0]:
            first, second = self.names
            reason = f"The {first} and the {second} seem to be swapped. Map them the other way round."
            return Rejected(line, reason, str(point))
        return Rejected(line, "The coordinates are not in Australia.", str(point))


@lru_cache(maxsize=32)
def _transformer(source: str) -> tuple[Transformer, bool]:
    try:
        given, ours = CRS.from_user_input(source), CRS.from_user_input(GDA2020)
        # WGS 84 is what its user aligned it to; the null transformation is the published one.
        return Transformer.from_crs(given, ours, always_xy=True), source in (GDA2020, WGS84) or given == ours
    except (CRSError, ProjError) as error:
        message = f"“{source[:100]}” is no coordinate reference system. Give its EPSG number, for example EPSG:7855."
        raise ImportRefused(message) from error


def _in_degrees(sample: Sequence[Mapping[str, str]]) -> bool:
    """Whether X and Y are small enough to be longitude and latitude."""
    found = [(_float(row.get("x")), _float(row.get("y"))) for row in sample if row.get("x") and row.get("y")]
    return bool(found) and all(abs(x) <= 180 and abs(y) <= 180 for x, y in found)


def _float(text: Any) -> float:
    try:
        return float(text)
    except (TypeError, ValueError):
        return 1e9


def _inside(point: tuple[float, float]) -> Point:
    x, y = point
    return (round(x, 8), round(y, 8)) if _WEST <= x <= _EAST and _SOUTH <= y <= _NORTH else None
