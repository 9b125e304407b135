"""Uploads that can be resumed: who began one, for what, how far it is, and how it ends.

Bytes count once the disk has them, and the offset says no more than that; appending.py takes them. The protocol over
HTTP is tus 1.0 (https://tus.io/protocols/resumable-upload).
"""

import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from typing import Any, Final

from sqlalchemy.orm import Session

from banksia.foundation.storage import queries
from banksia.foundation.storage.adapters.parts import PartBusy, PartFile
from banksia.foundation.storage.errors import (
    StorageUnavailable,
    UploadBusy,
    UploadExpired,
    UploadFinished,
    UploadNotFound,
    UploadTooLarge,
)
from banksia.foundation.storage.models import ResumableUpload
from banksia.foundation.storage.service.keeping import store_of
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions, platform_of
from banksia.kit.errors import Unauthenticated
from banksia.kit.models import new_id
from banksia.kit.platform import Platform

UPLOADS_LIVE: Final = timedelta(days=7)
"""So long after its last byte an upload can be gone on with."""
AT_ONCE = 1000


def begin_upload(
    session: Session, actor: Actor, *, purpose: str, about: dict[str, Any], size: int, sha256: str
) -> ResumableUpload:
    """Make room for a file of so many bytes with this hash; raises UploadTooLarge."""
    limit = platform_of(session).settings.max_upload_bytes
    if size > limit:
        raise UploadTooLarge(limit)
    if actor.user_id is None:
        raise Unauthenticated
    upload = ResumableUpload(
        id=new_id(),
        organisation_id=actor.organisation_id,
        owner_id=actor.user_id,
        owner_name=actor.name,
        purpose=purpose,
        about=about,
        size=size,
        sha256=sha256,
        received=0,
        expires_at=utc_now() + UPLOADS_LIVE,
    )
    session.add(upload)
    session.flush()
    return upload


def find_upload(
    session: Session, actor: Actor, *, upload_id: uuid.UUID, purpose: str, locked: bool = False
) -> ResumableUpload:
    """An upload of the actor's own; raises UploadNotFound, and UploadExpired when it can no longer be finished."""
    upload = own_upload(session, actor, upload_id=upload_id, purpose=purpose, locked=locked)
    if upload.finished_at is None and upload.expires_at <= utc_now():
        raise UploadExpired(upload.expires_at)
    return upload


def own_upload(
    session: Session, actor: Actor, *, upload_id: uuid.UUID, purpose: str, locked: bool = False
) -> ResumableUpload:
    """The same, expired or not: for whoever is its only writer, and so the one who would let it expire."""
    found = queries.uploads_of(actor.organisation_id).where(
        ResumableUpload.id == upload_id, ResumableUpload.purpose == purpose
    )
    if locked:
        found = found.with_for_update().execution_options(populate_existing=True)
    upload = session.scalars(found).one_or_none()
    if upload is None or actor.user_id is None or upload.owner_id != actor.user_id:
        raise UploadNotFound
    return upload


def whole_uploads(session: Session, actor: Actor, *, purpose: str) -> list[ResumableUpload]:
    """Uploads of anybody whose last byte is here and of which nothing was made yet, the oldest first."""
    whole = queries.uploads_of(actor.organisation_id).where(
        ResumableUpload.purpose == purpose,
        ResumableUpload.finished_at.is_(None),
        ResumableUpload.received == ResumableUpload.size,
        ResumableUpload.expires_at > utc_now(),
    )
    return list(session.scalars(whole.order_by(ResumableUpload.id).limit(AT_ONCE)))


def finish_upload(upload: ResumableUpload, *, result_id: uuid.UUID) -> None:
    """Say what was made of an upload whose row is locked, in the transaction that makes it."""
    upload.finished_at, upload.result_id = utc_now(), result_id


def end_upload(transactions: Transactions, *, upload_id: uuid.UUID, purpose: str) -> None:
    """Break off an upload and remove what has come; raises UploadNotFound, UploadBusy or UploadFinished."""
    with transactions() as session:
        find_upload(session, transactions.actor, upload_id=upload_id, purpose=purpose)
    part = part_of(transactions.platform, upload_id)
    with only_writer(part), transactions() as session:
        upload = find_upload(session, transactions.actor, upload_id=upload_id, purpose=purpose, locked=True)
        if upload.finished_at is not None:
            raise UploadFinished
        part.discard()
        session.delete(upload)


def discard_expired_uploads(transactions: Transactions) -> int:
    """Remove uploads whose time is over, with what had come; says how many. Call it outside any transaction."""
    expired = queries.uploads_of(transactions.actor.organisation_id).where(ResumableUpload.expires_at <= utc_now())
    with transactions() as session:
        ids = [upload.id for upload in session.scalars(expired.order_by(ResumableUpload.id).limit(AT_ONCE))]
    removed = 0
    for upload_id in ids:
        part = part_of(transactions.platform, upload_id)
        try:
            with only_writer(part), transactions() as session:
                upload = session.scalars(expired.where(ResumableUpload.id == upload_id).with_for_update()).one_or_none()
                if upload is not None:  # else it was gone on with at this very moment
                    part.discard()
                    session.delete(upload)
                    removed += 1
        except UploadBusy:
            continue
    return removed


def part_of(platform: Platform, upload_id: uuid.UUID) -> PartFile:
    """Where the bytes of an upload lie until the last of them has come."""
    return PartFile(store_of(platform).incoming_folder, upload_id)


@contextmanager
def only_writer(part: PartFile) -> Iterator[None]:
    """Be the only request that writes to a part; raises UploadBusy."""
    with ExitStack() as stack:
        try:
            stack.enter_context(part.only_writer())
        except PartBusy as error:
            raise UploadBusy from error
        except OSError as error:
            raise StorageUnavailable from error
        yield
