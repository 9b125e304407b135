"""Takes the bytes of uploads that can be resumed.

A kill may leave more in the part file than was recorded; it is cut off before the next byte is written. One request at
a time writes, held by a lock on a file that ends with its process. Nothing here holds a transaction open while bytes
move.
"""

import hashlib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import structlog

from banksia.foundation.storage.adapters.parts import PartWriter
from banksia.foundation.storage.adapters.sniffing import sniff
from banksia.foundation.storage.adapters.store import ObjectMissing, StoreUnavailable
from banksia.foundation.storage.errors import (
    ChecksumMismatch,
    ChunkDamaged,
    MoreThanDeclared,
    OffsetMismatch,
    StorageUnavailable,
    UploadInterrupted,
)
from banksia.foundation.storage.models import ResumableUpload
from banksia.foundation.storage.service.keeping import StoredBytes, keep_incoming, object_key, store_of
from banksia.foundation.storage.service.resuming import UPLOADS_LIVE, find_upload, only_writer, own_upload, part_of
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions
from banksia.kit.kill_points import reach

CHECKSUMS: Final = ("sha256", "sha1")
"""tus asks every server for SHA-1; here it finds damage on the way, and nothing trusts it beyond that."""
SNIFFED = 64 * 1024

log = structlog.get_logger()


@dataclass(frozen=True)
class Chunk:
    """What a request says of the bytes that it brings: where they begin, how many, and the checksum of them alone."""

    offset: int
    size: int | None = None
    checksum: tuple[str, bytes] | None = None


class Appending:
    """Takes the bytes of one request for an upload. Nothing counts before `save` has returned."""

    def __init__(self, transactions: Transactions, upload: ResumableUpload, chunk: Chunk) -> None:
        """Cut the part to the recorded offset; the caller is its only writer."""
        self.upload = upload
        self._transactions = transactions
        self._part = part_of(transactions.platform, upload.id)
        self._writer: PartWriter | None = None
        if upload.finished_at is None and (not upload.is_whole or upload.size == 0):
            self._writer = self._part.open_at(upload.received)
        self._expected = chunk.checksum[1] if chunk.checksum else None
        self._hash = hashlib.new(chunk.checksum[0] if chunk.checksum else "sha256", usedforsecurity=False)

    def write(self, chunk: bytes) -> None:
        """Take the next bytes; raises MoreThanDeclared."""
        if not chunk:
            return
        if self._writer is None or self._writer.offset + len(chunk) > self.upload.size:
            raise MoreThanDeclared(self.upload.size)
        if self._expected is not None:
            self._hash.update(chunk)
        try:
            self._writer.write(chunk)
        except OSError as error:  # most often a full disk
            raise StorageUnavailable from error

    def save(self) -> ResumableUpload:
        """Make what came durable, then record the offset; raises ChunkDamaged, and then none of it is kept."""
        if self._writer is None:
            return self.upload
        if self._expected is not None and self._hash.digest() != self._expected:
            self._writer.cut_back(self.upload.received)
            raise ChunkDamaged
        reach("storage.part_written")
        try:
            self._writer.flush_to_disk()
        except OSError as error:
            raise StorageUnavailable from error
        reach("storage.part_synced")
        self.upload = _record(self._transactions, self.upload, self._writer.offset)
        return self.upload

    def cut_off(self) -> UploadInterrupted:
        """Keep what came before the sender went away, unless its checksum is of more; answers what to say."""
        if self._expected is None:
            self.save()
        return UploadInterrupted(self.upload.received, self.upload.size)

    def keep(self, *, may_begin_again: bool = True) -> StoredBytes:
        """Put the whole file into the store, after it was hashed from the disk.

        Raises ChecksumMismatch when it is not the file that was announced; then it has to come again from its
        beginning. So it has when its part is gone, which raises OffsetMismatch, but for a process that may not see the
        part because it lies on another machine: then StorageUnavailable. Doing it again gives the same.
        """
        reach("storage.upload_whole")
        if self._part.size() is None:
            return self._kept_before(may_begin_again=may_begin_again)
        try:
            incoming = self._part.as_incoming()
        except OSError as error:
            raise StorageUnavailable from error
        try:
            if (incoming.size, incoming.sha256) != (self.upload.size, self.upload.sha256):
                _record(self._transactions, self.upload, 0)
                self._part.discard()
                raise ChecksumMismatch
            return keep_incoming(self._transactions, incoming)
        finally:
            incoming.close()

    def _kept_before(self, *, may_begin_again: bool) -> StoredBytes:
        """The file was put into the store, and the process died before anything was made of it."""
        upload, store = self.upload, store_of(self._transactions.platform)
        key = object_key(upload.organisation_id, upload.sha256)
        try:
            if store.size_of(key) == upload.size:
                head = b"".join(store.open(key, stop=min(SNIFFED, upload.size)))
                return StoredBytes(upload.sha256, upload.size, sniff(head))
        except ObjectMissing:
            log.warning("storage.object_left_at_once", upload_id=str(upload.id))
        except (StoreUnavailable, OSError) as error:
            raise StorageUnavailable from error
        log.error("storage.part_lost", upload_id=str(upload.id), recorded=upload.received, there=0)
        if not may_begin_again:
            raise StorageUnavailable
        _record(self._transactions, upload, 0)
        raise OffsetMismatch(0)

    def close(self) -> None:
        """Let go of the part."""
        if self._writer is not None:
            self._writer.close()


@contextmanager
def append_to_upload(
    transactions: Transactions, *, upload_id: uuid.UUID, purpose: str, chunk: Chunk
) -> Iterator[Appending]:
    """Be the only one who adds to an upload of one's own, from where it stands; call it outside any transaction.

    Raises UploadNotFound, UploadExpired, UploadBusy, OffsetMismatch and MoreThanDeclared before a byte is taken. An
    upload that is finished, or whole, takes no more bytes.
    """
    with transactions() as session:
        find_upload(session, transactions.actor, upload_id=upload_id, purpose=purpose)
    with only_writer(part_of(transactions.platform, upload_id)):
        with transactions() as session:
            upload = find_upload(session, transactions.actor, upload_id=upload_id, purpose=purpose)
        _expect_fitting(transactions, upload, chunk)
        try:
            appending = Appending(transactions, upload, chunk)
        except OSError as error:
            raise StorageUnavailable from error
        try:
            yield appending
        finally:
            appending.close()


def _expect_fitting(transactions: Transactions, upload: ResumableUpload, chunk: Chunk) -> None:
    """Refuse bytes that do not begin where the upload stands, or are too many."""
    there = part_of(transactions.platform, upload.id).size() or 0
    if not upload.is_whole and there < upload.received:
        log.error("storage.part_lost", upload_id=str(upload.id), recorded=upload.received, there=there)
        upload = _record(transactions, upload, 0)
    if chunk.offset != upload.received:
        raise OffsetMismatch(upload.received)
    if chunk.size is not None and chunk.offset + chunk.size > upload.size:
        raise MoreThanDeclared(upload.size)


def _record(transactions: Transactions, upload: ResumableUpload, offset: int) -> ResumableUpload:
    """Write down how much is safe; only the one writer does."""
    with transactions() as session:
        row = own_upload(session, transactions.actor, upload_id=upload.id, purpose=upload.purpose, locked=True)
        row.received, row.expires_at = offset, utc_now() + UPLOADS_LIVE
        return row
