"""The table of trees."""

import datetime
import uuid
from decimal import Decimal

from banksia.kit.models import Base, OrganisationOwned
from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric
from sqlalchemy.orm import Mapped, mapped_column


class Tree(OrganisationOwned, Base):
    """A tree of a property, with where the council knows it from and from when to when it stood. Never deleted."""

    __tablename__ = "trees"
    __table_args__ = (
        Index(None, "organisation_id", "property_id", "id"),
        Index(None, "organisation_id", "id"),
        Index(None, "organisation_id", "protection", "id"),
        CheckConstraint("height_m > 0", name="height_positive"),
        CheckConstraint("girth_m > 0", name="girth_positive"),
        CheckConstraint("protection IN ('none', 'council', 'heritage', 'threatened')", name="protection_known"),
        CheckConstraint("(longitude IS NULL) = (latitude IS NULL)", name="position_whole"),
        CheckConstraint("valid_to_on IS NULL OR valid_to_on >= valid_from_on", name="ends_after_it_began"),
    )

    property_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("property.properties.id"))
    species: Mapped[str]
    common_name: Mapped[str]
    height_m: Mapped[Decimal | None] = mapped_column(Numeric(4, 1))
    """In metres; None while nobody has measured it."""
    girth_m: Mapped[Decimal | None] = mapped_column(Numeric(4, 2))
    """Around the trunk, 1.4 m above the ground."""
    protection: Mapped[str]
    longitude: Mapped[Decimal | None] = mapped_column(Numeric(9, 6))
    latitude: Mapped[Decimal | None] = mapped_column(Numeric(9, 6))
    """Where it stands, GDA2020; None while nobody has marked it on the map."""
    note: Mapped[str]
    source: Mapped[str]
    """Where the council knows it from: a survey, an arborist's report, a site visit."""
    recorded_by_name: Mapped[str]
    valid_from_on: Mapped[datetime.date]
    valid_to_on: Mapped[datetime.date | None]
    ended_because: Mapped[str] = mapped_column(default="")
