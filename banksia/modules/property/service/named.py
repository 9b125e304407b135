"""Properties as registers name them: by a parcel in any notation, or by the number of an assessment."""

import uuid
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy.orm import Session

from banksia.kit.database import organisation_id_of
from banksia.modules.property.queries import land
from banksia.modules.property.service.lineage.naming import find_parcels, read_names
from banksia.modules.property.service.lineage.reading import describe_parcels


class NamedProperty(NamedTuple):
    """A property, and the parcel by which it was named."""

    property_id: uuid.UUID
    parcel: str | None


def properties_of_parcels(session: Session, texts: Sequence[str]) -> dict[str, NamedProperty]:
    """The property of each parcel, historic ones too; what is no parcel of the council is missing from the answer."""
    names = read_names(session, texts)
    parcels = find_parcels(session, names)
    homes = {each.id: each for each in describe_parcels(session, {parcel.id for parcel in parcels.values()})}
    found: dict[str, NamedProperty] = {}
    for text, name in zip(texts, names, strict=True):
        parcel = parcels.get(name) if name else None
        home = homes.get(parcel.id) if parcel else None
        if home is not None and home.property_id is not None:
            found[text] = NamedProperty(home.property_id, home.text)
    return found


def properties_of_assessments(session: Session, numbers: Sequence[str]) -> dict[str, NamedProperty]:
    """The property of each assessment; an unknown number is missing from the answer."""
    rows = session.execute(land.properties_of_assessments(organisation_id_of(session), set(numbers)))
    return {row[0]: NamedProperty(row[1], None) for row in rows}
