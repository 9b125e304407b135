"""Outlines of parcels: rings into GeoJSON, any reference system into GDA2020, and how large they are."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from pyproj import Geod

from banksia.modules.property.service.importing.coordinates import Coordinates
from banksia.modules.property.service.importing.options import RowRejected

_GEOD: Final = Geod(ellps="GRS80")
Ring = Sequence[Sequence[float]]
Geometry = dict[str, Any]


def polygon_of(rings: list[Ring]) -> Geometry | None:
    """Rings as shapefiles and Esri's JSON have them: outer ones with the clock, holes against it."""
    outers = [[ring] for ring in rings if _signed_area(ring) < 0]
    holes = [ring for ring in rings if _signed_area(ring) >= 0]
    if not outers:
        outers, holes = [[ring] for ring in holes], []
    for hole in holes:
        around = next((outer for outer in outers if _holds(outer[0], hole[0])), outers[-1])
        around.append(hole)
    if not outers:
        return None
    if len(outers) == 1:
        return {"type": "Polygon", "coordinates": outers[0]}
    return {"type": "MultiPolygon", "coordinates": outers}


def _signed_area(ring: Ring) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)) / 2 if ring else 0.0


def _holds(ring: Ring, point: Sequence[float]) -> bool:
    """Whether a point lies inside a ring: a line from it to the east crosses the ring an odd number of times."""
    x, y = point[0], point[1]
    inside = False
    for a, b in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (a[1] > y) != (b[1] > y) and x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0]:
            inside = not inside
    return inside


def in_gda2020(geometry: Any, coordinates: Coordinates) -> tuple[Geometry, float] | None:
    """A polygon as ours, seven decimals, and its area in square metres; raises RowRejected when it is no outline.

    Rings of fewer than three corners are left out; None when nothing remains, for the lot is there all the same.
    """
    if not geometry:
        return None
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise RowRejected("Its geometry is no outline (Polygon or MultiPolygon).", str(kind)[:100])
    polygons = [geometry["coordinates"]] if kind == "Polygon" else geometry["coordinates"]
    try:
        flat = [(float(point[0]), float(point[1])) for ring in _rings(polygons) for point in ring]
    except (TypeError, ValueError, IndexError, KeyError):
        raise RowRejected("Its outline has points that are no numbers.", str(geometry)[:100]) from None
    moved = coordinates.transform(flat)
    if not moved or None in moved:
        outside = next((str(given) for given, point in zip(flat, moved, strict=True) if point is None), "")
        raise RowRejected("Its outline is not in Australia.", outside)
    points = iter(moved)
    turned = [[_ring([next(points) for _ in ring]) for ring in polygon] for polygon in polygons]
    ours = [[polygon[0], *filter(None, polygon[1:])] for polygon in turned if polygon and polygon[0]]
    if not ours:
        return None
    area = round(sum(_area_of(polygon) for polygon in ours), 1)
    if len(ours) == 1:
        return {"type": "Polygon", "coordinates": ours[0]}, area
    return {"type": "MultiPolygon", "coordinates": ours}, area


def _rings(polygons: Sequence[Sequence[Ring]]) -> Iterator[Ring]:
    for polygon in polygons:
        yield from polygon


def _ring(points: list[tuple[float, float] | None]) -> list[list[float]]:
    """Rounded, without what falls together, closed; empty when that leaves no outline."""
    ring: list[list[float]] = []
    for point in points:
        assert point is not None  # noqa: S101  (looked at before)
        rounded = [round(point[0], 7), round(point[1], 7)]
        if not ring or rounded != ring[-1]:
            ring.append(rounded)
    if ring and ring[0] != ring[-1]:
        ring.append(ring[0])
    return ring if len(ring) >= 4 else []


def _area_of(polygon: list[list[list[float]]]) -> float:
    areas = [
        abs(_GEOD.polygon_area_perimeter([point[0] for point in ring], [point[1] for point in ring])[0])
        for ring in polygon
    ]
    return float(areas[0] - sum(areas[1:]))
