"""Uploads that can be resumed, on a real database, on both kinds of store."""

import hashlib
import os
import threading
import uuid
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from banksia.foundation.organisations.public import Council
from banksia.foundation.storage.errors import (
    ChecksumMismatch,
    ChunkDamaged,
    MoreThanDeclared,
    OffsetMismatch,
    UploadBusy,
    UploadExpired,
    UploadFinished,
    UploadNotFound,
    UploadTooLarge,
)
from banksia.foundation.storage.models import ResumableUpload
from banksia.foundation.storage.public import (
    Chunk,
    StoredBytes,
    append_to_upload,
    begin_upload,
    end_upload,
    find_upload,
    finish_upload,
    open_object,
    record_object,
    whole_uploads,
)
from banksia.foundation.storage.service.keeping import store_of
from banksia.foundation.storage.service.resuming import discard_expired_uploads, part_of
from banksia.foundation.storage.service.sweeping import sweep_objects
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.kit.platform import Platform

SURVEY = bytes(range(256)) * 40
HALF = len(SURVEY) // 2
PURPOSE = "files.document"


@pytest.fixture
def transactions(platform: Platform, organisation: Council, each_store: str) -> Transactions:
    """A person at work, with a store and an incoming folder of the test's own."""
    assert each_store
    return Transactions(platform, Actor(organisation.id, "staff", user_id=uuid.uuid4(), name="Ellen Kaur"))


def begin(transactions: Transactions, content: bytes = SURVEY, *, sha256: str = "") -> uuid.UUID:
    with transactions() as session:
        return begin_upload(
            session,
            transactions.actor,
            purpose=PURPOSE,
            about={"title": "Survey"},
            size=len(content),
            sha256=sha256 or hashlib.sha256(content).hexdigest(),
        ).id


def send(transactions: Transactions, upload_id: uuid.UUID, content: bytes, chunk: Chunk) -> int:
    """As one request does; answers where the upload stands then."""
    with append_to_upload(transactions, upload_id=upload_id, purpose=PURPOSE, chunk=chunk) as appending:
        appending.write(content)
        return appending.save().received


def keep(transactions: Transactions, upload_id: uuid.UUID, size: int = len(SURVEY)) -> StoredBytes:
    with append_to_upload(transactions, upload_id=upload_id, purpose=PURPOSE, chunk=Chunk(size)) as appending:
        appending.save()
        return appending.keep()


def find(transactions: Transactions, upload_id: uuid.UUID) -> ResumableUpload:
    with transactions() as session:
        return find_upload(session, transactions.actor, upload_id=upload_id, purpose=PURPOSE)


def days_pass(transactions: Transactions) -> None:
    with transactions() as session:
        session.execute(text("UPDATE storage.uploads SET expires_at = expires_at - interval '8 days'"))


