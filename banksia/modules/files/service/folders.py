"""The folders that every property's file has."""

import uuid

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.models import new_id
from banksia.modules.files import queries
from banksia.modules.files.errors import FolderNotFound
from banksia.modules.files.models import Folder

CERTIFICATES = "certificates"
FIXED_FOLDERS = (
    (CERTIFICATES, "Certificates"),
    ("general_correspondence", "General correspondence"),
    ("sewer_diagrams", "Sewer diagrams"),
    ("development_applications", "Development applications"),
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
        }
        for position, (key, name) in enumerate(FIXED_FOLDERS, start=1)
    ]
    session.execute(insert(Folder).values(rows).on_conflict_do_nothing(index_elements=["organisation_id", "key"]))


def list_folders(session: Session, actor: Actor) -> list[Folder]:
    """The council's folders, in their order."""
    return list(session.scalars(queries.folders_of(actor.organisation_id).order_by(Folder.position, Folder.id)))


def get_folder(session: Session, actor: Actor, folder_id: uuid.UUID) -> Folder:
    """A folder of the council; raises FolderNotFound."""
    folder = session.scalars(queries.folders_of(actor.organisation_id).where(Folder.id == folder_id)).one_or_none()
    if folder is None:
        raise FolderNotFound
    return folder


def certificates_folder(session: Session, actor: Actor) -> Folder:
    """The folder that issued certificates go into."""
    return session.scalars(queries.folders_of(actor.organisation_id).where(Folder.key == CERTIFICATES)).one()
