"""Filters of lists that people keep under a name."""

import uuid
from typing import Any, Literal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from banksia.kit.models import Base, OrganisationOwned

FilterPlace = Literal["queue", "orders"]


class SavedFilter(OrganisationOwned, Base):
    """What a list was narrowed to, under a name: for its owner alone, or for everyone who sees the list."""

    __tablename__ = "saved_filters"
    __table_args__ = (
        UniqueConstraint("organisation_id", "owner_id", "place", "name"),
        Index("ix_saved_filters_shared", "organisation_id", "place", postgresql_where="is_shared"),
        CheckConstraint("place IN ('queue', 'orders')", name="place"),
    )

    place: Mapped[FilterPlace] = mapped_column(Text)
    name: Mapped[str]
    search: Mapped[dict[str, Any]]
    """As it stands in the address of the list; what is left out is not narrowed."""
    owner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("auth.users.id"))
    owner_name: Mapped[str]
    is_shared: Mapped[bool]
