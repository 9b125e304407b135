"""The words and the small picture of an object; whatever goes wrong is a sentence on its row."""

from uuid import UUID

from sqlalchemy.orm import Session

from banksia.foundation.events.public import enqueue
from banksia.foundation.storage.public import BytesMissing, StoredObject, put_bytes
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions, platform_of
from banksia.kit.kill_points import reach
from banksia.modules.files.adapters.reading import LIMITS, Limits, Reading, read_file, unavailable
from banksia.modules.files.models import Content
from banksia.modules.files.service.processing.objects import find_content, index_content, locked, unpacked
from banksia.modules.files.service.processing.ocr import READ_SCANS, why_off
from banksia.modules.files.service.processing.viruses import look_for_virus

_MISSING = "The bytes are not in the file store. They have to come back from a backup."


def process_content(transactions: Transactions, *, content_id: UUID, limits: Limits = LIMITS) -> None:
    """Find out all that is not known of an object; done again, it does what is left. Raises StorageUnavailable."""
    found = find_content(transactions, content_id)
    if found is None:
        return
    content, stored = found
    if "waiting" in (content.text_state, content.picture_state):
        _read(transactions, content_id, stored, limits)
    look_for_virus(transactions, content_id)


def _read(transactions: Transactions, content_id: UUID, stored: StoredObject, limits: Limits) -> None:
    reading = _reading_of(transactions, stored, limits)
    reach("files.content_read")
    thumbnail = put_bytes(transactions, reading.picture.payload) if reading.picture.payload else None
    preview = put_bytes(transactions, reading.preview.payload) if reading.preview.payload else None
    reach("files.pictures_kept")
    with transactions() as session:
        content = locked(session, content_id)
        content.thumbnail_id = thumbnail.id if thumbnail else None
        content.preview_id = preview.id if preview else None
        content.picture_state, content.picture_note = reading.picture.state, reading.picture.note
        content.page_count, content.processed_at = reading.page_count, utc_now()
        if content.text_state == "waiting":
            _keep_text(session, content, reading)
    reach("files.content_known")


def _reading_of(transactions: Transactions, stored: StoredObject, limits: Limits) -> Reading:
    if stored.size > limits.file_bytes:
        return unavailable(f"Files over {limits.file_bytes // 1024**2} MB are not read.")
    try:
        with unpacked(transactions, stored) as file:
            return read_file(file, size=stored.size, content_type=stored.content_type, limits=limits)
    except BytesMissing:
        return unavailable(_MISSING)


def _keep_text(session: Session, content: Content, reading: Reading) -> None:
    content.text_state, content.text_note, content.text = reading.text.state, reading.text.note, reading.words
    content.is_scan = reading.text.is_scan or bool(reading.scan_pages)
    content.scan_pages = list(reading.scan_pages) or None
    if content.is_scan:
        off = why_off(platform_of(session).settings)
        if not off:
            content.text_state = "ocr_waiting"
            enqueue(session, READ_SCANS, key="waiting")
        elif content.scan_pages is None:
            content.text_note = off
    if content.text:
        session.flush()
        index_content(session, content)
