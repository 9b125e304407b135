"""The folders that every property's file has, which an administrator decides."""

from typing import Any, Final
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.models import new_id
from banksia.modules.files import queries
from banksia.modules.files.errors import FolderIsNeeded, FolderNameTaken, FolderNotFound, RetentionClassNotFound
from banksia.modules.files.models import Folder, RetentionClass
from banksia.modules.files.schemas.folders import StructureFolderCreate, StructureFolderUpdate
from banksia.modules.files.service.folders.finding import get_folder, may_open

CERTIFICATES: Final = "certificates"
FIXED_FOLDERS: Final = (
    (CERTIFICATES, "Certificates"),
    ("general_correspondence", "General correspondence"),
    ("sewer_diagrams", "Sewer diagrams"),
    ("notices_and_orders", "Notices and orders"),
    ("rates", "Rates"),
)


def seed_folders(session: Session, actor: Actor) -> None:
    """Give a council its folders; those that it has, perhaps renamed, stay as they are."""
    rows = [
        {
            "id": new_id(),
            "created_at": utc_now(),
            "organisation_id": actor.organisation_id,
            "key": key,
            "name": name,
            "position": position,
            "kind": "fixed",
            "is_restricted": key == "notices_and_orders",
            "created_by_name": actor.name,
        }
        for position, (key, name) in enumerate(FIXED_FOLDERS, start=1)
    ]
    session.execute(insert(Folder).values(rows).on_conflict_do_nothing(index_elements=["organisation_id", "key"]))


def list_folders(session: Session, actor: Actor) -> list[Folder]:
    """The folders of every file that the actor may open, in their order; archived ones too, to be opened again."""
    return [folder for folder in _structure(session, actor) if may_open(actor, folder)]


def create_in_structure(session: Session, actor: Actor, *, wanted: StructureFolderCreate) -> Folder:
    """Add a folder to every file of the council; raises FolderNameTaken, FolderNotFound, RetentionClassNotFound."""
    folders = _structure(session, actor)
    parent = next((each for each in folders if each.id == wanted.parent_id), None)
    if wanted.parent_id is not None and parent is None:
        raise FolderNotFound
    beside = [each for each in folders if each.parent_id == wanted.parent_id]
    _check_name(beside, wanted.name)
    folder = Folder(
        id=new_id(),
        organisation_id=actor.organisation_id,
        name=wanted.name,
        position=max((each.position for each in beside), default=0) + 1,
        kind="fixed",
        parent_id=wanted.parent_id,
        retention_class_id=_class_id(session, actor, wanted.retention_class_id),
        is_restricted=wanted.is_restricted or (parent is not None and parent.is_restricted),
        created_by_name=actor.name,
    )
    session.add(folder)
    session.flush()
    audit.record(session, actor, "files.structure_changed", subject=folder, detail={"added": folder.name})
    return folder


def change_structure(session: Session, actor: Actor, *, folder_id: UUID, wanted: StructureFolderUpdate) -> Folder:
    """Rename, reorder, restrict, archive a folder of every file, or choose how long what is in it is kept.

    When a restricted folder opens, those of every file below it stay restricted until they are opened by themselves.
    Raises FolderNotFound, FolderNameTaken, RetentionClassNotFound, FolderIsNeeded for that of the certificates.
    """
    folder = get_folder(session, actor, folder_id, lock=True)
    if folder.property_id is not None:
        raise FolderNotFound
    given = wanted.model_dump(exclude_unset=True)
    # Nothing but the class can be taken away.
    changes = {name: value for name, value in given.items() if value is not None or name == "retention_class_id"}
    if changes.get("name") or changes.get("is_archived") is False:
        beside = [each for each in _structure(session, actor) if each.parent_id == folder.parent_id]
        _check_name([each for each in beside if each.id != folder.id], changes.get("name") or folder.name)
    if changes.get("is_archived") and folder.key == CERTIFICATES:
        raise FolderIsNeeded(folder.name)
    if "retention_class_id" in changes:
        changes["retention_class_id"] = _class_id(session, actor, changes["retention_class_id"])
    if "is_archived" in changes:
        is_archived = changes.pop("is_archived")
        folder.archived_at = utc_now() if is_archived else None
        folder.archived_by_name = actor.name if is_archived else None
        changes["archived"] = is_archived
    before = folder.is_restricted
    if changes.get("is_restricted", before) != before:
        _restrict(session, actor, folder, restricted=changes["is_restricted"])
    if folder.is_restricted == before:
        changes.pop("is_restricted", None)
    for name in ("name", "position", "retention_class_id"):
        if name in changes:
            setattr(folder, name, changes[name])
    session.flush()
    told: dict[str, Any] = {name: str(value) for name, value in changes.items()}
    audit.record(session, actor, "files.structure_changed", subject=folder, detail=told)
    return folder


def certificates_folder(session: Session, actor: Actor) -> Folder:
    """The folder that issued certificates go into."""
    return session.scalars(queries.folders_of(actor.organisation_id).where(Folder.key == CERTIFICATES)).one()


def _restrict(session: Session, actor: Actor, folder: Folder, *, restricted: bool) -> None:
    """Restrict a folder with all below it, or open it with what single files have below it.

    Those of every file may have been restricted by themselves, and nothing tells which were, so they stay so.
    """
    if folder.parent_id is not None and get_folder(session, actor, folder.parent_id).is_restricted:
        return  # what lies in a restricted folder is restricted
    folder.is_restricted = restricted
    above = [folder.id]
    while above:
        below = update(Folder).where(Folder.organisation_id == folder.organisation_id, Folder.parent_id.in_(above))
        if not restricted:
            below = below.where(Folder.property_id.is_not(None))
        above = list(session.execute(below.values(is_restricted=restricted).returning(Folder.id)).scalars())


def _structure(session: Session, actor: Actor) -> list[Folder]:
    return list(session.scalars(queries.structure_of(actor.organisation_id)))


def _check_name(beside: list[Folder], name: str) -> None:
    if any(each.name.lower() == name.lower() and each.archived_at is None for each in beside):
        raise FolderNameTaken(name)


def _class_id(session: Session, actor: Actor, class_id: UUID | None) -> UUID | None:
    if class_id is not None:
        found = queries.classes_of(actor.organisation_id).where(RetentionClass.id == class_id)
        if session.scalars(found).one_or_none() is None:
            raise RetentionClassNotFound
    return class_id
