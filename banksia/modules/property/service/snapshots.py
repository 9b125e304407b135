"""The picture that a workflow keeps of a property."""

import uuid
from typing import Any

from sqlalchemy.orm import Session

from banksia.kit.clock import utc_now
from banksia.modules.property.service.attributes.reading import attributes_of
from banksia.modules.property.service.properties import get_property, parcel_named


def snapshot_property(session: Session, property_id: uuid.UUID, parcel: str | None = None) -> dict[str, Any]:
    """A picture of a property that later changes leave alone: JSON with `as_at` and, if one is named, its `parcel`.

    Its `attributes` are those of the property and of that parcel, unknown ones included. Raises PropertyNotFound or
    ParcelNotFound.
    """
    found = get_property(session, property_id)
    picture = found.model_dump(mode="json", exclude={"id", "source"})
    chosen = parcel_named(found, parcel).model_dump(mode="json") if parcel is not None else None
    as_at = utc_now().isoformat().replace("+00:00", "Z")
    known = [
        each._asdict() | {"as_at_on": each.as_at_on.isoformat() if each.as_at_on else None}
        for each in attributes_of(session, property_id, parcel)
    ]
    return {"as_at": as_at, "property_id": str(property_id), **picture, "parcel": chosen, "attributes": known}
