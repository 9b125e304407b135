"""A property as it was: a function of its rows and of the journal since."""

import datetime
import uuid
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import council_day
from banksia.kit.database import organisation_id_of
from banksia.modules.property.errors import PropertyNotFound, PropertyNotYet
from banksia.modules.property.models import Address, Parcel, ParcelAddress, Property, PropertyAddress, PropertyParcel
from banksia.modules.property.queries import land
from banksia.modules.property.schemas import PropertyRead
from banksia.modules.property.service.as_at import Since, copied
from banksia.modules.property.service.describing import Sources, describe_property

RowT = TypeVar("RowT", Parcel, Property)


@dataclass(frozen=True)
class PropertyRows:
    """Everything that was ever linked to a property, as its rows are now."""

    row: Property
    parcel_links: list[PropertyParcel]
    address_links: list[ParcelAddress]
    direct_links: list[PropertyAddress]
    parcels: list[Parcel]
    addresses: list[Address]

    @property
    def ids(self) -> set[uuid.UUID]:
        """Every record that the journal may name."""
        return {self.row.id, *(parcel.id for parcel in self.parcels), *(address.id for address in self.addresses)}


@dataclass(frozen=True)
class Held:
    """What of a property held at a moment, as it was."""

    row: Property
    parcels: list[Parcel]
    addresses: list[Address]


def find_property(session: Session, property_id: uuid.UUID) -> Property:
    """A property's row; raises PropertyNotFound, also when its import was taken back."""
    row = session.scalar(land.property_rows(organisation_id_of(session), [property_id]))
    if row is None or row.valid_to == row.valid_from:
        raise PropertyNotFound
    return row


def load_rows(session: Session, property_id: uuid.UUID) -> PropertyRows:
    """Read a property's rows in six statements; raises PropertyNotFound."""
    organisation_id = organisation_id_of(session)
    row = find_property(session, property_id)
    parcel_links = list(session.scalars(land.parcel_links_of(organisation_id, [property_id])))
    parcel_ids = {link.parcel_id for link in parcel_links}
    address_links = list(session.scalars(land.address_links_of(organisation_id, parcel_ids)))
    direct_links = list(session.scalars(land.direct_links_of(organisation_id, [property_id])))
    address_ids = {link.address_id for link in address_links} | {link.address_id for link in direct_links}
    return PropertyRows(
        row,
        parcel_links,
        address_links,
        direct_links,
        list(session.scalars(land.parcels_with_ids(organisation_id, parcel_ids))),
        list(session.scalars(land.addresses_with_ids(organisation_id, address_ids))),
    )


def held_at(rows: PropertyRows, since: Since) -> Held | None:
    """What held of a property; None when the council did not know it yet. Reads nothing, changes nothing."""
    if not since.began(rows.row):
        return None
    parcel_ids = {link.parcel_id for link in since.held(rows.parcel_links)}
    standing = {link.address_id for link in since.held(rows.address_links) if link.parcel_id in parcel_ids}
    standing |= {link.address_id for link in since.held(rows.direct_links)}
    return Held(
        _with_status(rows.row, since),
        [_with_status(parcel, since) for parcel in rows.parcels if parcel.id in parcel_ids],
        [since.as_it_was(address) for address in rows.addresses if address.id in standing],
    )


def property_as_at(
    session: Session, property_id: uuid.UUID, moment: datetime.datetime, *, with_sources: bool
) -> PropertyRead:
    """A property as it was at a moment; raises PropertyNotFound, and PropertyNotYet when it was not known then."""
    rows = load_rows(session, property_id)
    held = held_at(rows, Since.load(session, moment, rows.ids))
    if held is None:
        raise PropertyNotYet(council_day(session, rows.row.valid_from))
    sources = Sources(session, [held.row, *held.parcels, *held.addresses]) if with_sources else None
    return describe_property(held.row, _assessment(session, held.row), held.parcels, held.addresses, sources)


def _with_status(row: RowT, since: Since) -> RowT:
    """A record that had ended by then stays with its property, as historic, whenever the council heard of it."""
    then = since.as_it_was(row)
    if since.holds(row) or then.status == "historic":
        return then
    return copied(then, status="historic")


def _assessment(session: Session, row: Property) -> str | None:
    if row.assessment_id is None:
        return None
    found = session.scalar(land.assessments_with_ids(organisation_id_of(session), [row.assessment_id]))
    return found.number if found else None
