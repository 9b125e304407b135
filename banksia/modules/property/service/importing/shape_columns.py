"""What is kept with a parcel's boundary: its middle, and the tile of zoom 17 by which its neighbours are found."""

import json
import math
from collections.abc import Iterator
from typing import Any

ZOOM = 17
TILES = 2**ZOOM


def shape_columns(geometry: dict[str, Any]) -> tuple[str, int, float, float]:
    """The boundary as JSON, its cell, and the longitude and latitude of the middle of its bounds."""
    points = list(_points(geometry["coordinates"]))
    longitudes, latitudes = [point[0] for point in points], [point[1] for point in points]
    longitude, latitude = (min(longitudes) + max(longitudes)) / 2, (min(latitudes) + max(latitudes)) / 2
    return json.dumps(geometry, separators=(",", ":")), cell_of(longitude, latitude), longitude, latitude


def cell_of(longitude: float, latitude: float) -> int:
    """The tile that holds a point, as x * 2^17 + y (OSM's slippy map, spherical Mercator)."""
    x = int((longitude + 180) / 360 * TILES)
    y = int((1 - math.asinh(math.tan(math.radians(latitude))) / math.pi) / 2 * TILES)
    return min(max(x, 0), TILES - 1) * TILES + min(max(y, 0), TILES - 1)


def _points(coordinates: Any) -> Iterator[list[float]]:
    """Every corner, however deep the rings lie."""
    if coordinates and isinstance(coordinates[0], int | float):
        yield coordinates
        return
    for part in coordinates:
        yield from _points(part)
