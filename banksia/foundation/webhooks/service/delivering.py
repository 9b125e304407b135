"""Delivery: read, send, note; the customer's server is called between two transactions.

A process that dies after sending and before noting leaves the message waiting, and it is sent again under the same id:
receivers are told of everything at least once and tell repeats by `webhook-id`. A failure is no error of ours: it is
noted, and the next try is planned here instead of in the list of failed work that the council's staff watch.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.auth.public import active_user
from banksia.foundation.events.public import enqueue
from banksia.foundation.notifications.public import send_mail
from banksia.foundation.organisations.public import council_url
from banksia.foundation.webhooks.adapters.addresses import Nearby
from banksia.foundation.webhooks.adapters.posting import Answer, post
from banksia.foundation.webhooks.adapters.signing import sign
from banksia.foundation.webhooks.models import Delivery, Endpoint
from banksia.foundation.webhooks.queries import delivery_with_id, endpoint_with_id
from banksia.foundation.webhooks.service.sealed_secrets import secrets_of
from banksia.foundation.webhooks.service.telling import DELIVER
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions, organisation_id_of
from banksia.kit.kill_points import reach
from banksia.kit.sealing import SealBroken

WAITS = tuple(
    timedelta(seconds=seconds)
    for seconds in (5, 300, 1800, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 86400, 86400, 86400)
)
"""Between one try and the next, as Standard Webhooks suggests and on to five days in all."""
GIVES_UP_AFTER = timedelta(days=5)
GONE = 410
"""A receiver that answers so wants to hear no more (Standard Webhooks)."""
log = structlog.get_logger()


@dataclass(frozen=True)
class _Parcel:
    """What is sent, read and signed before the call."""

    url: str
    body: str
    headers: dict[str, str]


def deliver(transactions: Transactions, *, delivery_id: uuid.UUID) -> None:
    """Send one message unless it was delivered, or another try is planned for later."""
    with transactions() as session:
        parcel = _prepare(session, delivery_id)
    if parcel is None:
        return
    nearby = Nearby(transactions.platform.settings.webhooks_to_this_machine)
    answer = post(parcel.url, parcel.body, parcel.headers, nearby=nearby)
    reach("webhooks.posted")
    with transactions() as session:
        _note(session, delivery_id, answer)


def _prepare(session: Session, delivery_id: uuid.UUID) -> _Parcel | None:
    delivery = session.scalar(delivery_with_id(organisation_id_of(session), delivery_id))
    if delivery is None or delivery.status != "pending":
        return None
    now = utc_now()
    if delivery.next_attempt_at is not None and delivery.next_attempt_at > now:
        return None
    endpoint = session.scalars(endpoint_with_id(delivery.organisation_id, delivery.endpoint_id)).one()
    if endpoint.state != "active" or endpoint.removed_at or not active_user(session, endpoint.user_id):
        _give_up(delivery, "The webhook was paused or switched off before this was sent.")
        return None
    try:
        secrets = secrets_of(session, endpoint)
    except SealBroken:
        _give_up(delivery, "The secret of this webhook can no longer be read. Rotate it, then send this again.")
        return None
    return _parcel(endpoint, delivery, secrets, now)


def _parcel(endpoint: Endpoint, delivery: Delivery, secrets: list[str], now: datetime) -> _Parcel:
    timestamp = int(now.timestamp())
    signature = sign(secrets, message_id=delivery.message_id, timestamp=timestamp, body=delivery.body)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Banksia-Webhooks/1",
        "Connection": "close",
        "webhook-id": delivery.message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature,
    }
    return _Parcel(endpoint.url, delivery.body, headers)


def _note(session: Session, delivery_id: uuid.UUID, answer: Answer) -> None:
    organisation_id, now = organisation_id_of(session), utc_now()
    delivery = session.scalars(delivery_with_id(organisation_id, delivery_id).with_for_update()).one()
    endpoint = session.scalars(endpoint_with_id(organisation_id, delivery.endpoint_id).with_for_update()).one()
    delivery.attempts += 1
    delivery.attempted_at = now
    delivery.response_status, delivery.response_text = answer.status, answer.text
    delivery.response_milliseconds, delivery.error = answer.milliseconds, answer.error
    if answer.accepted:
        delivery.status, delivery.next_attempt_at, endpoint.failing_since = "delivered", None, None
        return
    log.info("webhooks.not_delivered", delivery_id=str(delivery.id), status=answer.status, error=answer.error)
    endpoint.failing_since = endpoint.failing_since or now
    if answer.status == GONE or now - endpoint.failing_since >= GIVES_UP_AFTER:
        _give_up(delivery, answer.error)
        _disable(session, endpoint)
    elif delivery.attempts > len(WAITS):
        _give_up(delivery, answer.error)
    else:
        delivery.next_attempt_at = now + WAITS[delivery.attempts - 1]
        enqueue(session, DELIVER, not_before=delivery.next_attempt_at, delivery_id=delivery.id)


def _give_up(delivery: Delivery, error: str | None) -> None:
    delivery.status, delivery.next_attempt_at, delivery.error = "failed", None, error


def _disable(session: Session, endpoint: Endpoint) -> None:
    """Switch a webhook off and write to its owner, once."""
    if endpoint.disabled_at is not None:
        return
    endpoint.disabled_at = utc_now()
    actor = Actor.system(endpoint.organisation_id)
    audit.record(session, actor, "webhooks.endpoint_disabled", subject=endpoint, detail={"url": endpoint.url})
    owner = active_user(session, endpoint.user_id)
    if owner is not None:
        link = council_url(session, f"/webhooks/customer/{endpoint.id}")
        context = {"name": owner.name, "url": endpoint.url, "since": endpoint.failing_since, "link": link}
        send_mail(session, template="webhooks/switched_off", to=owner.email, context=context)
