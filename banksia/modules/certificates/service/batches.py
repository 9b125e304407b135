"""Issuing several certificates together: shown first, then one after another by the worker.

Each line goes through the same steps as when it is issued alone. What it was decided to issue is written with its
batch line in one transaction, so that a worker that takes over goes on with the line it finds, and issues none twice.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import structlog
from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.auth.public import actor_for, users_with_permission
from banksia.foundation.events.public import enqueue
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions
from banksia.kit.errors import Problem
from banksia.kit.models import new_id
from banksia.modules.certificates.errors.straight_through import BatchNeedsPerson, BatchNotFound
from banksia.modules.certificates.errors.templates import TemplateBroken
from banksia.modules.certificates.models import Draft, Issuance, IssueBatch, IssueBatchLine, OrderLine
from banksia.modules.certificates.permissions import CERTIFICATES_ISSUE
from banksia.modules.certificates.queries.batches import (
    batch_with_id,
    batch_with_key,
    line_of_batch,
    lines_of_batch,
)
from banksia.modules.certificates.queries.certificates import draft_of, issuances_with_ids
from banksia.modules.certificates.queries.lines import lines_with_ids
from banksia.modules.certificates.queries.orders import hold_key
from banksia.modules.certificates.schemas.batches import (
    BatchCreate,
    BatchLineRead,
    BatchPreviewRead,
    BatchRead,
    PreviewedLine,
)
from banksia.modules.certificates.service.issuing import (
    expect_ready,
    finish_issuing,
    try_template,
    write_issuance,
)
from banksia.modules.certificates.service.prepared import Prepared, prepare
from banksia.modules.certificates.service.queue import find_line
from banksia.modules.certificates.service.seen import changes_since, digest_of_known, in_words, looked_at
from banksia.modules.certificates.service.signing import key_for_issuing
from banksia.modules.certificates.service.versions import template_of_line

LEFT = "Your account may no longer issue certificates."
log = structlog.get_logger()


def preview_batch(session: Session, actor: Actor, *, line_ids: Sequence[uuid.UUID]) -> BatchPreviewRead:
    """Say of each line whether it can be issued as it stands, in the order that was asked; no unknown ones."""
    found = {line.id: line for line in session.scalars(lines_with_ids(actor.organisation_id, line_ids))}
    lines = [found[line_id] for line_id in dict.fromkeys(line_ids) if line_id in found]
    return BatchPreviewRead(lines=[_previewed(session, line) for line in lines])


def _previewed(session: Session, line: OrderLine) -> PreviewedLine:
    draft = session.scalar(draft_of(line.organisation_id, line.id))
    version, reason = draft.version if draft else 0, None
    template_number = template_of_line(session, line, draft).number
    known_sha256 = digest_of_known(prepare(session, line, draft))
    try:
        prepared = expect_ready(session, line, version, template_number)
        reason = _unseen(draft, prepared)
    except Problem as problem:
        reason = problem.detail
    return PreviewedLine(
        line_id=line.id,
        address=line.address,
        parcel=line.parcel,
        product_title=line.product_title,
        customer_name=line.order.contact_name,
        version=version,
        template_number=template_number,
        known_sha256=known_sha256,
        reason=reason,
    )


def _unseen(draft: Draft | None, prepared: Prepared, known_sha256: str | None = None) -> str | None:
    """Why nobody has seen what the certificate would say; together they are issued without a look at each."""
    changes = changes_since(draft, prepared)
    if changes:
        return f"Changed since it was drafted: {in_words(changes)}. Open it and look, then issue it there."
    if known_sha256 not in (None, digest_of_known(prepared)):
        return "What council knows has changed since you chose it. Open it and look, then issue it."
    return None


def start_batch(session: Session, actor: Actor, *, wanted: BatchCreate) -> BatchRead:
    """Queue lines to be issued one after another; the same key again answers with the batch that it made.

    A line that is not the council's is left out. Raises BatchNeedsPerson.
    """
    if actor.user_id is None:
        raise BatchNeedsPerson
    session.execute(hold_key(actor.organisation_id, str(wanted.key)))
    begun = session.scalar(batch_with_key(actor.organisation_id, wanted.key))
    if begun:
        return _read(session, begun)
    seen = {each.line_id: each for each in wanted.lines}
    known = {line.id for line in session.scalars(lines_with_ids(actor.organisation_id, list(seen)))}
    batch = IssueBatch(
        id=new_id(),
        organisation_id=actor.organisation_id,
        key=wanted.key,
        asked_by_id=actor.user_id,
        asked_by_name=actor.name,
    )
    session.add(batch)
    session.flush()
    for position, line_id in enumerate((each for each in seen if each in known), start=1):
        session.add(
            IssueBatchLine(
                id=new_id(),
                organisation_id=batch.organisation_id,
                batch_id=batch.id,
                line_id=line_id,
                position=position,
                version=seen[line_id].version,
                template_number=seen[line_id].template_number,
                known_sha256=seen[line_id].known_sha256,
                state="waiting",
            )
        )
    enqueue(session, "certificates.issue_batch", batch_id=batch.id)
    audit.record(session, actor, "certificates.batch_started", subject=batch, detail={"lines": len(known)})
    session.flush()
    return _read(session, batch)


def read_batch(session: Session, actor: Actor, *, batch_id: uuid.UUID) -> BatchRead:
    """Return how far a batch is; raises BatchNotFound."""
    batch = session.scalar(batch_with_id(actor.organisation_id, batch_id))
    if batch is None:
        raise BatchNotFound
    return _read(session, batch)


@dataclass(frozen=True)
class _Work:
    """A batch as the worker goes through it."""

    officer: Actor | None
    waiting: list[uuid.UUID]


def issue_batch(transactions: Transactions, *, batch_id: uuid.UUID) -> None:
    """Issue the lines of a batch that still wait, as the officer who asked; call it outside any transaction.

    What cannot be issued is noted with its reason and stops no other. When something outside fails, the others are
    issued first; then the failure is raised, so that the task is tried again for what is left.
    """
    with transactions() as session:
        work = _work_of(session, transactions.actor, batch_id)
    failures: list[Exception] = []
    for batch_line_id in work.waiting:
        try:
            _issue_line(Transactions(transactions.platform, work.officer or transactions.actor), batch_line_id, work)
        except Exception as failure:
            log.exception("batch_line_failed", batch_line_id=str(batch_line_id))
            failures.append(failure)
    if failures:
        raise failures[0]
    with transactions() as session:
        _finish(session, transactions.actor, batch_id)


def _work_of(session: Session, actor: Actor, batch_id: uuid.UUID) -> _Work:
    batch = session.scalars(batch_with_id(actor.organisation_id, batch_id)).one()
    officers = {user.id: user for user in users_with_permission(session, CERTIFICATES_ISSUE.name)}
    officer = officers.get(batch.asked_by_id)
    lines = session.scalars(lines_of_batch(actor.organisation_id, batch_id))
    return _Work(
        officer=actor_for(session, officer) if officer else None,
        waiting=[line.id for line in lines if line.state == "waiting"],
    )


def _issue_line(transactions: Transactions, batch_line_id: uuid.UUID, work: _Work) -> None:
    """Decide, carry out, note: each in its own transaction, each left as it is when it was done before."""
    fault = _fault_of_template(transactions, batch_line_id)
    with transactions() as session:
        issuance_id = _decide(session, transactions.actor, batch_line_id, work, fault)
    if issuance_id is None:
        return
    finish_issuing(transactions, issuance_id=issuance_id)
    with transactions() as session:
        _locked(session, transactions.actor, batch_line_id).state = "issued"


def _fault_of_template(transactions: Transactions, batch_line_id: uuid.UUID) -> str | None:
    """What the council's own text makes impossible of a line that is not decided yet; None when it can be drawn."""
    with transactions() as session:
        row = session.scalars(line_of_batch(transactions.actor.organisation_id, batch_line_id)).one()
        line_id = row.line_id if row.state == "waiting" and row.issuance_id is None else None
    if line_id is None:
        return None
    try:
        try_template(transactions, line_id)
    except TemplateBroken as broken:
        return broken.detail
    return None


