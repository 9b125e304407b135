"""Every SELECT on property files, scoped to one organisation."""

import uuid

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from banksia.modules.files.models import Activity, Document, DocumentVersion, Folder


def folders_of(organisation_id: uuid.UUID) -> Select[Folder]:
    """The folders of a council."""
    return select(Folder).where(Folder.organisation_id == organisation_id)


def documents_of(organisation_id: uuid.UUID) -> Select[Document]:
    """The documents of a council, each with its latest version in the same row."""
    return (
        select(Document)
        .where(Document.organisation_id == organisation_id)
        .options(joinedload(Document.latest, innerjoin=True))
    )


def versions_of(organisation_id: uuid.UUID) -> Select[DocumentVersion]:
    """The versions of a council's documents."""
    return select(DocumentVersion).where(DocumentVersion.organisation_id == organisation_id)


def documents_with_bytes(organisation_id: uuid.UUID, property_id: uuid.UUID, sha256: str) -> Select[Document]:
    """The documents of a property's file whose latest version has these bytes."""
    return (
        select(Document)
        .join(DocumentVersion, DocumentVersion.document_id == Document.id)
        .where(
            DocumentVersion.organisation_id == organisation_id,
            DocumentVersion.sha256 == sha256,
            DocumentVersion.number == Document.latest_number,
            Document.organisation_id == organisation_id,
            Document.property_id == property_id,
        )
        .order_by(Document.id)
    )


def document_counts(organisation_id: uuid.UUID, property_id: uuid.UUID) -> Select[uuid.UUID, int]:
    """Folder and number of documents in it, of one property's file."""
    return (
        select(Document.folder_id, func.count())
        .where(Document.organisation_id == organisation_id, Document.property_id == property_id)
        .group_by(Document.folder_id)
    )


def activities_of(organisation_id: uuid.UUID) -> Select[Activity]:
    """The log of a council's files, each line with the title of its document in the same row."""
    return (
        select(Activity)
        .where(Activity.organisation_id == organisation_id)
        .options(joinedload(Activity.document, innerjoin=True).load_only(Document.title))
    )
