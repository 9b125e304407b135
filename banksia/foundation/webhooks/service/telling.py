"""What is told is written in the transaction of what it tells about; it is sent after the commit."""

import json
import uuid
from typing import Any

from pydantic_core import to_jsonable_python
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from banksia.foundation.auth.public import active_user
from banksia.foundation.events.public import enqueue
from banksia.foundation.webhooks.models import Delivery, Endpoint
from banksia.foundation.webhooks.queries import active_endpoints_of
from banksia.kit.clock import utc_now
from banksia.kit.database import notes_of, organisation_id_of, platform_of
from banksia.kit.models import new_id

DELIVER = "webhooks.deliver"


def tell_customer(
    session: Session, *, user_id: uuid.UUID, event: str, data: dict[str, Any], key: str | None = None
) -> None:
    """Tell each webhook of a customer that wants to know; nothing is written for a customer without one.

    `event` is one of the module's `webhooks`, `certificates.order.paid`; `data` holds ids, numbers and states, nothing
    of a person. A second call with the same key tells nobody again.
    """
    if event not in platform_of(session).modules.webhooks:
        message = f"No module says that it tells {event}."
        raise ValueError(message)
    for endpoint in _active_endpoints(session, user_id):
        if event in endpoint.types:
            write(session, endpoint, event=event, data=data, key=key)


def write(
    session: Session, endpoint: Endpoint, *, event: str, data: dict[str, Any], key: str | None
) -> uuid.UUID | None:
    """Write one message to one webhook and queue it; None when its key was told already."""
    now = utc_now()
    body = {"type": event, "timestamp": now.isoformat().replace("+00:00", "Z"), "data": to_jsonable_python(data)}
    written: uuid.UUID | None = session.scalar(
        insert(Delivery)
        .values(
            id=new_id(),
            created_at=now,
            organisation_id=endpoint.organisation_id,
            endpoint_id=endpoint.id,
            type=event,
            body=json.dumps(body, separators=(",", ":"), ensure_ascii=False),
            dedupe_key=key,
            status="pending",
            attempts=0,
            next_attempt_at=now,
            response_text="",
        )
        .on_conflict_do_nothing(index_elements=["organisation_id", "endpoint_id", "dedupe_key"])
        .returning(Delivery.id)
    )
    if written is not None:
        enqueue(session, DELIVER, delivery_id=written)
    return written


def _active_endpoints(session: Session, user_id: uuid.UUID) -> list[Endpoint]:
    """Looked up once in a transaction: an order of many lines tells many things."""
    known: dict[uuid.UUID, list[Endpoint]] = notes_of(session).setdefault("webhooks.endpoints", {})
    if user_id not in known:
        found = list(session.scalars(active_endpoints_of(organisation_id_of(session), user_id)))
        known[user_id] = found if found and active_user(session, user_id) else []
    return known[user_id]
