"""Folders of one property: made, renamed, archived and opened again. None is ever deleted."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.models import new_id
from banksia.modules.files import queries
from banksia.modules.files.errors import FolderFixed, FolderNameTaken, FolderOfApplication, FolderTooDeep
from banksia.modules.files.models import Folder
from banksia.modules.files.permissions import FOLDERS_MANAGE
from banksia.modules.files.service.folders.applications import PARTS
from banksia.modules.files.service.folders.finding import check_open, get_folder, may_open, with_those_above
from banksia.modules.files.service.writing import log_folder
from banksia.modules.property.public import get_property

DEEPEST = 6
"""Levels of folders; what a scanner's tree has beyond them is a mistake."""


def create_folder(session: Session, actor: Actor, *, property_id: UUID, parent_id: UUID | None, name: str) -> Folder:
    """Make a folder in a property's file, or answer the one of that name that is there.

    A sub-folder may be made by whoever adds documents; one at the top needs the permission to manage folders. Raises
    PropertyNotFound, FolderNotFound, FolderArchived, FolderTooDeep, PermissionMissing, and FolderNameTaken when the one
    of that name is not for the actor.
    """
    get_property(session, property_id)
    parent = check_open(session, get_folder(session, actor, parent_id, property_id=property_id)) if parent_id else None
    there = _named(session, actor, property_id, parent, name)
    if there is not None and may_open(actor, there):
        return there
    if parent is None:
        actor.require(FOLDERS_MANAGE)
    if there is not None:
        raise FolderNameTaken(name)
    if parent is not None and sum(1 for _ in with_those_above(session, parent)) >= DEEPEST:
        raise FolderTooDeep(DEEPEST)
    folder = Folder(
        id=new_id(),
        organisation_id=actor.organisation_id,
        name=name,
        position=0,
        kind=parent.kind if parent else "own",
        property_id=property_id,
        parent_id=parent.id if parent else None,
        application_number=parent.application_number if parent else None,
        is_restricted=parent.is_restricted if parent else False,
        created_by_name=actor.name,
    )
    session.add(folder)
    session.flush()
    log_folder(session, actor, folder, property_id, "folder_created")
    return folder


def change_folder(
    session: Session, actor: Actor, *, folder_id: UUID, name: str | None = None, demolished_on: date | None = None
) -> Folder:
    """Rename a folder of one property, or note when what it is about was demolished.

    Raises FolderNotFound, FolderFixed for a folder of every file, FolderOfApplication for one that has its name from
    the application, FolderNameTaken.
    """
    folder = _own(session, actor, folder_id)
    assert folder.property_id is not None  # noqa: S101  (what `_own` answers)
    if demolished_on is not None and demolished_on != folder.demolished_on:
        folder.demolished_on = demolished_on
        log_folder(session, actor, folder, folder.property_id, "demolition_noted", {"on": demolished_on.isoformat()})
    if name is not None and name != folder.name:
        parent = get_folder(session, actor, folder.parent_id) if folder.parent_id else None
        if _named_by_application(folder, parent):
            raise FolderOfApplication(folder.name)
        there = _named(session, actor, folder.property_id, parent, name)
        if there is not None and there.id != folder.id:
            raise FolderNameTaken(name)
        detail = {"from": folder.name, "to": name}
        folder.name = name
        log_folder(session, actor, folder, folder.property_id, "folder_renamed", detail)
    session.flush()
    return folder


def archive_folder(session: Session, actor: Actor, *, folder_id: UUID, archived: bool) -> Folder:
    """Close a folder of one property to new documents, or open it again; what is in it stays where it is.

    Raises FolderNotFound, FolderFixed.
    """
    folder = _own(session, actor, folder_id)
    assert folder.property_id is not None  # noqa: S101  (what `_own` answers)
    if (folder.archived_at is not None) == archived:
        return folder
    folder.archived_at = utc_now() if archived else None
    folder.archived_by_name = actor.name if archived else None
    log_folder(session, actor, folder, folder.property_id, "folder_archived" if archived else "folder_reopened")
    session.flush()
    return folder


def _own(session: Session, actor: Actor, folder_id: UUID) -> Folder:
    folder = get_folder(session, actor, folder_id, lock=True)
    if folder.property_id is None:
        raise FolderFixed(folder.name)
    return folder


def _named_by_application(folder: Folder, parent: Folder | None) -> bool:
    """Whether it is the folder of an application, which its number names, or one of the parts that all have."""
    if folder.kind != "application":
        return False
    return parent is None or (parent.parent_id is None and folder.name in PARTS)


def _named(session: Session, actor: Actor, property_id: UUID, parent: Folder | None, name: str) -> Folder | None:
    """The folder of that name beside where a new one would be, the structure's included."""
    beside = queries.folders_of_properties(actor.organisation_id, (property_id,)).where(
        Folder.parent_id == parent.id if parent else Folder.parent_id.is_(None), Folder.archived_at.is_(None)
    )
    return next((each for each in session.scalars(beside) if each.name.lower() == name.lower()), None)
