"""A council's connection to a module that runs elsewhere."""

import uuid
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from banksia.kit.models import NAMES_NO_OBJECT, Base, OrganisationOwned

ConnectionState = Literal["registered", "verified", "enabled", "disabled", "removed"]
"""Registered: its manifest was read. Verified: an administrator approved it. The others speak for themselves."""
PageMode = Literal["frame", "origin"]
Health = Literal["ok", "failing", "unknown"]


class Connection(OrganisationOwned, Base):
    """One remote module of one council: where it is, what it was approved for, and how it is."""

    __tablename__ = "connections"
    __table_args__ = (
        Index(
            "uq_connections_name",
            "organisation_id",
            "name",
            unique=True,
            postgresql_where=text("state <> 'removed'"),
        ),
        UniqueConstraint("organisation_id", "client_id"),
        CheckConstraint("state IN ('registered', 'verified', 'enabled', 'disabled', 'removed')", name="state"),
        CheckConstraint("page_mode IN ('frame', 'origin')", name="page_mode"),
        CheckConstraint("health IN ('ok', 'failing', 'unknown')", name="health"),
        CheckConstraint("state IN ('registered', 'removed') OR manifest IS NOT NULL", name="approved"),
    )

    name: Mapped[str]
    base_url: Mapped[str]
    """Without a slash at its end; the module's own server answers below `{base_url}/{name}`."""
    state: Mapped[ConnectionState] = mapped_column(Text, default="registered")
    manifest: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True), info=NAMES_NO_OBJECT)
    """The one that was approved; null until then."""
    manifest_sha256: Mapped[str | None]
    offered: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True), info=NAMES_NO_OBJECT)
    """What waits for approval: the first manifest, or a newer one that asks for more."""
    offered_sha256: Mapped[str | None]
    page_mode: Mapped[PageMode] = mapped_column(Text, default="frame")
    page_hash: Mapped[str | None]
    """SHA-256 of the page's script as it was last read, so that browsers ask for a changed one anew."""
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict, info=NAMES_NO_OBJECT)
    registered_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("auth.users.id"))
    approved_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("auth.users.id"))
    approved_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
    checked_at: Mapped[datetime | None]
    health: Mapped[Health] = mapped_column(Text, default="unknown")
    health_detail: Mapped[str] = mapped_column(default="")
    """Why it is failing, in a sentence."""
    client_id: Mapped[str | None]
    client_secret_hash: Mapped[str | None]
    """What the module proves itself with is only ever compared."""
    sealed_webhook_secret: Mapped[str | None]
    """Signs the events that are sent to it, so it has to be read again."""
    sealed_old_webhook_secret: Mapped[str | None]
    old_webhook_secret_until: Mapped[datetime | None]
    """Until then the old secret signs along, so that the module can change over in its own time."""

    @property
    def is_enabled(self) -> bool:
        """Whether anything goes to it and anything is taken from it."""
        return self.state == "enabled"
