"""Doing what a row of the outbox says, at least once, and saying so in the same transaction where that is possible.

A row is claimed for a while in a transaction of its own. A worker that dies leaves the claim to expire; the sweeper
then rings again, until the row was claimed as often as it may be tried. Work in one transaction locks its row first and
marks it as done within it, so its effects happen exactly once, even when a worker was so slow that another one claimed
the row meanwhile. What is to tell a module that the council has switched off is kept until that is on again.
"""

import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from banksia.foundation.events.errors import UnknownWork
from banksia.foundation.events.models import OutboxRow
from banksia.foundation.events.queries import (
    WHEN_MODULE_IS_ON,
    claim,
    claimed,
    kept_for,
    name_of,
    outbox_of,
    renew,
    waiting,
    waiting_twin,
)
from banksia.foundation.events.service.writing import write_listeners
from banksia.foundation.organisations.public import enabled_modules
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions, leave_out_values
from banksia.kit.events import Event, EveryEvent, Heard, RemoteEvent
from banksia.kit.kill_points import reach
from banksia.kit.module import Modules
from banksia.kit.platform import Platform

FIRST_RETRY_SECONDS, LAST_RETRY_SECONDS = 5, 3600
DEFAULT_ATTEMPTS = 8
WORKER_DIED = "Its worker died while it ran: it was stopped, or had too little memory or time for it."
log = structlog.get_logger()


def run_row(platform: Platform, organisation_id: uuid.UUID, row_id: uuid.UUID) -> bool:
    """Run one row unless it is done or taken; answers whether it ran. Failures are kept on the row, never raised."""
    now = utc_now()
    until = now + timedelta(seconds=platform.settings.task_lease_seconds)
    with platform.database.session(organisation_id) as session:
        row = session.scalar(claim(organisation_id, row_id, now=now, until=until))
        if row is not None and row.attempts > _most_attempts(platform, row):
            _bury(row)
            return False
    if row is None:
        return False
    reach("events.claimed")
    try:
        _run(platform, row)
    except Exception as error:
        leave_out_values(error)
        log.exception("task_failed", task=row.name, outbox_id=str(row.id), attempt=row.attempts)
        with platform.database.session(organisation_id) as session:
            _keep_failure(session, platform, row, error)
    reach("events.handled")
    return True


def _run(platform: Platform, row: OutboxRow) -> None:
    transactions = Transactions(platform, Actor.system(row.organisation_id))
    if row.kind == "task" and platform.modules.tasks.get(row.name) is None:
        raise UnknownWork(row.name)
    if row.kind == "task" and platform.modules.tasks[row.name].transactions:
        with _keeping_claim(platform, row):
            platform.modules.tasks[row.name].run(transactions, **row.payload)
        with transactions() as session:
            _mark_done(session, row)
        return
    with transactions() as session:
        current = session.scalar(claimed(row))
        if current is not None and _is_off(session, platform, row):
            current.available_at, current.attempts, current.claimed_until = WHEN_MODULE_IS_ON, 0, None
        elif current is not None:
            _handler(platform, row)(session)
            _mark_done(session, row)


def _most_attempts(platform: Platform, row: OutboxRow) -> int:
    task = platform.modules.tasks.get(row.name)
    return task.max_attempts if task else DEFAULT_ATTEMPTS


def _bury(row: OutboxRow) -> None:
    """Give up work whose last worker never said what became of it: it may have killed each."""
    log.error("task_gave_up", task=row.name, outbox_id=str(row.id), attempts=row.attempts - 1)
    row.status, row.finished_at, row.claimed_until = "dead", utc_now(), None
    row.attempts, row.last_error = row.attempts - 1, WORKER_DIED


def _is_off(session: Session, platform: Platform, row: OutboxRow) -> bool:
    """Whether it is to tell a module that the council has switched off: it waits until that is on again."""
    module = platform.modules.get(row.name.partition(">")[2]) if row.kind == "listener" else None
    return module is not None and not module.always_on and module.name not in enabled_modules(session)


def others_wait(platform: Platform, organisation_id: uuid.UUID, *, but_for: str) -> bool:
    """Whether a council has work that could run now and is not this; whoever has time for all asks before going on."""
    found = waiting(organisation_id, utc_now()).where(OutboxRow.name != but_for).limit(1)
    with platform.database.session(organisation_id) as session:
        return session.scalar(found) is not None


def time_limit_of(platform: Platform, organisation_id: uuid.UUID, row_id: uuid.UUID) -> int | None:
    """How many seconds a row's work may take when that is longer than usual, else None."""
    with platform.database.session(organisation_id) as session:
        name = session.scalar(name_of(organisation_id, row_id))
    task = platform.modules.tasks.get(name or "")
    return task.time_limit_seconds if task else None


