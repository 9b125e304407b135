"""Looking into a property's file."""

from uuid import UUID

from sqlalchemy.orm import Session

from banksia.foundation.storage.public import StoredObject, find_object
from banksia.kit.actor import Actor
from banksia.kit.paging import Key, page_of
from banksia.modules.files import queries
from banksia.modules.files.errors import DocumentNotFound
from banksia.modules.files.models import Activity, Document, DocumentVersion
from banksia.modules.files.schemas import ActivityRead, FileRead, FolderSummary, ParcelRead
from banksia.modules.files.service.folders import list_folders
from banksia.modules.files.service.writing import log
from banksia.modules.property.public import get_property

RECENT = 10
NEWEST_FIRST = (Key(Activity.id, "id", descending=True),)


def read_file(session: Session, actor: Actor, *, property_id: UUID) -> FileRead:
    """A property's file at a glance; raises PropertyNotFound."""
    found = get_property(session, property_id)
    rows = session.execute(queries.document_counts(actor.organisation_id, property_id))
    counts = {folder_id: count for folder_id, count in rows}  # noqa: C416  (a row is no pair to the type checker)
    activities = queries.activities_of(actor.organisation_id).where(Activity.property_id == property_id)
    recent = session.scalars(activities.order_by(Activity.id.desc()).limit(RECENT))
    return FileRead(
        property_id=property_id,
        address=found.address,
        parcels=[ParcelRead(text=parcel.text, title=parcel.title, status=parcel.status) for parcel in found.parcels],
        assessment=found.assessment,
        document_count=sum(counts.values()),
        folders=[
            FolderSummary(id=folder.id, key=folder.key, name=folder.name, document_count=counts.get(folder.id, 0))
            for folder in list_folders(session, actor)
        ],
        recent=[ActivityRead.model_validate(activity) for activity in recent],
    )


def list_documents(
    session: Session, actor: Actor, *, property_id: UUID, folder_id: UUID | None, limit: int, cursor: str | None
) -> tuple[list[Document], str | None]:
    """Documents of a property's file or of one folder in it, the last changed first; raises PropertyNotFound."""
    get_property(session, property_id)
    found = queries.documents_of(actor.organisation_id).where(Document.property_id == property_id)
    if folder_id is not None:
        found = found.where(Document.folder_id == folder_id)
    keys = [
        Key(Document.changed_at, "changed_at", descending=True),
        Key(Document.id, "id", descending=True),
    ]
    return page_of(session, found, keys=keys, limit=limit, cursor=cursor)


def get_document(session: Session, actor: Actor, *, document_id: UUID) -> Document:
    """A document of the council with its latest version; raises DocumentNotFound."""
    documents = queries.documents_of(actor.organisation_id).where(Document.id == document_id)
    document = session.scalars(documents).one_or_none()
    if document is None:
        raise DocumentNotFound
    return document


def versions_of_document(session: Session, actor: Actor, *, document: Document) -> list[DocumentVersion]:
    """All versions of a document, the newest first."""
    versions = queries.versions_of(actor.organisation_id).where(DocumentVersion.document_id == document.id)
    return list(session.scalars(versions.order_by(DocumentVersion.number.desc())))


def record_download(
    session: Session, actor: Actor, *, document_id: UUID, number: int, shown: bool
) -> tuple[StoredObject, DocumentVersion]:
    """Note that somebody takes, or looks at, one version; answers its bytes' row. Raises DocumentNotFound."""
    document = get_document(session, actor, document_id=document_id)
    versions = queries.versions_of(actor.organisation_id).where(
        DocumentVersion.document_id == document.id, DocumentVersion.number == number
    )
    version = session.scalars(versions).one_or_none()
    stored = find_object(session, version.object_id) if version is not None else None
    if version is None or stored is None:
        raise DocumentNotFound
    log(session, actor, document, "document_viewed" if shown else "document_downloaded", version=version)
    return stored, version


def file_log(
    session: Session, actor: Actor, *, property_id: UUID, limit: int, cursor: str | None
) -> tuple[list[Activity], str | None]:
    """What was done in a property's file, the newest first; raises PropertyNotFound."""
    get_property(session, property_id)
    found = queries.activities_of(actor.organisation_id).where(Activity.property_id == property_id)
    return page_of(session, found, keys=NEWEST_FIRST, limit=limit, cursor=cursor)


def document_log(
    session: Session, actor: Actor, *, document_id: UUID, limit: int, cursor: str | None
) -> tuple[list[Activity], str | None]:
    """What was done to one document, the newest first; raises DocumentNotFound."""
    get_document(session, actor, document_id=document_id)
    found = queries.activities_of(actor.organisation_id).where(Activity.document_id == document_id)
    return page_of(session, found, keys=NEWEST_FIRST, limit=limit, cursor=cursor)
