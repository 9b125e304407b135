"""Coordinates of any reference system, as longitude and latitude of GDA2020 (EPSG:7844)."""

from collections.abc import Sequence

from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from banksia.modules.property.errors import ImportRefused

GDA2020, GDA94 = "EPSG:7844", "EPSG:4283"
_WEST, _EAST, _SOUTH, _NORTH = 96.0, 170.0, -55.0, -8.0
"""Australia with its islands; what lies outside is a wrong reference system or a wrong number."""

Point = tuple[float, float] | None


class Coordinates:
    """Turns a file's coordinates into ours, many at once."""

    def __init__(self, crs: str | None, *, columns: set[str], gda94: bool) -> None:
        """Take the option, the columns that were found and whether they call themselves GDA94; raises ImportRefused."""
        self.names = ("longitude", "latitude") if {"longitude", "latitude"} <= columns else ("x", "y")
        self.present = set(self.names) <= columns
        if self.present and self.names == ("x", "y") and crs is None:
            message = "The file has X and Y. Say in which reference system they are, for example --crs EPSG:7855."
            raise ImportRefused(message)
        source = crs or (GDA94 if gda94 else GDA2020)
        try:
            self.transformer = Transformer.from_crs(
                CRS.from_user_input(source), CRS.from_user_input(GDA2020), always_xy=True
            )
        except CRSError as error:
            message = f"“{source}” is no coordinate reference system. Give its EPSG number, for example EPSG:7855."
            raise ImportRefused(message) from error
        self.identical = source == GDA2020

    def transform(self, points: Sequence[Point]) -> list[Point]:
        """The points in GDA2020; a point that is not in Australia becomes None."""
        given = [point for point in points if point is not None]
        if given and not self.identical:
            xs, ys = self.transformer.transform([x for x, _ in given], [y for _, y in given])
            given = list(zip(xs, ys, strict=True))
        moved = iter(given)
        return [_inside(next(moved)) if point is not None else None for point in points]


def _inside(point: tuple[float, float]) -> Point:
    x, y = point
    return (round(x, 8), round(y, 8)) if _WEST <= x <= _EAST and _SOUTH <= y <= _NORTH else None
