"""What is kept with a parcel's boundary: its middle, and the tile of zoom 17 by which its neighbours are found."""

import json
from collections.abc import Iterator
from typing import Any

from banksia.modules.property.service.tiles import cell_of


def shape_columns(geometry: dict[str, Any]) -> tuple[str, int, float, float]:
    """The boundary as JSON, its cell, and the longitude and latitude of the middle of its bounds."""
    points = list(_points(geometry["coordinates"]))
    longitudes, latitudes = [point[0] for point in points], [point[1] for point in points]
    longitude, latitude = (min(longitudes) + max(longitudes)) / 2, (min(latitudes) + max(latitudes)) / 2
    return json.dumps(geometry, separators=(",", ":")), cell_of(longitude, latitude), longitude, latitude


def _points(coordinates: Any) -> Iterator[list[float]]:
    """Every corner, however deep the rings lie."""
    if coordinates and isinstance(coordinates[0], int | float):
        yield coordinates
        return
    for part in coordinates:
        yield from _points(part)
