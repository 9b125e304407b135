"""Bytes safe first, then the row: nothing here holds a transaction open while bytes move."""

import uuid
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from banksia.foundation.storage import queries
from banksia.foundation.storage.adapters import open_store
from banksia.foundation.storage.adapters.incoming import Incoming, TooManyBytes
from banksia.foundation.storage.adapters.sniffing import sniff
from banksia.foundation.storage.adapters.store import ObjectMissing, ObjectStore, StoreUnavailable
from banksia.foundation.storage.errors import (
    BytesMissing,
    ChecksumMismatch,
    StorageUnavailable,
    UploadCutOff,
    UploadTooLarge,
)
from banksia.foundation.storage.models import Purge, StoredObject
from banksia.kit.among import among
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions, organisation_id_of, platform_of
from banksia.kit.kill_points import reach
from banksia.kit.models import new_id
from banksia.kit.platform import Platform
from banksia.kit.settings import Settings


@dataclass(frozen=True)
class StoredBytes:
    """Bytes that will survive a power cut and have no row yet."""

    sha256: str
    size: int
    content_type: str


def store_of(platform: Platform) -> ObjectStore:
    """The object store of this installation."""
    return open_store(platform.settings.object_store)


def object_key(organisation_id: uuid.UUID, sha256: str) -> str:
    """Where a council's bytes lie: made of content alone, with two levels so that no folder grows too long."""
    return f"{organisation_id.hex}/{sha256[:2]}/{sha256[2:4]}/{sha256}"


class Receiving:
    """A file on its way in, whose size was declared before its first byte."""

    def __init__(self, incoming: Incoming, declared: int, limit: int) -> None:
        self._incoming = incoming
        self._declared = declared
        self._limit = limit

    def write(self, chunk: bytes) -> None:
        """Take the next bytes; raises UploadTooLarge past the declared size."""
        try:
            self._incoming.write(chunk)
        except TooManyBytes as error:
            raise UploadTooLarge(self._limit) from error
        except OSError as error:  # most often a full disk
            raise StorageUnavailable from error

    @property
    def sha256(self) -> str:
        """The hash of what has come so far."""
        return self._incoming.sha256

    def cut_off(self) -> UploadCutOff:
        """The error that says how far the file came when its sender went away."""
        return UploadCutOff(self._incoming.size, self._declared)

    def keep(self, transactions: Transactions, *, sha256: str) -> StoredBytes:
        """Make the bytes durable if they are the ones that were sent.

        Raises UploadCutOff or ChecksumMismatch, and then nothing is kept. Call it outside any transaction.
        """
        if self._incoming.size != self._declared:
            raise self.cut_off()
        if self._incoming.sha256 != sha256:
            raise ChecksumMismatch
        return keep_incoming(transactions, self._incoming)


@contextmanager
def receive(platform: Platform, *, size: int) -> Iterator[Receiving]:
    """Receive a file of a declared size in bytes; raises UploadTooLarge before a byte is taken.

    What has not been kept when the block ends is gone.
    """
    limit = platform.settings.max_upload_bytes
    if size > limit:
        raise UploadTooLarge(limit)
    try:
        incoming = Incoming(store_of(platform).incoming_folder, limit=size)
    except OSError as error:
        raise StorageUnavailable from error
    with incoming:
        yield Receiving(incoming, size, limit)


def keep_stream(
    transactions: Transactions, blocks: Iterable[bytes], *, size: int, sha256: str | None = None
) -> StoredBytes:
    """Store what a source of ours gives, which may name its hash; call it outside any transaction.

    Raises UploadTooLarge, UploadCutOff, ChecksumMismatch, StorageUnavailable, and then nothing is kept.
    """
    with receive(transactions.platform, size=size) as receiving:
        for block in blocks:
            receiving.write(block)
        return receiving.keep(transactions, sha256=sha256 or receiving.sha256)


def put_bytes(transactions: Transactions, content: bytes) -> StoredObject:
    """Store bytes that are in memory and commit their row; call it outside any transaction.

    The same bytes give the same object, so a task may repeat it. Raises StorageUnavailable.
    """
    with Incoming(store_of(transactions.platform).incoming_folder) as incoming:
        incoming.write(content)
        stored = keep_incoming(transactions, incoming)
    with transactions() as session:
        return record_object(session, stored)


