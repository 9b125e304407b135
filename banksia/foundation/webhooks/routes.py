"""The webhooks of one's own account; no API token reaches them."""

import uuid

from banksia.foundation.webhooks import permissions
from banksia.foundation.webhooks.errors import (
    DeliveryNotFound,
    EndpointNotActive,
    EndpointNotFound,
    SecretKeyMissing,
    TooManyEndpoints,
    TypeUnknown,
    UrlRefused,
)
from banksia.foundation.webhooks.models import Delivery
from banksia.foundation.webhooks.queries import deliveries_of
from banksia.foundation.webhooks.schemas import (
    DeliveryRead,
    EndpointCreate,
    EndpointList,
    EndpointRead,
    EndpointSecret,
    EndpointUpdate,
    WebhookTypeRead,
)
from banksia.foundation.webhooks.service import keeping
from banksia.kit.errors import TooManyRequests
from banksia.kit.paging import Key, page_of
from banksia.kit.routing import ActorDep, CursorParam, LimitParam, Router, SessionDep
from banksia.kit.schemas import Page

customer = Router("/endpoints")
KEEP = permissions.WEBHOOKS_KEEP


@customer.get("", permission=KEEP)
def list_endpoints(session: SessionDep, actor: ActorDep) -> EndpointList:
    """One's own webhooks, and what can be told."""
    return EndpointList(
        endpoints=[EndpointRead.model_validate(row) for row in keeping.list_endpoints(session, actor)],
        types=[WebhookTypeRead.model_validate(each) for each in keeping.types_of(session)],
    )


@customer.post(
    "", permission=KEEP, raises=[UrlRefused, TypeUnknown, TooManyEndpoints, SecretKeyMissing], status_code=201
)
def register_endpoint(session: SessionDep, actor: ActorDep, wanted: EndpointCreate) -> EndpointSecret:
    """Register a webhook; its secret is in this answer and never again."""
    endpoint, secret = keeping.register_endpoint(session, actor, url=wanted.url, types=wanted.types)
    return EndpointSecret.of(endpoint, secret=secret)


@customer.get("/{endpoint_id}", permission=KEEP, raises=[EndpointNotFound])
def read_endpoint(session: SessionDep, actor: ActorDep, endpoint_id: uuid.UUID) -> EndpointRead:
    """One webhook."""
    return EndpointRead.model_validate(keeping.find_endpoint(session, actor, endpoint_id))


@customer.patch("/{endpoint_id}", permission=KEEP, raises=[EndpointNotFound, UrlRefused, TypeUnknown])
def change_endpoint(
    session: SessionDep, actor: ActorDep, endpoint_id: uuid.UUID, changes: EndpointUpdate
) -> EndpointRead:
    """Change address or events, pause a webhook or start it again."""
    endpoint = keeping.change_endpoint(
        session, actor, endpoint_id=endpoint_id, url=changes.url, types=changes.types, paused=changes.paused
    )
    return EndpointRead.model_validate(endpoint)


@customer.delete("/{endpoint_id}", permission=KEEP, raises=[EndpointNotFound], status_code=204)
def remove_endpoint(session: SessionDep, actor: ActorDep, endpoint_id: uuid.UUID) -> None:
    """Take a webhook away; nothing more is sent to it."""
    keeping.remove_endpoint(session, actor, endpoint_id=endpoint_id)


@customer.post("/{endpoint_id}/rotate-secret", permission=KEEP, raises=[EndpointNotFound, SecretKeyMissing])
def rotate_secret(session: SessionDep, actor: ActorDep, endpoint_id: uuid.UUID) -> EndpointSecret:
    """Make a new secret, which is in this answer and never again; the old one signs along for 24 hours."""
    endpoint, secret = keeping.rotate_secret(session, actor, endpoint_id=endpoint_id)
    return EndpointSecret.of(endpoint, secret=secret)


@customer.post(
    "/{endpoint_id}/test",
    permission=KEEP,
    raises=[EndpointNotFound, EndpointNotActive, TooManyRequests],
    status_code=202,
)
def send_test(session: SessionDep, actor: ActorDep, endpoint_id: uuid.UUID) -> DeliveryRead:
    """Send an event of type `webhooks.test`, to see that it arrives."""
    return DeliveryRead.model_validate(keeping.send_test(session, actor, endpoint_id=endpoint_id))


@customer.get("/{endpoint_id}/deliveries", permission=KEEP, raises=[EndpointNotFound])
def list_deliveries(
    session: SessionDep, actor: ActorDep, endpoint_id: uuid.UUID, cursor: CursorParam = None, limit: LimitParam = 20
) -> Page[DeliveryRead]:
    """What was sent to a webhook in the last 30 days and what it answered, newest first."""
    endpoint = keeping.find_endpoint(session, actor, endpoint_id)
    keys = [Key(Delivery.id, "id", descending=True)]
    found = deliveries_of(actor.organisation_id, endpoint.id)
    rows, following = page_of(session, found, keys=keys, limit=limit, cursor=cursor)
    return Page(results=[DeliveryRead.model_validate(row) for row in rows], next_cursor=following)


@customer.post(
    "/{endpoint_id}/deliveries/{delivery_id}/redeliver",
    permission=KEEP,
    raises=[EndpointNotFound, EndpointNotActive, DeliveryNotFound, TooManyRequests],
    status_code=202,
)
def redeliver(session: SessionDep, actor: ActorDep, endpoint_id: uuid.UUID, delivery_id: uuid.UUID) -> DeliveryRead:
    """Send a message once more, under the same `webhook-id`."""
    delivery = keeping.redeliver(session, actor, endpoint_id=endpoint_id, delivery_id=delivery_id)
    return DeliveryRead.model_validate(delivery)
