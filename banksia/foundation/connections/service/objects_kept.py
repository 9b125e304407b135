"""Files that modules keep with the council: each reads its own, by ids that say nothing of where the bytes lie."""

import uuid
from contextlib import AbstractContextManager

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.connections.errors.calls import KeptObjectNotFound
from banksia.foundation.connections.models import KeptObject
from banksia.foundation.connections.queries.calling import kept_objects_of
from banksia.foundation.connections.schemas.calls import KeptObjectRead
from banksia.foundation.storage.public import (
    Receiving,
    StoredObject,
    UploadTooLarge,
    find_object,
    receive,
    record_object,
)
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions
from banksia.kit.models import new_id
from banksia.kit.platform import Platform

LARGEST_BYTES = 100 * 1024**2


def receive_object(platform: Platform, *, size: int) -> AbstractContextManager[Receiving]:
    """Take the bytes of a file; raises UploadTooLarge before the first of them."""
    if size > LARGEST_BYTES:
        raise UploadTooLarge(LARGEST_BYTES)
    return receive(platform, size=size)


def keep_object(transactions: Transactions, file_name: str, sha256: str, receiving: Receiving) -> KeptObjectRead:
    """Keep the bytes, then their row; raises UploadCutOff, ChecksumMismatch, StorageUnavailable."""
    stored = receiving.keep(transactions, sha256=sha256)
    actor = transactions.actor
    with transactions() as session:
        found = record_object(session, stored)
        kept = KeptObject(
            id=new_id(),
            created_at=utc_now(),
            organisation_id=actor.organisation_id,
            connection_id=actor.connection_id,
            object_id=found.id,
            file_name=file_name,
        )
        session.add(kept)
        audit.record(session, actor, "connections.object_stored", subject=kept, detail={"file_name": file_name})
        session.flush()
        return _read(kept, found)


def read_object(session: Session, actor: Actor, *, kept_id: uuid.UUID) -> KeptObjectRead:
    """What a file of the module is; raises KeptObjectNotFound."""
    return _read(*find_kept(session, actor, kept_id=kept_id))


def find_kept(session: Session, actor: Actor, *, kept_id: uuid.UUID) -> tuple[KeptObject, StoredObject]:
    """A file of the module and its bytes; raises KeptObjectNotFound."""
    found = kept_objects_of(actor.organisation_id, actor.connection_id or uuid.UUID(int=0))
    kept = session.scalar(found.where(KeptObject.id == kept_id))
    stored = find_object(session, kept.object_id) if kept else None
    if kept is None or stored is None:
        raise KeptObjectNotFound
    return kept, stored


def _read(kept: KeptObject, stored: StoredObject) -> KeptObjectRead:
    return KeptObjectRead(
        id=kept.id,
        file_name=kept.file_name,
        size=stored.size,
        content_type=stored.content_type,
        sha256=stored.sha256,
        created_at=kept.created_at,
    )
