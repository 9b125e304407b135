"""Loading: file by file, each in a transaction of its own, so that a kill costs one file and the next run goes on."""

import time
from collections.abc import Callable
from uuid import UUID

import structlog
from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.events.public import enqueue
from banksia.foundation.storage import public as storage
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions
from banksia.kit.errors import Problem
from banksia.kit.kill_points import reach
from banksia.modules.files import queries
from banksia.modules.files.errors import BatchNotReady, FolderNotFound
from banksia.modules.files.models import Batch, BatchRow, Document, Folder
from banksia.modules.files.service.adding import base_name, title_from
from banksia.modules.files.service.copies import lock_copies
from banksia.modules.files.service.folders.applications import create_application
from banksia.modules.files.service.folders.finding import check_open
from banksia.modules.files.service.folders.property_folders import create_folder
from banksia.modules.files.service.loading.checking import application_number, get_batch
from banksia.modules.files.service.loading.starting import place_of
from banksia.modules.files.service.properties import label_of
from banksia.modules.files.service.writing import Bytes, write_document
from banksia.modules.property.public import get_property

LOAD = "files.load_batch"
ROWS_AT_ONCE = 200
OnFile = Callable[[int], None]
logger = structlog.get_logger()


def start_load(session: Session, actor: Actor, *, batch_id: UUID, in_browser: bool = True) -> Batch:
    """Load what was checked; raises BatchNotFound, BatchNotReady."""
    batch = get_batch(session, batch_id, lock=True)
    if batch.state not in {"checked", "loading"}:
        raise BatchNotReady(batch.state)
    batch.state = "loading"
    audit.record(session, actor, "files.load_started", subject=batch, detail={"rows": batch.row_count})
    if in_browser:
        enqueue(session, LOAD, batch_id=batch.id)
    session.flush()
    return batch


def load_batch(transactions: Transactions, *, batch_id: UUID, on_file: OnFile | None = None) -> Batch:
    """Load the files of a batch that are not loaded yet; the same again goes on. Outside any transaction.

    A file that cannot be loaded says why in its row, and the others are. It stops when the load is taken back.
    """
    started = time.monotonic()
    with transactions() as session:
        batch = get_batch(session, batch_id)
        if batch.state != "loading":
            return batch
        shelf = place_of(session, batch)
    note = ""
    try:
        while rows := _ready(transactions, batch_id):
            for row in rows:
                size = _load(transactions, shelf, row)
                if on_file is not None:
                    on_file(size)
            started = _note_progress(transactions, batch_id, started)
    except storage.PlaceFailed as error:
        note = str(error)
    except BatchNotReady:
        logger.info("files.load_stopped", batch_id=str(batch_id))
    return _end(transactions, batch_id, started, note)


def _ready(transactions: Transactions, batch_id: UUID) -> list[BatchRow]:
    with transactions() as session:
        rows = queries.batch_rows_of(transactions.actor.organisation_id, batch_id)
        wanted = rows.where(BatchRow.verdict == "ready").order_by(BatchRow.number).limit(ROWS_AT_ONCE)
        return list(session.scalars(wanted))


def _load(transactions: Transactions, shelf: storage.Place, row: BatchRow) -> int:
    """Load one file; answers its size in bytes. What cannot be loaded says why in its row."""
    try:
        size = shelf.size_of(row.path)
        stored = storage.keep_stream(transactions, shelf.read(row.path, size=size), size=size)
    except storage.FileMissing:
        return _note(transactions, row, "failed", "The file is not there any more.")
    except (storage.UploadTooLarge, storage.UploadCutOff) as error:
        return _note(transactions, row, "failed", error.detail)
    reach("files.batch_file_stored")
    try:
        with transactions() as session:
            return _write(session, transactions.actor, row, stored)
    except BatchNotReady:
        raise
    except Problem as error:  # the others can be loaded all the same
        return _note(transactions, row, "failed", error.detail)


