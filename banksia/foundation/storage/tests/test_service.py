"""Bytes and rows together, on a real database and a real folder."""

import hashlib
import os
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import Council
from banksia.foundation.storage import queries
from banksia.foundation.storage.errors import (
    BytesMissing,
    ChecksumMismatch,
    RangeNotSatisfiable,
    StorageUnavailable,
    UploadCutOff,
    UploadTooLarge,
)
from banksia.foundation.storage.models import StoredObject
from banksia.foundation.storage.public import (
    ZipMember,
    ZipText,
    check_store,
    find_object,
    open_object,
    put_bytes,
    receive,
    record_object,
    serve_object,
    serve_zip,
)
from banksia.foundation.storage.service.keeping import object_key, store_of
from banksia.foundation.storage.service.sweeping import GRACE, sweep_objects
from banksia.foundation.storage.tests.conftest import Harm
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.kit.platform import Platform

PLAN = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\nsewer diagram"


@pytest.fixture
def store_folder(own_store: str, tmp_path: Path) -> Path:
    """Where a store in a folder lies; a store of the test's own, because a sweep looks at all of it."""
    assert own_store == (tmp_path / "store").as_uri()
    return tmp_path / "store"


@pytest.fixture
def transactions(platform: Platform, organisation: Council, own_store: str) -> Transactions:
    assert own_store
    return Transactions(platform, Actor.system(organisation.id))


both_stores = pytest.mark.parametrize("own_store", ["file", "s3"], indirect=True)


def kept_keys(transactions: Transactions) -> list[str]:
    """Where bytes of the council lie in the store."""
    return [each.key for each in store_of(transactions.platform).keys(transactions.actor.organisation_id.hex)]


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def path_of(store_folder: Path, stored: StoredObject) -> Path:
    return store_folder / "objects" / object_key(stored.organisation_id, stored.sha256)


