"""Both stores keep the same promises; the local one also keeps them through a power cut."""

import os
import socket
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from banksia.foundation.storage.adapters import open_store
from banksia.foundation.storage.adapters.incoming import Incoming, TooManyBytes, discard_unfinished
from banksia.foundation.storage.adapters.local import LocalStore
from banksia.foundation.storage.adapters.s3 import SINGLE_REQUEST_BYTES, S3Store
from banksia.foundation.storage.adapters.sniffing import sniff
from banksia.foundation.storage.adapters.store import ObjectMissing, ObjectStore, StoreUnavailable

HELLO = b"Lot 2 Section 2 DP 2288\n"
HELLO_SHA256 = "cfe33803974e7c209409ea7f9d0c8bad537f6972259a50231b4ffe0cdc1d080b"


@pytest.fixture(params=["file", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> ObjectStore:
    if request.param == "file":
        return open_store((tmp_path / "store").as_uri())
    return open_store(request.getfixturevalue("s3_url"))


def put(store: ObjectStore, key: str, content: bytes) -> None:
    with Incoming(store.incoming_folder) as incoming:
        incoming.write(content)
        store.put(key, incoming)


def read(store: ObjectStore, key: str, *, start: int = 0, stop: int | None = None) -> bytes:
    return b"".join(store.open(key, start=start, stop=stop))


class TestEveryStore:
    def test_gives_back_what_was_put(self, store: ObjectStore) -> None:
        put(store, "council/aa/hello", HELLO)
        assert read(store, "council/aa/hello") == HELLO
        assert store.size_of("council/aa/hello") == len(HELLO)

    def test_keeps_an_empty_file(self, store: ObjectStore) -> None:
        put(store, "council/aa/empty", b"")
        assert store.size_of("council/aa/empty") == 0
        assert read(store, "council/aa/empty") == b""

    def test_reads_a_range(self, store: ObjectStore) -> None:
        put(store, "council/aa/range", HELLO)
        assert read(store, "council/aa/range", start=4, stop=9) == b"2 Sec"
        assert read(store, "council/aa/range", start=16) == b"DP 2288\n"

    def test_keeps_a_file_larger_than_one_request(self, store: ObjectStore) -> None:
        content = os.urandom(1024 * 1024) * 9
        assert len(content) > SINGLE_REQUEST_BYTES
        put(store, "council/aa/large", content)
        assert read(store, "council/aa/large") == content
        assert read(store, "council/aa/large", start=8_388_600, stop=8_388_616) == content[8_388_600:8_388_616]

    def test_never_changes_bytes_that_are_there(self, store: ObjectStore) -> None:
        put(store, "council/aa/kept", HELLO)
        put(store, "council/aa/kept", HELLO.upper())  # same size: only a broken caller puts other bytes here
        assert read(store, "council/aa/kept") == HELLO

    def test_replaces_a_truncated_object(self, store: ObjectStore) -> None:
        put(store, "council/aa/cut", HELLO[:5])
        put(store, "council/aa/cut", HELLO)
        assert read(store, "council/aa/cut") == HELLO

    def test_says_before_the_first_chunk_that_bytes_are_missing(self, store: ObjectStore) -> None:
        assert store.size_of("council/aa/nothing") is None
        with pytest.raises(ObjectMissing, match="council/aa/nothing"):
            store.open("council/aa/nothing")

    def test_deletes_once_or_twice(self, store: ObjectStore) -> None:
        put(store, "council/aa/gone", HELLO)
        store.delete("council/aa/gone")
        store.delete("council/aa/gone")
        assert store.size_of("council/aa/gone") is None

    def test_lists_one_council_only(self, store: ObjectStore) -> None:
        put(store, "first/aa/one", HELLO)
        put(store, "first/ab/two", b"22")
        put(store, "firstborn/aa/three", b"333")
        listed = {stored.key: stored for stored in store.keys("first/")}
        assert {key: stored.size for key, stored in listed.items()} == {"first/aa/one": len(HELLO), "first/ab/two": 2}
        age = datetime.now(UTC) - listed["first/aa/one"].modified_at
        assert age < timedelta(minutes=5)

    def test_leaves_nothing_behind_in_the_incoming_folder(self, store: ObjectStore) -> None:
        put(store, "council/aa/tidy", HELLO)
        put(store, "council/aa/tidy", HELLO)
        assert list(store.incoming_folder.glob("*")) == []

    def test_checks_itself(self, store: ObjectStore) -> None:
        store.check()


class TestLocalStore:
    def test_syncs_the_bytes_then_renames_then_syncs_every_folder(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        steps: list[str] = []
        real_fsync, real_rename = os.fsync, Path.rename

        def fsync(descriptor: int) -> None:
            steps.append(f"fsync {Path(f'/proc/self/fd/{descriptor}').readlink().name}")
            real_fsync(descriptor)

        def rename(self: Path, target: Path) -> Path:
            steps.append(f"rename {self.name} {target.name}")
            return real_rename(self, target)

        monkeypatch.setattr(os, "fsync", fsync)
        monkeypatch.setattr(Path, "rename", rename)
        store = LocalStore(tmp_path)
        with Incoming(store.incoming_folder) as incoming:
            incoming.write(HELLO)
            store.put("council/aa/bb", incoming)
            name = incoming.path.name
        assert steps == [
            f"fsync {name}",
            "fsync council",
            "fsync objects",
            f"fsync {tmp_path.name}",
            f"rename {name} bb",
            "fsync aa",
        ]

    @pytest.mark.parametrize("key", ["../outside", "/etc/passwd", "council/../../outside", ""])
    def test_refuses_a_key_that_leaves_its_folder(self, tmp_path: Path, key: str) -> None:
        with pytest.raises(ValueError, match="is not a key"):
            put(LocalStore(tmp_path / "store"), key, HELLO)

    def test_many_writers_of_the_same_bytes_agree(self, tmp_path: Path) -> None:
        store = LocalStore(tmp_path)
        writers = [threading.Thread(target=put, args=(store, "council/aa/same", HELLO * 1000)) for _ in range(8)]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        assert read(store, "council/aa/same") == HELLO * 1000
        assert list(store.incoming_folder.iterdir()) == []

    def test_says_which_folder_cannot_be_made(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_bytes(b"")
        with pytest.raises(StoreUnavailable, match="cannot be made"):
            LocalStore(tmp_path / "file").check()


class TestS3Store:
    def test_says_that_the_store_does_not_answer(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))
            port = closed.getsockname()[1]
        store = S3Store("nowhere", endpoint=f"http://127.0.0.1:{port}", region="ap-southeast-2")
        with pytest.raises(StoreUnavailable, match="did not answer"):
            store.check()


class TestIncoming:
    def test_hashes_and_counts_while_it_writes(self, tmp_path: Path) -> None:
        with Incoming(tmp_path) as incoming:
            incoming.write_all([HELLO[:7], HELLO[7:]])
            assert (incoming.size, incoming.head) == (len(HELLO), HELLO)
            assert incoming.sha256 == HELLO_SHA256

    def test_stops_at_the_limit(self, tmp_path: Path) -> None:
        with Incoming(tmp_path, limit=10) as incoming, pytest.raises(TooManyBytes):
            incoming.write_all([b"12345", b"67890", b"1"])
        assert list(tmp_path.iterdir()) == []

    def test_discards_what_was_not_put(self, tmp_path: Path) -> None:
        with Incoming(tmp_path) as incoming:
            incoming.write(HELLO)
        assert list(tmp_path.iterdir()) == []

    def test_only_old_leftovers_are_discarded(self, tmp_path: Path) -> None:
        for name in ("old.part", "young.part", "old.other"):
            (tmp_path / name).write_bytes(HELLO)
        for name in ("old.part", "old.other"):
            os.utime(tmp_path / name, (0, 0))
        assert discard_unfinished(tmp_path, older_than_seconds=3600) == 1
        assert sorted(path.name for path in tmp_path.iterdir()) == ["old.other", "young.part"]


class TestOpenStore:
    @pytest.mark.parametrize(
        "url", ["", "objects", "file:objects", "file://host/objects", "s3:///bucket", "http://x/y"]
    )
    def test_says_what_a_url_looks_like(self, url: str) -> None:
        with pytest.raises(ValueError, match="BANKSIA_OBJECT_STORE_URL is file:///"):
            open_store(url)


class TestSniff:
    @pytest.mark.parametrize(
        ("head", "media_type"),
        [
            (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "application/pdf"),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0", "image/png"),
            (b"<!DOCTYPE html><script>alert(1)</script>", "text/html"),
            (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "image/svg+xml"),
            (HELLO, "text/plain"),
            (b"", "application/octet-stream"),
            (b"\0\1\2\3", "application/octet-stream"),
        ],
    )
    def test_reads_the_first_bytes(self, head: bytes, media_type: str) -> None:
        assert sniff(head) == media_type
