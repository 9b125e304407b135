"""Disposal lists: what is due is proposed by one, approved by another, destroyed, and certified."""

from uuid import UUID

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.events.public import enqueue
from banksia.foundation.organisations.public import council_day, current_organisation
from banksia.foundation.storage import public as storage
from banksia.foundation.storage.public import StoredObject
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions, organisation_id_of
from banksia.kit.models import new_id
from banksia.kit.paging import Key, page_of
from banksia.modules.files import queries
from banksia.modules.files.adapters.papers import draw_paper
from banksia.modules.files.errors import (
    DisposalDecided,
    DisposalNotFound,
    DocumentNotFound,
    NothingDue,
    SecondPersonNeeded,
)
from banksia.modules.files.models import Disposal, DisposalDocument
from banksia.modules.files.schemas.keeping import DisposalCreate, DisposalDocumentRead, DisposalRead
from banksia.modules.files.service.removing.certifying import certificate_of
from banksia.modules.files.service.removing.purging import purge_document
from banksia.modules.files.service.retention.holding import held_descents
from banksia.modules.files.service.seeing import hidden_documents

MOST = 1000
"""Documents on one list, so that a person can look at all of them."""
DESTROY = "files.destroy_disposal"


def create_disposal(session: Session, actor: Actor, *, wanted: DisposalCreate) -> DisposalRead:
    """List what is due by a day, at most a thousand documents, the longest overdue first; raises NothingDue."""
    due_by_on = min(wanted.due_by_on, council_day(session))
    zone = current_organisation(session).time_zone
    overdue = queries.documents_due(actor.organisation_id, due_by_on, held_descents(session), zone=zone)
    due = session.execute(overdue.limit(MOST)).all()
    if not due:
        raise NothingDue
    last = session.scalar(queries.last_disposal_number(actor.organisation_id))
    assert actor.user_id is not None  # noqa: S101  (only people have the permission)
    disposal = Disposal(
        id=new_id(),
        organisation_id=actor.organisation_id,
        number=(last or 0) + 1,
        title=wanted.title,
        due_by_on=due_by_on,
        made_by_id=actor.user_id,
        made_by_name=actor.name,
    )
    session.add(disposal)
    session.flush()
    session.add_all(
        DisposalDocument(
            organisation_id=actor.organisation_id,
            disposal_id=disposal.id,
            document_id=document.id,
            class_code=code,
            due_on=due_on,
        )
        for document, code, due_on in due
    )
    audit.record(session, actor, "files.disposal_proposed", subject=disposal, detail={"documents": len(due)})
    session.flush()
    return read_disposal(session, actor, disposal_id=disposal.id)


def keep_document(
    session: Session, actor: Actor, *, disposal_id: UUID, document_id: UUID, because: str
) -> DisposalRead:
    """Take a document off a list that is not approved yet.

    Raises DisposalNotFound, DisposalDecided, DocumentNotFound.
    """
    disposal = _locked(session, actor, disposal_id)
    if disposal.state != "proposed":
        raise DisposalDecided(disposal.state)
    listed = queries.disposal_documents_of(actor.organisation_id, disposal_id).where(
        DisposalDocument.document_id == document_id
    )
    row = session.scalars(listed).one_or_none()
    if row is None:
        raise DocumentNotFound
    row.is_kept, row.kept_because = True, because
    detail = {"document_id": str(document_id), "reason": because}
    audit.record(session, actor, "files.disposal_document_kept", subject=disposal, detail=detail)
    session.flush()
    return read_disposal(session, actor, disposal_id=disposal_id)


def approve_disposal(session: Session, actor: Actor, *, disposal_id: UUID) -> DisposalRead:
    """Approve a list that another person made; its documents are destroyed after the commit.

    Raises DisposalNotFound, DisposalDecided, SecondPersonNeeded, and NothingDue when all was taken off it.
    """
    disposal = _locked(session, actor, disposal_id)
    if disposal.state != "proposed":
        raise DisposalDecided(disposal.state)
    if disposal.made_by_id == actor.user_id:
        raise SecondPersonNeeded
    if not session.execute(queries.disposal_counts(actor.organisation_id, [disposal.id])).all():
        raise NothingDue
    disposal.state, disposal.approved_by_id = "approved", actor.user_id
    disposal.approved_by_name, disposal.approved_at = actor.name, utc_now()
    audit.record(session, actor, "files.disposal_approved", subject=disposal)
    enqueue(session, DESTROY, disposal_id=disposal.id)
    session.flush()
    return read_disposal(session, actor, disposal_id=disposal_id)


def cancel_disposal(session: Session, actor: Actor, *, disposal_id: UUID) -> DisposalRead:
    """Give a list up before it is approved; raises DisposalNotFound, DisposalDecided."""
    disposal = _locked(session, actor, disposal_id)
    if disposal.state != "proposed":
        raise DisposalDecided(disposal.state)
    disposal.state = "cancelled"
    audit.record(session, actor, "files.disposal_cancelled", subject=disposal)
    session.flush()
    return read_disposal(session, actor, disposal_id=disposal_id)


