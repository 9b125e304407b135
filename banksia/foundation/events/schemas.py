"""Failed work as staff see it."""

import uuid

from banksia.kit.schemas import ReadModel, UtcDatetime


class DeadLetterRead(ReadModel):
    """Work that was tried as often as it may be and failed each time."""

    id: uuid.UUID
    name: str
    attempts: int
    last_error: str | None
    created_at: UtcDatetime
    finished_at: UtcDatetime | None
