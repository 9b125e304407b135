"""What was sent to connected modules, for the council's administrators."""

import uuid
from typing import Annotated, Literal

from fastapi import Query

from banksia.foundation.connections import permissions
from banksia.foundation.connections.errors.calls import DeliveryNotFound, DeliveryUnderWay, ModuleNotInUse
from banksia.foundation.connections.schemas.deliveries import ReplayCreate, Replayed, SentDeliveryRead
from banksia.foundation.connections.service import replaying
from banksia.kit.manifest import Name
from banksia.kit.routing import ActorDep, CursorParam, LimitParam, Router, SessionDep
from banksia.kit.schemas import Page

deliveries = Router("/deliveries")


@deliveries.get("", permission=permissions.DELIVERIES_READ)
def list_deliveries(
    session: SessionDep,
    module: Annotated[Name | None, Query()] = None,
    status: Literal["pending", "delivered", "dead"] | None = None,
    cursor: CursorParam = None,
    limit: LimitParam = 50,
) -> Page[SentDeliveryRead]:
    """What was sent to modules and what they answered, newest first; `dead` is what was given up."""
    return replaying.delivery_page(session, module=module, status=status, cursor=cursor, limit=limit)


@deliveries.post("/replay", permission=permissions.MODULES_MANAGE, raises=[ModuleNotInUse])
def replay_deliveries(session: SessionDep, actor: ActorDep, body: ReplayCreate) -> Replayed:
    """Send everything again that was given up for one module."""
    return Replayed(replayed=replaying.replay_all(session, actor, module=body.module))


@deliveries.get("/{delivery_id}", permission=permissions.DELIVERIES_READ, raises=[DeliveryNotFound])
def read_delivery(session: SessionDep, delivery_id: uuid.UUID) -> SentDeliveryRead:
    """One message to a module."""
    return replaying.read_delivery(session, delivery_id=delivery_id)


@deliveries.post(
    "/{delivery_id}/replay",
    permission=permissions.MODULES_MANAGE,
    raises=[DeliveryNotFound, DeliveryUnderWay, ModuleNotInUse],
    status_code=202,
)
def replay_delivery(session: SessionDep, actor: ActorDep, delivery_id: uuid.UUID) -> SentDeliveryRead:
    """Send a message once more, under the same `webhook-id`."""
    return replaying.replay(session, actor, delivery_id=delivery_id)
