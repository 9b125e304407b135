"""Folders, documents, their versions, and the log of a property's file."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, and_
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from banksia.kit.models import Base, OrganisationOwned


class Folder(OrganisationOwned, Base):
    """A folder that every property's file of the council has; `key` stays when its name changes."""

    __tablename__ = "folders"
    __table_args__ = (UniqueConstraint("organisation_id", "key"),)

    key: Mapped[str]
    name: Mapped[str]
    position: Mapped[int]


class DocumentVersion(OrganisationOwned, Base, append_only=True):
    """The bytes of a document at one time. Versions are only ever added."""

    __tablename__ = "document_versions"
    __table_args__ = (
        UniqueConstraint("organisation_id", "document_id", "number"),
        UniqueConstraint("organisation_id", "origin_id"),
        Index(None, "organisation_id", "sha256"),
        CheckConstraint("number > 0", name="number_positive"),
    )

    document_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("files.documents.id"))
    number: Mapped[int]
    object_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("storage.objects.id"))
    file_name: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    content_type: Mapped[str]
    virus_scan: Mapped[str] = mapped_column(default="not_scanned")
    """What was known when it was added; without a scanner it says so, and never `clean`."""
    added_by_id: Mapped[uuid.UUID | None]
    added_by_name: Mapped[str]
    origin_id: Mapped[uuid.UUID | None]
    """The certificate that it is, when another module filed it."""


class Document(OrganisationOwned, Base):
    """A document of a property's file, on the parcel of its day."""

    __tablename__ = "documents"
    __table_args__ = (
        Index(None, "organisation_id", "property_id", "changed_at", "id"),
        Index(None, "organisation_id", "property_id", "folder_id", "changed_at", "id"),
    )

    property_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("property.properties.id"))
    folder_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("files.folders.id"))
    title: Mapped[str]
    description: Mapped[str]
    parcel: Mapped[str | None]
    """As it was named when the document was added; None means the whole property."""
    property_label: Mapped[str]
    """The property's address, or its parcels, when the document was added."""
    latest_number: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]

    latest: Mapped[DocumentVersion] = relationship(
        primaryjoin=lambda: and_(
            Document.id == foreign(DocumentVersion.document_id),
            Document.latest_number == foreign(DocumentVersion.number),
        ),
        viewonly=True,
        uselist=False,
        lazy="raise",
    )


class Activity(OrganisationOwned, Base, append_only=True):
    """One thing that somebody did in a property's file."""

    __tablename__ = "activities"
    __table_args__ = (
        Index(None, "organisation_id", "property_id", "id"),
        Index(None, "organisation_id", "document_id", "id"),
    )

    property_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("property.properties.id"))
    folder_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("files.folders.id"))
    document_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("files.documents.id"))
    version_number: Mapped[int]
    action: Mapped[str]
    actor_id: Mapped[uuid.UUID | None]
    actor_name: Mapped[str]
    detail: Mapped[dict[str, Any]]

    document: Mapped[Document] = relationship(viewonly=True, lazy="raise")

    @property
    def document_title(self) -> str:
        """The title of its document as it is now."""
        return self.document.title
