"""What was sent to modules, as the council's staff read it."""

import uuid

from banksia.foundation.connections.models import DeliveryStatus
from banksia.kit.manifest import Name
from banksia.kit.schemas import ReadModel, RequestModel, UtcDatetime


class SentDeliveryRead(ReadModel):
    """One event to one module: what was sent, and what was answered last; `response_text` is its beginning."""

    id: uuid.UUID
    module: str
    message_id: str
    event: str
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


class ReplayCreate(RequestModel):
    """Replay everything that was given up for one module."""

    module: Name


class Replayed(ReadModel):
    """How many deliveries are sent again."""

    replayed: int
