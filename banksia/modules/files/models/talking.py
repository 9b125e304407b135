"""Comments, reminders, and what was sent to owners."""

import uuid
from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from banksia.kit.models import Base, OrganisationOwned
from banksia.modules.files.models.documents import Document


class Comment(OrganisationOwned, Base, append_only=True):
    """What somebody wrote about a property's file, a folder of it, or a document."""

    __tablename__ = "comments"
    __table_args__ = (
        Index(None, "organisation_id", "property_id", "id"),
        Index(None, "organisation_id", "document_id", "id"),
    )

    property_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("property.properties.id"))
    folder_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("files.folders.id"))
    document_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("files.documents.id"))
    text: Mapped[str]
    author_id: Mapped[uuid.UUID | None]
    author_name: Mapped[str]


class Reminder(OrganisationOwned, Base):
    """A person is written to about a folder or a document on a day."""

    __tablename__ = "reminders"
    __table_args__ = (
        Index(None, "organisation_id", "property_id", "id"),
        Index(
            None,
            "organisation_id",
            "remind_on",
            "id",
            postgresql_where=text("sent_at IS NULL AND cancelled_at IS NULL"),
        ),
    )

    property_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("property.properties.id"))
    folder_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("files.folders.id"))
    document_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("files.documents.id"))
    remind_on: Mapped[date]
    person_id: Mapped[uuid.UUID]
    person_name: Mapped[str]
    note: Mapped[str]
    created_by_id: Mapped[uuid.UUID | None]
    created_by_name: Mapped[str]
    sent_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]

    document: Mapped[Document | None] = relationship(viewonly=True, lazy="raise")

    @property
    def document_title(self) -> str | None:
        """The title of its document as it is now."""
        return self.document.title if self.document else None


class SentDocument(OrganisationOwned, Base, append_only=True):
    """One document of a sending, in the version that was on screen."""

    __tablename__ = "sent_documents"
    __table_args__ = (
        UniqueConstraint("organisation_id", "sending_id", "document_id"),
        Index(None, "organisation_id", "document_id"),
    )

    sending_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("files.sendings.id"))
    document_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("files.documents.id"))
    version_number: Mapped[int]
    object_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("storage.objects.id"))
    file_name: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)


class Sending(OrganisationOwned, Base):
    """Documents that were e-mailed to an owner: attached when small, by a link of one person when not."""

    __tablename__ = "sendings"
    __table_args__ = (
        Index(None, "organisation_id", "property_id", "id"),
        Index(None, "organisation_id", "token_hash", unique=True, postgresql_where=text("token_hash IS NOT NULL")),
    )

    property_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("property.properties.id"))
    to_email: Mapped[str]
    to_name: Mapped[str]
    message: Mapped[str]
    method: Mapped[str]
    """`attached` or `link`."""
    token_hash: Mapped[str | None]
    expires_at: Mapped[datetime | None]
    sent_by_name: Mapped[str]
    opened_at: Mapped[datetime | None]
    """When the link was first opened."""

    documents: Mapped[list[SentDocument]] = relationship(order_by=SentDocument.id, viewonly=True, lazy="raise")
