"""Rows of the file and of its log, written together."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.storage.public import StoredObject
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.models import new_id
from banksia.modules.files.models import Activity, Document, DocumentVersion
from banksia.modules.files.schemas import Action


@dataclass(frozen=True)
class Bytes:
    """Stored bytes, and what they are called here."""

    stored: StoredObject
    file_name: str
    origin_id: UUID | None = None


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
            virus_scan="not_scanned",
            added_by_id=actor.user_id,
            added_by_name=actor.name,
            origin_id=content.origin_id,
        )
    )
    session.flush()
    session.refresh(document, ["latest"])


def log(
    session: Session, actor: Actor, document: Document, action: Action, *, version: DocumentVersion | None = None
) -> None:
    """Note in the file's log and in the audit log what was done to which bytes."""
    version = version or document.latest
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
            detail={"sha256": version.sha256},
        )
    )
    detail = {"version": version.number, "sha256": version.sha256, "property_id": str(document.property_id)}
    audit.record(session, actor, f"files.{action}", subject=document, detail=detail)
