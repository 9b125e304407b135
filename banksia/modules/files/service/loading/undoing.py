"""A load is taken back as a unit: its documents go into isolation together.

What somebody has worked on since stays, and what a hold is on; its line says so. A request to remove one of them is
decided by it.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final
from uuid import UUID

import structlog
from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.events.public import enqueue
from banksia.foundation.organisations.public import module_settings
from banksia.kit.actor import Actor
from banksia.kit.among import among
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions
from banksia.modules.files import queries
from banksia.modules.files.errors import BatchNotReady
from banksia.modules.files.models import Batch, BatchRow, Document, Removal
from banksia.modules.files.service.indexing import index_documents
from banksia.modules.files.service.loading.checking import get_batch
from banksia.modules.files.service.loading.telling import tell_administrators
from banksia.modules.files.service.retention.holding import Holding
from banksia.modules.files.service.writing import log
from banksia.modules.files.settings import FilesSettings

UNDO = "files.undo_batch"
AT_ONCE = 200
NO_WORK: Final = (
    "document_added",
    "document_viewed",
    "document_downloaded",
    "removal_asked",
    "removal_withdrawn",
    "removal_refused",
    "hold_placed",
    "hold_lifted",
)
"""What is no reason to let a document stay: that it came, looks at it, and what is asked of holds and requests."""
WORK: Final = {
    "version_added": "It got a new version since, so it stays.",
    "document_changed": "It was changed since, so it stays.",
    "document_moved": "It was moved since, so it stays.",
    "document_linked": "It was linked to another file since, so it stays.",
    "comment_added": "It was commented on since, so it stays.",
    "document_sent": "It was sent to somebody since, so it stays.",
}
WORKED_ON: Final = "Somebody has worked on it since, so it stays."
FAILED: Final = "Something went wrong on the way. What was taken back stays so; take the load back again for the rest."
logger = structlog.get_logger()


def start_undo(session: Session, actor: Actor, *, batch_id: UUID, in_browser: bool = True) -> Batch:
    """Take a load back; one that is on its way, or was broken off, stops. Raises BatchNotFound, BatchNotReady."""
    batch = get_batch(session, batch_id, lock=True)
    if batch.state not in {"loading", "loaded", "undoing", "undo_failed"}:
        raise BatchNotReady(batch.state)
    batch.state, batch.note = "undoing", ""
    audit.record(session, actor, "files.load_undone", subject=batch)
    if in_browser:
        enqueue(session, UNDO, batch_id=batch.id)
    session.flush()
    return batch


def undo_batch(transactions: Transactions, *, batch_id: UUID) -> Batch:
    """Isolate the documents of a load; the same again goes on. Outside any transaction.

    One that somebody has worked on since, that has left, or that a hold is on stays as it is, and its row says so. When
    something fails the load says so too, and can be taken back again. Administrators hear of it once.
    """
    with transactions() as session:
        batch = get_batch(session, batch_id)
        if batch.state != "undoing":
            return batch
    try:
        while _some(transactions, batch_id):
            continue
    except Exception:
        logger.exception("files.undo_failed", batch_id=str(batch_id))
        return _end(transactions, batch_id, "undo_failed", note=FAILED)
    return _end(transactions, batch_id, "undone")


def _end(transactions: Transactions, batch_id: UUID, state: str, *, note: str = "") -> Batch:
    with transactions() as session:
        batch = get_batch(session, batch_id, lock=True)
        batch.state, batch.note, batch.ended_at = state, note, utc_now()
        counts = session.execute(queries.verdict_counts(batch.organisation_id, batch.id)).all()
        batch.counts = {row[0]: row[1] for row in counts}
        tell_administrators(session, batch)
        return batch


def _some(transactions: Transactions, batch_id: UUID) -> int:
    actor = transactions.actor
    with transactions() as session:
        batch = get_batch(session, batch_id)
        rows = queries.batch_rows_of(actor.organisation_id, batch_id).where(BatchRow.verdict == "loaded")
        found = list(session.scalars(rows.order_by(BatchRow.number).limit(AT_ONCE).with_for_update()))
        ids = [row.document_id for row in found if row.document_id is not None]
        # Requests before documents, as who decides about one locks them; then those that came in between.
        _requests(session, actor, ids)
        session.execute(queries.lock_documents(actor.organisation_id, ids))
        wanted = queries.documents_of(actor.organisation_id).where(among(Document.id, ids))
        read_anew = wanted.execution_options(populate_existing=True)
        documents = {each.id: each for each in session.scalars(read_anew)}
        requests = _requests(session, actor, ids)
        holding = Holding(session, list(documents.values()))
        worked = _worked_on(session, actor, ids)
        gone: list[UUID] = []
        for row in found:
            document = documents.get(row.document_id) if row.document_id else None
            row.reason = _why_kept(document, holding, worked)
            row.verdict = "kept" if row.reason else "undone"
            if document is not None and not row.reason:
                _isolate(session, actor, batch, document, requests.get(document.id))
                gone.append(document.id)
        session.flush()
        index_documents(session, gone)
        return len(found)


def _requests(session: Session, actor: Actor, document_ids: list[UUID]) -> dict[UUID, Removal]:
    """The requests to remove some documents on which nobody has decided, locked, by document."""
    wanted = queries.removals_of(actor.organisation_id).where(
        among(Removal.document_id, document_ids), Removal.state == "asked"
    )
    locked = wanted.order_by(Removal.id).with_for_update(of=Removal).execution_options(populate_existing=True)
    return {each.document_id: each for each in session.scalars(locked)}


def _worked_on(session: Session, actor: Actor, document_ids: list[UUID]) -> dict[UUID, str]:
    """Those of some documents that people did more with than look at them, each with what was last done."""
    done = queries.done_with(actor.organisation_id, document_ids, apart_from=NO_WORK)
    return {row[0]: WORK.get(row[1], WORKED_ON) for row in session.execute(done) if row[0] is not None}


def _why_kept(document: Document | None, holding: Holding, worked: Mapping[UUID, str]) -> str:
    """Why a document stays as it is, in a sentence; empty when it is taken back."""
    if document is None or document.state == "purged":
        return "It was purged already."
    if document.state == "isolated":
        return "It was removed already and waits in isolation."
    if document.latest_number > 1:
        return WORK["version_added"]
    hold = holding.on(document)
    return f"A hold is on, so it stays: {hold.reason}" if hold else worked.get(document.id, "")


def _isolate(session: Session, actor: Actor, batch: Batch, document: Document, asked: Removal | None) -> None:
    document.state, document.isolated_at = "isolated", utc_now()
    document.purge_after_at = utc_now() + timedelta(days=module_settings(session, FilesSettings).isolation_days)
    detail = {"batch_id": str(batch.id), "reason": f"The load {batch.name} was taken back."}
    if asked is None:
        session.add(_removal(batch, document))
    else:
        asked.state, asked.decided_at = "isolated", utc_now()
        asked.decision_note = detail["reason"]
        detail["note"] = f"{asked.requested_by_name} had asked to remove it: {asked.reason}"
    log(session, actor, document, "load_undone", detail)


def _removal(batch: Batch, document: Document) -> Removal:
    """By it an administrator finds the document in isolation, and restores it."""
    return Removal(
        organisation_id=document.organisation_id,
        document_id=document.id,
        property_id=document.property_id,
        reason=f"The load {batch.name} was taken back.",
        requested_by_id=batch.started_by_id or batch.id,
        requested_by_name=batch.started_by_name,
        state="isolated",
        decided_at=utc_now(),
    )
