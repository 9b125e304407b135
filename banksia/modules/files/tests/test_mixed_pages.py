"""PDFs that mix pages with words and scanned pages: the words at once, the pictures one by one."""

import hashlib
import uuid
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from banksia.foundation.organisations.public import Council
from banksia.foundation.storage.public import BytesMissing, find_object, open_object
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.kit.kill_points import PROCESSING_KILL_POINTS
from banksia.kit.platform import Platform
from banksia.modules.files import queries
from banksia.modules.files.adapters.reading import draw_page
from banksia.modules.files.models import Content
from banksia.modules.files.service import processing
from banksia.modules.files.service.processing import ocr
from banksia.modules.files.tests import nasty, outside
from banksia.modules.files.tests.killed import die_at, find_out
from banksia.modules.files.tests.test_processing import add, found_by, known

MIXED = nasty.mixed_pdf(["A retaining wall", nasty.SCAN, "and a fence", nasty.SCAN + nasty.STAMP, nasty.SCAN])
OWN_WORDS = f"A retaining wall\nand a fence\n{nasty.STAMP}"


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return with_ocr(tmp_path, monkeypatch)


def with_ocr(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, **manner: Any) -> Path:
    calls = outside.install_ocr(tmp_path / "bin", **manner)
    monkeypatch.setenv("PATH", outside.path_with(tmp_path / "bin"))
    return calls


def process(transactions: Transactions, content: bytes = MIXED) -> uuid.UUID:
    """Add a document and read it as far as it has words of its own."""
    content_id = add(transactions, content)
    processing.process_content(transactions, content_id=content_id)
    with transactions() as session:  # what it left behind is no work that waits
        session.execute(text("UPDATE events.outbox SET status = 'done' WHERE name = 'files.process_content'"))
    return content_id


def told(transactions: Transactions, content_id: uuid.UUID) -> tuple[str, str]:
    """The state and the sentence that staff read."""
    with transactions() as session:
        wanted = queries.contents_of(transactions.actor.organisation_id).where(Content.id == content_id)
        content = session.scalars(wanted).one()
        return content.text_state, content.whole_text_note


def lines(transactions: Transactions, content_id: uuid.UUID) -> str:
    return "\n".join(line for line in known(transactions, content_id).text.splitlines() if line)


def test_own_words_are_found_at_once_and_the_others_waited_for(transactions: Transactions, calls: Path) -> None:
    content_id = process(transactions)
    assert told(transactions, content_id) == (
        "ocr_waiting",
        "3 of 5 pages are pictures. Their words will be read when there is time.",
    )
    assert lines(transactions, content_id) == OWN_WORDS
    assert (found_by(transactions, "retaining"), found_by(transactions, "call")) == (1, 0)
    assert not calls.exists()


