"""How long what is in a folder of one property is kept: an administrator chooses a class of the disposal authority."""

from uuid import UUID

from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.modules.files import queries
from banksia.modules.files.errors import FolderFixed, RetentionClassNotFound
from banksia.modules.files.models import Folder, RetentionClass
from banksia.modules.files.service.folders.finding import get_folder
from banksia.modules.files.service.writing import log_folder


def choose_class(session: Session, actor: Actor, *, folder_id: UUID, class_id: UUID | None) -> Folder:
    """Choose the class of a folder of one property, for what is in it already too; None takes that of the one above.

    Raises FolderNotFound, RetentionClassNotFound, and FolderFixed for a folder of every file, whose class is chosen
    with the structure.
    """
    folder = get_folder(session, actor, folder_id, lock=True)
    if folder.property_id is None:
        raise FolderFixed(folder.name)
    if class_id == folder.retention_class_id:
        return folder
    detail = {
        "before": _title(session, actor, folder.retention_class_id),
        "chosen": _title(session, actor, class_id),
    }
    folder.retention_class_id = class_id
    log_folder(session, actor, folder, folder.property_id, "retention_chosen", detail)
    session.flush()
    return folder


def _title(session: Session, actor: Actor, class_id: UUID | None) -> str:
    if class_id is None:
        return "no class of its own"
    found = queries.classes_of(actor.organisation_id).where(RetentionClass.id == class_id)
    kept_by = session.scalars(found).one_or_none()
    if kept_by is None:
        raise RetentionClassNotFound
    return kept_by.title
