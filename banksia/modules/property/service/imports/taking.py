"""Giving up a correction for what an import says."""

from typing import Any

from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.kit.models import new_id
from banksia.modules.property.errors import AddressTaken
from banksia.modules.property.models import Address, Correction, Street
from banksia.modules.property.queries import quality as quality_queries
from banksia.modules.property.queries.land import (
    address_with_key,
    addresses_with_ids,
    parcels_with_ids,
    street_with_key,
)
from banksia.modules.property.service.importing.refreshing import refresh_search
from banksia.modules.property.service.journal import note_change
from banksia.modules.property.service.keys import address_key, place_of, street_key
from banksia.modules.property.service.parsing import AddressParts, read_listed_address


def take_imported(session: Session, actor: Actor, correction: Correction, value: str | None) -> None:
    """Write the imported value over the corrected one, journal it, and bind imports no more; raises AddressTaken."""
    organisation_id = organisation_id_of(session)
    correction.is_binding = False
    row: Any
    if correction.table_name == "addresses":
        row = session.scalars(addresses_with_ids(organisation_id, [correction.record_id])).one()
        holders = quality_queries.properties_of_addresses(organisation_id, [row.id])
    else:
        row = session.scalars(parcels_with_ids(organisation_id, [correction.record_id])).one()
        holders = quality_queries.properties_of_parcels(organisation_id, [row.id])
    note_change(session, actor, row, values_of_field(session, row, correction.field, value), because=correction)
    refresh_search(session, {property_id for _, property_id in session.execute(holders)})


def values_of_field(session: Session, row: Any, field: str, value: str | None) -> dict[str, Any]:
    """Every column that one field of a correction decides; raises AddressTaken."""
    if field == "status":
        return {field: value, "valid_to": (row.valid_to or utc_now()) if value == "historic" else None}
    if field == "area_square_metres":
        return {field: float(value) if value is not None else None}
    if field == "text" and value is not None:
        return _address_values(session, row, value)
    return {field: value}


def _address_values(session: Session, row: Address, text: str) -> dict[str, Any]:
    """Every column of an address that its text decides."""
    parts = read_listed_address(text.upper())
    street = street_key(parts.street, parts.type, parts.suffix, parts.locality)
    key = address_key(parts, street)
    other = session.scalar(address_with_key(row.organisation_id, key))
    if other is not None and other.id != row.id:
        raise AddressTaken(text)
    place = place_of(parts)
    return {
        "text": text,
        "key": key,
        "street_id": _street(session, row, street, parts).id,
        "building": parts.building,
        "level_type": parts.level_type,
        "level": parts.level,
        "flat_type": parts.flat_type,
        "flat": parts.flat,
        "number": parts.number,
        "number_suffix": parts.number_suffix,
        "number_last": parts.number_last,
        "lot": parts.lot,
        "postcode": parts.postcode or row.postcode,
        **place._asdict(),
    }


def _street(session: Session, row: Address, key: str, parts: AddressParts) -> Street:
    street = session.scalar(street_with_key(row.organisation_id, key))
    if street is None:
        street = Street(
            id=new_id(),
            organisation_id=row.organisation_id,
            key=key,
            name=parts.street or "",
            type=parts.type or "",
            suffix=parts.suffix or "",
            locality=parts.locality or "",
        )
        session.add(street)
        session.flush()
    return street
