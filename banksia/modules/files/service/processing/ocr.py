"""Words off scanned pages: page by page, while nothing else waits, and on from the last page after an interruption."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import IO, Final
from uuid import UUID

import structlog
from sqlalchemy.orm import Session

from banksia.foundation.events.public import enqueue, others_wait
from banksia.foundation.storage.public import BytesMissing
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions, platform_of
from banksia.kit.kill_points import reach
from banksia.kit.settings import Settings
from banksia.modules.files import queries
from banksia.modules.files.adapters.ocr import OcrAwayError, PageUnreadableError, missing_commands, words_of_page
from banksia.modules.files.adapters.reading import MOST_CHARACTERS, clean, draw_page
from banksia.modules.files.models import Content
from banksia.modules.files.schemas import OcrRead
from banksia.modules.files.service.processing.objects import find_content, index_content, locked, unpacked

READ_SCANS: Final = "files.read_scans"
_NOBODY_READS: Final = "The pages are pictures, and their words are not read."
_NO_BYTES: Final = "The bytes are not in the file store."
SECONDS_AT_ONCE, SECONDS_A_PAGE = 60, 120
_REST = timedelta(seconds=30)
"""Before it looks again whether others wait."""
COUNTED_AT_MOST, EVERY = 10_000, 100_000_000
log = structlog.get_logger()


def why_off(settings: Settings) -> str:
    """Why no scanned page is read, in a sentence; empty when they are."""
    if settings.ocr == "off":
        return _NOBODY_READS
    missing = missing_commands()
    return f"{_NOBODY_READS} Not installed: {', '.join(missing)}." if missing else ""


def ocr_progress(session: Session, actor: Actor) -> OcrRead:
    """What waits, what is done, and what it cost."""
    off = why_off(platform_of(session).settings)
    states = ("ocr_waiting", "ocr_done", "ocr_failed")
    most = (COUNTED_AT_MOST, EVERY, EVERY)
    counts = [
        session.execute(queries.scan_counts(actor.organisation_id, state, limit)).one()
        for state, limit in zip(states, most, strict=True)
    ]
    return OcrRead(
        is_on=not off,
        why_off=off,
        waiting=counts[0][0],
        done=counts[1][0],
        failed=counts[2][0],
        pages=sum(int(row[1]) for row in counts),
        seconds=round(sum(float(row[2]) for row in counts), 1),
    )


def read_scans(transactions: Transactions) -> None:
    """Read pages for a minute; whatever is left is queued again, behind all else that waits by then."""
    settings = transactions.platform.settings
    if why_off(settings):
        return
    with _alone(settings) as is_mine:
        if not is_mine:  # another process of this machine reads; it goes on to ours when it is done
            _queue_again(transactions, later=True)
            return
        ends_at = time.monotonic() + SECONDS_AT_ONCE
        while (content_id := _next(transactions)) is not None:
            try:
                is_done = _read_pages(transactions, content_id, ends_at)
            except OcrAwayError as error:
                log.exception("files.ocr_away", error=str(error))
                return  # the hourly look tries again
            if not is_done:
                _queue_again(transactions, later=_is_in_the_way(transactions))
                return


def _next(transactions: Transactions) -> UUID | None:
    waiting = queries.scans_of(transactions.actor.organisation_id, "ocr_waiting")
    with transactions() as session:
        return session.scalar(waiting.with_only_columns(Content.id).limit(1))


def _queue_again(transactions: Transactions, *, later: bool) -> None:
    with transactions() as session:
        enqueue(session, READ_SCANS, key="waiting", not_before=utc_now() + _REST if later else None)


def _is_in_the_way(transactions: Transactions) -> bool:
    return others_wait(transactions.platform, transactions.actor.organisation_id, but_for=READ_SCANS)


@contextmanager
def _alone(settings: Settings) -> Iterator[bool]:
    """One process of a machine reads at a time, so that the others are there for people; death lets go as well."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with (settings.data_dir / "ocr.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True


def _read_pages(transactions: Transactions, content_id: UUID, ends_at: float) -> bool:
    """Read an object's pictures from the first that is not; answers False when the time was up, or others wait."""
    found = find_content(transactions, content_id)
    if found is None:
        return True
    content, stored = found
    try:
        with unpacked(transactions, stored) as file:
            for number in content.picture_pages[content.ocr_pages_done :]:
                if time.monotonic() > ends_at or _is_in_the_way(transactions):
                    return False
                _read_page(transactions, content_id, file, stored.content_type, number)
    except BytesMissing:
        _finish(transactions, content_id, why_not=_NO_BYTES)
        return True
    _finish(transactions, content_id)
    return True


def _read_page(transactions: Transactions, content_id: UUID, file: IO[bytes], content_type: str, number: int) -> None:
    began = time.monotonic()
    words, problem = "", ""
    page = draw_page(file, content_type=content_type, number=number)
    if page.payload:
        languages = transactions.platform.settings.ocr_languages
        try:
            words = words_of_page(page.payload, languages=languages, seconds=SECONDS_A_PAGE)
        except PageUnreadableError:
            problem = f"Page {number} could not be read."
    else:
        problem = f"Page {number} could not be drawn."
    reach("files.scan_page_read")
    with transactions() as session:
        content = locked(session, content_id)
        if number not in content.picture_pages[content.ocr_pages_done :][:1]:  # somebody else was quicker
            return
        content.ocr_pages_done += 1
        content.ocr_seconds += time.monotonic() - began
        content.text = (content.text + "\n" + clean(words)).strip()[:MOST_CHARACTERS]
        if problem:
            content.unread_pages = [*(content.unread_pages or ()), number]
            content.text_note = f"{content.text_note} {problem}".strip()[:300]
    reach("files.scan_page_kept")


def _finish(transactions: Transactions, content_id: UUID, *, why_not: str = "") -> None:
    with transactions() as session:
        content = locked(session, content_id)
        if content.text_state != "ocr_waiting":
            return
        content.text_note = why_not or content.text_note
        nothing_read = why_not or len(content.unread_pages or ()) == len(content.picture_pages)
        content.text_state = "ocr_failed" if nothing_read else "ocr_done"
        if content.text:
            session.flush()
            index_content(session, content)
