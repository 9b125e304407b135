"""How long documents are kept, what holds them, and how they leave."""

import uuid
from datetime import date, datetime
from typing import Final

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from banksia.kit.models import Base, OrganisationOwned
from banksia.modules.files.models.documents import Document

TRIGGERS: Final = ("added", "dated", "folder_closed", "never")
REMOVAL_STATES: Final = ("asked", "refused", "withdrawn", "isolated", "restored", "purged")
DISPOSAL_STATES: Final = ("proposed", "approved", "cancelled", "done")


class RetentionClass(OrganisationOwned, Base):
    """A class of the disposal authority: what starts its period, and how long it is."""

    __tablename__ = "retention_classes"
    __table_args__ = (
        UniqueConstraint("organisation_id", "code"),
        CheckConstraint(f"trigger IN {TRIGGERS}", name="trigger_known"),
        CheckConstraint("(trigger = 'never') = (keep_years IS NULL)", name="forever_without_years"),
        CheckConstraint("keep_years BETWEEN 0 AND 200", name="keep_years_possible"),
    )

    code: Mapped[str]
    """As the authority numbers it."""
    title: Mapped[str]
    authority: Mapped[str]
    """`FA450`: the authority that it is from."""
    trigger: Mapped[str]
    """`added` and `dated` count from the document, `folder_closed` from the archiving of its folder; `never` ends."""
    keep_years: Mapped[int | None]
    action: Mapped[str]
    """What the authority says, for people: "Keep 10 years or until demolished, whichever is longer"."""
    until_demolished: Mapped[bool] = mapped_column(default=False)
    """The period is not over while the property stands, whatever the years say."""
    is_active: Mapped[bool] = mapped_column(default=True)


class Hold(OrganisationOwned, Base):
    """Nothing of a property's file, a folder or a document may go while it is on."""

    __tablename__ = "holds"
    __table_args__ = (Index(None, "organisation_id", "property_id", postgresql_where=text("lifted_at IS NULL")),)

    property_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("property.properties.id"))
    folder_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("files.folders.id"))
    document_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("files.documents.id"))
    reason: Mapped[str]
    placed_by_name: Mapped[str]
    lifted_at: Mapped[datetime | None]
    lifted_by_name: Mapped[str | None]
    lifted_because: Mapped[str | None]


class Removal(OrganisationOwned, Base):
    """Somebody asked to remove a document; another person decides."""

    __tablename__ = "removals"
    __table_args__ = (
        Index(None, "organisation_id", "state", "id"),
        Index(None, "organisation_id", "document_id", "id"),
        Index(
            "uq_removals_open",
            "organisation_id",
            "document_id",
            unique=True,
            postgresql_where=text("state IN ('asked', 'isolated')"),
        ),
        CheckConstraint(f"state IN {REMOVAL_STATES}", name="state_known"),
        CheckConstraint("decided_by_id <> requested_by_id", name="decided_by_another"),
    )

    document_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("files.documents.id"))
    property_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("property.properties.id"))
    reason: Mapped[str]
    requested_by_id: Mapped[uuid.UUID]
    requested_by_name: Mapped[str]
    state: Mapped[str] = mapped_column(default="asked")
    decided_by_id: Mapped[uuid.UUID | None]
    decided_by_name: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    decision_note: Mapped[str] = mapped_column(default="")
    disposal_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("files.disposals.id"))
    """The disposal list that brought it, when nobody asked for this document alone."""

    document: Mapped[Document] = relationship(viewonly=True, lazy="raise")


class Disposal(OrganisationOwned, Base):
    """A list of documents whose period is over; a second person approves it, and a certificate tells of its end."""

    __tablename__ = "disposals"
    __table_args__ = (
        UniqueConstraint("organisation_id", "number"),
        CheckConstraint(f"state IN {DISPOSAL_STATES}", name="state_known"),
        CheckConstraint("approved_by_id <> made_by_id", name="approved_by_another"),
    )

    number: Mapped[int]
    title: Mapped[str]
    state: Mapped[str] = mapped_column(default="proposed")
    due_by_on: Mapped[date]
    """Periods that ended by this day."""
    made_by_id: Mapped[uuid.UUID]
    made_by_name: Mapped[str]
    approved_by_id: Mapped[uuid.UUID | None]
    approved_by_name: Mapped[str | None]
    approved_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    certificate_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("storage.objects.id"))
    """The certificate of destruction, once all is gone."""


class DisposalDocument(OrganisationOwned, Base):
    """A document on a disposal list, with the reason why its period is over, as it was known then."""

    __tablename__ = "disposal_documents"
    __table_args__ = (
        UniqueConstraint("organisation_id", "disposal_id", "document_id"),
        Index(None, "organisation_id", "document_id"),
    )

    disposal_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("files.disposals.id"))
    document_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("files.documents.id"))
    class_code: Mapped[str]
    due_on: Mapped[date]
    is_kept: Mapped[bool] = mapped_column(default=False)
    """Taken off the list by whoever approves it."""
    kept_because: Mapped[str] = mapped_column(default="")
    document: Mapped[Document] = relationship(viewonly=True, lazy="raise")
