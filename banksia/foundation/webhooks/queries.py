"""Every SELECT of webhooks and what was sent to them."""

import uuid
from datetime import datetime

from sqlalchemy import Delete, Select, delete, select

from banksia.foundation.webhooks.models import Delivery, Endpoint


def endpoints_of(organisation_id: uuid.UUID, user_id: uuid.UUID) -> Select[Endpoint]:
    """The webhooks of one account, oldest first."""
    return (
        select(Endpoint)
        .where(Endpoint.organisation_id == organisation_id, Endpoint.user_id == user_id)
        .where(Endpoint.removed_at.is_(None))
        .order_by(Endpoint.id)
    )


def active_endpoints_of(organisation_id: uuid.UUID, user_id: uuid.UUID) -> Select[Endpoint]:
    """Those that are told."""
    return endpoints_of(organisation_id, user_id).where(Endpoint.paused_at.is_(None), Endpoint.disabled_at.is_(None))


def endpoint_with_id(organisation_id: uuid.UUID, endpoint_id: uuid.UUID) -> Select[Endpoint]:
    """One webhook, whoever's it is."""
    return select(Endpoint).where(Endpoint.organisation_id == organisation_id, Endpoint.id == endpoint_id)


def deliveries_of(organisation_id: uuid.UUID, endpoint_id: uuid.UUID) -> Select[Delivery]:
    """What was sent to one webhook."""
    return select(Delivery).where(Delivery.organisation_id == organisation_id, Delivery.endpoint_id == endpoint_id)


def delivery_with_id(organisation_id: uuid.UUID, delivery_id: uuid.UUID) -> Select[Delivery]:
    """One delivery."""
    return select(Delivery).where(Delivery.organisation_id == organisation_id, Delivery.id == delivery_id)


def deliveries_before(organisation_id: uuid.UUID, moment: datetime) -> Delete:
    """Remove what was written before a moment; by then no retry is under way."""
    return delete(Delivery).where(Delivery.organisation_id == organisation_id, Delivery.created_at < moment)


def removed_before(organisation_id: uuid.UUID, moment: datetime) -> Delete:
    """Remove webhooks that were taken away before a moment and to which nothing refers any more."""
    used = select(Delivery.endpoint_id).where(Delivery.organisation_id == organisation_id)
    return delete(Endpoint).where(
        Endpoint.organisation_id == organisation_id, Endpoint.removed_at < moment, Endpoint.id.not_in(used)
    )
