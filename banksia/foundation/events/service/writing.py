"""Rows of the outbox are written in the transaction of what caused them."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from pydantic_core import to_jsonable_python
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.events.errors import DeadLetterNotFound, UnknownWork
from banksia.foundation.events.models import WAITING, OutboxRow
from banksia.foundation.events.queries import dead_letters, done_before, waiting_twin
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import after_commit, organisation_id_of, platform_of
from banksia.kit.events import Event
from banksia.kit.models import new_id

KEPT_FOR = timedelta(days=30)


def emit(session: Session, event: Event) -> None:
    """Tell whoever listens, after the commit."""
    if event.name not in platform_of(session).modules.events:
        raise UnknownWork(event.name)
    _write(session, kind="event", name=event.name, payload=event.model_dump(mode="json"))


def emit_remote(session: Session, name: str, data: dict[str, Any]) -> None:
    """Tell what a remote module told; raises UnknownWork for the name of an installed module, which tells for itself.

    Whoever calls has seen that the module may tell it.
    """
    if name.split(".", 1)[0] in platform_of(session).modules:
        raise UnknownWork(name)
    _write(session, kind="remote", name=name, payload=data)


def enqueue(
    session: Session, task: str, *, not_before: datetime | None = None, key: str | None = None, **ids: Any
) -> None:
    """Run a task after the commit; with a key, at most one row of that task and key waits at a time.

    A row that runs no longer waits: it may have read before what is now to be done, so another one is written.
    """
    if task not in platform_of(session).modules.tasks:
        raise UnknownWork(task)
    _write(
        session, kind="task", name=task, payload=to_jsonable_python(ids), key=key, available_at=not_before or utc_now()
    )


def write_listeners(session: Session, event_row: OutboxRow, module_names: list[str]) -> None:
    """One row per listener of an event; a second time writes none."""
    for module_name in module_names:
        _write(
            session,
            kind="listener",
            name=f"{event_row.name}>{module_name}",
            payload=event_row.payload,
            event_id=event_row.id,
        )


def _write(session: Session, **values: Any) -> None:
    organisation_id = organisation_id_of(session)
    row_id = new_id()
    given = {"available_at": utc_now(), "key": None, "event_id": None, **values}
    statement = insert(OutboxRow).values(id=row_id, organisation_id=organisation_id, **given)
    if given["key"] is not None:
        statement = statement.on_conflict_do_nothing(
            index_elements=["organisation_id", "name", "key"], index_where=WAITING
        )
    else:
        statement = statement.on_conflict_do_nothing(index_elements=["organisation_id", "event_id", "name"])
    if session.scalar(statement.returning(OutboxRow.id)) is not None and given["available_at"] <= utc_now():
        bell = platform_of(session).bell
        after_commit(session, lambda: bell(organisation_id, row_id))


def replay_dead_letter(session: Session, actor: Actor, *, row_id: uuid.UUID) -> OutboxRow:
    """Start failed work again from its first attempt."""
    row = session.scalar(dead_letters(actor.organisation_id).where(OutboxRow.id == row_id).with_for_update())
    if row is None:
        raise DeadLetterNotFound
    if row.key is not None and session.scalar(waiting_twin(row)) is not None:
        row.key = None  # the same work waits already; this row was asked for by a person and runs besides
    row.status, row.attempts, row.available_at = "pending", 0, utc_now()
    row.claimed_until = row.finished_at = None
    bell, organisation_id = platform_of(session).bell, actor.organisation_id
    after_commit(session, lambda: bell(organisation_id, row_id))
    audit.record(session, actor, "events.dead_letter_replayed", subject=row, detail={"name": row.name})
    return row


def forget_done(session: Session) -> None:
    """Remove what was done more than 30 days ago; the audit log tells what happened for ever."""
    session.execute(done_before(organisation_id_of(session), utc_now() - KEPT_FOR))