def test_only_the_pictures_are_read_and_the_file_stays_as_it_was(
    transactions: Transactions, calls: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = []

    def draw(*arguments: Any, number: int, **others: Any) -> Any:
        drawn.append(number)
        return draw_page(*arguments, number=number, **others)

    monkeypatch.setattr(ocr, "draw_page", draw)
    content_id = process(transactions)
    processing.read_scans(transactions)
    assert (drawn, len(calls.read_text().splitlines())) == ([2, 4, 5], 3)
    assert told(transactions, content_id) == ("ocr_done", "")
    assert lines(transactions, content_id) == f"{OWN_WORDS}\nWords of call 1\nWords of call 2\nWords of call 3"
    assert (found_by(transactions, "retaining"), found_by(transactions, "call")) == (1, 1)
    with transactions() as session:
        stored = find_object(session, known(transactions, content_id).object_id)
        progress = processing.ocr_progress(session, transactions.actor)
    assert stored is not None
    assert b"".join(open_object(transactions.platform, stored)) == MIXED
    assert stored.sha256 == hashlib.sha256(MIXED).hexdigest()
    assert (progress.waiting, progress.done, progress.pages) == (0, 1, 3)


def test_tells_how_far_it_is_when_others_come_first(
    transactions: Transactions, calls: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content_id = process(transactions)
    monkeypatch.setattr(ocr, "_is_in_the_way", lambda _: calls.exists())
    processing.read_scans(transactions)
    assert told(transactions, content_id)[1] == (
        "3 of 5 pages are pictures. The words of 1 of them are read, the others will be read when there is time."
    )
    monkeypatch.undo()
    monkeypatch.setenv("PATH", outside.path_with(calls.parent))
    processing.read_scans(transactions)
    assert (told(transactions, content_id), len(calls.read_text().splitlines())) == (("ocr_done", ""), 3)


def test_pages_with_words_alone_are_never_read(transactions: Transactions, calls: Path) -> None:
    content_id = process(transactions, nasty.mixed_pdf(["A retaining wall", "", "and a fence"]))
    processing.read_scans(transactions)
    assert (told(transactions, content_id), calls.exists()) == (("done", ""), False)


def test_a_picture_that_cannot_be_read_is_named_and_costs_no_word(
    transactions: Transactions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_ocr(tmp_path, monkeypatch, failing=(2,))
    content_id = process(transactions)
    processing.read_scans(transactions)
    assert told(transactions, content_id) == ("ocr_done", "Page 4 could not be read.")
    assert lines(transactions, content_id) == f"{OWN_WORDS}\nWords of call 1\nWords of call 3"


def test_none_that_can_be_read_is_a_failure_and_keeps_the_own_words(
    transactions: Transactions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_ocr(tmp_path, monkeypatch, failing=(1, 2, 3))
    content_id = process(transactions)
    processing.read_scans(transactions)
    state, note = told(transactions, content_id)
    assert (state, note.startswith("Page 2 could not be read. Page 4 ")) == ("ocr_failed", True)
    assert (lines(transactions, content_id), found_by(transactions, "retaining")) == (OWN_WORDS, 1)
    with transactions() as session:
        progress = processing.ocr_progress(session, transactions.actor)
    assert (progress.done, progress.failed) == (0, 1)


def test_lost_bytes_are_a_failure_and_keep_the_own_words(
    transactions: Transactions, calls: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*_: Any) -> None:
        raise BytesMissing("0" * 64)

    content_id = process(transactions)
    monkeypatch.setattr("banksia.modules.files.service.processing.objects.open_object", lost)
    processing.read_scans(transactions)
    assert told(transactions, content_id) == ("ocr_failed", "The bytes are not in the file store.")
    assert lines(transactions, content_id) == OWN_WORDS


def test_is_off_without_the_programs_and_on_with_them(
    transactions: Transactions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    content_id = process(transactions)
    assert told(transactions, content_id) == ("done", "3 of 5 pages are pictures, and their words are not read.")
    assert found_by(transactions, "retaining") == 1
    outside.install_ocr(tmp_path)
    with transactions() as session:
        processing.catch_up(session)
    assert told(transactions, content_id)[0] == "ocr_waiting"
    processing.read_scans(transactions)
    assert told(transactions, content_id) == ("ocr_done", "")


def test_killed_at_every_step_it_ends_with_one_result(
    live_platform: Platform, live_organisation: Council, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = Transactions(live_platform, Actor.system(live_organisation.id))
    calls = with_ocr(tmp_path, monkeypatch)
    content_id = add(live, MIXED)
    for kill_point in PROCESSING_KILL_POINTS:
        assert die_at(live, find_out, content_id, kill_point) == -9, kill_point
    assert known(live, content_id).ocr_pages_done == 1
    assert told(live, content_id)[0] == "ocr_waiting"
    assert die_at(live, find_out, content_id, "") == 0
    # The page whose words were lost with the process was read again, and no other.
    assert lines(live, content_id) == f"{OWN_WORDS}\nWords of call 2\nWords of call 3\nWords of call 4"
    assert (known(live, content_id).ocr_pages_done, len(calls.read_text().splitlines())) == (3, 4)
    assert (told(live, content_id), found_by(live, "retaining"), found_by(live, "call")) == (("ocr_done", ""), 1, 1)