def keep_incoming(transactions: Transactions, incoming: Incoming) -> StoredBytes:
    """Make received bytes durable under their key; raises StorageUnavailable. Call it outside any transaction."""
    stored = StoredBytes(incoming.sha256, incoming.size, sniff(incoming.head))
    reach("storage.bytes_received")
    try:
        store_of(transactions.platform).put(object_key(transactions.actor.organisation_id, stored.sha256), incoming)
    except (StoreUnavailable, OSError) as error:
        raise StorageUnavailable from error
    reach("storage.bytes_kept")
    return stored


def record_object(session: Session, stored: StoredBytes) -> StoredObject:
    """The row of bytes that are safe; commits with the row that refers to it. The same bytes give the same row.

    Bytes that were given up before, and have come again, are an object again. Raises StorageUnavailable when they were
    given up between their coming and now: whoever sends them again succeeds.
    """
    organisation_id = organisation_id_of(session)
    session.execute(queries.lock_bytes(organisation_id, stored.sha256))
    made = session.scalar(
        insert(StoredObject)
        .values(
            id=new_id(),
            created_at=utc_now(),
            organisation_id=organisation_id,
            sha256=stored.sha256,
            size=stored.size,
            content_type=stored.content_type,
        )
        .on_conflict_do_nothing(index_elements=["organisation_id", "sha256"])
        .returning(StoredObject.id)
    )
    found = session.scalars(queries.objects_of(organisation_id).where(StoredObject.sha256 == stored.sha256)).one()
    if made is None and session.scalar(queries.is_gone(organisation_id, found.id)):
        _take_back(session, found)
    return found


def _take_back(session: Session, stored: StoredObject) -> None:
    """An object whose bytes were given up is one again, if they are there: a purge may have taken them just now.

    The store is asked inside the transaction, once in a blue moon: the lock on these bytes keeps purges away until the
    row commits.
    """
    try:
        size = store_of(platform_of(session)).size_of(object_key(stored.organisation_id, stored.sha256))
    except (StoreUnavailable, OSError) as error:
        raise StorageUnavailable from error
    if size != stored.size:
        raise StorageUnavailable
    session.add(Purge(organisation_id=stored.organisation_id, object_id=stored.id, step="returned"))


def find_object(session: Session, object_id: uuid.UUID) -> StoredObject | None:
    """An object of the session's council, or None."""
    organisation_id = organisation_id_of(session)
    return session.scalars(queries.objects_of(organisation_id).where(StoredObject.id == object_id)).one_or_none()


def find_objects(session: Session, object_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, StoredObject]:
    """Objects of the session's council in one statement; an unknown one is missing from the answer."""
    wanted = queries.objects_of(organisation_id_of(session)).where(among(StoredObject.id, object_ids))
    return {stored.id: stored for stored in session.scalars(wanted)}


def open_object(
    platform: Platform, stored: StoredObject, *, start: int = 0, stop: int | None = None
) -> Iterator[bytes]:
    """The bytes from `start` up to, not including, `stop`, in chunks; call it outside any transaction.

    Raises BytesMissing or StorageUnavailable before the first chunk.
    """
    try:
        return store_of(platform).open(object_key(stored.organisation_id, stored.sha256), start=start, stop=stop)
    except ObjectMissing as error:
        raise BytesMissing(stored.sha256) from error
    except (StoreUnavailable, OSError) as error:
        raise StorageUnavailable from error


def look_for(platform: Platform, stored: StoredObject) -> None:
    """See that an object's bytes are there; raises BytesMissing or StorageUnavailable."""
    try:
        size = store_of(platform).size_of(object_key(stored.organisation_id, stored.sha256))
    except (StoreUnavailable, OSError) as error:
        raise StorageUnavailable from error
    if size is None:
        raise BytesMissing(stored.sha256)


def check_store(settings: Settings) -> None:
    """Raise StorageUnavailable unless the object store answers and can be written; `/readyz` asks this."""
    try:
        open_store(settings.object_store).check()
    except StoreUnavailable as error:
        raise StorageUnavailable from error
