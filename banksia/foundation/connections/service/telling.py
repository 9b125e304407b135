"""What modules hear is written in the transaction of their listener; it is sent after the commit."""

import json
import uuid
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from banksia.foundation.connections.models import Connection, Delivery
from banksia.foundation.connections.queries.telling import connections_that_hear
from banksia.foundation.events.public import enqueue
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.kit.events import EveryEvent, Heard
from banksia.kit.models import new_id

DELIVER = "connections.deliver"


def wants(session: Session, event: str) -> bool:
    """Whether a module of the council that is in use was approved to hear it."""
    return session.scalar(connections_that_hear(organisation_id_of(session), event).limit(1)) is not None


def hear(session: Session, heard: Heard) -> None:
    """Write an event down for each module that was approved to hear it."""
    for connection in session.scalars(connections_that_hear(organisation_id_of(session), heard.name)):
        if _concerns(connection, heard):
            tell(
                session,
                connection,
                event_id=heard.id,
                event=heard.name,
                data=heard.data,
                occurred_at=heard.occurred_at,
            )


ALL_EVENTS = EveryEvent(wants, hear)


def _concerns(connection: Connection, heard: Heard) -> bool:
    """Of money a module hears what it raised itself, and of nobody else's."""
    if not heard.name.startswith("payments.") or "payable_kind" not in heard.data:
        return True
    kinds = {each["kind"] for each in (connection.manifest or {}).get("payments", ())}
    return heard.data["payable_kind"] in kinds


def tell(
    session: Session,
    connection: Connection,
    *,
    event_id: uuid.UUID,
    event: str,
    data: dict[str, Any],
    occurred_at: datetime,
) -> bool:
    """Write one message to one module and have it sent; False when it was written before."""
    at = occurred_at.astimezone(UTC).isoformat().replace("+00:00", "Z")
    body = {"type": event, "timestamp": at, "data": data}
    now = utc_now()
    values = {
        "id": new_id(),
        "created_at": now,
        "organisation_id": connection.organisation_id,
        "connection_id": connection.id,
        "event": event,
        "event_id": event_id,
        "body": json.dumps(body, separators=(",", ":"), ensure_ascii=False),
        "status": "pending",
        "attempts": 0,
        "next_attempt_at": now,
        "response_text": "",
    }
    written = session.scalar(insert(Delivery).values(values).on_conflict_do_nothing().returning(Delivery.id))
    if written is not None:
        send_soon(session, connection.id)
    return written is not None


def send_soon(session: Session, connection_id: uuid.UUID, *, not_before: datetime | None = None) -> None:
    """Have what waits for a module sent: one row of work for all that is written before it is taken.

    Call it after the message is written. Whoever takes the row locks the connection before it looks what waits, and so
    waits for this transaction, which its foreign key made hold the connection too: nothing is overlooked.
    """
    key = str(connection_id) if not_before is None else None
    enqueue(session, DELIVER, not_before=not_before, key=key, connection_id=connection_id)
