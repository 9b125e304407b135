"""A load is taken back as a unit: its documents go into isolation together, unless somebody has worked on one since."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.events.public import enqueue
from banksia.foundation.organisations.public import module_settings
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions
from banksia.modules.files import queries
from banksia.modules.files.errors import BatchNotReady
from banksia.modules.files.models import Batch, BatchRow, Document, Removal
from banksia.modules.files.service.indexing import index_documents
from banksia.modules.files.service.loading.checking import get_batch
from banksia.modules.files.service.writing import log
from banksia.modules.files.settings import FilesSettings

UNDO = "files.undo_batch"
AT_ONCE = 200


def start_undo(session: Session, actor: Actor, *, batch_id: UUID, in_browser: bool = True) -> Batch:
    """Take a load back; raises BatchNotFound, BatchNotReady."""
    batch = get_batch(session, batch_id, lock=True)
    if batch.state not in {"loaded", "undoing"}:
        raise BatchNotReady(batch.state)
    batch.state = "undoing"
    audit.record(session, actor, "files.load_undone", subject=batch)
    if in_browser:
        enqueue(session, UNDO, batch_id=batch.id)
    session.flush()
    return batch


def undo_batch(transactions: Transactions, *, batch_id: UUID) -> Batch:
    """Isolate the documents of a load; the same again goes on. Outside any transaction.

    One that got a new version, or was isolated or purged since, stays as it is, and its row says so.
    """
    with transactions() as session:
        batch = get_batch(session, batch_id)
        if batch.state != "undoing":
            return batch
    while _some(transactions, batch_id):
        continue
    with transactions() as session:
        batch = get_batch(session, batch_id, lock=True)
        batch.state, batch.ended_at = "undone", utc_now()
        counts = session.execute(queries.verdict_counts(batch.organisation_id, batch.id)).all()
        batch.counts = {row[0]: row[1] for row in counts}
        return batch


def _some(transactions: Transactions, batch_id: UUID) -> int:
    actor = transactions.actor
    with transactions() as session:
        days = module_settings(session, FilesSettings).isolation_days
        batch = get_batch(session, batch_id)
        rows = queries.batch_rows_of(actor.organisation_id, batch_id).where(BatchRow.verdict == "loaded")
        found = list(session.scalars(rows.order_by(BatchRow.number).limit(AT_ONCE).with_for_update()))
        wanted = queries.documents_of(actor.organisation_id).where(Document.id.in_([row.document_id for row in found]))
        documents = {each.id: each for each in session.scalars(wanted.with_for_update(of=Document))}
        gone: list[UUID] = []
        for row in found:
            row.verdict = "undone"
            document = documents.get(row.document_id) if row.document_id else None
            if document is None or document.state != "present" or document.latest_number > 1:
                row.reason = "Somebody has changed it since, so it stays."
                continue
            document.state, document.isolated_at = "isolated", utc_now()
            document.purge_after_at = utc_now() + timedelta(days=days)
            gone.append(document.id)
            session.add(_removal(batch, document))
            log(session, actor, document, "load_undone", {"batch_id": str(batch_id)})
        session.flush()
        index_documents(session, gone)
        return len(found)


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
