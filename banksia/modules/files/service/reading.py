"""Looking into a property's file."""

from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import start_of_day
from banksia.foundation.storage.public import StoredObject, find_object
from banksia.kit.actor import Actor
from banksia.kit.among import among
from banksia.kit.paging import Key, page_of
from banksia.modules.files import queries
from banksia.modules.files.errors import DocumentNotFound
from banksia.modules.files.models import Document, DocumentLink, DocumentVersion, Folder
from banksia.modules.files.permissions import RESTRICTED_READ
from banksia.modules.files.schemas import DocumentRead, PlacedDocument
from banksia.modules.files.service.contents import SAFE, Unsafe, refuse_unsafe
from banksia.modules.files.service.folders.finding import get_folder, subtree_ids
from banksia.modules.files.service.lineage import Family, family_of
from banksia.modules.files.service.seeing import readable_documents, visible_documents
from banksia.modules.files.service.writing import log
from banksia.modules.property.public import get_property

DocumentOrder = Literal["changed", "added", "title"]
_ORDERS: dict[DocumentOrder, Key] = {
    "changed": Key(Document.changed_at, "changed_at", descending=True),
    "added": Key(Document.created_at, "created_at", descending=True),
    "title": Key(Document.title, "title"),
}


def list_documents(
    session: Session,
    actor: Actor,
    *,
    property_id: UUID,
    folder_id: UUID | None,
    order: DocumentOrder = "changed",
    as_at_on: date | None = None,
    limit: int,
    cursor: str | None,
) -> tuple[list[PlacedDocument], str | None]:
    """Documents of a property's file, or of one folder in it with all below; raises PropertyNotFound, FolderNotFound.

    For a day: what was there at its end, on the parcels of then; what has left since says when.
    """
    family = family_of(session, get_property(session, property_id), as_at_on=as_at_on)
    placed = queries.placed_documents(
        actor.organisation_id,
        family.scope(property_id),
        restricted=actor.may(RESTRICTED_READ),
        before=end_of_day(session, as_at_on) if as_at_on else None,
    )
    found = queries.documents_placed(actor.organisation_id, placed)
    if folder_id is not None:
        get_folder(session, actor, folder_id)
        relatives = (property_id, *(each.property_id for each in family.ancestors))
        folders = session.scalars(queries.folders_of_properties(actor.organisation_id, relatives))
        found = found.where(placed.c.folder_id.in_(subtree_ids(folders, folder_id)))
    keys = [_ORDERS[order], Key(Document.id, "id", descending=order != "title")]
    rows, following = page_of(session, found, keys=keys, limit=limit, cursor=cursor)
    return describe_placed(session, actor, property_id, family, rows), following


def describe_placed(
    session: Session, actor: Actor, property_id: UUID, family: Family, rows: list[Document]
) -> list[PlacedDocument]:
    """Documents as one property's file shows them, with one statement more for all that are linked, or have left."""
    elsewhere = [row.id for row in rows if row.property_id != property_id]
    links: dict[UUID, UUID] = {}
    if elsewhere:
        wanted = queries.links_of(actor.organisation_id).where(
            DocumentLink.property_id == property_id, among(DocumentLink.document_id, elsewhere)
        )
        links = {link.document_id: link.folder_id for link in session.scalars(wanted)}
    gone = [row.id for row in rows if row.state != "present"]
    left = queries.days_of_leaving(actor.organisation_id, gone)
    left_at = {row[0]: row[1] for row in session.execute(left)} if gone else {}
    described = []
    for row in rows:
        origin = family.origin_of(row) if row.id in elsewhere and row.id not in links else None
        described.append(
            PlacedDocument(
                **DocumentRead.model_validate(row).model_dump(),
                shown_in=links.get(row.id, row.folder_id),
                from_parcel=origin.title if origin else None,
                until_on=origin.until_on if origin else None,
                is_linked=row.id in links,
                removed_at=left_at.get(row.id),
            )
        )
    return described


def end_of_day(session: Session, day: date) -> datetime:
    """The moment after a day's last, where the council is."""
    return start_of_day(session, day + timedelta(days=1))


def get_document(session: Session, actor: Actor, *, document_id: UUID, lock: bool = False) -> Document:
    """A document of the council with its latest version; raises DocumentNotFound.

    So is one in a restricted folder to who may not open it, and one that is isolated or gone.
    """
    wanted = visible_documents(actor).where(Document.id == document_id, Document.state == "present")
    if lock:
        session.execute(queries.lock_documents(actor.organisation_id, [document_id]))
        wanted = wanted.execution_options(populate_existing=True)
    document = session.scalars(wanted).one_or_none()
    if document is None:
        raise DocumentNotFound
    return document


def get_readable(session: Session, actor: Actor, *, document_id: UUID) -> Document:
    """A document to look at and never to change; raises DocumentNotFound.

    One in isolation is there for who decides removals alone.
    """
    document = session.scalars(readable_documents(actor).where(Document.id == document_id)).one_or_none()
    if document is None:
        raise DocumentNotFound
    return document


def versions_of_document(session: Session, actor: Actor, *, document: Document) -> list[DocumentVersion]:
    """All versions of a document, the newest first."""
    versions = queries.versions_of(actor.organisation_id).where(DocumentVersion.document_id == document.id)
    return list(session.scalars(versions.order_by(DocumentVersion.number.desc())))


def get_version(
    session: Session, actor: Actor, *, document_id: UUID, number: int, isolated: bool = False
) -> tuple[Document, DocumentVersion]:
    """One version of a document that the actor may read; raises DocumentNotFound.

    With `isolated`, of one in isolation too for who decides removals: to look at it and nothing else.
    """
    get = get_readable if isolated else get_document
    document = get(session, actor, document_id=document_id)
    versions = queries.versions_of(actor.organisation_id).where(
        DocumentVersion.document_id == document.id, DocumentVersion.number == number
    )
    version = session.scalars(versions).one_or_none()
    if version is None:
        raise DocumentNotFound
    return document, version


def record_download(
    session: Session, actor: Actor, *, document_id: UUID, number: int, shown: bool, unsafe: Unsafe = SAFE
) -> tuple[StoredObject, DocumentVersion]:
    """Note that somebody takes, or looks at, one version; answers its bytes' row.

    Raises DocumentNotFound, FileInfected, FileDamaged.
    """
    document, version = get_version(session, actor, document_id=document_id, number=number, isolated=True)
    stored = find_object(session, version.object_id)
    if stored is None:
        raise DocumentNotFound
    refuse_unsafe(session, actor, version, asked=unsafe)
    log(session, actor, document, "document_viewed" if shown else "document_downloaded", version=version)
    return stored, version


def folder_of(session: Session, document: Document) -> Folder:
    """The folder that a document lies in."""
    wanted = queries.folders_of(document.organisation_id).where(Folder.id == document.folder_id)
    return session.scalars(wanted).one()