def _write(session: Session, actor: Actor, row: BatchRow, stored: storage.StoredBytes) -> int:
    """Write the document of a row, unless the file has its bytes already or another run was quicker.

    Who adds the same bytes takes turns, so two loads of one shelf find what the other wrote.
    """
    _see_that_it_goes_on(session, actor, row.batch_id)
    wanted = queries.batch_rows_of(actor.organisation_id, row.batch_id).where(BatchRow.id == row.id)
    current = session.scalars(wanted.with_for_update()).one()
    if current.verdict != "ready" or current.property_id is None:
        return 0
    lock_copies(session, actor, stored.sha256)
    same = queries.documents_with_bytes(actor.organisation_id, current.property_id, stored.sha256)
    there = session.scalars(same.limit(1)).one_or_none()
    if there is not None:
        current.verdict, current.reason = "already_here", f"The file has it as “{there.title}”."
        return 0
    name = base_name(current.path)
    folder = _folder(session, actor, current)
    document = Document(
        organisation_id=actor.organisation_id,
        property_id=current.property_id,
        folder_id=folder.id,
        title=current.title or title_from(name),
        description=current.description,
        parcel=current.parcel,
        property_label=label_of(get_property(session, current.property_id)),
        dated_on=current.dated_on,
        batch_id=current.batch_id,
    )
    content = Bytes(storage.record_object(session, stored), name)
    write_document(session, actor, document, content, action="document_added")
    current.verdict, current.document_id = "loaded", document.id
    return stored.size


def _see_that_it_goes_on(session: Session, actor: Actor, batch_id: UUID) -> None:
    """Let who takes the load back wait for the file that is being written; raises BatchNotReady once they did."""
    wanted = queries.batches_of(actor.organisation_id).where(Batch.id == batch_id)
    batch = session.scalars(wanted.with_for_update(read=True)).one()
    if batch.state != "loading":
        raise BatchNotReady(batch.state)


def _folder(session: Session, actor: Actor, row: BatchRow) -> Folder:
    """The folder that the manifest names, with the application and sub-folders that it asks for."""
    assert row.property_id is not None  # noqa: S101  (rows without a property are rejected)
    number = application_number(row.folder_words)
    parts = [part.strip() for part in row.folder_words.split("/") if part.strip()]
    if number is not None:
        wanted = queries.folders_of(actor.organisation_id).where(
            Folder.property_id == row.property_id,
            Folder.application_number == number,
            Folder.parent_id.is_(None),
        )
        folder = session.scalars(wanted).one_or_none()
        folder = folder or create_application(session, actor, property_id=row.property_id, number=number)
        parts = parts[2:]
    else:
        structure = session.scalars(queries.structure_of(actor.organisation_id).where(Folder.parent_id.is_(None)))
        top = next((each for each in structure if each.name.lower() == parts[0].lower()), None)
        if top is None:
            raise FolderNotFound
        folder, parts = top, parts[1:]
    for part in parts:
        folder = create_folder(session, actor, property_id=row.property_id, parent_id=folder.id, name=part[:120])
    return check_open(session, folder)


def _note(transactions: Transactions, row: BatchRow, verdict: str, reason: str) -> int:
    with transactions() as session:
        wanted = queries.batch_rows_of(transactions.actor.organisation_id, row.batch_id)
        current = session.scalars(wanted.where(BatchRow.id == row.id).with_for_update()).one()
        if current.verdict == "ready":
            current.verdict, current.reason = verdict, reason
    return 0


def _note_progress(transactions: Transactions, batch_id: UUID, started: float) -> float:
    now = time.monotonic()
    with transactions() as session:
        batch = get_batch(session, batch_id, lock=True)
        batch.seconds += now - started
        _count(session, batch)
    return now


def _count(session: Session, batch: Batch) -> None:
    counts = session.execute(queries.verdict_counts(batch.organisation_id, batch.id)).all()
    batch.counts = {row[0]: row[1] for row in counts}
    batch.bytes_loaded = sum(row[2] or 0 for row in counts if row[0] == "loaded")


def _end(transactions: Transactions, batch_id: UUID, started: float, note: str) -> Batch:
    with transactions() as session:
        batch = get_batch(session, batch_id, lock=True)
        batch.seconds += time.monotonic() - started
        if batch.state != "loading":  # it was taken back meanwhile
            return batch
        batch.note = note
        if not note:
            batch.state, batch.ended_at = "loaded", utc_now()
        _count(session, batch)
        detail = {"counts": batch.counts, "note": note}
        audit.record(session, transactions.actor, "files.load_ended", subject=batch, detail=detail)
        return batch
