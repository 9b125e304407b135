"""Parcels, addresses and their links whatever they hold now, scoped to one organisation: for what was and what ends."""

import uuid
from collections.abc import Collection, Iterable

from sqlalchemy import Select, func, select, tuple_

from banksia.modules.property.models import (
    Address,
    Assessment,
    Parcel,
    ParcelAddress,
    Property,
    PropertyAddress,
    PropertyParcel,
    Street,
)

Ids = Collection[uuid.UUID]
ParcelName = tuple[str, str, str, str]
"""Plan, lot, section and the plan's type."""


def property_rows(organisation_id: uuid.UUID, ids: Ids) -> Select[Property]:
    """Properties, ended ones too."""
    return select(Property).where(Property.organisation_id == organisation_id, Property.id.in_(ids))


def assessments_with_ids(organisation_id: uuid.UUID, ids: Ids) -> Select[Assessment]:
    """Assessments by id."""
    return select(Assessment).where(Assessment.organisation_id == organisation_id, Assessment.id.in_(ids))


def properties_of_assessments(organisation_id: uuid.UUID, numbers: Collection[str]) -> Select[str, uuid.UUID]:
    """The numbers of assessments, and the property of each."""
    return (
        select(Assessment.number, Property.id)
        .join(Property, Property.assessment_id == Assessment.id)
        .where(
            Assessment.organisation_id == organisation_id,
            Property.organisation_id == organisation_id,
            Assessment.number.in_(numbers),
        )
    )


def parcels_with_ids(organisation_id: uuid.UUID, ids: Ids) -> Select[Parcel]:
    """Parcels by id."""
    return select(Parcel).where(Parcel.organisation_id == organisation_id, Parcel.id.in_(ids))


def parcels_named(organisation_id: uuid.UUID, names: Iterable[ParcelName]) -> Select[Parcel]:
    """Parcels by plan, lot, section and plan type."""
    named = tuple_(Parcel.plan, Parcel.lot, Parcel.section, Parcel.plan_type)
    return select(Parcel).where(Parcel.organisation_id == organisation_id, named.in_(list(names)))


def plan_types_of(organisation_id: uuid.UUID, plans: Collection[str]) -> Select[str, str]:
    """Plan numbers with the types that they exist in: what a bare plan number can mean."""
    return (
        select(Parcel.plan, Parcel.plan_type)
        .where(Parcel.organisation_id == organisation_id, Parcel.plan.in_(plans))
        .distinct()
    )


def addresses_with_ids(organisation_id: uuid.UUID, ids: Ids) -> Select[Address]:
    """Addresses by id."""
    return select(Address).where(Address.organisation_id == organisation_id, Address.id.in_(ids))


def address_with_key(organisation_id: uuid.UUID, key: str) -> Select[Address]:
    """The address that is told apart by a key."""
    return select(Address).where(Address.organisation_id == organisation_id, Address.key == key)


def street_with_key(organisation_id: uuid.UUID, key: str) -> Select[Street]:
    """The street that is told apart by a key."""
    return select(Street).where(Street.organisation_id == organisation_id, Street.key == key)


def parcel_links_of(organisation_id: uuid.UUID, property_ids: Ids) -> Select[PropertyParcel]:
    """The links of properties to their parcels, ended ones too."""
    return select(PropertyParcel).where(
        PropertyParcel.organisation_id == organisation_id, PropertyParcel.property_id.in_(property_ids)
    )


def property_links_of(organisation_id: uuid.UUID, parcel_ids: Ids) -> Select[PropertyParcel]:
    """The links of parcels to the properties that they are in now."""
    return select(PropertyParcel).where(
        PropertyParcel.organisation_id == organisation_id,
        PropertyParcel.parcel_id.in_(parcel_ids),
        PropertyParcel.valid_to.is_(None),
    )


def address_links_of(organisation_id: uuid.UUID, parcel_ids: Ids) -> Select[ParcelAddress]:
    """The links of parcels to the addresses that stand on them, ended ones too."""
    return select(ParcelAddress).where(
        ParcelAddress.organisation_id == organisation_id, ParcelAddress.parcel_id.in_(parcel_ids)
    )


def direct_links_of(organisation_id: uuid.UUID, property_ids: Ids) -> Select[PropertyAddress]:
    """The links of properties to addresses without a parcel, ended ones too."""
    return select(PropertyAddress).where(
        PropertyAddress.organisation_id == organisation_id, PropertyAddress.property_id.in_(property_ids)
    )


def properties_at_address(organisation_id: uuid.UUID, address_id: uuid.UUID) -> Select[uuid.UUID]:
    """The properties that an address belongs to, on a parcel or directly."""
    on_parcels = (
        select(PropertyParcel.property_id)
        .join(ParcelAddress, ParcelAddress.parcel_id == PropertyParcel.parcel_id)
        .where(
            PropertyParcel.organisation_id == organisation_id,
            ParcelAddress.organisation_id == organisation_id,
            ParcelAddress.address_id == address_id,
            PropertyParcel.valid_to.is_(None),
            ParcelAddress.valid_to.is_(None),
        )
    )
    direct = select(PropertyAddress.property_id).where(
        PropertyAddress.organisation_id == organisation_id,
        PropertyAddress.address_id == address_id,
        PropertyAddress.valid_to.is_(None),
    )
    return select(on_parcels.union(direct).subquery().c.property_id)


def import_lock(organisation_id: uuid.UUID) -> Select[bool]:
    """Take the lock under which imports apply; false when an import has it."""
    return select(func.pg_try_advisory_xact_lock(7266338, func.hashtext(str(organisation_id))))


def imported_links_of(organisation_id: uuid.UUID, parcel_ids: Ids) -> Select[uuid.UUID]:
    """A parcel of these that an import has put into a property, or an address on."""
    in_properties = select(PropertyParcel.parcel_id).where(
        PropertyParcel.organisation_id == organisation_id,
        PropertyParcel.parcel_id.in_(parcel_ids),
        PropertyParcel.import_run_id.is_not(None),
        PropertyParcel.valid_to.is_(None),
    )
    with_addresses = select(ParcelAddress.parcel_id).where(
        ParcelAddress.organisation_id == organisation_id,
        ParcelAddress.parcel_id.in_(parcel_ids),
        ParcelAddress.valid_to.is_(None),
    )
    return select(in_properties.union(with_addresses).subquery().c.parcel_id).limit(1)
