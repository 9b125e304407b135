"""Rows of the file and of its log, written together."""

from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.storage.public import StoredObject
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.models import Base, new_id
from banksia.modules.files.models import Activity, Document, DocumentVersion, Folder
from banksia.modules.files.schemas import Action
from banksia.modules.files.service.contents import note_content
from banksia.modules.files.service.indexing import index_documents


@dataclass(frozen=True)
class Bytes:
    """Stored bytes, and what they are called here."""

    stored: StoredObject
    file_name: str
    origin_id: UUID | None = None


class About(Protocol):
    """A row that says what of a property's file it is about: the whole, a folder, or a document."""

    @property
    def property_id(self) -> UUID: ...
    @property
    def folder_id(self) -> UUID | None: ...
    @property
    def document_id(self) -> UUID | None: ...


def write_document(session: Session, actor: Actor, document: Document, content: Bytes, *, action: Action) -> Document:
    """Put a new document and its first version into the file."""
    document.id, document.latest_number, document.changed_at = new_id(), 1, utc_now()
    session.add(document)
    session.flush()
    _write_version(session, actor, document, content)
    log(session, actor, document, action)
    return document


def write_next_version(session: Session, actor: Actor, document: Document, content: Bytes, *, action: Action) -> None:
    """Add a version to a document whose row the caller has locked."""
    document.latest_number, document.changed_at = document.latest_number + 1, utc_now()
    _write_version(session, actor, document, content)
    log(session, actor, document, action)


def _write_version(session: Session, actor: Actor, document: Document, content: Bytes) -> None:
    session.add(
        DocumentVersion(
            organisation_id=actor.organisation_id,
            document_id=document.id,
            number=document.latest_number,
            object_id=content.stored.id,
            file_name=content.file_name,
            sha256=content.stored.sha256,
            size=content.stored.size,
            content_type=content.stored.content_type,
            added_by_id=actor.user_id,
            added_by_name=actor.name,
            origin_id=content.origin_id,
        )
    )
    session.flush()
    session.refresh(document, ["latest"])
    note_content(session, content.stored)
    session.refresh(document.latest, ["content"])
    index_documents(session, [document.id])


def log(
    session: Session,
    actor: Actor,
    document: Document,
    action: Action,
    detail: dict[str, Any] | None = None,
    *,
    version: DocumentVersion | None = None,
) -> None:
    """Note in the file's log and in the audit log what was done to which bytes."""
    version = version or document.latest
    told = {"sha256": version.sha256, **(detail or {})}
    session.add(
        Activity(
            organisation_id=actor.organisation_id,
            property_id=document.property_id,
            folder_id=document.folder_id,
            document_id=document.id,
            version_number=version.number,
            action=action,
            actor_id=actor.user_id,
            actor_name=actor.name,
            detail=told,
        )
    )
    more = {"version": version.number, "property_id": str(document.property_id), **told}
    audit.record(session, actor, f"files.{action}", subject=document, detail=more)


def log_folder(
    session: Session,
    actor: Actor,
    folder: Folder,
    property_id: UUID,
    action: Action,
    detail: dict[str, Any] | None = None,
) -> None:
    """Note what was done to a folder of a property's file."""
    _note(session, actor, action, (property_id, folder.id, None), {"folder": folder.name, **(detail or {})}, folder)


def log_about(session: Session, actor: Actor, row: About, action: Action, detail: dict[str, Any] | None = None) -> None:
    """Note what was done to whatever a row is about, which is the row's own subject in the audit log."""
    about = (row.property_id, row.folder_id, row.document_id)
    _note(session, actor, action, about, detail or {}, row if isinstance(row, Base) else None)


def log_file(
    session: Session, actor: Actor, property_id: UUID, action: Action, detail: dict[str, Any] | None = None
) -> None:
    """Note what was done to a property's file as a whole."""
    _note(session, actor, action, (property_id, None, None), detail or {}, None)


def _note(
    session: Session,
    actor: Actor,
    action: Action,
    about: tuple[UUID, UUID | None, UUID | None],
    detail: dict[str, Any],
    subject: Base | None,
) -> None:
    property_id, folder_id, document_id = about
    session.add(
        Activity(
            organisation_id=actor.organisation_id,
            property_id=property_id,
            folder_id=folder_id,
            document_id=document_id,
            action=action,
            actor_id=actor.user_id,
            actor_name=actor.name,
            detail=detail,
        )
    )
    told = {"property_id": str(property_id), **detail}
    audit.record(session, actor, f"files.{action}", subject=subject, detail=told)
