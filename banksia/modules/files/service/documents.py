"""What people change of a document: its words, its place, its pin, and which files show it."""

from typing import Any, cast
from uuid import UUID

from sqlalchemy import Select
from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.modules.files import queries
from banksia.modules.files.errors import AlreadyShownThere, LinkNotFound
from banksia.modules.files.models import Document, DocumentLink, Removal
from banksia.modules.files.schemas import (
    BytesState,
    DocumentDetail,
    DocumentRead,
    DocumentUpdate,
    LinkCreate,
    LinkRead,
    VersionRead,
)
from banksia.modules.files.service.contents import last_checked
from banksia.modules.files.service.folders.finding import check_open, get_folder
from banksia.modules.files.service.indexing import index_documents
from banksia.modules.files.service.properties import label_of
from banksia.modules.files.service.reading import folder_of, get_document, get_readable, versions_of_document
from banksia.modules.files.service.retention import check_move, check_unlink, why_kept
from banksia.modules.files.service.seeing import visible_rows
from banksia.modules.files.service.writing import log
from banksia.modules.property.public import get_property, properties_with_ids


def read_document(session: Session, actor: Actor, *, document_id: UUID) -> DocumentDetail:
    """One document with its versions and links; raises DocumentNotFound.

    One in isolation is shown to who decides removals, and that they looked is noted.
    """
    document = get_readable(session, actor, document_id=document_id)
    if document.state == "isolated":
        log(session, actor, document, "document_viewed", {"isolated": True})
    kept = why_kept(session, document)
    removals = queries.removals_of(actor.organisation_id).where(
        Removal.document_id == document.id, Removal.state == "asked"
    )
    removal = session.scalars(removals).one_or_none()
    checked = last_checked(session, document.latest)
    return DocumentDetail(
        **DocumentRead.model_validate(document).model_dump(),
        folder_name=folder_of(session, document).name,
        versions=[
            VersionRead.model_validate(version) for version in versions_of_document(session, actor, document=document)
        ],
        links=_links(session, actor, document),
        last_verified_at=checked.verified_at if checked else None,
        bytes_state=cast("BytesState", checked.verdict) if checked else "not_checked",
        kept_because=kept.reason if kept else None,
        kept_until_on=kept.until_on if kept else None,
        removal_id=removal.id if removal else None,
        removal_is_mine=bool(removal and removal.requested_by_id == actor.user_id),
    )


def _links(session: Session, actor: Actor, document: Document) -> list[LinkRead]:
    links = list(session.scalars(_visible_links(actor).where(DocumentLink.document_id == document.id)))
    labels = properties_with_ids(session, [link.property_id for link in links])
    return [
        LinkRead(
            property_id=link.property_id,
            property_label=label_of(labels[link.property_id]) if link.property_id in labels else "",
            folder_id=link.folder_id,
            linked_by_name=link.linked_by_name,
        )
        for link in links
    ]


def _visible_links(actor: Actor) -> Select[DocumentLink]:
    """The places that documents are shown in, without folders that the actor may not open."""
    links = queries.links_of(actor.organisation_id)
    return visible_rows(links, actor, document=DocumentLink.document_id, folder=DocumentLink.folder_id)


def change_document(session: Session, actor: Actor, *, document_id: UUID, wanted: DocumentUpdate) -> Document:
    """Change a document's title, description or date, or move it to another folder of its file.

    What lies in an archived folder can be moved out of it and stays otherwise as it is. Raises DocumentNotFound,
    FolderNotFound, FolderArchived, and HeldInPlace or KeptForEver where the move would end what keeps it.
    """
    document = get_document(session, actor, document_id=document_id, lock=True)
    changes = wanted.model_dump(exclude_unset=True)
    folder_id = changes.pop("folder_id", None)
    if "description" in changes:
        changes["description"] = changes["description"] or ""
    before: dict[str, Any] = {}
    for name, value in changes.items():
        if getattr(document, name) != value and not (name == "title" and value is None):
            before[name] = getattr(document, name)
            setattr(document, name, value)
    if before:
        check_open(session, folder_of(session, document))
        after = {name: getattr(document, name) for name in before}
        log(session, actor, document, "document_changed", _told({"from": before, "to": after}))
    if folder_id is not None and folder_id != document.folder_id:
        folder = check_open(session, get_folder(session, actor, folder_id, property_id=document.property_id))
        check_move(session, actor, document, folder.id)
        left = folder_of(session, document).name
        document.folder_id = folder.id
        log(session, actor, document, "document_moved", {"from": left, "to": folder.name})
    if before or folder_id is not None:
        document.changed_at = utc_now()
        session.flush()
        index_documents(session, [document.id])
    return document


def _told(changes: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Dates as text: the log is JSON."""
    return {side: {name: str(value or "") for name, value in values.items()} for side, values in changes.items()}


def pin_document(session: Session, actor: Actor, *, document_id: UUID, pinned: bool) -> Document:
    """Pin a document for everyone, or unpin it; raises DocumentNotFound."""
    document = get_document(session, actor, document_id=document_id, lock=True)
    if (document.pinned_at is not None) != pinned:
        document.pinned_at = utc_now() if pinned else None
        document.pinned_by_name = actor.name if pinned else None
        log(session, actor, document, "document_pinned" if pinned else "document_unpinned")
        session.flush()
    return document


def link_document(session: Session, actor: Actor, *, document_id: UUID, wanted: LinkCreate) -> DocumentDetail:
    """Show a document in another property's file too, without a copy.

    Raises DocumentNotFound, PropertyNotFound, FolderNotFound, FolderArchived, AlreadyShownThere.
    """
    document = get_document(session, actor, document_id=document_id, lock=True)
    found = get_property(session, wanted.property_id)
    there = queries.links_of(actor.organisation_id).where(
        DocumentLink.document_id == document.id, DocumentLink.property_id == found.id
    )
    if found.id == document.property_id or session.scalars(there).one_or_none() is not None:
        raise AlreadyShownThere(label_of(found))
    folder = check_open(
        session, get_folder(session, actor, wanted.folder_id or document.folder_id, property_id=found.id)
    )
    session.add(
        DocumentLink(
            organisation_id=actor.organisation_id,
            document_id=document.id,
            property_id=found.id,
            folder_id=folder.id,
            parcel=found.parcels[0].text if len(found.parcels) == 1 else None,
            linked_by_name=actor.name,
        )
    )
    log(session, actor, document, "document_linked", {"to": label_of(found), "linked_property_id": str(found.id)})
    session.flush()
    return read_document(session, actor, document_id=document.id)


def unlink_document(session: Session, actor: Actor, *, document_id: UUID, property_id: UUID) -> DocumentDetail:
    """Show a document in another property's file no more.

    Raises DocumentNotFound, LinkNotFound, HeldInPlace where a hold on that file would not keep it any more.
    """
    document = get_document(session, actor, document_id=document_id, lock=True)
    there = _visible_links(actor).where(
        DocumentLink.document_id == document.id, DocumentLink.property_id == property_id
    )
    link = session.scalars(there).one_or_none()
    if link is None:
        raise LinkNotFound
    check_unlink(session, document, property_id)
    session.delete(link)
    log(session, actor, document, "document_unlinked", {"linked_property_id": str(property_id)})
    session.flush()
    return read_document(session, actor, document_id=document.id)
