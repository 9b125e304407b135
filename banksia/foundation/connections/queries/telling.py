"""Events to and from remote modules."""

import uuid
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Delete, Select, Update, delete, select, update

from banksia.foundation.connections.models import Connection, Delivery, ReceivedEvent
from banksia.foundation.connections.queries.calling import enabled_connections


def connections_that_hear(organisation_id: uuid.UUID, event: str) -> Select[Connection]:
    """The connections in use whose approved manifest hears an event."""
    hears = Connection.manifest["events"]["hears"]
    return enabled_connections(organisation_id).where(hears.contains([event]))


def deliveries_of(organisation_id: uuid.UUID) -> Select[Delivery]:
    """What was sent to all modules of a council."""
    return select(Delivery).where(Delivery.organisation_id == organisation_id)


def shown_deliveries(organisation_id: uuid.UUID, *, module: str | None, status: str | None) -> Select[Delivery]:
    """What was sent, to one module or to all."""
    found = deliveries_of(organisation_id)
    if module is not None:
        named = select(Connection).where(Connection.organisation_id == organisation_id, Connection.name == module)
        found = found.where(Delivery.connection_id.in_(named.with_only_columns(Connection.id)))
    return found if status is None else found.where(Delivery.status == status)


def names_of_connections(organisation_id: uuid.UUID, ids: Collection[uuid.UUID]) -> Select[uuid.UUID, str]:
    """What connections are called, removed ones too."""
    found = select(Connection).where(Connection.organisation_id == organisation_id, Connection.id.in_(ids))
    return found.with_only_columns(Connection.id, Connection.name)


def due_deliveries(organisation_id: uuid.UUID, connection_id: uuid.UUID, now: datetime) -> Select[Delivery]:
    """What is to be sent to one module now, oldest first; what somebody else is sending is passed over."""
    return (
        deliveries_of(organisation_id)
        .where(Delivery.connection_id == connection_id, Delivery.status == "pending", Delivery.next_attempt_at <= now)
        .order_by(Delivery.next_attempt_at, Delivery.id)
        .with_for_update(skip_locked=True)
    )


def connections_with_overdue(organisation_id: uuid.UUID, moment: datetime) -> Select[uuid.UUID]:
    """The connections in use to which something should have been sent before a moment, and of removed ones too."""
    overdue = (
        deliveries_of(organisation_id)
        .where(Delivery.status == "pending", Delivery.next_attempt_at < moment)
        .with_only_columns(Delivery.connection_id)
    )
    return (
        select(Connection)
        .where(Connection.organisation_id == organisation_id, Connection.state.in_(("enabled", "removed")))
        .where(Connection.id.in_(overdue))
        .with_only_columns(Connection.id)
    )


def give_up_deliveries(organisation_id: uuid.UUID, connection_id: uuid.UUID, why: str) -> Update:
    """Send nothing any more to a connection."""
    return (
        update(Delivery)
        .where(Delivery.organisation_id == organisation_id, Delivery.connection_id == connection_id)
        .where(Delivery.status == "pending")
        .values(status="dead", next_attempt_at=None, error=why)
    )


def delivered_before(organisation_id: uuid.UUID, moment: datetime) -> Delete:
    """Remove what was delivered and written before a moment."""
    return delete(Delivery).where(
        Delivery.organisation_id == organisation_id, Delivery.status == "delivered", Delivery.created_at < moment
    )


def dead_before(organisation_id: uuid.UUID, moment: datetime) -> Delete:
    """Remove what was given up and written before a moment."""
    return delete(Delivery).where(
        Delivery.organisation_id == organisation_id, Delivery.status == "dead", Delivery.created_at < moment
    )


def received_events_of(organisation_id: uuid.UUID, connection_id: uuid.UUID) -> Select[ReceivedEvent]:
    """What one module told."""
    return select(ReceivedEvent).where(
        ReceivedEvent.organisation_id == organisation_id, ReceivedEvent.connection_id == connection_id
    )


def received_before(organisation_id: uuid.UUID, moment: datetime) -> Delete:
    """Remove what was told before a moment: a repeat that comes so late counts as told anew."""
    return delete(ReceivedEvent).where(
        ReceivedEvent.organisation_id == organisation_id, ReceivedEvent.created_at < moment
    )
