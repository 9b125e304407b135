"""A load begins with a place: a folder or an S3 prefix that the operator allows, with a manifest in it."""

from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.events.public import enqueue
from banksia.foundation.storage.public import Place, allowed_roots, find_allowed, open_place
from banksia.kit.actor import Actor
from banksia.kit.models import new_id
from banksia.modules.files.errors import PlaceNotAllowed
from banksia.modules.files.models import Batch

CHECK = "files.check_batch"
MOST_PLACES = 200


def create_batch(session: Session, actor: Actor, *, place: str, name: str, in_browser: bool = True) -> Batch:
    """Write a load down and have its manifest checked; nothing is loaded before a person says so.

    From the browser only what the operator allows; raises PlaceNotAllowed.
    """
    checked = check_place(session, place) if in_browser else place
    batch = Batch(
        id=new_id(),
        organisation_id=actor.organisation_id,
        name=name or PurePosixPath(checked).name,
        place=checked,
        counts={},
        started_by_id=actor.user_id,
        started_by_name=actor.name,
    )
    session.add(batch)
    session.flush()
    audit.record(session, actor, "files.load_checked", subject=batch, detail={"place": checked})
    if in_browser:
        enqueue(session, CHECK, batch_id=batch.id)
    return batch


def allowed_places(session: Session) -> list[str]:
    """The folders on this machine that a load can be made from, those with a manifest; S3 prefixes by their root."""
    places: list[str] = []
    for root in allowed_roots(session):
        if urlsplit(root.url).scheme == "s3":
            places.append(root.url)
            continue
        folder = Path(root.url)
        if folder.is_dir():
            places += [str(each.parent) for each in sorted(folder.glob("*/manifest.csv"))[:MOST_PLACES]]
    return places


def check_place(session: Session, place: str) -> str:
    """The place without detours if this council may load from it; raises PlaceNotAllowed."""
    found = find_allowed(session, place)
    if found is not None:
        return found.url
    roots = allowed_roots(session)
    if not roots:
        message = "This installation loads from no folders. Ask its operator to set BANKSIA_IMPORT_FOLDERS."
        raise PlaceNotAllowed(message)
    message = f"Choose a folder in {' or '.join(root.url for root in roots)}."
    raise PlaceNotAllowed(message)


def place_of(session: Session, batch: Batch) -> Place:
    """Where the files of a load lie; the command line loads from anywhere."""
    found = find_allowed(session, batch.place)
    return open_place(batch.place, options=found.options if found else "")
