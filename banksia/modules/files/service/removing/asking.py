"""Anyone who reads property files may ask for a removal, with a reason."""

from uuid import UUID

from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.modules.files import queries
from banksia.modules.files.errors import RemovalAsked, RemovalDecided, RemovalNotFound
from banksia.modules.files.models import Removal
from banksia.modules.files.service.reading import get_document
from banksia.modules.files.service.removing.telling import tell_administrators
from banksia.modules.files.service.seeing import visible_rows
from banksia.modules.files.service.writing import log


def ask_removal(session: Session, actor: Actor, *, document_id: UUID, reason: str) -> Removal:
    """Ask that a document be removed; raises DocumentNotFound, RemovalAsked when somebody has already."""
    document = get_document(session, actor, document_id=document_id, lock=True)
    open_ones = queries.removals_of(actor.organisation_id).where(
        Removal.document_id == document.id, Removal.state == "asked"
    )
    if session.scalars(open_ones).one_or_none() is not None:
        raise RemovalAsked(document.title)
    assert actor.user_id is not None  # noqa: S101  (only people have the permission)
    removal = Removal(
        organisation_id=actor.organisation_id,
        document_id=document.id,
        property_id=document.property_id,
        reason=reason,
        requested_by_id=actor.user_id,
        requested_by_name=actor.name,
    )
    session.add(removal)
    log(session, actor, document, "removal_asked", {"reason": reason})
    tell_administrators(session, document, happened=f"{actor.name} asks to remove a document.", reason=reason)
    session.flush()
    return get_removal(session, actor, removal.id)


def withdraw_removal(session: Session, actor: Actor, *, removal_id: UUID) -> Removal:
    """Take one's own request back; raises RemovalNotFound, RemovalDecided."""
    removal = get_removal(session, actor, removal_id, lock=True)
    if removal.requested_by_id != actor.user_id:
        raise RemovalNotFound
    if removal.state != "asked":
        raise RemovalDecided(removal.decided_by_name)
    removal.state = "withdrawn"
    log(session, actor, removal.document, "removal_withdrawn")
    session.flush()
    return removal


def get_removal(session: Session, actor: Actor, removal_id: UUID, *, lock: bool = False) -> Removal:
    """A removal of the council with its document, unless that one is not for the actor; raises RemovalNotFound."""
    removals = queries.removals_of(actor.organisation_id).where(Removal.id == removal_id)
    wanted = visible_rows(removals, actor, document=Removal.document_id)
    if lock:
        wanted = wanted.with_for_update(of=Removal).execution_options(populate_existing=True)
    removal = session.scalars(wanted).one_or_none()
    if removal is None:
        raise RemovalNotFound
    return removal
