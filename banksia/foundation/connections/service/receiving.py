"""Events in: what a module tells is checked against its approved manifest, and told on once."""

from datetime import timedelta
from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.auth.public import limit_rate
from banksia.foundation.connections.errors.calls import EventBroken, EventNotDeclared, KeyUsed
from banksia.foundation.connections.models import Connection, ReceivedEvent
from banksia.foundation.connections.queries.telling import received_events_of
from banksia.foundation.connections.schemas.calls import EventCreate, EventTaken
from banksia.foundation.connections.service.idempotency import checked_key, compact
from banksia.foundation.connections.service.payments_raised import connection_of
from banksia.foundation.events.public import emit_remote
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.manifest import value_problems
from banksia.kit.models import new_id

MOST_BYTES = 64 * 1024
EVENTS_A_MINUTE = 6000


def receive_event(session: Session, actor: Actor, *, told: EventCreate, key: str | None) -> EventTaken:
    """Tell an event of a module to installed and remote modules that hear it; the same key tells it once.

    Raises KeyMissing, KeyUsed, EventNotDeclared, EventBroken, TooMuchSaid and TooManyAttempts.
    """
    key = checked_key(key)
    connection = connection_of(session, actor)
    limit_rate(
        session, "connections.events", subject=str(connection.id), at_most=EVENTS_A_MINUTE, per=timedelta(minutes=1)
    )
    body = compact({"type": told.type, "data": told.data}, "data", at_most=MOST_BYTES)
    if problems := value_problems(_schema_of(connection, told.type), told.data):
        raise EventBroken(problems)
    values = {
        "id": new_id(),
        "created_at": utc_now(),
        "organisation_id": actor.organisation_id,
        "connection_id": connection.id,
        "idempotency_key": key,
        "event": told.type,
        "body": body,
    }
    made = session.scalar(insert(ReceivedEvent).values(values).on_conflict_do_nothing().returning(ReceivedEvent))
    if made is None:
        found = received_events_of(actor.organisation_id, connection.id)
        before = session.scalars(found.where(ReceivedEvent.idempotency_key == key)).one()
        if before.body != body:
            raise KeyUsed(key)
        return EventTaken(id=before.id, repeated=True)
    emit_remote(session, told.type, told.data)
    audit.record(session, actor, "connections.event_received", subject=made, detail={"event": told.type})
    return EventTaken(id=made.id, repeated=False)


def _schema_of(connection: Connection, event: str) -> dict[str, Any]:
    """What the approved manifest says of an event; raises EventNotDeclared."""
    for each in (connection.manifest or {}).get("events", {}).get("emits", ()):
        if each["name"] == event and event.startswith(f"{connection.name}."):
            schema: dict[str, Any] = each.get("schema", {})
            return schema
    raise EventNotDeclared(event)
