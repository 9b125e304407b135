"""Invented outlines for invented parcels, so that a map of open address points has lots to show.

A lot is a small quadrilateral around its address point, cut back half-way to the points beside it where those are
known: so no two lots of one file lie on one another. The same point among the same neighbours gives the same lot.
"""

import math
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final

Offset = tuple[float, float]
"""Metres to the east and to the north."""
Point = tuple[float, float]

TYPICAL_AREA: Final = 600.0
_FRONTAGE_TO_DEPTH: Final = 0.45
_METRES_PER_DEGREE: Final = 111_320.0
_LARGEST_AREA: Final = 1_600.0
_REACH: Final = 66.0
"""Metres within which neighbours can touch the largest lot; no square of the grid is smaller."""
_SAME_PLACE: Final = 0.5


class Neighbours:
    """The address points of a file, in squares of a grid, so that those beside one are found at once."""

    def __init__(self, points: Iterable[Point]) -> None:
        """Take longitudes and latitudes."""
        self.squares: dict[tuple[int, int], list[Point]] = defaultdict(list)
        for point in points:
            self.squares[_square(point)].append(point)

    def beside(self, point: Point) -> list[tuple[float, Offset]]:
        """How far and where the points within reach lie, the nearest first; those of the same place are left out."""
        column, row = _square(point)
        scale = _METRES_PER_DEGREE * math.cos(math.radians(point[1]))
        found: list[tuple[float, Offset]] = []
        for x in (column - 1, column, column + 1):
            for y in (row - 1, row, row + 1):
                for other in self.squares.get((x, y), ()):
                    offset = ((other[0] - point[0]) * scale, (other[1] - point[1]) * _METRES_PER_DEGREE)
                    distance = math.hypot(*offset)
                    if _SAME_PLACE < distance < _REACH:
                        found.append((distance, offset))
        found.sort()
        return found


def _square(point: Point) -> tuple[int, int]:
    return math.floor(point[0] * 1_200), math.floor(point[1] * 1_680)


def synthetic_outline(
    point: Point, *, area: float | None, drawn: int, neighbours: Neighbours | None
) -> tuple[dict[str, Any], float]:
    """A GeoJSON polygon around a point, and its area in square metres.

    `drawn` is a number drawn from the street: lots of one street lie in one direction when no neighbour tells it.
    """
    beside = neighbours.beside(point) if neighbours else []
    nearest = beside[0][1] if beside else None
    bearing = math.atan2(nearest[1], nearest[0]) if nearest else math.pi * (drawn % 180) / 180
    wanted = min(area or TYPICAL_AREA, _LARGEST_AREA)
    depth = math.sqrt(wanted / _FRONTAGE_TO_DEPTH)
    corners = _rectangle(wanted / depth / 2, depth / 2, bearing)
    for distance, offset in beside:
        if distance > 2 * math.hypot(wanted / depth / 2, depth / 2):
            break
        corners = _cut_half_way(corners, offset)
    scale = _METRES_PER_DEGREE * math.cos(math.radians(point[1]))
    ring = [[round(point[0] + x / scale, 7), round(point[1] + y / _METRES_PER_DEGREE, 7)] for x, y in corners]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}, round(_area(corners), 1)


def _rectangle(half_front: float, half_depth: float, bearing: float) -> list[Offset]:
    """Corners against the clock, the front along the bearing."""
    along, across = math.cos(bearing), math.sin(bearing)
    signs = ((-1, -1), (1, -1), (1, 1), (-1, 1))
    return [
        (x * half_front * along - y * half_depth * across, x * half_front * across + y * half_depth * along)
        for x, y in signs
    ]


def _cut_half_way(corners: list[Offset], other: Offset) -> list[Offset]:
    """The part of a convex outline around the origin that is nearer to it than to another point."""
    limit = (other[0] ** 2 + other[1] ** 2) / 2
    sides = [x * other[0] + y * other[1] - limit for x, y in corners]
    if max(sides) <= 0:
        return corners
    kept: list[Offset] = []
    for place, (corner, side) in enumerate(zip(corners, sides, strict=True)):
        before, before_side = corners[place - 1], sides[place - 1]
        if (side > 0) != (before_side > 0):
            share = before_side / (before_side - side)
            kept.append((before[0] + share * (corner[0] - before[0]), before[1] + share * (corner[1] - before[1])))
        if side <= 0:
            kept.append(corner)
    return kept


def _area(corners: list[Offset]) -> float:
    pairs = zip(corners, [*corners[1:], corners[0]], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2
