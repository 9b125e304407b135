"""One property in full, and several at once."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Collection
from itertools import chain

from sqlalchemy.orm import Session

from banksia.kit.database import organisation_id_of
from banksia.modules.property.errors import ParcelNotFound, PropertyNotFound
from banksia.modules.property.models import Address, Parcel, Sourced
from banksia.modules.property.queries import properties as queries
from banksia.modules.property.schemas import ParcelRead, PropertyRead
from banksia.modules.property.service.as_at import end_of_day
from banksia.modules.property.service.describing import Sources, describe_property
from banksia.modules.property.service.earlier import property_as_at
from banksia.modules.property.service.parsing import read_parcel_cell


def get_property(
    session: Session, property_id: uuid.UUID, *, with_sources: bool = False, as_at_on: datetime.date | None = None
) -> PropertyRead:
    """A property of the session's council, with where its records come from and as it was on a day, if asked.

    Raises PropertyNotFound, and for a day AsAtInvalid, or PropertyNotYet when the council did not know it then.
    """
    if moment := end_of_day(session, as_at_on):
        return property_as_at(session, property_id, moment, with_sources=with_sources)
    found = properties_with_ids(session, [property_id], with_sources=with_sources)
    if property_id not in found:
        raise PropertyNotFound
    return found[property_id]


def properties_with_ids(
    session: Session, ids: Collection[uuid.UUID], *, with_sources: bool = False
) -> dict[uuid.UUID, PropertyRead]:
    """Properties by id in a constant number of statements; an unknown id is missing from the answer."""
    if not ids:
        return {}
    organisation_id = organisation_id_of(session)
    parcels: defaultdict[uuid.UUID, list[Parcel]] = defaultdict(list)
    addresses: defaultdict[uuid.UUID, list[Address]] = defaultdict(list)
    found = session.execute(queries.properties_of(organisation_id, ids)).all()
    for property_id, parcel in session.execute(queries.parcels_of_properties(organisation_id, ids)):
        parcels[property_id].append(parcel)
    for property_id, address in session.execute(queries.addresses_of_properties(organisation_id, ids)):
        addresses[property_id].append(address)
    records: list[Sourced] = [row for row, _ in found]
    records += chain.from_iterable(parcels.values())
    records += chain.from_iterable(addresses.values())
    sources = Sources(session, records) if with_sources else None
    return {
        row.id: describe_property(row, number, parcels[row.id], addresses[row.id], sources) for row, number in found
    }


def parcel_of_property(session: Session, property_id: uuid.UUID, parcel: str) -> ParcelRead:
    """The parcel of a property that a text names in any notation; raises PropertyNotFound or ParcelNotFound."""
    return parcel_named(get_property(session, property_id), parcel)


def parcel_named(found: PropertyRead, text: str) -> ParcelRead:
    """The parcel of a property that a text names in any notation; raises ParcelNotFound."""
    for wanted in read_parcel_cell(text):
        for parcel in found.parcels:
            same_plan = parcel.plan == wanted.plan and (wanted.bare or parcel.plan_type == wanted.plan_type)
            if same_plan and parcel.lot == wanted.lot and parcel.section == wanted.section:
                return parcel
    raise ParcelNotFound(text)
