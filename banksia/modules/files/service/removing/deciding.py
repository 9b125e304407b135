"""An administrator decides about a removal, never the one who asked; what is isolated can be restored."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import module_settings
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.modules.files import queries
from banksia.modules.files.errors import NotIsolated, RemovalDecided, SecondPersonNeeded
from banksia.modules.files.models import Document, Removal
from banksia.modules.files.schemas.keeping import RemovalDecision
from banksia.modules.files.service.indexing import index_documents
from banksia.modules.files.service.reading import get_document
from banksia.modules.files.service.removing.asking import get_removal
from banksia.modules.files.service.removing.telling import tell_administrators
from banksia.modules.files.service.writing import log
from banksia.modules.files.settings import FilesSettings


def decide_removal(session: Session, actor: Actor, *, removal_id: UUID, decision: RemovalDecision) -> Removal:
    """Approve or refuse a removal; an approved document is isolated at once.

    Raises RemovalNotFound, RemovalDecided, and SecondPersonNeeded to who asked for it.
    """
    removal = get_removal(session, actor, removal_id, lock=True)
    if removal.state != "asked":
        raise RemovalDecided(removal.decided_by_name)
    if removal.requested_by_id == actor.user_id:
        raise SecondPersonNeeded
    removal.decided_by_id, removal.decided_by_name = actor.user_id, actor.name
    removal.decided_at, removal.decision_note = utc_now(), decision.note
    document = get_document(session, actor, document_id=removal.document_id, lock=True)
    if decision.approve:
        removal.state = "isolated"
        _isolate(session, actor, document, removal)
    else:
        removal.state = "refused"
        log(session, actor, document, "removal_refused", {"note": decision.note})
        happened = f"{actor.name} refused the removal that {removal.requested_by_name} asked for."
        tell_administrators(session, document, happened=happened, reason=decision.note or removal.reason)
    session.flush()
    return removal


def _isolate(session: Session, actor: Actor, document: Document, removal: Removal) -> None:
    days = module_settings(session, FilesSettings).isolation_days
    document.state, document.isolated_at = "isolated", utc_now()
    document.purge_after_at = utc_now() + timedelta(days=days)
    session.flush()
    index_documents(session, [document.id])
    detail = {"reason": removal.reason, "note": removal.decision_note, "days": days}
    log(session, actor, document, "document_isolated", detail)
    happened = f"{actor.name} approved a removal. The document can be restored for {days} days."
    tell_administrators(session, document, happened=happened, reason=removal.reason)


def restore_document(session: Session, actor: Actor, *, removal_id: UUID) -> Removal:
    """Bring an isolated document back to its folder; raises RemovalNotFound, NotIsolated once it is purged."""
    removal = get_removal(session, actor, removal_id, lock=True)
    session.execute(queries.lock_documents(actor.organisation_id, [removal.document_id]))
    wanted = queries.documents_of(actor.organisation_id).where(Document.id == removal.document_id)
    document = session.scalars(wanted.execution_options(populate_existing=True)).one()
    if removal.state != "isolated" or document.state != "isolated":
        raise NotIsolated(document.title)
    removal.state, document.state = "restored", "present"
    document.isolated_at = document.purge_after_at = None
    session.flush()
    index_documents(session, [document.id])
    log(session, actor, document, "document_restored")
    tell_administrators(session, document, happened=f"{actor.name} restored a document.", reason=removal.reason)
    session.flush()
    return removal
