"""After the bytes are safe: words, pictures, viruses and scanned pages, with every death on the way."""

import socket
import uuid
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import pytest
from sqlalchemy import text

from banksia.foundation.organisations.public import Council
from banksia.foundation.storage.public import BytesMissing
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions
from banksia.kit.kill_points import PROCESSING_KILL_POINTS
from banksia.kit.platform import Platform
from banksia.modules.files import service
from banksia.modules.files.adapters import clamd
from banksia.modules.files.adapters.reading import Limits
from banksia.modules.files.service import processing
from banksia.modules.files.service.processing import ocr, reading
from banksia.modules.files.tests import nasty, outside
from banksia.modules.files.tests.factories import folder_id, make_property, note_bytes, sha256
from banksia.modules.files.tests.killed import die_at, find_out

FIELDS = "text_state, text_note, picture_state, picture_note, virus_scan, virus_name"


def with_settings(transactions: Transactions, **values: Any) -> None:
    platform = transactions.platform
    platform.settings = platform.settings.model_copy(update=values)


def add(transactions: Transactions, content: bytes) -> uuid.UUID:
    """Add a document as people do; answers the row of what is known of its bytes."""
    with transactions() as session:
        upload = service.Upload(
            make_property(session), folder_id(session, transactions.actor), "file", len(content), sha256(content)
        )
    with service.receive_upload(transactions, upload) as receiving:
        receiving.write(content)
        document = service.add_document(transactions, upload, receiving)
    assert document.latest.content is not None
    return document.latest.content.id


def known(transactions: Transactions, content_id: uuid.UUID) -> Any:
    with transactions() as session:
        found = "SELECT *, length(text) AS letters FROM files.contents WHERE id = :id"
        return session.execute(text(found), {"id": content_id}).one()


def found_by(transactions: Transactions, word: str) -> int:
    with transactions() as session:
        counted = "SELECT count(*) FROM files.document_words WHERE words @@ plainto_tsquery('english', :word)"
        return int(session.execute(text(counted), {"word": word}).scalar_one())


