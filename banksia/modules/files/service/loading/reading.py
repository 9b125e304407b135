"""Loads as people read them: how far, how fast, and what was rejected."""

import csv
import io
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.kit.paging import Key, page_of
from banksia.kit.words import harmless
from banksia.modules.files import queries
from banksia.modules.files.models import Batch, BatchRow
from banksia.modules.files.models.loading import VERDICTS
from banksia.modules.files.schemas.loading import BatchRead, Verdict
from banksia.modules.files.service.loading.checking import get_batch

AT_ONCE = 1000
_WORDS = {"rejected": "rejected", "failed": "failed", "already_here": "already here", "kept": "not taken back"}
_COLUMNS = ("line", "verdict", "reason", "path", "property", "folder", "title", "box")


def list_batches(
    session: Session, actor: Actor, *, limit: int, cursor: str | None
) -> tuple[list[BatchRead], str | None]:
    """The loads of the council, the newest first."""
    keys = [Key(Batch.id, "id", descending=True)]
    rows, following = page_of(session, queries.batches_of(actor.organisation_id), keys=keys, limit=limit, cursor=cursor)
    return [describe_batch(row) for row in rows], following


def read_batch(session: Session, *, batch_id: UUID) -> BatchRead:
    """One load; raises BatchNotFound."""
    return describe_batch(get_batch(session, batch_id))


def describe_batch(row: Batch) -> BatchRead:
    """A load with its speed."""
    loaded = sum(row.counts.get(verdict, 0) for verdict in ("loaded", "undone", "kept"))
    return BatchRead.of(
        row,
        counts={verdict: row.counts.get(verdict, 0) for verdict in VERDICTS},
        files_per_second=round(loaded / row.seconds, 1) if row.seconds > 0 and loaded else None,
    )


def list_batch_rows(
    session: Session, actor: Actor, *, batch_id: UUID, verdict: Verdict | None, limit: int, cursor: str | None
) -> tuple[list[BatchRow], str | None]:
    """The lines of a load, all or those with one verdict; raises BatchNotFound."""
    get_batch(session, batch_id)
    rows = queries.batch_rows_of(actor.organisation_id, batch_id)
    if verdict is not None:
        rows = rows.where(BatchRow.verdict == verdict)
    return page_of(session, rows, keys=[Key(BatchRow.number, "number")], limit=limit, cursor=cursor)


def rejected_rows(transactions: Transactions, *, batch_id: UUID) -> Iterator[bytes]:
    """What was not loaded, or not taken back, and why, as CSV, a thousand lines at a time.

    Raises BatchNotFound before the first.
    """
    with transactions() as session:
        get_batch(session, batch_id)
    return _csv(transactions, batch_id)


def _csv(transactions: Transactions, batch_id: UUID) -> Iterator[bytes]:
    yield _line(_COLUMNS)
    after = 0
    while True:
        wanted = queries.batch_rows_of(transactions.actor.organisation_id, batch_id).where(
            BatchRow.verdict.in_(("rejected", "failed", "already_here", "kept")), BatchRow.number > after
        )
        with transactions() as session:
            rows = list(session.scalars(wanted.order_by(BatchRow.number).limit(AT_ONCE)))
        yield b"".join(
            _line(
                (
                    row.number,
                    _WORDS[row.verdict],
                    row.reason,
                    row.path,
                    row.property_words,
                    row.folder_words,
                    row.title,
                    row.box,
                )
            )
            for row in rows
        )
        if len(rows) < AT_ONCE:
            return
        after = rows[-1].number


def _line(cells: tuple[Any, ...]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerow([harmless(str(cell)) for cell in cells])
    return out.getvalue().encode()


def _named(row: BatchRow) -> tuple[str, str, str, str]:
    return row.property_words, row.folder_words, row.title, row.box
