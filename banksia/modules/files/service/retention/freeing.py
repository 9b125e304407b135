"""What keeps a document does not end because it is put elsewhere: neither a hold nor a class that keeps for ever."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.modules.files import queries
from banksia.modules.files.errors import HeldInPlace, KeptForEver
from banksia.modules.files.models import Document, Folder, RetentionClass
from banksia.modules.files.permissions import RETENTION_MANAGE
from banksia.modules.files.service.retention.deciding import classed
from banksia.modules.files.service.retention.holding import Change, Holding


def check_move(session: Session, actor: Actor, document: Document, folder_id: UUID) -> None:
    """Whether a document may be moved to a folder of its file; raises HeldInPlace, KeptForEver.

    From a class that keeps for ever to another one, or to none, only who decides how long documents are kept moves it.
    """
    holding = Holding(session, [document])
    _check_holds(holding, document, Change(moved_to=folder_id))
    if actor.may(RETENTION_MANAGE):
        return
    classes = {each.id: each for each in session.scalars(queries.classes_of(actor.organisation_id))}
    kept_by = _class_of(holding.folders, classes, document.folder_id)
    new = _class_of(holding.folders, classes, folder_id)
    if kept_by is not None and kept_by.trigger == "never" and (new is None or new.trigger != "never"):
        raise KeptForEver(document.title, kept_by.title)


def check_unlink(session: Session, document: Document, property_id: UUID) -> None:
    """Whether a property's file may show a document no more that is linked into it; raises HeldInPlace."""
    _check_holds(Holding(session, [document]), document, Change(unlinked_from=property_id))


def _check_holds(holding: Holding, document: Document, change: Change) -> None:
    still = {hold.id for hold in holding.each_on(document, change)}
    ended = next((hold for hold in holding.each_on(document) if hold.id not in still), None)
    if ended is not None:
        raise HeldInPlace(document.title, ended.reason)


def _class_of(
    folders: Mapping[UUID, Folder], classes: Mapping[UUID, RetentionClass], folder_id: UUID
) -> RetentionClass | None:
    folder = classed(folders, folder_id)
    return classes[folder.retention_class_id] if folder is not None and folder.retention_class_id else None
