"""What a customer does with their webhooks."""

import uuid
from datetime import timedelta

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.auth.public import limit_rate
from banksia.foundation.events.public import enqueue
from banksia.foundation.organisations.public import enabled_modules
from banksia.foundation.webhooks.adapters.addresses import AddressRefused, Nearby, read_url
from banksia.foundation.webhooks.errors import (
    DeliveryNotFound,
    EndpointNotActive,
    EndpointNotFound,
    TooManyEndpoints,
    TypeUnknown,
    UrlRefused,
)
from banksia.foundation.webhooks.models import Delivery, Endpoint
from banksia.foundation.webhooks.queries import deliveries_of, delivery_with_id, endpoints_of
from banksia.foundation.webhooks.service.sealed_secrets import make_secret
from banksia.foundation.webhooks.service.telling import DELIVER, write
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import platform_of
from banksia.kit.models import new_id
from banksia.kit.module import WebhookType

MOST_ENDPOINTS = 10
OLD_SECRET_STAYS = timedelta(hours=24)
TEST_TYPE = "webhooks.test"


def types_of(session: Session) -> list[WebhookType]:
    """What can be told at this council, as the modules that it uses say."""
    enabled = enabled_modules(session)
    modules = [each for each in platform_of(session).modules if each.always_on or each.name in enabled]
    return [webhook for module in modules for webhook in module.webhooks]


def list_endpoints(session: Session, actor: Actor) -> list[Endpoint]:
    """One's own webhooks."""
    return list(session.scalars(endpoints_of(actor.organisation_id, _owner(actor))))


def find_endpoint(session: Session, actor: Actor, endpoint_id: uuid.UUID, *, lock: bool = False) -> Endpoint:
    """One of one's own webhooks; raises EndpointNotFound."""
    statement = endpoints_of(actor.organisation_id, _owner(actor)).where(Endpoint.id == endpoint_id)
    endpoint = session.scalar(statement.with_for_update() if lock else statement)
    if endpoint is None:
        raise EndpointNotFound
    return endpoint


def register_endpoint(session: Session, actor: Actor, *, url: str, types: list[str]) -> tuple[Endpoint, str]:
    """Keep a new webhook and answer it with its secret.

    Raises UrlRefused, TypeUnknown, TooManyEndpoints and SecretKeyMissing.
    """
    _check_url(session, url)
    _check_types(session, types)
    if len(list_endpoints(session, actor)) >= MOST_ENDPOINTS:
        raise TooManyEndpoints(MOST_ENDPOINTS)
    secret, sealed = make_secret(session)
    endpoint = Endpoint(
        id=new_id(),
        created_at=utc_now(),
        organisation_id=actor.organisation_id,
        user_id=_owner(actor),
        url=url,
        types=sorted(set(types)),
        sealed_secret=sealed,
    )
    session.add(endpoint)
    audit.record(session, actor, "webhooks.endpoint_registered", subject=endpoint, detail={"url": url})
    session.flush()
    return endpoint, secret


def change_endpoint(
    session: Session,
    actor: Actor,
    *,
    endpoint_id: uuid.UUID,
    url: str | None = None,
    types: list[str] | None = None,
    paused: bool | None = None,
) -> Endpoint:
    """Change a webhook; what is None stays. Starting it again forgets that it failed.

    Raises EndpointNotFound, UrlRefused and TypeUnknown.
    """
    endpoint = find_endpoint(session, actor, endpoint_id, lock=True)
    if url is not None:
        _check_url(session, url)
        endpoint.url = url
    if types is not None:
        _check_types(session, types)
        endpoint.types = sorted(set(types))
    if paused:
        endpoint.paused_at = endpoint.paused_at or utc_now()
    elif paused is not None:
        endpoint.paused_at = endpoint.disabled_at = endpoint.failing_since = None
    detail = {"url": url, "types": types, "paused": paused}
    told = {name: value for name, value in detail.items() if value is not None}
    audit.record(session, actor, "webhooks.endpoint_changed", subject=endpoint, detail=told)
    return endpoint


def rotate_secret(session: Session, actor: Actor, *, endpoint_id: uuid.UUID) -> tuple[Endpoint, str]:
    """Give a webhook a new secret; the old one signs along for 24 hours. Raises EndpointNotFound, SecretKeyMissing."""
    endpoint = find_endpoint(session, actor, endpoint_id, lock=True)
    secret, sealed = make_secret(session)
    endpoint.sealed_old_secret, endpoint.sealed_secret = endpoint.sealed_secret, sealed
    endpoint.old_secret_until = utc_now() + OLD_SECRET_STAYS
    audit.record(session, actor, "webhooks.secret_rotated", subject=endpoint)
    return endpoint, secret


def remove_endpoint(session: Session, actor: Actor, *, endpoint_id: uuid.UUID) -> None:
    """Tell a webhook nothing any more; raises EndpointNotFound."""
    endpoint = find_endpoint(session, actor, endpoint_id, lock=True)
    endpoint.removed_at = utc_now()
    audit.record(session, actor, "webhooks.endpoint_removed", subject=endpoint, detail={"url": endpoint.url})


def send_test(session: Session, actor: Actor, *, endpoint_id: uuid.UUID) -> Delivery:
    """Send an event of no meaning, to see that it arrives; raises EndpointNotFound and EndpointNotActive."""
    endpoint = _active(find_endpoint(session, actor, endpoint_id))
    _limit(session, endpoint)
    written = write(session, endpoint, event=TEST_TYPE, data={"endpoint_id": endpoint.id}, key=None)
    return session.scalars(delivery_with_id(actor.organisation_id, written or new_id())).one()


def redeliver(session: Session, actor: Actor, *, endpoint_id: uuid.UUID, delivery_id: uuid.UUID) -> Delivery:
    """Send a message once more now, under the same id; raises EndpointNotFound, EndpointNotActive, DeliveryNotFound."""
    endpoint = _active(find_endpoint(session, actor, endpoint_id))
    statement = deliveries_of(actor.organisation_id, endpoint.id).where(Delivery.id == delivery_id)
    delivery = session.scalar(statement.with_for_update())
    if delivery is None:
        raise DeliveryNotFound
    _limit(session, endpoint)
    delivery.status, delivery.attempts, delivery.next_attempt_at = "pending", 0, utc_now()
    audit.record(session, actor, "webhooks.redelivery_asked", subject=delivery)
    enqueue(session, DELIVER, delivery_id=delivery.id)
    return delivery


def _limit(session: Session, endpoint: Endpoint) -> None:
    limit_rate(session, "webhooks.by_hand", subject=str(endpoint.id), at_most=60, per=timedelta(hours=1))


def _active(endpoint: Endpoint) -> Endpoint:
    if endpoint.state != "active":
        raise EndpointNotActive
    return endpoint


def _check_url(session: Session, url: str) -> None:
    try:
        read_url(url, nearby=Nearby(platform_of(session).settings.webhooks_to_this_machine))
    except AddressRefused as refused:
        raise UrlRefused(str(refused)) from refused


def _check_types(session: Session, types: list[str]) -> None:
    known = {each.name for each in types_of(session)}
    for name in types:
        if name not in known:
            raise TypeUnknown(name)


def _owner(actor: Actor) -> uuid.UUID:
    if actor.user_id is None:
        raise EndpointNotFound
    return actor.user_id
