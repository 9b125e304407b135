"""Webhooks as they travel."""

import uuid
from typing import Annotated

from pydantic import Field, StringConstraints

from banksia.foundation.webhooks.models import DeliveryStatus, EndpointState
from banksia.kit.schemas import ReadModel, RequestModel, UtcDatetime

LONGEST_URL = 500
Url = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_URL)]
Types = Annotated[list[str], Field(min_length=1, max_length=100)]


class WebhookTypeRead(ReadModel):
    """Something that can be told."""

    name: str
    title: str


class EndpointCreate(RequestModel):
    """Where a customer's software wants to be told, and of what."""

    url: Url
    types: Types


class EndpointUpdate(RequestModel):
    """What is left out stays; `paused: false` also starts one again that was switched off after failing for days."""

    url: Url | None = None
    types: Types | None = None
    paused: bool | None = None


class EndpointRead(ReadModel):
    """A webhook without its secret."""

    id: uuid.UUID
    url: str
    types: list[str]
    state: EndpointState
    failing_since: UtcDatetime | None
    disabled_at: UtcDatetime | None
    old_secret_until: UtcDatetime | None
    created_at: UtcDatetime


class EndpointSecret(EndpointRead):
    """A webhook with its new secret, which is shown this once."""

    secret: str


class EndpointList(ReadModel):
    """One's own webhooks, and what can be told."""

    endpoints: list[EndpointRead]
    types: list[WebhookTypeRead]


class DeliveryRead(ReadModel):
    """One message: what was sent, and what was answered last. `response_text` is the first 500 characters."""

    id: uuid.UUID
    message_id: str
    type: str
    body: str
    status: DeliveryStatus
    attempts: int
    created_at: UtcDatetime
    attempted_at: UtcDatetime | None
    next_attempt_at: UtcDatetime | None
    response_status: int | None
    response_text: str
    response_milliseconds: int | None
    error: str | None
