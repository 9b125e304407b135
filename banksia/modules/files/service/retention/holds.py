"""Holds: while one is on, nothing that it names may go, whatever its class says."""

from uuid import UUID

from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.paging import Key, page_of
from banksia.modules.files import queries
from banksia.modules.files.errors import HoldLifted, HoldNotFound
from banksia.modules.files.models import Hold
from banksia.modules.files.schemas.keeping import HoldCreate, HoldRead
from banksia.modules.files.service.folders.finding import get_folder
from banksia.modules.files.service.properties import label_of
from banksia.modules.files.service.reading import get_document
from banksia.modules.files.service.writing import log_about
from banksia.modules.property.public import get_property, properties_with_ids


def place_hold(session: Session, actor: Actor, *, wanted: HoldCreate) -> Hold:
    """Hold a property's whole file, a folder of it or one document.

    Raises PropertyNotFound, FolderNotFound, DocumentNotFound.
    """
    get_property(session, wanted.property_id)
    if wanted.folder_id is not None:
        get_folder(session, actor, wanted.folder_id, property_id=wanted.property_id)
    document = get_document(session, actor, document_id=wanted.document_id) if wanted.document_id else None
    hold = Hold(
        organisation_id=actor.organisation_id,
        property_id=document.property_id if document else wanted.property_id,
        folder_id=wanted.folder_id,
        document_id=wanted.document_id,
        reason=wanted.reason,
        placed_by_name=actor.name,
    )
    session.add(hold)
    session.flush()
    log_about(session, actor, hold, "hold_placed", {"reason": wanted.reason})
    return hold


def lift_hold(session: Session, actor: Actor, *, hold_id: UUID, because: str) -> Hold:
    """End a hold, with the reason; raises HoldNotFound, HoldLifted."""
    found = queries.holds_of(actor.organisation_id).where(Hold.id == hold_id).with_for_update()
    hold = session.scalars(found.execution_options(populate_existing=True)).one_or_none()
    if hold is None:
        raise HoldNotFound
    if hold.lifted_at is not None:
        raise HoldLifted
    hold.lifted_at, hold.lifted_by_name, hold.lifted_because = utc_now(), actor.name, because
    log_about(session, actor, hold, "hold_lifted", {"reason": because})
    session.flush()
    return hold


def list_holds(
    session: Session, actor: Actor, *, lifted: bool, limit: int, cursor: str | None
) -> tuple[list[Hold], str | None]:
    """The holds that are on, or those that were, the newest first."""
    wanted = queries.holds_of(actor.organisation_id) if lifted else queries.holds_on(actor.organisation_id)
    if lifted:
        wanted = wanted.where(Hold.lifted_at.is_not(None))
    return page_of(session, wanted, keys=[Key(Hold.id, "id", descending=True)], limit=limit, cursor=cursor)


def describe_holds(session: Session, holds: list[Hold]) -> list[HoldRead]:
    """Holds with the property that each is on, in a constant number of statements."""
    found = properties_with_ids(session, {hold.property_id for hold in holds})
    return [
        HoldRead.of(hold, property_label=label_of(found[hold.property_id]) if hold.property_id in found else "")
        for hold in holds
    ]
