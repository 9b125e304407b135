"""Bulk loads: shelves that were scanned, with a manifest of what is what."""

import uuid
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from banksia.kit.models import Base, OrganisationOwned

BATCH_STATES: Final = ("checking", "checked", "loading", "loaded", "undoing", "undone", "undo_failed", "failed")
VERDICTS: Final = ("ready", "rejected", "already_here", "loaded", "failed", "undone", "kept")


class Batch(OrganisationOwned, Base):
    """One load, from its manifest to its last document; it can be taken back as a unit."""

    __tablename__ = "batches"
    __table_args__ = (
        Index(None, "organisation_id", "id"),
        CheckConstraint(f"state IN {BATCH_STATES}", name="state_known"),
    )

    name: Mapped[str]
    place: Mapped[str]
    """The folder or `s3://bucket/prefix` that the files lie in, or the name of the bag."""
    manifest_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("storage.objects.id"))
    state: Mapped[str] = mapped_column(default="checking")
    note: Mapped[str] = mapped_column(default="")
    """Why it failed, in a sentence."""
    counts: Mapped[dict[str, Any]]
    """Rows by verdict."""
    row_count: Mapped[int] = mapped_column(default=0)
    bytes_loaded: Mapped[int] = mapped_column(BigInteger, default=0)
    seconds: Mapped[float] = mapped_column(default=0.0)
    """Spent loading, over all of its runs."""
    started_by_id: Mapped[uuid.UUID | None]
    started_by_name: Mapped[str]
    ended_at: Mapped[datetime | None]


class BatchRow(OrganisationOwned, Base):
    """A line of the manifest and what became of it."""

    __tablename__ = "batch_rows"
    __table_args__ = (
        UniqueConstraint("organisation_id", "batch_id", "number"),
        Index(None, "organisation_id", "batch_id", "verdict", "number"),
    )

    batch_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("files.batches.id"))
    number: Mapped[int]
    """The line in the manifest; its header is line 1."""
    path: Mapped[str]
    title: Mapped[str]
    description: Mapped[str]
    folder_words: Mapped[str]
    """As the manifest names the folder."""
    property_words: Mapped[str]
    """As the manifest names the property."""
    property_id: Mapped[uuid.UUID | None]
    parcel: Mapped[str | None]
    dated_on: Mapped[date | None]
    box: Mapped[str]
    size: Mapped[int | None] = mapped_column(BigInteger)
    verdict: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    document_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("files.documents.id"))
    created: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Folders that were made for it, by id."""
