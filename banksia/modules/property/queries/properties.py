"""Properties with their parcels and addresses, scoped to one organisation."""

import uuid
from collections.abc import Collection

from sqlalchemy import Select, and_, select, union

from banksia.modules.property.models import (
    Address,
    Assessment,
    ImportRun,
    Parcel,
    ParcelAddress,
    Property,
    PropertyAddress,
    PropertyParcel,
)

Ids = Collection[uuid.UUID]


def properties_of(organisation_id: uuid.UUID, ids: Ids) -> Select[Property, str | None]:
    """Properties and the numbers of their assessments; those whose import was taken back never were."""
    return (
        select(Property, Assessment.number)
        .outerjoin(Assessment, Assessment.id == Property.assessment_id)
        .where(
            Property.organisation_id == organisation_id,
            Property.id.in_(ids),
            Property.valid_to.is_distinct_from(Property.valid_from),
        )
    )


def parcels_of_properties(organisation_id: uuid.UUID, ids: Ids) -> Select[uuid.UUID, Parcel]:
    """Property ids and their parcels."""
    return (
        select(PropertyParcel.property_id, Parcel)
        .join(Parcel, Parcel.id == PropertyParcel.parcel_id)
        .where(
            PropertyParcel.organisation_id == organisation_id,
            PropertyParcel.property_id.in_(ids),
            PropertyParcel.valid_to.is_(None),
        )
    )


def addresses_of_properties(organisation_id: uuid.UUID, ids: Ids) -> Select[uuid.UUID, Address]:
    """Property ids and their addresses, whether they stand on a parcel or belong to the property directly."""
    on_parcels = (
        select(PropertyParcel.property_id, ParcelAddress.address_id)
        .join(
            ParcelAddress,
            and_(
                ParcelAddress.organisation_id == PropertyParcel.organisation_id,
                ParcelAddress.parcel_id == PropertyParcel.parcel_id,
            ),
        )
        .where(
            PropertyParcel.organisation_id == organisation_id,
            PropertyParcel.property_id.in_(ids),
            PropertyParcel.valid_to.is_(None),
            ParcelAddress.valid_to.is_(None),
        )
    )
    direct = select(PropertyAddress.property_id, PropertyAddress.address_id).where(
        PropertyAddress.organisation_id == organisation_id,
        PropertyAddress.property_id.in_(ids),
        PropertyAddress.valid_to.is_(None),
    )
    standing = union(on_parcels, direct).subquery()
    return select(standing.c.property_id, Address).join(Address, Address.id == standing.c.address_id)


def import_runs_of(organisation_id: uuid.UUID, ids: Ids) -> Select[ImportRun]:
    """The imports that records come from."""
    return select(ImportRun).where(ImportRun.organisation_id == organisation_id, ImportRun.id.in_(ids))
