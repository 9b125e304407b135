"""Reminders: a module says what it wants to be told, and when; it comes back as an event of its own."""

import uuid
from datetime import timedelta

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.connections.errors.calls import (
    KeyUsed,
    ReminderNotFound,
    ReminderTooFar,
    TooManyReminders,
)
from banksia.foundation.connections.models import Reminder
from banksia.foundation.connections.queries.calling import connection_with_id, reminder_with_id, reminders_of
from banksia.foundation.connections.schemas.calls import ReminderCreate
from banksia.foundation.connections.service.idempotency import checked_key, compact
from banksia.foundation.connections.service.telling import tell
from banksia.foundation.events.public import enqueue
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.kit.models import new_id

REMIND = "connections.remind"
FURTHEST_DAYS, MOST_WAITING = 730, 10_000


def set_reminder(session: Session, actor: Actor, *, wanted: ReminderCreate, key: str | None) -> Reminder:
    """Wait for a moment; the same key waits once.

    Raises KeyMissing, KeyUsed, TooMuchSaid, ReminderTooFar and TooManyReminders.
    """
    key = checked_key(key)
    compact(wanted.data, "data")
    if wanted.due_at > utc_now() + timedelta(days=FURTHEST_DAYS):
        raise ReminderTooFar(FURTHEST_DAYS)
    mine = reminders_of(actor.organisation_id, _own(actor))
    waiting = mine.where(Reminder.state == "waiting").with_only_columns(func.count())
    if session.scalars(waiting).one() >= MOST_WAITING:
        raise TooManyReminders(MOST_WAITING)
    values = {
        "id": new_id(),
        "created_at": utc_now(),
        "organisation_id": actor.organisation_id,
        "connection_id": actor.connection_id,
        "idempotency_key": key,
        "due_at": wanted.due_at,
        "data": wanted.data,
        "state": "waiting",
    }
    made: Reminder | None = session.scalar(insert(Reminder).values(values).on_conflict_do_nothing().returning(Reminder))
    if made is None:
        before = session.scalars(mine.where(Reminder.idempotency_key == key)).one()
        if (before.due_at, before.data) != (wanted.due_at, wanted.data):
            raise KeyUsed(key)
        return before
    enqueue(session, REMIND, not_before=made.due_at, reminder_id=made.id)
    audit.record(session, actor, "connections.reminder_set", subject=made, detail={"due_at": made.due_at})
    return made


def read_reminder(session: Session, actor: Actor, *, reminder_id: uuid.UUID, lock: bool = False) -> Reminder:
    """A reminder of the module; raises ReminderNotFound."""
    found = reminders_of(actor.organisation_id, _own(actor)).where(Reminder.id == reminder_id)
    reminder = session.scalar(found.with_for_update() if lock else found)
    if reminder is None:
        raise ReminderNotFound
    return reminder


def cancel_reminder(session: Session, actor: Actor, *, reminder_id: uuid.UUID) -> Reminder:
    """Wait for it no more; what was told stays told. Raises ReminderNotFound."""
    reminder = read_reminder(session, actor, reminder_id=reminder_id, lock=True)
    if reminder.state == "waiting":
        reminder.state = "cancelled"
        audit.record(session, actor, "connections.reminder_cancelled", subject=reminder)
    return reminder


def remind(session: Session, *, reminder_id: uuid.UUID) -> None:
    """Tell a module that its moment has come, unless it cancelled it."""
    organisation_id = organisation_id_of(session)
    reminder = session.scalar(reminder_with_id(organisation_id, reminder_id).with_for_update())
    if reminder is None or reminder.state != "waiting":
        return
    connection = session.scalars(connection_with_id(organisation_id, reminder.connection_id)).one()
    if connection.state == "removed":
        reminder.state = "cancelled"
        return
    reminder.state = "told"
    data = {"reminder_id": str(reminder.id), "due_at": reminder.due_at.isoformat(), "data": reminder.data}
    event = f"{connection.name}.reminder_due"
    tell(session, connection, event_id=reminder.id, event=event, data=data, occurred_at=reminder.due_at)


def _own(actor: Actor) -> uuid.UUID:
    return actor.connection_id or uuid.UUID(int=0)
