"""The folders of property files."""

import uuid
from datetime import date, datetime
from typing import Final

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from banksia.kit.models import Base, OrganisationOwned

KINDS: Final = ("fixed", "application", "own")


class Folder(OrganisationOwned, Base):
    """A folder of every property's file (`property_id` is null), or of one property's.

    `fixed` ones are the council's own structure, `application` ones hold a development application with its parts,
    `own` ones were made for one property. A sub-folder is of its parent's kind.
    """

    __tablename__ = "folders"
    __table_args__ = (
        UniqueConstraint("organisation_id", "key"),
        Index(None, "organisation_id", "property_id", "parent_id", "position", "id"),
        Index(
            None,
            "organisation_id",
            "application_number",
            postgresql_where=text("application_number IS NOT NULL"),
        ),
        Index(
            "uq_folders_application",
            "organisation_id",
            "property_id",
            "application_number",
            unique=True,
            postgresql_where=text("parent_id IS NULL AND application_number IS NOT NULL"),
        ),
        Index(
            "uq_folders_name_in_parent",
            "organisation_id",
            "property_id",
            "parent_id",
            text("lower(name)"),
            unique=True,
            postgresql_nulls_not_distinct=True,
            postgresql_where=text("archived_at IS NULL"),
        ),
        CheckConstraint(f"kind IN {KINDS}", name="kind_known"),
        CheckConstraint("property_id IS NOT NULL OR kind = 'fixed'", name="property_unless_fixed"),
    )

    key: Mapped[str | None]
    """Of a fixed folder; it stays when the name changes."""
    name: Mapped[str]
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(default="fixed")
    property_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("property.properties.id"))
    parent_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("files.folders.id"))
    application_number: Mapped[str | None]
    """`2017/41`, as the NSW Planning Portal numbers it; on the application's folder and on all below it."""
    retention_class_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("files.retention_classes.id"))
    """None takes the parent's."""
    is_restricted: Mapped[bool] = mapped_column(default=False)
    """Only people with the permission for restricted folders see it and what is in it."""
    archived_at: Mapped[datetime | None]
    archived_by_name: Mapped[str | None]
    created_by_name: Mapped[str] = mapped_column(default="")
    demolished_on: Mapped[date | None]
    """When what it is about was pulled down; some periods are not over before."""
