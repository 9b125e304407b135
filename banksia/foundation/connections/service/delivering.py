"""Delivery: take what is due, send it, note the answers; the module is called between two transactions.

A process that dies after sending and before noting leaves the messages waiting, and they are sent again under the same
ids: modules are told of everything at least once and tell repeats by `webhook-id`. A failure is tried again over two
days and then given up, until somebody replays it.
"""

import uuid
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

import structlog
from sqlalchemy.orm import Session

from banksia.foundation.connections.adapters.calling import nearby_of
from banksia.foundation.connections.models import Connection, Delivery
from banksia.foundation.connections.queries.calling import connection_with_id
from banksia.foundation.connections.queries.telling import (
    connections_with_overdue,
    deliveries_of,
    due_deliveries,
    give_up_deliveries,
)
from banksia.foundation.connections.service.sealed_secrets import webhook_secrets_of
from banksia.foundation.connections.service.telling import send_soon
from banksia.foundation.webhooks.public import Answer, Nearby, post, sign
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions, organisation_id_of, platform_of
from banksia.kit.kill_points import reach
from banksia.kit.sealing import SealBroken

WAITS = tuple(timedelta(seconds=each) for each in (5, 300, 1800, 7200, 18000, 36000, 50400, 59100))
"""Between one try and the next: two days in all."""
AT_ONCE, TAKEN = 8, 32
"""So many are sent side by side of those taken together."""
WORKS_SECONDS = 60.0
"""Then another row of work goes on, so that nobody else's waits."""
RESTS = timedelta(seconds=30)
"""When nothing of what was taken arrived, the rest is not tried against a server that is away."""
GONE = 410
REMOVED = "The module was removed before this was sent."
UNSEALED = "The secret that signs can no longer be opened. Make new secrets for the module, then replay this."
log = structlog.get_logger()


@dataclass(frozen=True)
class _Parcel:
    """What is sent, read and signed before the call."""

    delivery_id: uuid.UUID
    url: str
    body: str
    headers: dict[str, str]


def deliver(transactions: Transactions, *, connection_id: uuid.UUID) -> None:
    """Send what is due for one module, until nothing is or a minute is over."""
    until = monotonic() + WORKS_SECONDS
    nearby = nearby_of(transactions.platform.settings)
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="deliver") as senders:
        while monotonic() < until:
            with transactions() as session:
                parcels = _take(session, connection_id)
            if not parcels:
                return
            answers = list(senders.map(lambda each: _send(each, nearby=nearby), parcels))
            reach("connections.posted")
            with transactions() as session:
                arrived = _note(session, connection_id, parcels, answers)
                if not arrived:
                    send_soon(session, connection_id, not_before=utc_now() + RESTS)
                    return
    with transactions() as session:
        send_soon(session, connection_id)


def _send(parcel: _Parcel, *, nearby: Nearby) -> Answer:
    return post(parcel.url, parcel.body, parcel.headers, nearby=nearby)


def _take(session: Session, connection_id: uuid.UUID) -> list[_Parcel]:
    """What is due, which is nobody else's until the lease is over; nothing while the module is not in use."""
    organisation_id, now = organisation_id_of(session), utc_now()
    connection = session.scalar(connection_with_id(organisation_id, connection_id).with_for_update())
    if connection is None or not connection.is_enabled:
        if connection is not None and connection.state == "removed":
            session.execute(give_up_deliveries(organisation_id, connection_id, REMOVED))
        return []
    try:
        secrets = webhook_secrets_of(session, connection)
    except SealBroken:
        session.execute(give_up_deliveries(organisation_id, connection_id, UNSEALED))
        return []
    taken = session.scalars(due_deliveries(organisation_id, connection_id, now).limit(TAKEN)).all()
    # Shorter than the claim of the work itself: when that is taken up again after a death, these are due again.
    lease = timedelta(seconds=platform_of(session).settings.task_lease_seconds / 2)
    for delivery in taken:
        delivery.next_attempt_at = now + lease
    return [_parcel(connection, delivery, secrets, now) for delivery in taken]


def _parcel(connection: Connection, delivery: Delivery, secrets: Sequence[str], now: datetime) -> _Parcel:
    path = (connection.manifest or {}).get("events", {}).get("url", "/events")
    timestamp = int(now.timestamp())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Banksia-Events/1",
        "Connection": "close",
        "X-Banksia-Organisation": str(connection.organisation_id),
        "X-Banksia-Connection": str(connection.id),
        "webhook-id": delivery.message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": sign(secrets, message_id=delivery.message_id, timestamp=timestamp, body=delivery.body),
    }
    return _Parcel(delivery.id, f"{connection.base_url}/{connection.name}{path}", delivery.body, headers)


def _note(session: Session, connection_id: uuid.UUID, parcels: Sequence[_Parcel], answers: Sequence[Answer]) -> int:
    """Write down what was answered and plan what is tried again; answers how many arrived."""
    told = {parcel.delivery_id: answer for parcel, answer in zip(parcels, answers, strict=True)}
    found = deliveries_of(organisation_id_of(session)).where(Delivery.id.in_(told))
    now, again = utc_now(), set()
    for delivery in session.scalars(found.order_by(Delivery.id).with_for_update()):
        if delivery.status == "pending":
            again.add(_note_one(delivery, told[delivery.id], now))
    for moment in sorted(each for each in again if each is not None):
        send_soon(session, connection_id, not_before=moment)
    return sum(answer.accepted for answer in answers)


def _note_one(delivery: Delivery, answer: Answer, now: datetime) -> datetime | None:
    """Note one answer; answers when it is tried again, if it is."""
    delivery.attempts += 1
    delivery.attempted_at = now
    delivery.response_status, delivery.response_text = answer.status, answer.text
    delivery.response_milliseconds, delivery.error = answer.milliseconds, answer.error
    if answer.accepted:
        delivery.status, delivery.next_attempt_at = "delivered", None
        return None
    log.info("connections.not_delivered", delivery_id=str(delivery.id), status=answer.status, error=answer.error)
    if answer.status == GONE or delivery.attempts > len(WAITS):
        delivery.status, delivery.next_attempt_at = "dead", None
        return None
    delivery.next_attempt_at = now + WAITS[delivery.attempts - 1]
    return delivery.next_attempt_at


def sweep(session: Session) -> None:
    """Have sent what should have been sent a minute ago: a module that was off meanwhile, or work that was lost."""
    late = connections_with_overdue(organisation_id_of(session), utc_now() - timedelta(minutes=1))
    for connection_id in session.scalars(late):
        send_soon(session, connection_id)