class TestAppendToUpload:
    def test_a_file_in_parts_is_kept_whole(self, transactions: Transactions) -> None:
        upload_id = begin(transactions)
        assert send(transactions, upload_id, SURVEY[:HALF], Chunk(0, HALF)) == HALF
        assert find(transactions, upload_id).received == HALF
        assert send(transactions, upload_id, SURVEY[HALF:], Chunk(HALF)) == len(SURVEY)
        kept = keep(transactions, upload_id)
        with transactions() as session:
            stored = record_object(session, kept)
        assert b"".join(open_object(transactions.platform, stored)) == SURVEY
        assert list(store_of(transactions.platform).incoming_folder.iterdir()) == []

    def test_what_a_killed_process_left_beyond_the_offset_is_cut_off(self, transactions: Transactions) -> None:
        """The fault of other stores: more was written than recorded, and the rest was appended behind it."""
        upload_id = begin(transactions)
        send(transactions, upload_id, SURVEY[:HALF], Chunk(0))
        with part_of(transactions.platform, upload_id).path.open("ab") as left_behind:
            left_behind.write(b"never recorded" * 1000)
        send(transactions, upload_id, SURVEY[HALF : HALF + 10], Chunk(HALF))
        assert part_of(transactions.platform, upload_id).size() == HALF + 10
        send(transactions, upload_id, SURVEY[HALF + 10 :], Chunk(HALF + 10))
        assert keep(transactions, upload_id).size == len(SURVEY)

    def test_the_offset_is_recorded_after_the_disk_has_the_bytes(
        self, transactions: Transactions, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        upload_id, steps = begin(transactions), list[tuple[str, int]]()
        real_fsync, real_call = os.fsync, Transactions.__call__

        def fsync(descriptor: int) -> None:
            real_fsync(descriptor)
            steps.append(("synced", os.fstat(descriptor).st_size))

        def call(self: Transactions) -> object:
            steps.append(("transaction", 0))
            return real_call(self)

        with append_to_upload(transactions, upload_id=upload_id, purpose=PURPOSE, chunk=Chunk(0)) as appending:
            appending.write(SURVEY[:HALF])
            monkeypatch.setattr(os, "fsync", fsync)
            monkeypatch.setattr(Transactions, "__call__", call)
            appending.save()
        assert steps == [("synced", HALF), ("transaction", 0)]

    def test_refuses_bytes_from_another_place_and_says_where_it_stands(self, transactions: Transactions) -> None:
        upload_id = begin(transactions)
        send(transactions, upload_id, SURVEY[:HALF], Chunk(0))
        for offset in (0, HALF - 1, HALF + 1):
            with pytest.raises(OffsetMismatch) as refused:
                send(transactions, upload_id, b"", Chunk(offset))
            assert refused.value.headers == {"Upload-Offset": str(HALF)}

    def test_refuses_more_than_was_declared(self, transactions: Transactions) -> None:
        upload_id = begin(transactions)
        for chunk in (Chunk(0, len(SURVEY) + 1), Chunk(0)):
            with pytest.raises(MoreThanDeclared):
                send(transactions, upload_id, SURVEY + b"x", chunk)
        assert find(transactions, upload_id).received == 0

    @pytest.mark.parametrize("algorithm", ["sha256", "sha1"])
    def test_keeps_nothing_of_a_chunk_that_was_damaged(self, transactions: Transactions, algorithm: str) -> None:
        upload_id = begin(transactions)
        checksum = (algorithm, hashlib.new(algorithm, SURVEY[:HALF]).digest())
        with pytest.raises(ChunkDamaged):
            send(transactions, upload_id, SURVEY[1 : HALF + 1], Chunk(0, checksum=checksum))
        assert (find(transactions, upload_id).received, part_of(transactions.platform, upload_id).size()) == (0, 0)
        assert send(transactions, upload_id, SURVEY[:HALF], Chunk(0, checksum=checksum)) == HALF

    def test_one_writer_at_a_time(self, transactions: Transactions) -> None:
        upload_id = begin(transactions)
        with append_to_upload(transactions, upload_id=upload_id, purpose=PURPOSE, chunk=Chunk(0)):
            with pytest.raises(UploadBusy):
                send(transactions, upload_id, SURVEY, Chunk(0))
            with pytest.raises(UploadBusy):
                end_upload(transactions, upload_id=upload_id, purpose=PURPOSE)
        assert send(transactions, upload_id, SURVEY, Chunk(0)) == len(SURVEY)

    def test_is_another_persons_to_nobody(self, transactions: Transactions) -> None:
        upload_id = begin(transactions)
        other = replace(transactions, actor=replace(transactions.actor, user_id=uuid.uuid4()))
        for chunk in (Chunk(0), Chunk(5)):
            with pytest.raises(UploadNotFound):
                send(other, upload_id, SURVEY, chunk)
        with pytest.raises(UploadNotFound):
            end_upload(other, upload_id=upload_id, purpose=PURPOSE)
        with transactions() as session, pytest.raises(UploadNotFound):
            find_upload(session, transactions.actor, upload_id=upload_id, purpose="property.import")

    def test_what_came_before_the_connection_broke_counts(self, transactions: Transactions) -> None:
        upload_id = begin(transactions)
        with append_to_upload(transactions, upload_id=upload_id, purpose=PURPOSE, chunk=Chunk(0)) as appending:
            appending.write(SURVEY[:HALF])
            assert "What arrived is kept" in appending.cut_off().detail
        assert find(transactions, upload_id).received == HALF

    def test_a_part_that_is_gone_is_sent_again(self, transactions: Transactions) -> None:
        upload_id = begin(transactions)
        send(transactions, upload_id, SURVEY[:HALF], Chunk(0))
        part_of(transactions.platform, upload_id).discard()
        with pytest.raises(OffsetMismatch, match="byte 0"):
            send(transactions, upload_id, SURVEY[HALF:], Chunk(HALF))
        assert send(transactions, upload_id, SURVEY, Chunk(0)) == len(SURVEY)


class TestKeep:
    def test_refuses_a_file_that_is_not_the_one_announced(self, transactions: Transactions) -> None:
        """The hash is of the whole file as it lies on the disk, not of what passed through memory."""
        upload_id = begin(transactions)
        send(transactions, upload_id, SURVEY, Chunk(0))
        with part_of(transactions.platform, upload_id).path.open("r+b") as damaged:
            damaged.write(b"!")
        with pytest.raises(ChecksumMismatch):
            keep(transactions, upload_id)
        assert (find(transactions, upload_id).received, part_of(transactions.platform, upload_id).size()) == (0, None)

    def test_doing_it_again_after_the_bytes_were_moved_gives_the_same(self, transactions: Transactions) -> None:
        upload_id = begin(transactions)
        send(transactions, upload_id, SURVEY, Chunk(0))
        assert keep(transactions, upload_id) == keep(transactions, upload_id)

    def test_an_empty_file_is_a_file(self, transactions: Transactions) -> None:
        upload_id = begin(transactions, b"")
        assert keep(transactions, upload_id, 0).sha256 == hashlib.sha256(b"").hexdigest()

    def test_a_whole_upload_waits_for_its_result_once(self, transactions: Transactions) -> None:
        upload_id, result_id = begin(transactions), uuid.uuid4()
        send(transactions, upload_id, SURVEY, Chunk(0))
        with transactions() as session:
            (upload,) = whole_uploads(session, transactions.actor, purpose=PURPOSE)
            finish_upload(upload, result_id=result_id)
        with transactions() as session:
            assert whole_uploads(session, transactions.actor, purpose=PURPOSE) == []
        assert find(transactions, upload_id).result_id == result_id
        with pytest.raises(UploadFinished):
            end_upload(transactions, upload_id=upload_id, purpose=PURPOSE)


class TestEndOfUploads:
    def test_too_large_a_file_is_refused_before_a_byte(self, transactions: Transactions) -> None:
        transactions.platform.settings = transactions.platform.settings.model_copy(update={"max_upload_bytes": 100})
        with pytest.raises(UploadTooLarge):
            begin(transactions)

    def test_broken_off_nothing_is_left(self, transactions: Transactions) -> None:
        upload_id = begin(transactions)
        send(transactions, upload_id, SURVEY[:HALF], Chunk(0))
        end_upload(transactions, upload_id=upload_id, purpose=PURPOSE)
        with pytest.raises(UploadNotFound):
            find(transactions, upload_id)
        assert list(store_of(transactions.platform).incoming_folder.iterdir()) == []

    def test_only_what_has_expired_is_removed(self, transactions: Transactions) -> None:
        old, young = begin(transactions), begin(transactions)
        send(transactions, old, SURVEY[:HALF], Chunk(0))
        days_pass(transactions)
        send_again = begin(transactions)
        send(transactions, send_again, SURVEY[:HALF], Chunk(0))
        with pytest.raises(UploadExpired, match="from its beginning"):
            send(transactions, young, SURVEY, Chunk(0))
        assert discard_expired_uploads(transactions) == 2
        sweep_objects(transactions)
        assert part_of(transactions.platform, old).size() is None
        assert send(transactions, send_again, SURVEY[HALF:], Chunk(HALF)) == len(SURVEY)

    def test_the_sweep_leaves_parts_of_yesterday_and_takes_those_of_last_month(
        self, transactions: Transactions, age: Callable[[Path, int], None]
    ) -> None:
        yesterday, last_month = begin(transactions), begin(transactions)
        for upload_id, days in ((yesterday, 2), (last_month, 30)):
            send(transactions, upload_id, SURVEY[:HALF], Chunk(0))
            age(part_of(transactions.platform, upload_id).path, days)
        sweep_objects(transactions)
        assert part_of(transactions.platform, yesterday).size() == HALF
        assert part_of(transactions.platform, last_month).size() is None


@pytest.fixture
def age() -> Callable[[Path, int], None]:
    def make_old(path: Path, days: int) -> None:
        then = path.stat().st_mtime - days * 24 * 3600
        os.utime(path, (then, then))

    return make_old


def test_a_race_of_writers_has_one_winner(live_platform: Platform, live_organisation: Council) -> None:
    transactions = Transactions(live_platform, Actor(live_organisation.id, "staff", user_id=uuid.uuid4(), name="Ellen"))
    upload_id, told = begin(transactions), list[str]()
    ready = threading.Barrier(4)

    def race() -> None:
        ready.wait()
        try:
            send(transactions, upload_id, SURVEY, Chunk(0))
            told.append("kept")
        except (UploadBusy, OffsetMismatch) as refused:
            told.append(type(refused).__name__)

    threads = [threading.Thread(target=race) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told.count("kept") == 1, told
    assert keep(transactions, upload_id).sha256 == hashlib.sha256(SURVEY).hexdigest()