def _decide(
    session: Session, actor: Actor, batch_line_id: uuid.UUID, work: _Work, fault: str | None
) -> uuid.UUID | None:
    row = _locked(session, actor, batch_line_id)
    if row.state != "waiting" or row.issuance_id:
        return row.issuance_id if row.state == "waiting" else None
    refusal = LEFT if work.officer is None else fault
    if refusal:
        row.state, row.reason = "refused", refusal
        return None
    try:
        row.issuance_id, row.reason = _issue_as_seen(session, actor, row)
    except Problem as problem:
        row.reason = problem.detail
    if row.reason:
        row.state = "refused"
    return row.issuance_id


def _issue_as_seen(session: Session, actor: Actor, row: IssueBatchLine) -> tuple[uuid.UUID | None, str | None]:
    """Take the first step, or say why what would be issued was not seen."""
    line = find_line(session, actor, row.line_id, lock=True)
    prepared = expect_ready(session, line, row.version, row.template_number)
    draft = session.scalar(draft_of(line.organisation_id, line.id))
    unseen = _unseen(draft, prepared, row.known_sha256)
    if unseen:
        return None, unseen
    looked_at(session, actor, line, draft, prepared)
    key = key_for_issuing(session, actor)
    return write_issuance(session, actor, line, prepared, key, without_officer=False).id, None


def _locked(session: Session, actor: Actor, batch_line_id: uuid.UUID) -> IssueBatchLine:
    statement = line_of_batch(actor.organisation_id, batch_line_id).with_for_update()
    return session.scalars(statement.execution_options(populate_existing=True)).one()


def _finish(session: Session, actor: Actor, batch_id: uuid.UUID) -> None:
    statement = batch_with_id(actor.organisation_id, batch_id).with_for_update()
    batch = session.scalars(statement.execution_options(populate_existing=True)).one()
    batch.finished_at = batch.finished_at or utc_now()


def _read(session: Session, batch: IssueBatch) -> BatchRead:
    rows = session.scalars(lines_of_batch(batch.organisation_id, batch.id)).all()
    found = session.scalars(lines_with_ids(batch.organisation_id, [row.line_id for row in rows]))
    lines = {line.id: line for line in found}
    begun = [row.issuance_id for row in rows if row.issuance_id]
    issuances = {each.id: each for each in session.scalars(issuances_with_ids(batch.organisation_id, begun))}
    read = [_read_line(row, lines[row.line_id], issuances.get(row.issuance_id or row.id)) for row in rows]
    states = [line.state for line in read]
    return BatchRead(
        id=batch.id,
        asked_at=batch.created_at,
        asked_by_name=batch.asked_by_name,
        finished_at=batch.finished_at,
        waiting_count=states.count("waiting"),
        issued_count=states.count("issued"),
        refused_count=states.count("refused"),
        lines=read,
    )


def _read_line(row: IssueBatchLine, line: OrderLine, issuance: Issuance | None) -> BatchLineRead:
    """A line is issued as soon as its certificate is there, whoever carried the decision out."""
    carried_out = issuance is not None and issuance.finished_at is not None
    return BatchLineRead(
        line_id=row.line_id,
        address=line.address,
        product_title=line.product_title,
        state="issued" if carried_out else row.state,
        number=issuance.number if issuance else None,
        reason=row.reason,
    )
