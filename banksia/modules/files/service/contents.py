"""What is known of bytes besides the bytes: each stored object is read once, however many documents have it."""

from collections.abc import Collection
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from banksia.foundation.events.public import enqueue
from banksia.foundation.storage.public import StoredObject, Verification, last_verified
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.kit.models import new_id
from banksia.modules.files.errors import FileDamaged, FileInfected
from banksia.modules.files.models import Content, DocumentVersion
from banksia.modules.files.permissions import DOCUMENTS_DAMAGED, DOCUMENTS_INFECTED

PROCESS = "files.process_content"


class Unsafe(NamedTuple):
    """What somebody asks for although it is known of the bytes."""

    infected: bool = False
    damaged: bool = False


SAFE: Final = Unsafe()
DAMAGED: Final = "The stored bytes are not those that came."


def note_content(session: Session, stored: StoredObject) -> None:
    """Have an object read after the commit, unless its bytes are known: store first, process later."""
    made = session.scalar(
        insert(Content)
        .values(
            id=new_id(),
            created_at=utc_now(),
            organisation_id=organisation_id_of(session),
            object_id=stored.id,
            text_state="waiting",
            text="",
            text_note="",
            picture_state="waiting",
            picture_note="",
            is_scan=False,
            ocr_pages_done=0,
            ocr_seconds=0.0,
            virus_scan="not_scanned",
            virus_name="",
        )
        .on_conflict_do_nothing(index_elements=["organisation_id", "object_id"])
        .returning(Content.id)
    )
    if made is not None:
        enqueue(session, PROCESS, key=str(made), content_id=made)


def refuse_infected(actor: Actor, version: DocumentVersion, *, anyway: bool = False) -> None:
    """Keep bytes in which a virus was found from leaving, unless somebody who may asks for them; raises FileInfected.

    Everything that hands out the bytes of a version asks this, or `refuse_unsafe`, first.
    """
    if version.virus_scan == "infected" and not (anyway and actor.may(DOCUMENTS_INFECTED)):
        raise FileInfected(version.virus_name)


def refuse_unsafe(session: Session, actor: Actor, version: DocumentVersion, *, asked: Unsafe = SAFE) -> None:
    """Keep bytes from leaving in which a virus was found, or which are known to be damaged.

    Raises FileInfected or FileDamaged, unless somebody who may asks for them.
    """
    refuse_infected(actor, version, anyway=asked.infected)
    checked = last_checked(session, version)
    is_damaged = checked is not None and checked.verdict == "damaged"
    if is_damaged and not (asked.damaged and actor.may(DOCUMENTS_DAMAGED)):
        raise FileDamaged


def unsafe_versions(session: Session, versions: Collection[DocumentVersion]) -> dict[UUID, str]:
    """Those of some versions that `refuse_unsafe` would keep from leaving, each with why; in one statement for all."""
    checked = last_verified(session, {version.object_id for version in versions})
    damaged = {object_id for object_id, each in checked.items() if each.verdict == "damaged"}
    return {
        version.id: f"A virus was found in it: {version.virus_name}." if version.virus_scan == "infected" else DAMAGED
        for version in versions
        if version.virus_scan == "infected" or version.object_id in damaged
    }


def last_checked(session: Session, version: DocumentVersion) -> Verification | None:
    """When a version's bytes were last read again, and what was found; None when they never were."""
    return last_verified(session, [version.object_id]).get(version.object_id)
