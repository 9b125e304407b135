"""The picture that a workflow keeps of a property."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from banksia.kit.clock import utc_now
from banksia.modules.property.schemas import ParcelRead, PropertyRead
from banksia.modules.property.service.attributes.reading import KnownAttribute, attributes_of_each
from banksia.modules.property.service.properties import get_property, parcel_named


def snapshot_property(session: Session, property_id: uuid.UUID, parcel: str | None = None) -> dict[str, Any]:
    """A picture of a property that later changes leave alone: JSON with `as_at` and, if one is named, its `parcel`.

    Its `attributes` are those of the property and of that parcel, unknown ones included. Raises PropertyNotFound or
    ParcelNotFound.
    """
    [picture] = snapshot_each(session, [(get_property(session, property_id), parcel)])
    return picture


def snapshot_each(session: Session, chosen: Sequence[tuple[PropertyRead, str | None]]) -> list[dict[str, Any]]:
    """Such pictures of properties that were read already, however many in the same number of statements.

    Raises ParcelNotFound.
    """
    places = [(found, parcel_named(found, text) if text is not None else None) for found, text in chosen]
    every = attributes_of_each(session, places)
    return [_picture(found, parcel, known) for (found, parcel), known in zip(places, every, strict=True)]


def _picture(found: PropertyRead, parcel: ParcelRead | None, attributes: list[KnownAttribute]) -> dict[str, Any]:
    return {
        "as_at": utc_now().isoformat().replace("+00:00", "Z"),
        "property_id": str(found.id),
        **found.model_dump(mode="json", exclude={"id", "source"}),
        "parcel": parcel.model_dump(mode="json") if parcel else None,
        "attributes": [_as_json(each) for each in attributes],
    }


def _as_json(known: KnownAttribute) -> dict[str, Any]:
    days = {name: getattr(known, name) for name in ("as_at_on", "recorded_on")}
    return known._asdict() | {name: day.isoformat() if day else None for name, day in days.items()}