@contextmanager
def _keeping_claim(platform: Platform, row: OutboxRow) -> Iterator[None]:
    """Renew the claim of long work while this process lives: if it dies, the claim runs out as soon as any other."""
    lease = platform.settings.task_lease_seconds
    if platform.modules.tasks[row.name].time_limit_seconds is None or not isinstance(platform.database.bind, Engine):
        yield
        return
    done = threading.Event()

    def keep() -> None:
        while not done.wait(lease / 3):
            try:
                with platform.database.session(row.organisation_id) as session:
                    session.execute(renew(row, until=utc_now() + timedelta(seconds=lease)))
            except SQLAlchemyError:  # the next try may do; if none does, another worker takes over
                log.warning("claim_not_renewed", task=row.name, outbox_id=str(row.id))

    keeper = threading.Thread(target=keep, name="claim", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        done.set()
        keeper.join()


def _handler(platform: Platform, row: OutboxRow) -> Callable[[Session], None]:
    """What to do in the row's one transaction."""
    if row.kind == "task":
        return lambda session: platform.modules.tasks[row.name].run(session, **row.payload)
    event_name, _, listener = row.name.partition(">")
    if row.kind == "event" and event_name not in platform.modules.events:
        raise UnknownWork(event_name)
    if row.kind in ("event", "remote"):
        return lambda session: _fan_out(session, platform, row)
    handler = platform.modules.listeners(event_name).get(listener)
    if handler is not None:
        event = event_of(platform.modules, event_name, row.payload)
        return lambda session: handler(session, event)
    module = platform.modules.get(listener)
    if module is None or module.hears_all is None or row.event_id is None:
        raise UnknownWork(row.name)
    heard = Heard(row.event_id, event_name, row.payload, occurred_at=row.created_at)
    return partial(_hear, module.hears_all, heard)


def event_of(modules: Modules, name: str, payload: dict[str, Any]) -> Event:
    """An event as its listeners take it; one that no installed module declares came from a remote one."""
    declared = modules.events.get(name)
    return declared.model_validate(payload) if declared else RemoteEvent(type=name, data=payload)


def _hear(every: EveryEvent, heard: Heard, session: Session) -> None:
    every.hear(session, heard)


def _fan_out(session: Session, platform: Platform, row: OutboxRow) -> None:
    every = ((module.name, module.hears_all) for module in platform.modules if module.hears_all is not None)
    later = [name for name, hearing in every if not _heard_at_once(session, hearing, row)]
    write_listeners(session, row, [*platform.modules.listeners(row.name), *later])


def _heard_at_once(session: Session, every: EveryEvent, row: OutboxRow) -> bool:
    """Let whoever hears all events hear this one here, which spares a row of work for each.

    When that fails it becomes a row like any other listener's, so that it keeps nobody else from hearing.
    """
    if not every.wants(session, row.name):
        return True
    try:
        with session.begin_nested():
            every.hear(session, Heard(row.id, row.name, row.payload, occurred_at=row.created_at))
    except Exception:
        log.exception("event_not_heard_at_once", event_name=row.name, outbox_id=str(row.id))
        return False
    return True


def _mark_done(session: Session, row: OutboxRow) -> None:
    current = session.scalars(outbox_of(row.organisation_id).where(OutboxRow.id == row.id).with_for_update()).one()
    current.status, current.finished_at, current.claimed_until, current.last_error = "done", utc_now(), None, None


def _keep_failure(session: Session, platform: Platform, row: OutboxRow, error: Exception) -> None:
    current = session.scalar(claimed(row))
    if current is None:  # somebody else has it now, and will say what became of it
        return
    current.last_error = f"{type(error).__name__}: {error}"[:2000].replace("\x00", "")
    if current.key is not None and session.scalar(waiting_twin(current)) is not None:
        current.status, current.finished_at = "done", utc_now()  # the same work waits already, and is tried with it
    elif current.attempts >= _most_attempts(platform, row):
        current.status, current.finished_at = "dead", utc_now()
    else:
        wait = min(FIRST_RETRY_SECONDS * 2 ** (current.attempts - 1), LAST_RETRY_SECONDS)
        current.available_at = utc_now() + timedelta(seconds=wait)
    current.claimed_until = None


def ring_waiting(platform: Platform, organisation_id: uuid.UUID, *, at_most: int = 500) -> int:
    """Ring for every row that waits although its bell was or should have been heard; answers how many.

    What was kept for modules that were off and are on again is among them.
    """
    with platform.database.session(organisation_id) as session:
        session.execute(kept_for(organisation_id, enabled_modules(session)))
        found = list(session.scalars(waiting(organisation_id, utc_now()).limit(at_most)))
    for row_id in found:
        platform.bell(organisation_id, row_id)
    return len(found)
