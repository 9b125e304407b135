"""What a council begins with when it switches property files on."""

from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.modules.files.service.folders import seed_folders
from banksia.modules.files.service.retention import seed_classes


def begin(session: Session, actor: Actor) -> None:
    """Give a council its retention classes and folders; safe to repeat."""
    seed_classes(session, actor)
    seed_folders(session, actor)
