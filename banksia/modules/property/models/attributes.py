"""Other truths of a property: zone, heritage, bush fire, rates balance. Unknown is never kept or shown as no."""

import datetime
import uuid

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from banksia.kit.models import Base, OrganisationOwned
from banksia.modules.property.models.columns import Sourced

ATTRIBUTE_KINDS = ("text", "choice", "amount", "date", "yes_no")


class AttributeDefinition(OrganisationOwned, Base):
    """An attribute of the council's catalogue; `code` is what files and certificate templates call it."""

    __tablename__ = "attribute_definitions"
    __table_args__ = (
        UniqueConstraint("organisation_id", "code"),
        CheckConstraint("kind IN ('text', 'choice', 'amount', 'date', 'yes_no')", name="kind"),
        CheckConstraint("subject IN ('parcel', 'property')", name="subject"),
    )

    code: Mapped[str]
    title: Mapped[str]
    kind: Mapped[str]
    choices: Mapped[list[str]] = mapped_column(default=list)
    subject: Mapped[str] = mapped_column(default="parcel")
    """Whether it is true of a parcel (its zone) or of a property (what its assessment owes)."""
    group: Mapped[str] = mapped_column(default="")
    help: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
    retired_at: Mapped[datetime.datetime | None]


class AttributeValue(OrganisationOwned, Sourced, Base):
    """What one parcel or property has; a change ends the row and begins another.

    `value` is text, the choice, whole cents, an ISO date, `yes`, `no` or `unknown`; `detail` says more in words.
    """

    __tablename__ = "attribute_values"
    __table_args__ = (
        Index(
            "uq_attribute_values_parcel",
            *("organisation_id", "parcel_id", "definition_id"),
            unique=True,
            postgresql_where=text("valid_to IS NULL AND parcel_id IS NOT NULL"),
        ),
        Index(
            "uq_attribute_values_property",
            *("organisation_id", "property_id", "definition_id"),
            unique=True,
            postgresql_where=text("valid_to IS NULL AND property_id IS NOT NULL"),
        ),
        Index("ix_attribute_values_of_parcel", "organisation_id", "parcel_id"),
        Index("ix_attribute_values_of_property", "organisation_id", "property_id"),
        CheckConstraint("num_nonnulls(parcel_id, property_id) = 1", name="subject"),
    )

    definition_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("property.attribute_definitions.id"))
    parcel_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("property.parcels.id"))
    property_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("property.properties.id"))
    value: Mapped[str]
    detail: Mapped[str] = mapped_column(default="")
    source: Mapped[str]
    """The layer, register or person that says so, in words."""
    as_at_on: Mapped[datetime.date | None]
