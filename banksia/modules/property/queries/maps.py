"""Shapes of parcels and who lies beside whom, scoped to one organisation."""

import uuid
from collections.abc import Collection

from sqlalchemy import Select, select

from banksia.modules.property.models import Address, Parcel, ParcelAddress, ParcelShape

MOST_MIDDLES = 5_000
"""Blocks of strata lots are dense; a map shows far fewer."""


def shapes_of(organisation_id: uuid.UUID, parcel_ids: Collection[uuid.UUID]) -> Select[ParcelShape]:
    """The boundaries of parcels as they are now."""
    return select(ParcelShape).where(
        ParcelShape.organisation_id == organisation_id,
        ParcelShape.parcel_id.in_(parcel_ids),
        ParcelShape.valid_to.is_(None),
    )


def middles_in(organisation_id: uuid.UUID, cells: Collection[int]) -> Select[uuid.UUID, float, float]:
    """Where the parcels of some tiles lie, historic ones left out."""
    return (
        select(ParcelShape.parcel_id, ParcelShape.longitude, ParcelShape.latitude)
        .join(Parcel, Parcel.id == ParcelShape.parcel_id)
        .where(
            ParcelShape.organisation_id == organisation_id,
            ParcelShape.cell.in_(cells),
            ParcelShape.valid_to.is_(None),
            Parcel.organisation_id == organisation_id,
            Parcel.status != "historic",
        )
        .limit(MOST_MIDDLES)
    )


def addresses_on(organisation_id: uuid.UUID, parcel_ids: Collection[uuid.UUID]) -> Select[uuid.UUID, Address]:
    """Parcels and the addresses that stand on them."""
    return (
        select(ParcelAddress.parcel_id, Address)
        .join(Address, Address.id == ParcelAddress.address_id)
        .where(
            ParcelAddress.organisation_id == organisation_id,
            ParcelAddress.parcel_id.in_(parcel_ids),
            ParcelAddress.valid_to.is_(None),
        )
    )