class TestPutBytes:
    @both_stores
    def test_stores_once_however_often_it_is_asked(self, transactions: Transactions) -> None:
        first, second = put_bytes(transactions, PLAN), put_bytes(transactions, PLAN)
        assert first.id == second.id
        assert (first.sha256, first.size, first.content_type) == (sha256(PLAN), len(PLAN), "application/pdf")
        assert b"".join(open_object(transactions.platform, first)) == PLAN

    @both_stores
    def test_bytes_are_safe_before_their_row_is_written(
        self, transactions: Transactions, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Rule 3 of "Never lose a document": a row never points at bytes that a power cut could take."""
        seen: list[bool] = []
        real = Transactions.__call__

        def look_first(self: Transactions) -> object:
            size = store_of(self.platform).size_of(object_key(self.actor.organisation_id, sha256(PLAN)))
            seen.append(size == len(PLAN))
            return real(self)

        monkeypatch.setattr(Transactions, "__call__", look_first)
        put_bytes(transactions, PLAN)
        assert seen == [True]

    def test_a_store_that_fails_leaves_no_row(
        self, transactions: Transactions, session: Session, store_folder: Path, organisation: Council
    ) -> None:
        (store_folder / "incoming").mkdir(parents=True)
        (store_folder / "objects").write_bytes(b"in the way")
        with pytest.raises(StorageUnavailable, match="Try again"):
            put_bytes(transactions, PLAN)
        assert session.scalars(queries.objects_of(organisation.id)).all() == []

    @both_stores
    def test_councils_share_no_bytes_and_no_rows(
        self, transactions: Transactions, platform: Platform, other_organisation: Council
    ) -> None:
        ours = put_bytes(transactions, PLAN)
        others = Transactions(platform, Actor.system(other_organisation.id))
        theirs = put_bytes(others, PLAN)
        assert ours.id != theirs.id
        assert [len(kept_keys(each)) for each in (transactions, others)] == [1, 1]
        with transactions() as session:
            assert find_object(session, theirs.id) is None

    def test_the_application_cannot_change_a_row(self, transactions: Transactions) -> None:
        put_bytes(transactions, PLAN)
        with pytest.raises(ProgrammingError, match="permission denied"), transactions() as session:
            session.execute(text("UPDATE storage.objects SET sha256 = repeat('0', 64)"))


class TestReceive:
    @both_stores
    def test_keeps_what_was_sent(self, transactions: Transactions) -> None:
        with receive(transactions.platform, size=len(PLAN)) as receiving:
            receiving.write(PLAN[:10])
            receiving.write(PLAN[10:])
            kept = receiving.keep(transactions, sha256=sha256(PLAN))
        with transactions() as session:
            assert record_object(session, kept).size == len(PLAN)

    @both_stores
    def test_refuses_bytes_that_are_not_those_that_were_sent(self, transactions: Transactions) -> None:
        """Rule 1: the hash is the sender's, checked before anything else is done."""
        damaged = PLAN[:-1] + b"X"
        with receive(transactions.platform, size=len(damaged)) as receiving:
            receiving.write(damaged)
            with pytest.raises(ChecksumMismatch, match="Send it again"):
                receiving.keep(transactions, sha256=sha256(PLAN))
        assert kept_keys(transactions) == []
        assert list(store_of(transactions.platform).incoming_folder.iterdir()) == []

    @both_stores
    def test_refuses_half_a_file(self, transactions: Transactions) -> None:
        with receive(transactions.platform, size=len(PLAN)) as receiving:
            receiving.write(PLAN[:10])
            with pytest.raises(UploadCutOff, match=f"Only 10 of {len(PLAN)} bytes"):
                receiving.keep(transactions, sha256=sha256(PLAN[:10]))
        assert kept_keys(transactions) == []
        assert list(store_of(transactions.platform).incoming_folder.iterdir()) == []

    def test_refuses_a_large_file_before_a_byte_is_taken(self, platform: Platform, store_folder: Path) -> None:
        platform.settings = platform.settings.model_copy(update={"max_upload_bytes": 5 * 1024**2})
        with pytest.raises(UploadTooLarge, match="up to 5 MB"), receive(platform, size=5 * 1024**2 + 1):
            pytest.fail("a byte could have been taken")
        assert not store_folder.exists()

    def test_stops_at_the_declared_size(self, transactions: Transactions) -> None:
        with receive(transactions.platform, size=10) as receiving, pytest.raises(UploadTooLarge):
            receiving.write(PLAN)

    def test_a_large_file_is_never_in_memory(self, transactions: Transactions) -> None:
        chunk, times = os.urandom(1024**2), 64
        hashed = hashlib.sha256()
        tracemalloc.start()
        try:
            with receive(transactions.platform, size=len(chunk) * times) as receiving:
                for _ in range(times):
                    hashed.update(chunk)
                    receiving.write(chunk)
                kept = receiving.keep(transactions, sha256=hashed.hexdigest())
            with transactions() as session:
                stored = record_object(session, kept)
            assert sum(map(len, open_object(transactions.platform, stored))) == len(chunk) * times
            assert tracemalloc.get_traced_memory()[1] < 8 * 1024**2
        finally:
            tracemalloc.stop()

    @both_stores
    def test_keeps_an_empty_file(self, transactions: Transactions) -> None:
        with receive(transactions.platform, size=0) as receiving:
            kept = receiving.keep(transactions, sha256=sha256(b""))
        assert (kept.size, kept.content_type) == (0, "application/octet-stream")


class TestServeObject:
    @pytest.fixture
    def stored(self, transactions: Transactions) -> StoredObject:
        return put_bytes(transactions, PLAN)

    @both_stores
    @pytest.mark.parametrize(
        ("asked", "start", "stop"),
        [
            ("bytes=0-3", 0, 4),
            ("bytes=9-", 9, len(PLAN)),
            ("bytes=-7", len(PLAN) - 7, len(PLAN)),
            ("bytes=-9999", 0, len(PLAN)),
            ("bytes=4-9999", 4, len(PLAN)),
        ],
    )
    def test_sends_a_part(self, platform: Platform, stored: StoredObject, asked: str, start: int, stop: int) -> None:
        answer = serve_object(platform, stored, file_name="plan.pdf", requested_range=asked)
        assert answer.status_code == 206
        assert answer.headers["content-range"] == f"bytes {start}-{stop - 1}/{len(PLAN)}"
        assert answer.headers["content-length"] == str(stop - start)

    @pytest.mark.parametrize("asked", [None, "", "bytes=-", "bytes=5-2", "lines=1-2", "bytes=0-1,4-5", "bytes=a-b"])
    def test_sends_the_whole_when_no_single_part_is_asked_for(
        self, platform: Platform, stored: StoredObject, asked: str | None
    ) -> None:
        answer = serve_object(platform, stored, file_name="plan.pdf", requested_range=asked)
        assert (answer.status_code, answer.headers["content-length"]) == (200, str(len(PLAN)))

    @pytest.mark.parametrize("asked", ["bytes=9999-", f"bytes={len(PLAN)}-", "bytes=-0"])
    def test_refuses_a_part_outside_the_file(self, platform: Platform, stored: StoredObject, asked: str) -> None:
        with pytest.raises(RangeNotSatisfiable) as refused:
            serve_object(platform, stored, file_name="plan.pdf", requested_range=asked)
        assert refused.value.headers == {"Content-Range": f"bytes */{len(PLAN)}"}

    def test_sends_the_whole_when_the_part_is_of_other_bytes(self, platform: Platform, stored: StoredObject) -> None:
        for if_range, status in (('"another"', 200), (f'"{stored.sha256}"', 206)):
            answer = serve_object(
                platform, stored, file_name="plan.pdf", requested_range="bytes=0-3", if_range=if_range
            )
            assert answer.status_code == status

    def test_is_saved_and_never_shown_unless_asked(self, platform: Platform, stored: StoredObject) -> None:
        headers = serve_object(platform, stored, file_name="plan.pdf").headers
        assert headers["content-disposition"].startswith("attachment;")
        assert headers["x-content-type-options"] == "nosniff"
        shown = serve_object(platform, stored, file_name="plan.pdf", inline=True).headers
        assert shown["content-disposition"].startswith("inline;")

    @pytest.mark.parametrize("content", [b"<!DOCTYPE html><script>alert(1)</script>", b'<?xml version="1.0"?><svg/>'])
    def test_shows_nothing_that_could_run(self, transactions: Transactions, content: bytes) -> None:
        stored = put_bytes(transactions, content)
        headers = serve_object(transactions.platform, stored, file_name="plan.pdf", inline=True).headers
        assert headers["content-disposition"].startswith("attachment;")
        assert headers["content-type"] == "application/octet-stream"
        assert headers["content-security-policy"].startswith("sandbox")

    def test_a_name_cannot_end_the_header(self, platform: Platform, stored: StoredObject) -> None:
        name = 'Plan "A"\r\nSet-Cookie: x=1; Größe שלום.pdf'
        header = serve_object(platform, stored, file_name=name).headers["content-disposition"]
        assert "\r" not in header
        assert "\n" not in header
        assert header.count('"') == 2
        assert "filename*=UTF-8''Plan%20%22A%22%0D%0ASet-Cookie" in header

    @both_stores
    def test_names_the_object_whose_bytes_are_gone(self, platform: Platform, stored: StoredObject, harm: Harm) -> None:
        harm(stored, None)
        with pytest.raises(BytesMissing, match=stored.sha256[:12]):
            serve_object(platform, stored, file_name="plan.pdf")

    def test_a_zip_does_not_begin_without_the_bytes_of_one(
        self, platform: Platform, stored: StoredObject, harm: Harm
    ) -> None:
        harm(stored, None)
        with pytest.raises(BytesMissing):
            serve_zip(platform, [ZipText("index.csv", b""), ZipMember("plan.pdf", stored)], file_name="file.zip")


class TestSweepObjects:
    @pytest.fixture
    def age(self) -> Callable[[Path], None]:
        def make_old(path: Path) -> None:
            old = time.time() - GRACE.total_seconds() - 60
            os.utime(path, (old, old))

        return make_old

    @both_stores
    def test_finds_nothing_when_all_is_well(self, transactions: Transactions) -> None:
        for number in range(5):
            put_bytes(transactions, PLAN + bytes([number]))
        found = sweep_objects(transactions)
        assert (found.objects_seen, found.bytes_without_row, found.rows_without_bytes) == (5, 0, 0)

    @both_stores
    def test_finds_rows_without_bytes(self, transactions: Transactions, harm: Harm) -> None:
        stored = [put_bytes(transactions, PLAN + bytes([number])) for number in range(5)]
        harm(stored[1], None)
        harm(stored[3], b"cut")
        found = sweep_objects(transactions)
        assert found.rows_without_bytes == 2
        assert sorted(found.examples["rows_without_bytes"]) == sorted([stored[1].sha256, stored[3].sha256])

    def test_finds_bytes_without_rows_and_leaves_them(
        self, transactions: Transactions, store_folder: Path, age: Callable[[Path], None]
    ) -> None:
        stored = put_bytes(transactions, PLAN)
        orphan = store_folder / "objects" / object_key(stored.organisation_id, "0" * 64)
        orphan.parent.mkdir(parents=True)
        orphan.write_bytes(b"left behind")
        age(orphan)
        found = sweep_objects(transactions)
        assert found.examples["bytes_without_row"] == ["0" * 64]
        assert orphan.exists()

    @both_stores
    def test_young_bytes_may_still_get_their_row(self, transactions: Transactions) -> None:
        with receive(transactions.platform, size=len(PLAN)) as receiving:
            receiving.write(PLAN)
            receiving.keep(transactions, sha256=sha256(PLAN))
        assert sweep_objects(transactions).bytes_without_row == 0

    def test_bytes_that_come_again_are_young_again(
        self, transactions: Transactions, store_folder: Path, age: Callable[[Path], None]
    ) -> None:
        stored = put_bytes(transactions, PLAN)
        age(path_of(store_folder, stored))
        put_bytes(transactions, PLAN)
        assert time.time() - path_of(store_folder, stored).stat().st_mtime < 60

    def test_removes_what_was_half_received_long_ago(
        self, transactions: Transactions, store_folder: Path, age: Callable[[Path], None]
    ) -> None:
        put_bytes(transactions, PLAN)
        (store_folder / "incoming" / "killed.part").write_bytes(b"half")
        age(store_folder / "incoming" / "killed.part")
        sweep_objects(transactions)
        assert list((store_folder / "incoming").iterdir()) == []

    def test_keeps_what_it_found(self, transactions: Transactions) -> None:
        put_bytes(transactions, PLAN)
        swept = sweep_objects(transactions)
        with transactions() as session:
            (kept,) = session.scalars(queries.sweeps_of(transactions.actor.organisation_id)).all()
        assert (kept.id, kept.objects_seen) == (swept.id, 1)

    @both_stores
    def test_reads_rows_a_thousand_at_a_time(self, transactions: Transactions, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("banksia.foundation.storage.service.sweeping.ROWS_AT_ONCE", 2)
        for number in range(5):
            put_bytes(transactions, PLAN + bytes([number]))
        found = sweep_objects(transactions)
        assert (found.objects_seen, found.rows_without_bytes, found.bytes_without_row) == (5, 0, 0)


class TestCheckStore:
    def test_says_that_the_store_cannot_be_used(self, platform: Platform, tmp_path: Path) -> None:
        (tmp_path / "file").write_bytes(b"")
        settings = platform.settings.model_copy(update={"object_store_url": (tmp_path / "file").as_uri()})
        with pytest.raises(StorageUnavailable):
            check_store(settings)
