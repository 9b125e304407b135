"""A document comes in parts: all that can be refused is refused before its first byte, and it is written once."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Final
from uuid import UUID

import structlog
from sqlalchemy.orm import Session

from banksia.foundation.storage import public as storage
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.kit.errors import Problem
from banksia.kit.kill_points import reach
from banksia.modules.files.errors import DocumentAlreadyHere
from banksia.modules.files.models import Document
from banksia.modules.files.permissions import RESTRICTED_READ
from banksia.modules.files.schemas import UploadMetadata
from banksia.modules.files.service.adding import (
    NewVersion,
    Upload,
    check_upload,
    check_version,
    write_upload,
    write_version,
)

PURPOSE: Final = "files.document"

log = structlog.get_logger()


def begin_upload(transactions: Transactions, *, size: int, metadata: UploadMetadata) -> storage.ResumableUpload:
    """Check what is said of a file and make room for it; an empty one is a document at once.

    Raises what `check_upload` and `check_version` do, and UploadTooLarge.
    """
    announced = _announced(metadata, size)
    with transactions() as session:
        if isinstance(announced, NewVersion):
            check_version(session, transactions.actor, upload=announced)
        else:
            check_upload(session, transactions.actor, upload=announced)
        upload = storage.begin_upload(
            session,
            transactions.actor,
            purpose=PURPOSE,
            about=metadata.model_dump(mode="json"),
            size=size,
            sha256=metadata.sha256,
        )
    if size:
        return upload
    with append(transactions, upload.id, storage.Chunk(0, 0)) as appending:
        return finish(transactions, appending)


def find_upload(session: Session, actor: Actor, *, upload_id: UUID) -> storage.ResumableUpload:
    """An upload that the actor began; raises UploadNotFound or UploadExpired."""
    return storage.find_upload(session, actor, upload_id=upload_id, purpose=PURPOSE)


@contextmanager
def append(transactions: Transactions, upload_id: UUID, chunk: storage.Chunk) -> Iterator[storage.Appending]:
    """Take the next bytes of an upload; see `storage.append_to_upload`."""
    with storage.append_to_upload(transactions, upload_id=upload_id, purpose=PURPOSE, chunk=chunk) as appending:
        yield appending


def finish(
    transactions: Transactions, appending: storage.Appending, *, may_begin_again: bool = True
) -> storage.ResumableUpload:
    """Save what came; when that was the last of it, keep the file and write its document, once.

    Dying anywhere in here loses nothing: another request without bytes, or a task, goes on from there. Raises what
    `check_upload` and `check_version` do; of a second copy its sender decides, and sends it again when it is wanted.
    """
    upload = appending.save()
    if upload.finished_at is not None or not upload.is_whole:
        return upload
    stored = appending.keep(may_begin_again=may_begin_again)
    reach("files.upload_kept")
    try:
        with transactions() as session:
            row = _locked(session, transactions.actor, upload)
            if row.finished_at is None:
                document = _write(session, transactions.actor, row, stored, is_asked=may_begin_again)
                storage.finish_upload(row, result_id=document.id)
            return row
    except DocumentAlreadyHere:
        with transactions() as session:
            session.delete(_locked(session, transactions.actor, upload))
        raise


def _locked(session: Session, actor: Actor, upload: storage.ResumableUpload) -> storage.ResumableUpload:
    return storage.find_upload(session, actor, upload_id=upload.id, purpose=PURPOSE, locked=True)


def end_upload(transactions: Transactions, *, upload_id: UUID) -> None:
    """Break off an upload; raises UploadNotFound, UploadExpired, UploadBusy or UploadFinished."""
    storage.end_upload(transactions, upload_id=upload_id, purpose=PURPOSE)


def finish_whole_uploads(transactions: Transactions) -> int:
    """Write the documents of uploads whose last byte came and whose request then died; says how many."""
    with transactions() as session:
        uploads = storage.whole_uploads(session, transactions.actor, purpose=PURPOSE)
    finished = 0
    for upload in uploads:
        owner = Actor(
            upload.organisation_id,
            "staff",
            user_id=upload.owner_id,
            name=upload.owner_name,
            permissions=frozenset({RESTRICTED_READ.name}),  # what they may was asked before the first byte
        )
        as_owner = Transactions(transactions.platform, owner)
        try:
            with append(as_owner, upload.id, storage.Chunk(upload.size, 0)) as appending:
                finish(as_owner, appending, may_begin_again=False)
                finished += 1
        except storage.UploadBusy:
            continue  # its own request is at it
        except Problem as problem:  # the others can be finished all the same
            log.exception("files.upload_not_finished", upload_id=str(upload.id), problem=problem.type_urn())
    return finished


def _write(
    session: Session, actor: Actor, row: storage.ResumableUpload, stored: storage.StoredBytes, *, is_asked: bool
) -> Document:
    """Write what was announced; a second copy too when nobody is there who could be asked, for it came to be kept."""
    announced = _announced(UploadMetadata.model_validate(row.about), row.size)
    if not is_asked:
        announced = replace(announced, add_anyway=True)
    if isinstance(announced, NewVersion):
        return write_version(session, actor, announced, stored)
    return write_upload(session, actor, announced, stored)


def _announced(metadata: UploadMetadata, size: int) -> Upload | NewVersion:
    if metadata.document_id is not None:
        return NewVersion(metadata.document_id, metadata.filename, size, metadata.sha256, metadata.add_anyway)
    if metadata.property_id is None or metadata.folder_id is None:
        raise TypeError(metadata)  # the schema refuses it
    return Upload(
        property_id=metadata.property_id,
        folder_id=metadata.folder_id,
        file_name=metadata.filename,
        size=size,
        sha256=metadata.sha256,
        title=metadata.title,
        description=metadata.description,
        parcel=metadata.parcel,
        dated_on=metadata.dated_on,
        add_anyway=metadata.add_anyway,
    )
