"""What was sent to modules: read, and sent once more by hand."""

import uuid
from collections.abc import Sequence

from sqlalchemy import update
from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.connections.errors.calls import DeliveryNotFound, DeliveryUnderWay, ModuleNotInUse
from banksia.foundation.connections.models import Connection, Delivery
from banksia.foundation.connections.queries.calling import connection_with_id, enabled_connections
from banksia.foundation.connections.queries.telling import deliveries_of, names_of_connections, shown_deliveries
from banksia.foundation.connections.schemas.deliveries import SentDeliveryRead
from banksia.foundation.connections.service.telling import send_soon
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.kit.paging import Key, page_of
from banksia.kit.schemas import Page


def delivery_page(
    session: Session, *, module: str | None, status: str | None, cursor: str | None, limit: int
) -> Page[SentDeliveryRead]:
    """What was sent, newest first."""
    found = shown_deliveries(organisation_id_of(session), module=module, status=status)
    keys = [Key(Delivery.id, "id", descending=True)]
    rows, following = page_of(session, found, keys=keys, limit=limit, cursor=cursor)
    return Page(results=_reads(session, rows), next_cursor=following)


def read_delivery(session: Session, *, delivery_id: uuid.UUID) -> SentDeliveryRead:
    """One of them; raises DeliveryNotFound."""
    row = session.scalar(deliveries_of(organisation_id_of(session)).where(Delivery.id == delivery_id))
    if row is None:
        raise DeliveryNotFound
    return _reads(session, [row])[0]


def _reads(session: Session, rows: Sequence[Delivery]) -> list[SentDeliveryRead]:
    asked = names_of_connections(organisation_id_of(session), {row.connection_id for row in rows})
    names = {each[0]: each[1] for each in session.execute(asked)}
    return [SentDeliveryRead.of(row, module=names[row.connection_id]) for row in rows]


def replay(session: Session, actor: Actor, *, delivery_id: uuid.UUID) -> SentDeliveryRead:
    """Send a message once more now, under the same id; raises DeliveryNotFound, DeliveryUnderWay, ModuleNotInUse."""
    found = deliveries_of(actor.organisation_id).where(Delivery.id == delivery_id)
    delivery = session.scalar(found.with_for_update())
    if delivery is None:
        raise DeliveryNotFound
    if delivery.status == "pending" and delivery.attempts == 0:
        raise DeliveryUnderWay
    connection = _enabled(session.scalar(connection_with_id(actor.organisation_id, delivery.connection_id)))
    delivery.status, delivery.attempts, delivery.next_attempt_at = "pending", 0, utc_now()
    session.flush()
    send_soon(session, connection.id)
    audit.record(session, actor, "connections.delivery_replayed", subject=delivery, detail={"event": delivery.event})
    return SentDeliveryRead.of(delivery, module=connection.name)


def replay_all(session: Session, actor: Actor, *, module: str) -> int:
    """Send again all that was given up for a module; answers how many. Raises ModuleNotInUse."""
    named = enabled_connections(actor.organisation_id).where(Connection.name == module)
    connection = _enabled(session.scalar(named))
    again = (
        update(Delivery)
        .where(Delivery.organisation_id == actor.organisation_id, Delivery.connection_id == connection.id)
        .where(Delivery.status == "dead")
        .values(status="pending", attempts=0, next_attempt_at=utc_now())
        .returning(Delivery.id)
    )
    count = len(session.scalars(again).all())
    send_soon(session, connection.id)
    audit.record(session, actor, "connections.deliveries_replayed", subject=connection, detail={"deliveries": count})
    return count


def _enabled(connection: Connection | None) -> Connection:
    if connection is None or not connection.is_enabled:
        raise ModuleNotInUse
    return connection