class TestProcessContent:
    def test_finds_out_what_it_says_and_looks_like(self, transactions: Transactions) -> None:
        content_id = add(transactions, nasty.pdf("A retaining wall"))
        assert (known(transactions, content_id).text_state, found_by(transactions, "retaining")) == ("waiting", 0)
        processing.process_content(transactions, content_id=content_id)
        row = known(transactions, content_id)
        assert (row.text_state, row.picture_state, row.page_count, row.text) == ("done", "done", 1, "A retaining wall")
        assert (row.virus_scan, row.scanned_at) == ("not_scanned", None)
        assert row.thumbnail_id is not None
        assert found_by(transactions, "retaining") == 1

    @pytest.mark.parametrize("content", [b"", nasty.pdf("Half")[:60], nasty.locked_pdf()])
    def test_what_cannot_be_read_is_kept_and_says_why(self, transactions: Transactions, content: bytes) -> None:
        content_id = add(transactions, content)
        processing.process_content(transactions, content_id=content_id)
        row = known(transactions, content_id)
        assert (row.text_state, row.picture_state) == ("unavailable", "unavailable")
        assert row.text_note.startswith("The file ")
        assert row.text_note.endswith(".")

    def test_what_is_too_large_is_not_even_fetched(
        self, transactions: Transactions, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(reading, "unpacked", None)
        content_id = note_bytes(transactions, b"words")
        processing.process_content(transactions, content_id=content_id, limits=Limits(file_bytes=4))
        assert known(transactions, content_id).text_note == "Files over 0 MB are not read."

    def test_lost_bytes_are_said(self, transactions: Transactions, monkeypatch: pytest.MonkeyPatch) -> None:
        def lost(*_: Any) -> None:
            raise BytesMissing("0" * 64)

        monkeypatch.setattr("banksia.modules.files.service.processing.objects.open_object", lost)
        content_id = note_bytes(transactions, b"words")
        processing.process_content(transactions, content_id=content_id)
        assert "backup" in known(transactions, content_id).text_note

    def test_is_queued_again_when_it_was_forgotten(self, transactions: Transactions) -> None:
        content_id = note_bytes(transactions, b"words")
        with transactions() as session:
            session.execute(text("UPDATE events.outbox SET status = 'dead' WHERE name = 'files.process_content'"))
            session.execute(text("UPDATE files.contents SET created_at = created_at - interval '2 hours'"))
            processing.catch_up(session)
            queued = "SELECT payload->>'content_id' FROM events.outbox WHERE key IS NOT NULL AND status = 'pending'"
            assert session.scalars(text(queued)).all() == [str(content_id)]


class TestLookForViruses:
    def test_says_what_was_found(self, transactions: Transactions) -> None:
        with outside.clamd() as url:
            with_settings(transactions, clamd_url=url)
            bad, good = note_bytes(transactions, b"first " + outside.EICAR), note_bytes(transactions, b"words")
            for content_id in (bad, good):
                processing.process_content(transactions, content_id=content_id)
        row = known(transactions, bad)
        assert (row.virus_scan, row.virus_name, row.text_state) == ("infected", "Eicar-Test-Signature", "done")
        assert (known(transactions, good).virus_scan, known(transactions, good).virus_name) == ("clean", "")
        assert row.scanned_at <= utc_now()

    def test_nobody_asked_is_not_scanned(self, transactions: Transactions) -> None:
        content_id = note_bytes(transactions, b"words")
        processing.process_content(transactions, content_id=content_id)
        processing.look_for_viruses(transactions)
        assert known(transactions, content_id).virus_scan == "not_scanned"

    def test_a_daemon_that_is_away_is_asked_again(self, transactions: Transactions) -> None:
        with socket.socket() as nobody:
            nobody.bind(("127.0.0.1", 0))
            with_settings(transactions, clamd_url=f"tcp://127.0.0.1:{nobody.getsockname()[1]}")
            content_id = note_bytes(transactions, outside.EICAR)
            processing.process_content(transactions, content_id=content_id)
        row = known(transactions, content_id)
        assert (row.virus_scan, row.scanned_at, row.text_state) == ("not_scanned", None, "done")
        with outside.clamd() as url:
            with_settings(transactions, clamd_url=url)
            processing.look_for_viruses(transactions)
        assert known(transactions, content_id).virus_scan == "infected"

    def test_what_it_refuses_is_not_shown_to_it_every_time(self, transactions: Transactions) -> None:
        content_id = note_bytes(transactions, bytes(5_000_000))
        with outside.clamd(outside.SMALL) as url:
            with_settings(transactions, clamd_url=url)
            processing.look_for_viruses(transactions)
            row = known(transactions, content_id)
        assert (row.virus_scan, row.scanned_at is None) == ("not_scanned", False)
        processing.look_for_viruses(transactions)  # nobody is there: it would be noticed
        assert known(transactions, content_id).scanned_at == row.scanned_at

    @pytest.mark.parametrize("manner", [outside.SILENT, outside.MUTTERING])
    def test_no_answer_is_no_verdict(self, manner: str) -> None:
        with outside.clamd(manner) as url, pytest.raises(clamd.ScannerAwayError):
            clamd.scan(url, [b"words"], wait_seconds=0.1)

    def test_takes_longer_than_is_given(self) -> None:
        with outside.clamd() as url, pytest.raises(clamd.ScannerAwayError, match="longer than"):
            clamd.scan(url, [b"words"], most_seconds=-1)

    def test_speaks_over_a_socket_in_a_folder(self, tmp_path: Path) -> None:
        with outside.clamd(socket_path=tmp_path / "clamd") as url:
            assert clamd.scan(url, [b"", b"words" * 100_000]) is None
            assert clamd.scan(url, [outside.EICAR]) == "Eicar-Test-Signature"

    def test_the_real_daemon_finds_it_too(self) -> None:
        daemon = Path("/run/clamav/clamd.ctl")
        if not daemon.is_socket():
            pytest.skip("ClamAV's daemon does not run on this machine.")
        assert "eicar" in str(clamd.scan(f"unix://{daemon}", [outside.EICAR])).lower()
        assert clamd.scan(f"unix://{daemon}", [b"words"]) is None


class TestReadScans:
    @pytest.fixture
    def calls(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        calls = outside.install_ocr(tmp_path / "bin")
        monkeypatch.setenv("PATH", outside.path_with(tmp_path / "bin"))
        return calls

    def scan(self, transactions: Transactions, pages: int = 2) -> uuid.UUID:
        content_id = add(transactions, nasty.picture("TIFF", (300, 200), "L", pages=pages))
        processing.process_content(transactions, content_id=content_id)
        with transactions() as session:  # what it left behind is no work that waits
            session.execute(text("UPDATE events.outbox SET status = 'done' WHERE name = 'files.process_content'"))
        return content_id

    def progress(self, transactions: Transactions) -> Any:
        with transactions() as session:
            return processing.ocr_progress(session, transactions.actor)

    def test_reads_each_page_once_and_counts_what_it_cost(self, transactions: Transactions, calls: Path) -> None:
        content_id = self.scan(transactions)
        assert known(transactions, content_id).text_state == "ocr_waiting"
        processing.read_scans(transactions)
        row = known(transactions, content_id)
        assert (row.text_state, row.text) == ("ocr_done", "Words of call 1\nWords of call 2")
        assert (row.ocr_pages_done, row.ocr_seconds > 0) == (2, True)
        assert found_by(transactions, "call") == 1
        assert len(calls.read_text().splitlines()) == 2
        progress = self.progress(transactions)
        assert (progress.is_on, progress.waiting, progress.done, progress.pages) == (True, 0, 1, 2)

    def test_lets_all_others_go_first(self, transactions: Transactions, calls: Path) -> None:
        self.scan(transactions)
        note_bytes(transactions, b"somebody's letter")
        processing.read_scans(transactions)
        assert not calls.exists()
        assert self.progress(transactions).waiting == 1
        with transactions() as session:
            again = "SELECT count(*) FROM events.outbox WHERE name = 'files.read_scans' AND available_at > now()"
            assert session.execute(text(again)).scalar_one() <= 1

    def test_a_page_that_cannot_be_read_does_not_cost_the_others(
        self, transactions: Transactions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        outside.install_ocr(tmp_path / "bin", failing=(1,))
        monkeypatch.setenv("PATH", outside.path_with(tmp_path / "bin"))
        content_id, other = self.scan(transactions), note_bytes(transactions, nasty.pdf())
        processing.process_content(transactions, content_id=other)
        with transactions() as session:
            session.execute(text("UPDATE events.outbox SET status = 'done'"))
        processing.read_scans(transactions)
        row = known(transactions, content_id)
        assert (row.text_state, row.text_note, row.text) == ("ocr_done", "Page 1 could not be read.", "Words of call 2")

    def test_programs_that_lack_something_leave_all_as_it_is(
        self, transactions: Transactions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        outside.install_ocr(tmp_path / "bin", failing=(1,), fails=3)
        monkeypatch.setenv("PATH", outside.path_with(tmp_path / "bin"))
        content_id = self.scan(transactions)
        processing.read_scans(transactions)
        assert (known(transactions, content_id).text_state, known(transactions, content_id).ocr_pages_done) == (
            "ocr_waiting",
            0,
        )

    def test_is_off_without_the_programs_and_on_with_them(
        self, transactions: Transactions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        content_id = self.scan(transactions)
        row = known(transactions, content_id)
        assert (row.text_state, row.is_scan) == ("none", True)
        assert row.text_note.endswith("Not installed: ocrmypdf, tesseract.")
        assert self.progress(transactions).why_off == row.text_note
        outside.install_ocr(tmp_path)
        with transactions() as session:
            processing.catch_up(session)
        processing.read_scans(transactions)
        assert known(transactions, content_id).text_state == "ocr_done"

    def test_a_page_read_by_two_counts_once(self, transactions: Transactions, calls: Path) -> None:
        content_id = self.scan(transactions, pages=1)
        with TemporaryFile() as file:
            file.write(nasty.picture("TIFF", (300, 200), "L"))
            file.flush()
            for _ in range(2):
                ocr._read_page(transactions, content_id, file, "image/tiff", 1)
        row = known(transactions, content_id)
        assert (row.ocr_pages_done, row.text) == (1, "Words of call 1")

    def test_reads_for_one_process_of_a_machine(self, transactions: Transactions, calls: Path) -> None:
        self.scan(transactions)
        with ocr._alone(transactions.platform.settings) as is_mine:
            assert is_mine
            processing.read_scans(transactions)
        assert not calls.exists()


class TestKilledWhileProcessing:
    @pytest.fixture
    def live(self, live_platform: Platform, live_organisation: Council) -> Transactions:
        return Transactions(live_platform, Actor.system(live_organisation.id))

    def test_goes_on_and_ends_with_one_result(
        self, live: Transactions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        calls = outside.install_ocr(tmp_path / "bin")
        monkeypatch.setenv("PATH", outside.path_with(tmp_path / "bin"))
        content_id = add(live, nasty.picture("TIFF", (300, 200), "L", pages=3))
        for kill_point in PROCESSING_KILL_POINTS:
            assert die_at(live, find_out, content_id, kill_point) == -9, kill_point
        assert known(live, content_id).ocr_pages_done == 1
        assert die_at(live, find_out, content_id, "") == 0
        row = known(live, content_id)
        assert (row.text_state, row.ocr_pages_done) == ("ocr_done", 3)
        # The page whose words were lost with the process was read again, and no other.
        assert row.text == "Words of call 2\nWords of call 3\nWords of call 4"
        assert len(calls.read_text().splitlines()) == 4
        assert found_by(live, "call") == 1
        with live() as session:  # the file, its small picture, its preview
            assert session.execute(text("SELECT count(*) FROM storage.objects")).scalar_one() == 3
