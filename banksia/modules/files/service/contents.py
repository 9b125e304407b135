"""What is known of bytes besides the bytes: each stored object is read once, however many documents have it."""

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from banksia.foundation.events.public import enqueue
from banksia.foundation.storage.public import StoredObject
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.kit.models import new_id
from banksia.modules.files.errors import FileInfected
from banksia.modules.files.models import Content, DocumentVersion
from banksia.modules.files.permissions import DOCUMENTS_INFECTED

PROCESS = "files.process_content"


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

    Everything that hands out the bytes of a version asks this first.
    """
    if version.virus_scan == "infected" and not (anyway and actor.may(DOCUMENTS_INFECTED)):
        raise FileInfected(version.virus_name)