def destroy_disposal(transactions: Transactions, *, disposal_id: UUID) -> None:
    """Destroy what an approved list names, then certify it; the same again goes on where it stopped.

    What a hold or a changed class keeps by now stays, and the certificate says so. Outside any transaction.
    """
    actor = transactions.actor
    with transactions() as session:
        disposal = _locked(session, actor, disposal_id)
        if disposal.state != "approved":
            return
        listed = queries.disposal_documents_of(actor.organisation_id, disposal_id)
        ids = [row.document_id for row in session.scalars(listed.where(DisposalDocument.is_kept.is_(False)))]
        number = disposal.number
    for document_id in ids:
        if not purge_document(transactions, document_id, because=f"disposal list {number}"):
            _note_kept(transactions, disposal_id, document_id)
    with transactions() as session:
        paper = certificate_of(session, _locked(session, actor, disposal_id))
    stored = storage.put_bytes(transactions, draw_paper(paper))
    with transactions() as session:
        disposal = _locked(session, actor, disposal_id)
        disposal.state, disposal.done_at, disposal.certificate_id = "done", utc_now(), stored.id
        detail = {"certificate": stored.sha256}
        audit.record(session, actor, "files.disposal_done", subject=disposal, detail=detail)


def _note_kept(transactions: Transactions, disposal_id: UUID, document_id: UUID) -> None:
    with transactions() as session:
        listed = queries.disposal_documents_of(organisation_id_of(session), disposal_id)
        row = session.scalars(listed.where(DisposalDocument.document_id == document_id)).one()
        row.is_kept, row.kept_because = True, "A hold or its retention class kept it when the list was carried out."


def list_disposals(
    session: Session, actor: Actor, *, limit: int, cursor: str | None
) -> tuple[list[DisposalRead], str | None]:
    """The disposal lists, the newest first."""
    keys = [Key(Disposal.id, "id", descending=True)]
    rows, following = page_of(
        session, queries.disposals_of(actor.organisation_id), keys=keys, limit=limit, cursor=cursor
    )
    counts = _counts(session, actor, [row.id for row in rows])
    return [_read(actor, row, counts.get(row.id, 0)) for row in rows], following


def read_disposal(session: Session, actor: Actor, *, disposal_id: UUID) -> DisposalRead:
    """One disposal list; raises DisposalNotFound."""
    disposal = _get(session, actor, disposal_id)
    return _read(actor, disposal, _counts(session, actor, [disposal.id]).get(disposal.id, 0))


def list_disposal_documents(
    session: Session, actor: Actor, *, disposal_id: UUID, limit: int, cursor: str | None
) -> tuple[list[DisposalDocumentRead], str | None]:
    """The documents of a list, the longest overdue first; raises DisposalNotFound."""
    _get(session, actor, disposal_id)
    keys = [Key(DisposalDocument.due_on, "due_on"), Key(DisposalDocument.id, "id")]
    rows, following = page_of(
        session,
        queries.disposal_documents_of(actor.organisation_id, disposal_id),
        keys=keys,
        limit=limit,
        cursor=cursor,
    )
    hidden = hidden_documents(session, actor, [row.document_id for row in rows])
    return [
        DisposalDocumentRead.of(
            row,
            title="A document in a restricted folder" if row.document_id in hidden else row.document.title,
            property_id=row.document.property_id,
            property_label=row.document.property_label,
            state=row.document.state,
            sha256=row.document.latest.sha256,
            size=row.document.latest.size,
        )
        for row in rows
    ], following


def disposal_certificate(session: Session, actor: Actor, *, disposal_id: UUID) -> tuple[StoredObject, int]:
    """The certificate of destruction and the list's number; raises DisposalNotFound until all is destroyed."""
    disposal = _get(session, actor, disposal_id)
    stored = storage.find_object(session, disposal.certificate_id) if disposal.certificate_id else None
    if stored is None:
        raise DisposalNotFound
    return stored, disposal.number


def _get(session: Session, actor: Actor, disposal_id: UUID) -> Disposal:
    wanted = queries.disposals_of(actor.organisation_id).where(Disposal.id == disposal_id)
    disposal = session.scalars(wanted).one_or_none()
    if disposal is None:
        raise DisposalNotFound
    return disposal


def _locked(session: Session, actor: Actor, disposal_id: UUID) -> Disposal:
    wanted = queries.disposals_of(actor.organisation_id).where(Disposal.id == disposal_id).with_for_update()
    disposal = session.scalars(wanted.execution_options(populate_existing=True)).one_or_none()
    if disposal is None:
        raise DisposalNotFound
    return disposal


def _counts(session: Session, actor: Actor, ids: list[UUID]) -> dict[UUID, int]:
    rows = session.execute(queries.disposal_counts(actor.organisation_id, ids))
    return {row[0]: row[1] for row in rows}


def _read(actor: Actor, row: Disposal, count: int) -> DisposalRead:
    return DisposalRead.of(
        row,
        is_mine=row.made_by_id == actor.user_id,
        has_certificate=row.certificate_id is not None,
        document_count=count,
    )
