"""The land itself: parcels, addresses, assessments, and the properties they make.

What a record of these tables points to is checked by a trigger for each statement, not by a foreign key for each row:
a file writes a million rows with one statement. Nothing of them is ever deleted.
"""

import uuid

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from banksia.kit.models import Base
from banksia.modules.property.models.columns import OwnedInBulk, Sourced, in_c_order


class Street(OwnedInBulk, Sourced, Base):
    """A street in a locality; `key` is what search compares: name, type, suffix and locality between tabs."""

    __tablename__ = "streets"
    __table_args__ = (UniqueConstraint("organisation_id", "key"),)

    key: Mapped[str] = in_c_order()
    name: Mapped[str]
    type: Mapped[str]
    suffix: Mapped[str]
    locality: Mapped[str]


class Address(OwnedInBulk, Sourced, Base):
    """An address as its source wrote it, and its parts. The last six columns are how it sorts and is found."""

    __tablename__ = "addresses"
    __table_args__ = (
        UniqueConstraint("organisation_id", "key"),
        Index("ix_addresses_building", "organisation_id", "building", postgresql_where=text("building IS NOT NULL")),
    )

    key: Mapped[str] = in_c_order()
    text: Mapped[str]
    street_id: Mapped[uuid.UUID]
    building: Mapped[str | None]
    level_type: Mapped[str | None]
    level: Mapped[str | None]
    flat_type: Mapped[str | None]
    flat: Mapped[str | None]
    number: Mapped[str | None]
    number_suffix: Mapped[str | None]
    number_last: Mapped[str | None]
    lot: Mapped[str | None]
    postcode: Mapped[str | None]
    external_id: Mapped[str | None]
    """The source's own number of the address, such as G-NAF's ADDRESS_DETAIL_PID."""
    longitude: Mapped[float | None]
    latitude: Mapped[float | None]
    from_number: Mapped[int]
    from_suffix: Mapped[str]
    to_number: Mapped[int | None]
    to_suffix: Mapped[str]
    unit_order: Mapped[int]
    unit_code: Mapped[str]


class Parcel(OwnedInBulk, Sourced, Base):
    """A lot of a plan; `section` is empty where there is none, `is_synthetic` marks an invented one."""

    __tablename__ = "parcels"
    __table_args__ = (
        UniqueConstraint("organisation_id", "plan", "lot", "section", "plan_type"),
        Index("ix_parcels_lot", "organisation_id", "lot", "plan", "section", "plan_type"),
        CheckConstraint("status IN ('proposed', 'current', 'historic')", name="status"),
    )

    lot: Mapped[str] = in_c_order()
    section: Mapped[str] = in_c_order()
    plan_type: Mapped[str] = in_c_order()
    plan: Mapped[str] = in_c_order()
    status: Mapped[str] = mapped_column(default="current")
    is_part: Mapped[bool] = mapped_column(default=False)
    is_synthetic: Mapped[bool] = mapped_column(default=False)
    external_id: Mapped[str | None]
    """The state's own number of the lot, such as its CADID; null where the source has none."""
    area_square_metres: Mapped[float | None]

    @property
    def label(self) -> str:
        """LOT/SECTION/PLAN: `2/2/DP2288`, `13//DP1246224`."""
        return f"{self.lot}/{self.section}/{self.plan_type}{self.plan}"

    @property
    def title(self) -> str:
        """The same in words: `Lot 2 Section 2 DP 2288`."""
        lot = "Common property" if self.lot == "CP" else f"Lot {self.lot}"
        section = f" Section {self.section}" if self.section else ""
        return f"{lot}{section} {self.plan_type} {self.plan}"


class Assessment(OwnedInBulk, Sourced, Base):
    """The council's rates record; its number groups parcels."""

    __tablename__ = "assessments"
    __table_args__ = (UniqueConstraint("organisation_id", "number"),)

    number: Mapped[str] = in_c_order()


class Property(OwnedInBulk, Sourced, Base):
    """The parcels of one assessment, else one parcel, else an address without a parcel."""

    __tablename__ = "properties"
    __table_args__ = (
        UniqueConstraint("organisation_id", "assessment_id"),
        CheckConstraint("status IN ('proposed', 'current', 'historic')", name="status"),
    )

    assessment_id: Mapped[uuid.UUID | None]
    status: Mapped[str] = mapped_column(default="current")


class PropertyParcel(Sourced, Base):
    """A parcel of a property."""

    __tablename__ = "property_parcels"
    __table_args__ = (Index("ix_property_parcels_parcel", "organisation_id", "parcel_id"),)

    organisation_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    property_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    parcel_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)


class ParcelAddress(Sourced, Base):
    """An address that stands on a parcel."""

    __tablename__ = "parcel_addresses"
    __table_args__ = (Index("ix_parcel_addresses_address", "organisation_id", "address_id"),)

    organisation_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    parcel_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    address_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)


class PropertyAddress(Sourced, Base):
    """An address that belongs to a property without standing on a known parcel."""

    __tablename__ = "property_addresses"
    __table_args__ = (Index("ix_property_addresses_address", "organisation_id", "address_id"),)

    organisation_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    property_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    address_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
