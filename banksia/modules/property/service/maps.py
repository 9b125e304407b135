"""The lots of a property and their neighbours, as GeoJSON with what a list beside the map says of each."""

import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy.orm import Session

from banksia.kit.database import organisation_id_of
from banksia.modules.property.models import Address, Parcel, ParcelShape
from banksia.modules.property.queries import land, maps
from banksia.modules.property.schemas.lineage import MapFeature, MapFeatureProperties, MapRead
from banksia.modules.property.service.describing import as_status, sorted_addresses
from banksia.modules.property.service.properties import get_property
from banksia.modules.property.service.tiles import cells_around

MAX_NEIGHBOURS = 150
MAX_OWN = 200


def read_map(session: Session, property_id: uuid.UUID) -> MapRead:
    """The own lots and the nearest others, in a constant number of statements; raises PropertyNotFound."""
    found = get_property(session, property_id)
    organisation_id = organisation_id_of(session)
    own_ids = [parcel.id for parcel in found.parcels[:MAX_OWN]]
    own = list(session.scalars(maps.shapes_of(organisation_id, own_ids)))
    near = _nearest(session, own, set(own_ids))
    others = list(session.scalars(maps.shapes_of(organisation_id, near[:MAX_NEIGHBOURS])))
    order = {parcel_id: place for place, parcel_id in enumerate([*own_ids, *near])}
    shapes = sorted([*own, *others], key=lambda shape: order[shape.parcel_id])
    shaped = {shape.parcel_id for shape in own}
    return MapRead(
        type="FeatureCollection",
        bounds=_bounds(own),
        features=list(_features(session, shapes, shaped)),
        without_shape=[parcel.title for parcel in found.parcels if parcel.id not in shaped],
        is_complete=len(near) <= MAX_NEIGHBOURS and len(found.parcels) <= MAX_OWN,
    )


def _nearest(session: Session, own: Sequence[ParcelShape], own_ids: set[uuid.UUID]) -> list[uuid.UUID]:
    """Parcels around the own ones that are not historic, the nearest first."""
    if not own:
        return []
    middle = (sum(shape.longitude for shape in own) / len(own), sum(shape.latitude for shape in own) / len(own))
    cells = cells_around({shape.cell for shape in own})
    rows = session.execute(maps.middles_in(organisation_id_of(session), cells))
    found = [(row[0], (row[1] - middle[0]) ** 2 + (row[2] - middle[1]) ** 2) for row in rows if row[0] not in own_ids]
    return [parcel_id for parcel_id, _ in sorted(found, key=lambda each: (each[1], each[0]))]


def _features(session: Session, shapes: list[ParcelShape], own: set[uuid.UUID]) -> Iterator[MapFeature]:
    organisation_id = organisation_id_of(session)
    ids = [shape.parcel_id for shape in shapes]
    parcels = {parcel.id: parcel for parcel in session.scalars(land.parcels_with_ids(organisation_id, ids))}
    homes = {link.parcel_id: link.property_id for link in session.scalars(land.property_links_of(organisation_id, ids))}
    addresses: dict[uuid.UUID, list[Address]] = {}
    for row in session.execute(maps.addresses_on(organisation_id, ids)):
        addresses.setdefault(row[0], []).append(row[1])
    for shape in shapes:
        parcel = parcels[shape.parcel_id]
        standing = sorted_addresses(addresses.get(parcel.id, ()))
        yield MapFeature(
            type="Feature",
            id=str(parcel.id),
            geometry=shape.geometry,
            properties=_said_of(parcel, parcel.id in own, standing, homes.get(parcel.id)),
        )


def _said_of(
    parcel: Parcel,
    is_own: bool,
    standing: list[Address],
    property_id: uuid.UUID | None,
) -> MapFeatureProperties:
    return MapFeatureProperties(
        parcel_id=parcel.id,
        text=parcel.label,
        title=parcel.title,
        label=parcel.lot,
        status=as_status(parcel.status),
        is_own=is_own,
        is_synthetic=parcel.is_synthetic,
        area_square_metres=parcel.area_square_metres,
        address=standing[0].text if standing else None,
        property_id=property_id,
    )


def _bounds(shapes: Sequence[ParcelShape]) -> list[float] | None:
    points = [point for shape in shapes for point in _points(shape.geometry.get("coordinates", []))]
    if not points:
        return None
    across, up = [point[0] for point in points], [point[1] for point in points]
    return [min(across), min(up), max(across), max(up)]


def _points(coordinates: Any) -> Iterator[Sequence[float]]:
    """Every point of a geometry, however deep its rings lie."""
    if coordinates and isinstance(coordinates[0], int | float):
        yield coordinates
        return
    for part in coordinates:
        yield from _points(part)
