"""Folders by their id, for people who may open them."""

import uuid
from collections.abc import Iterable, Iterator

from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.modules.files import queries
from banksia.modules.files.errors import FolderArchived, FolderNotFound
from banksia.modules.files.models import Folder
from banksia.modules.files.permissions import RESTRICTED_READ


def get_folder(
    session: Session, actor: Actor, folder_id: uuid.UUID, *, property_id: uuid.UUID | None = None, lock: bool = False
) -> Folder:
    """A folder of the council, and of a property's file when one is named; raises FolderNotFound.

    Who may not open restricted folders is told the same as of one that is not there.
    """
    wanted = queries.folders_of(actor.organisation_id).where(Folder.id == folder_id)
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    folder = session.scalars(wanted).one_or_none()
    if folder is None or (property_id and folder.property_id not in {None, property_id}):
        raise FolderNotFound
    if not may_open(actor, folder):
        raise FolderNotFound
    return folder


def may_open(actor: Actor, folder: Folder) -> bool:
    """Whether a folder is there for the actor at all."""
    return not folder.is_restricted or actor.may(RESTRICTED_READ)


def check_open(session: Session, folder: Folder) -> Folder:
    """The folder, if something may be put into it; raises FolderArchived, also for one that it lies in."""
    for each in with_those_above(session, folder):
        if each.archived_at is not None:
            raise FolderArchived(each.name)
    return folder


def with_those_above(session: Session, folder: Folder) -> Iterator[Folder]:
    """A folder, then the one that it lies in, and so on to the top."""
    yield folder
    if folder.parent_id is not None:
        wanted = queries.folders_of(folder.organisation_id).where(Folder.id == folder.parent_id)
        yield from with_those_above(session, session.scalars(wanted).one())


def subtree_ids(folders: Iterable[Folder], root_id: uuid.UUID) -> list[uuid.UUID]:
    """A folder and all below it, of folders that were read together."""
    children: dict[uuid.UUID | None, list[uuid.UUID]] = {}
    for folder in folders:
        children.setdefault(folder.parent_id, []).append(folder.id)
    found, waiting = [], [root_id]
    while waiting:
        found.append(waiting.pop())
        waiting += children.get(found[-1], [])
    return found
