"""What should have been found out long ago, and what can be now that could not be then."""

from datetime import timedelta

from sqlalchemy.orm import Session

from banksia.foundation.events.public import enqueue
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of, platform_of
from banksia.modules.files import queries
from banksia.modules.files.models import Content
from banksia.modules.files.service.contents import PROCESS
from banksia.modules.files.service.processing.ocr import READ_SCANS, why_off

AT_ONCE = 1000
LONG = timedelta(hours=1)


def catch_up(session: Session) -> None:
    """Queue objects that wait since more than an hour, and scanned pages when OCR was switched on; a thousand each."""
    organisation_id = organisation_id_of(session)
    for content_id in session.scalars(queries.contents_left(organisation_id, utc_now() - LONG).limit(AT_ONCE)).all():
        enqueue(session, PROCESS, key=str(content_id), content_id=content_id)
    if why_off(platform_of(session).settings):
        return
    for content in session.scalars(queries.scans_of(organisation_id, "none", "done").limit(AT_ONCE)):
        content.text_state = "ocr_waiting"
        if content.scan_pages is None:  # it said why nobody reads
            content.text_note = ""
    session.flush()
    waiting = queries.scans_of(organisation_id, "ocr_waiting").with_only_columns(Content.id).limit(1)
    if session.scalar(waiting) is not None:
        enqueue(session, READ_SCANS, key="waiting")
