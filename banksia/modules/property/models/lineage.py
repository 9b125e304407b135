"""How parcels become others, and what shape they have."""

import datetime
import uuid
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from banksia.kit.models import NAMES_NO_OBJECT, Base, OrganisationOwned
from banksia.modules.property.models.columns import Sourced

LINEAGE_KINDS = (
    "subdivision", "consolidation", "boundary_adjustment", "strata_registration", "strata_termination", "road_closure",
)  # fmt: skip


class LineageEvent(OrganisationOwned, Sourced, Base):
    """Parents became children by a plan on a day."""

    __tablename__ = "lineage_events"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('subdivision', 'consolidation', 'boundary_adjustment', 'strata_registration',"
            " 'strata_termination', 'road_closure')",
            name="kind",
        ),
    )

    kind: Mapped[str]
    plan: Mapped[str]
    """The plan that made the children: `DP1242624`; for a termination the dealing or notice."""
    occurred_on: Mapped[datetime.date]
    source: Mapped[str]
    """Where the council knows it from, in words."""
    note: Mapped[str | None]
    recorded_by_id: Mapped[uuid.UUID | None]
    recorded_by_name: Mapped[str] = mapped_column(default="Banksia")


class LineageParcel(Base):
    """A parcel on one side of a lineage event."""

    __tablename__ = "lineage_parcels"
    __table_args__ = (
        Index("ix_lineage_parcels_parcel", "organisation_id", "parcel_id", "side"),
        CheckConstraint("side IN ('parent', 'child')", name="side"),
    )

    organisation_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    event_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("property.lineage_events.id"), primary_key=True)
    parcel_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("property.parcels.id"), primary_key=True)
    side: Mapped[str] = mapped_column(primary_key=True)


class ParcelShape(Sourced, Base):
    """The boundary of a parcel: a GeoJSON Polygon or MultiPolygon in GDA2020 longitude and latitude.

    `cell` is the tile of zoom 17 that holds its middle, as x * 2^17 + y: neighbours are found by equality.
    """

    __tablename__ = "parcel_shapes"
    __table_args__ = (Index("ix_parcel_shapes_cell", "organisation_id", "cell"),)

    organisation_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    parcel_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("property.parcels.id"), primary_key=True)
    cell: Mapped[int] = mapped_column(BigInteger)
    longitude: Mapped[float]
    latitude: Mapped[float]
    geometry: Mapped[dict[str, Any]] = mapped_column(info=NAMES_NO_OBJECT)
    is_synthetic: Mapped[bool] = mapped_column(default=False)
