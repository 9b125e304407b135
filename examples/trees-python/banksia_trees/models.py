"""The table of trees."""

import datetime
import uuid
from decimal import Decimal

from banksia.kit.models import Base, OrganisationOwned
from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric
from sqlalchemy.orm import Mapped, mapped_column


class Tree(OrganisationOwned, Base):
    """A tree of a property. It is never deleted: it ends."""

    __tablename__ = "trees"
    __table_args__ = (
        Index(None, "organisation_id", "property_id", "id"),
        Index(None, "organisation_id", "id"),
        CheckConstraint("height_m > 0", name="height_positive"),
        CheckConstraint("valid_to_on IS NULL OR valid_to_on >= valid_from_on", name="ends_after_it_began"),
    )

    property_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("property.properties.id"))
    species: Mapped[str]
    height_m: Mapped[Decimal | None] = mapped_column(Numeric(4, 1))
    """In metres; None while nobody has measured it."""
    protected: Mapped[bool]
    note: Mapped[str]
    recorded_by_name: Mapped[str]
    valid_from_on: Mapped[datetime.date]
    valid_to_on: Mapped[datetime.date | None]
    ended_because: Mapped[str] = mapped_column(default="")
