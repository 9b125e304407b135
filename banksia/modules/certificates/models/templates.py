"""What a council made of a product's certificate: numbered versions that never change, and the draft of the next."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from banksia.kit.models import Base, OrganisationOwned


class TemplateVersion(OrganisationOwned, Base, append_only=True):
    """A published template. The highest number is in force; without any, the one that comes with the platform is."""

    __tablename__ = "template_versions"
    __table_args__ = (
        UniqueConstraint("organisation_id", "product_id", "number"),
        CheckConstraint("number >= 1", name="number"),
    )

    product_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("certificates.products.id"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]]
    """Its text, its questions and its notes, as `TemplateContent`."""
    reason: Mapped[str]
    restored_from: Mapped[int | None]
    """The older version whose text was published again; 0 is the platform's own."""
    published_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("auth.users.id"))
    published_by_name: Mapped[str]


class TemplateDraft(OrganisationOwned, Base):
    """What an administrator works on; nothing is printed with it but previews. `version` counts saves."""

    __tablename__ = "template_drafts"
    __table_args__ = (UniqueConstraint("organisation_id", "product_id"),)

    product_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("certificates.products.id"))
    content: Mapped[dict[str, Any]]
    version: Mapped[int]
    saved_at: Mapped[datetime]
    saved_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("auth.users.id"))
    saved_by_name: Mapped[str]
