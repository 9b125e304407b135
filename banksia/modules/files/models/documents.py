"""Documents, their versions, and the log of a property's file."""

import uuid
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, and_, text
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from banksia.kit.models import NAMES_NO_OBJECT, Base, OrganisationOwned
from banksia.modules.files.models.contents import Content, KnownContent
from banksia.modules.files.models.folders import Folder

STATES: Final = ("present", "isolated", "purged")


class DocumentVersion(KnownContent, OrganisationOwned, Base, append_only=True):
    """The bytes of a document at one time. Versions are only ever added."""

    __tablename__ = "document_versions"
    __table_args__ = (
        UniqueConstraint("organisation_id", "document_id", "number"),
        UniqueConstraint("organisation_id", "origin_id"),
        Index(None, "organisation_id", "sha256"),
        Index(None, "organisation_id", "added_by_name"),
        CheckConstraint("number > 0", name="number_positive"),
    )

    document_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("files.documents.id"))
    number: Mapped[int]
    object_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("storage.objects.id"))
    file_name: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    content_type: Mapped[str]
    added_by_id: Mapped[uuid.UUID | None]
    added_by_name: Mapped[str]
    origin_id: Mapped[uuid.UUID | None]
    """The certificate that it is, when another module filed it."""

    content: Mapped[Content | None] = relationship(
        primaryjoin=lambda: DocumentVersion.object_id == foreign(Content.object_id),
        viewonly=True,
        uselist=False,
        lazy="raise",
    )


class Document(OrganisationOwned, Base):
    """A document of a property's file, on the parcel of its day.

    `isolated` ones wait 90 days for their end and can be restored; of `purged` ones this row is what stays.
    """

    __tablename__ = "documents"
    __table_args__ = (
        Index(None, "organisation_id", "property_id", "changed_at", "id"),
        Index(None, "organisation_id", "property_id", "folder_id", "changed_at", "id"),
        Index(None, "organisation_id", "folder_id"),
        Index(None, "organisation_id", "purge_after_at", "id", postgresql_where=text("state = 'isolated'")),
        Index(None, "organisation_id", "batch_id", "id", postgresql_where=text("batch_id IS NOT NULL")),
        CheckConstraint(f"state IN {STATES}", name="state_known"),
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
    dated_on: Mapped[date | None]
    """The day that the paper bears, where somebody said it."""
    state: Mapped[str] = mapped_column(default="present")
    isolated_at: Mapped[datetime | None]
    purge_after_at: Mapped[datetime | None]
    pinned_at: Mapped[datetime | None]
    pinned_by_name: Mapped[str | None]
    batch_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("files.batches.id"))
    """The bulk load that it came with."""

    latest: Mapped[DocumentVersion] = relationship(
        primaryjoin=lambda: and_(
            Document.id == foreign(DocumentVersion.document_id),
            Document.latest_number == foreign(DocumentVersion.number),
        ),
        viewonly=True,
        uselist=False,
        lazy="raise",
    )


class DocumentLink(OrganisationOwned, Base):
    """A second property whose file shows the same document, without a copy."""

    __tablename__ = "document_links"
    __table_args__ = (
        UniqueConstraint("organisation_id", "property_id", "document_id"),
        Index(None, "organisation_id", "document_id"),
        Index(None, "organisation_id", "property_id", "folder_id"),
    )

    document_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("files.documents.id"))
    property_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("property.properties.id"))
    folder_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("files.folders.id"))
    parcel: Mapped[str | None]
    linked_by_name: Mapped[str]


class Activity(OrganisationOwned, Base, append_only=True):
    """One thing that somebody did in a property's file: to the file, to a folder of it, or to a document."""

    __tablename__ = "activities"
    __table_args__ = (
        Index(None, "organisation_id", "property_id", "id"),
        Index(None, "organisation_id", "folder_id", "id"),
        Index(None, "organisation_id", "document_id", "id"),
        Index(
            "ix_activities_changes",
            "organisation_id",
            "property_id",
            "id",
            postgresql_where=text("action NOT IN ('document_viewed', 'document_downloaded')"),
        ),
    )

    property_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("property.properties.id"))
    folder_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("files.folders.id"))
    document_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("files.documents.id"))
    version_number: Mapped[int | None]
    action: Mapped[str]
    actor_id: Mapped[uuid.UUID | None]
    actor_name: Mapped[str]
    detail: Mapped[dict[str, Any]] = mapped_column(info=NAMES_NO_OBJECT)

    document: Mapped[Document | None] = relationship(viewonly=True, lazy="raise")
    folder: Mapped[Folder | None] = relationship(viewonly=True, lazy="raise")

    @property
    def document_title(self) -> str | None:
        """The title of its document as it is now."""
        return self.document.title if self.document else None

    @property
    def folder_name(self) -> str | None:
        """The name of its folder as it is now."""
        return self.folder.name if self.folder else None
