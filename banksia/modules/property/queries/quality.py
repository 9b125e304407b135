"""What looks wrong in the truth: found in the whole council at once, and asked again for each line of a list."""

import uuid
from collections.abc import Collection

from sqlalchemy import ColumnElement, Delete, Select, and_, delete, exists, func, insert, literal, select, union
from sqlalchemy.sql.dml import Insert

from banksia.modules.property.models import (
    Address,
    Parcel,
    ParcelAddress,
    Property,
    PropertyAddress,
    PropertyParcel,
    QualityFinding,
)

Ids = Collection[uuid.UUID]
ADDRESS_KINDS = ("shared_addresses", "addresses_without_parcel")
PARCEL_KINDS = ("parcels_in_two_assessments", "parcels_without_address")
KINDS = ("shared_addresses", "parcels_in_two_assessments", "parcels_without_address", "addresses_without_parcel")


def findings_of(organisation_id: uuid.UUID, kind: str) -> Select[QualityFinding]:
    """A work list, without the records that were mended meanwhile."""
    found = select(QualityFinding).where(QualityFinding.organisation_id == organisation_id, QualityFinding.kind == kind)
    if kind in ADDRESS_KINDS:
        holds = Address.id == QualityFinding.record_id, Address.organisation_id == organisation_id
        return found.where(exists().where(*holds, _is_wrong_address(organisation_id, kind)))
    holds = Parcel.id == QualityFinding.record_id, Parcel.organisation_id == organisation_id
    return found.where(exists().where(*holds, _is_wrong_parcel(organisation_id, kind)))


def delete_findings(organisation_id: uuid.UUID) -> Delete:
    """Forget what was found before."""
    return delete(QualityFinding).where(QualityFinding.organisation_id == organisation_id)


def insert_findings(organisation_id: uuid.UUID, kind: str) -> Insert:
    """Look through the whole council for one kind."""
    if kind in ADDRESS_KINDS:
        found = select(literal(organisation_id), literal(kind), Address.text, Address.id).where(
            Address.organisation_id == organisation_id, _is_wrong_address(organisation_id, kind)
        )
    else:
        label = func.concat(Parcel.lot, "/", Parcel.section, "/", Parcel.plan_type, Parcel.plan)
        found = select(literal(organisation_id), literal(kind), label, Parcel.id).where(
            Parcel.organisation_id == organisation_id, _is_wrong_parcel(organisation_id, kind)
        )
    return insert(QualityFinding).from_select(["organisation_id", "kind", "label", "record_id"], found)


def _is_wrong_address(organisation_id: uuid.UUID, kind: str) -> ColumnElement[bool]:
    stands = exists().where(
        ParcelAddress.organisation_id == organisation_id,
        ParcelAddress.address_id == Address.id,
        ParcelAddress.valid_to.is_(None),
    )
    if kind == "addresses_without_parcel":
        has_parcels = exists().where(
            PropertyAddress.organisation_id == organisation_id,
            PropertyAddress.address_id == Address.id,
            PropertyAddress.valid_to.is_(None),
            PropertyParcel.organisation_id == organisation_id,
            PropertyParcel.property_id == PropertyAddress.property_id,
            PropertyParcel.valid_to.is_(None),
        )
        return and_(Address.valid_to.is_(None), ~stands, ~has_parcels)
    on_parcels = select(PropertyParcel.property_id.label("property_id")).where(
        ParcelAddress.organisation_id == organisation_id,
        ParcelAddress.address_id == Address.id,
        ParcelAddress.valid_to.is_(None),
        PropertyParcel.organisation_id == organisation_id,
        PropertyParcel.parcel_id == ParcelAddress.parcel_id,
        PropertyParcel.valid_to.is_(None),
        Property.id == PropertyParcel.property_id,
        Property.valid_to.is_(None),
    )
    direct = select(PropertyAddress.property_id.label("property_id")).where(
        PropertyAddress.organisation_id == organisation_id,
        PropertyAddress.address_id == Address.id,
        PropertyAddress.valid_to.is_(None),
        Property.id == PropertyAddress.property_id,
        Property.valid_to.is_(None),
    )
    holders = union(on_parcels.correlate(Address), direct.correlate(Address)).subquery()
    return and_(Address.valid_to.is_(None), select(func.count()).select_from(holders).scalar_subquery() > 1)


def _is_wrong_parcel(organisation_id: uuid.UUID, kind: str) -> ColumnElement[bool]:
    is_current = and_(Parcel.status == "current", Parcel.valid_to.is_(None))
    if kind == "parcels_without_address":
        own = exists().where(
            ParcelAddress.organisation_id == organisation_id,
            ParcelAddress.parcel_id == Parcel.id,
            ParcelAddress.valid_to.is_(None),
        )
        of_property = exists().where(
            PropertyParcel.organisation_id == organisation_id,
            PropertyParcel.parcel_id == Parcel.id,
            PropertyParcel.valid_to.is_(None),
            PropertyAddress.organisation_id == organisation_id,
            PropertyAddress.property_id == PropertyParcel.property_id,
            PropertyAddress.valid_to.is_(None),
        )
        return and_(is_current, ~own, ~of_property)
    in_assessments = (
        select(func.count())
        .where(
            PropertyParcel.organisation_id == organisation_id,
            PropertyParcel.parcel_id == Parcel.id,
            PropertyParcel.valid_to.is_(None),
            Property.id == PropertyParcel.property_id,
            Property.valid_to.is_(None),
            Property.assessment_id.is_not(None),
        )
        .correlate(Parcel)
        .scalar_subquery()
    )
    return and_(is_current, in_assessments > 1)


def properties_of_parcels(organisation_id: uuid.UUID, parcel_ids: Ids) -> Select[uuid.UUID, uuid.UUID]:
    """Parcels and the properties that they are in."""
    return select(PropertyParcel.parcel_id, PropertyParcel.property_id).where(
        PropertyParcel.organisation_id == organisation_id,
        PropertyParcel.parcel_id.in_(parcel_ids),
        PropertyParcel.valid_to.is_(None),
    )


def properties_of_addresses(organisation_id: uuid.UUID, address_ids: Ids) -> Select[uuid.UUID, uuid.UUID]:
    """Addresses and the properties that they belong to."""
    on_parcels = (
        select(ParcelAddress.address_id, PropertyParcel.property_id)
        .join(
            PropertyParcel,
            and_(
                PropertyParcel.organisation_id == ParcelAddress.organisation_id,
                PropertyParcel.parcel_id == ParcelAddress.parcel_id,
            ),
        )
        .where(
            ParcelAddress.organisation_id == organisation_id,
            ParcelAddress.address_id.in_(address_ids),
            ParcelAddress.valid_to.is_(None),
            PropertyParcel.valid_to.is_(None),
        )
    )
    direct = select(PropertyAddress.address_id, PropertyAddress.property_id).where(
        PropertyAddress.organisation_id == organisation_id,
        PropertyAddress.address_id.in_(address_ids),
        PropertyAddress.valid_to.is_(None),
    )
    found = union(on_parcels, direct).subquery()
    return select(found.c.address_id, found.c.property_id)
