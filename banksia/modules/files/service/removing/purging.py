"""The end of a document: its bytes go, a stub with its title and hashes stays.

A document is marked first and its bytes go after the commit: dying between the two leaves bytes that the next run
removes, and the row of what was read out of them, which names their pictures until these are gone too. Whatever is
kept by its class or by a hold is not marked, however long it has been isolated.
"""

from functools import partial
from uuid import UUID

import structlog
from sqlalchemy import delete, or_
from sqlalchemy.orm import Session

from banksia.foundation.storage import public as storage
from banksia.kit.actor import Actor
from banksia.kit.among import among
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions, organisation_id_of
from banksia.kit.kill_points import reach
from banksia.kit.paging import Key, page_of
from banksia.modules.files import queries
from banksia.modules.files.models import Content, Document, DocumentLink, DocumentVersion, Removal
from banksia.modules.files.service.indexing import index_documents
from banksia.modules.files.service.removing.telling import tell_administrators
from banksia.modules.files.service.retention.deciding import why_kept
from banksia.modules.files.service.writing import log

AT_ONCE = 200
LONGEST_OVER_FIRST = (Key(Document.purge_after_at, "purge_after_at"), Key(Document.id, "id"))
logger = structlog.get_logger()


def purge_isolated(transactions: Transactions) -> int:
    """Purge what was isolated long enough, and finish what an earlier run began; answers how many documents ended.

    Called outside any transaction; each document is one of its own. What is kept is stepped over, and so is one that
    fails, which the next run tries again.
    """
    over = queries.documents_of(transactions.actor.organisation_id).where(
        Document.state.in_(("isolated", "purged")), Document.purge_after_at <= utc_now()
    )
    ended, cursor, is_last = 0, None, False
    while not is_last:
        with transactions() as session:
            documents, cursor = page_of(session, over, keys=LONGEST_OVER_FIRST, limit=AT_ONCE, cursor=cursor)
        ended += sum(_purge_or_note(transactions, document.id) for document in documents)
        is_last = cursor is None
    return ended


def _purge_or_note(transactions: Transactions, document_id: UUID) -> bool:
    try:
        return purge_document(transactions, document_id)
    except Exception:
        logger.exception("files.purge_failed", document_id=str(document_id))
        return False


def purge_document(transactions: Transactions, document_id: UUID, *, because: str = "isolation is over") -> bool:
    """Purge one document, unless it is kept; the same again finishes what was begun. Outside any transaction."""
    with transactions() as session:
        object_ids = _mark(session, transactions.actor, document_id, because)
    if object_ids is None:
        return False
    reach("files.document_marked_purged")
    for object_id in object_ids:
        storage.purge_object(transactions, object_id, judged=_judges(object_id))
    with transactions() as session:
        document = _locked(session, document_id)
        document.purge_after_at = None
        _forget_contents(session, document)
    return True


def _mark(session: Session, actor: Actor, document_id: UUID, because: str) -> list[UUID] | None:
    """Mark a document as purged; answers the objects that may go, or None when it is kept."""
    document = _locked(session, document_id)
    kept = why_kept(session, document) if document.state != "purged" else None
    if kept is not None:
        logger.info("files.purge_refused", document_id=str(document_id), reason=kept.reason)
        return None
    if document.state != "purged":
        document.state, document.purge_after_at = "purged", document.purge_after_at or utc_now()
        document.pinned_at = document.pinned_by_name = None
        session.flush()
        index_documents(session, [document.id])
        links = delete(DocumentLink).where(DocumentLink.organisation_id == document.organisation_id)
        session.execute(links.where(DocumentLink.document_id == document.id))
        log(session, actor, document, "document_purged", {"because": because})
        _close_removal(session, document)
        tell_administrators(session, document, happened="A document was purged. Its stub stays.", reason=because)
    objects = _objects_of(session, document)
    pictures: list[UUID] = []
    for content in _contents_alone(session, objects):
        content.text = ""
        pictures += [each for each in (content.thumbnail_id, content.preview_id) if each is not None]
    return [*objects, *pictures]


def _close_removal(session: Session, document: Document) -> None:
    wanted = queries.removals_of(document.organisation_id).where(
        Removal.document_id == document.id, Removal.state.in_(("asked", "isolated"))
    )
    for removal in session.scalars(wanted.with_for_update(of=Removal)):
        removal.state = "purged"


def _objects_of(session: Session, document: Document) -> list[UUID]:
    versions = queries.versions_of(document.organisation_id).where(DocumentVersion.document_id == document.id)
    return [version.object_id for version in session.scalars(versions)]


def _contents_alone(session: Session, objects: list[UUID]) -> list[Content]:
    """What was read out of bytes that no document has but the one that ends."""
    contents = queries.contents_of(organisation_id_of(session)).where(among(Content.object_id, objects))
    return [each for each in session.scalars(contents) if not _needed(session, object_id=each.object_id)]


def _forget_contents(session: Session, document: Document) -> None:
    for content in _contents_alone(session, _objects_of(session, document)):
        session.delete(content)


def _needed(session: Session, *, object_id: UUID) -> bool:
    """Whether a document that is not purged has these bytes."""
    versions = (
        queries.versions_of(organisation_id_of(session))
        .join(Document, Document.id == DocumentVersion.document_id)
        .where(DocumentVersion.object_id == object_id, Document.state != "purged")
    )
    return session.scalars(versions.limit(1)).one_or_none() is not None


def _pictured(session: Session, *, object_id: UUID) -> bool:
    """Whether this is the picture of bytes that a document still has; two scans may look the same."""
    wanted = queries.contents_of(organisation_id_of(session)).where(
        or_(Content.thumbnail_id == object_id, Content.preview_id == object_id)
    )
    return any(_needed(session, object_id=content.object_id) for content in session.scalars(wanted))


def _judges(object_id: UUID) -> dict[str, storage.StillNeeded]:
    """What names the bytes and yet does not keep them: versions of purged documents, what was read or sent of them."""
    pictured = partial(_pictured, object_id=object_id)
    return {
        "files.contents.thumbnail_id": pictured,
        "files.contents.preview_id": pictured,
        "files.document_versions.object_id": partial(_needed, object_id=object_id),
        "files.contents.object_id": _never,
        "files.sent_documents.object_id": _never,
        "notifications.messages.attachments": _never,
    }


def _never(_session: Session) -> bool:
    return False


def _locked(session: Session, document_id: UUID) -> Document:
    organisation_id = organisation_id_of(session)
    session.execute(queries.lock_documents(organisation_id, [document_id]))
    wanted = queries.documents_of(organisation_id).where(Document.id == document_id)
    return session.scalars(wanted.execution_options(populate_existing=True)).one()
