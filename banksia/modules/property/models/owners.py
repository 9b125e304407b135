"""Owners: personal data, behind a permission of their own, every reading audited."""

import datetime
import uuid

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from banksia.kit.models import Base, OrganisationOwned
from banksia.modules.property.models.columns import Sourced, in_c_order


class Owner(OrganisationOwned, Sourced, Base):
    """Somebody who owns a property, from when to when; a change of any part ends the row and begins another."""

    __tablename__ = "owners"
    __table_args__ = (Index("ix_owners_property", "organisation_id", "property_id", "valid_to"),)

    property_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("property.properties.id"))
    name: Mapped[str]
    postal_address: Mapped[str | None]
    email: Mapped[str | None]
    owned_since_on: Mapped[datetime.date | None]


class OwnerWord(Base):
    """A word of an owner's name, in capitals without marks; search by owner reads it and asks who owns now."""

    __tablename__ = "owner_words"

    organisation_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    word: Mapped[str] = in_c_order(primary_key=True)
    owner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("property.owners.id"), primary_key=True)
