"""The audit log as an administrator reads it."""

import uuid
from typing import Any

from banksia.kit.schemas import ReadModel, UtcDatetime


class EntryRead(ReadModel):
    """One thing that somebody did."""

    id: uuid.UUID
    sequence: int
    occurred_at: UtcDatetime
    actor_kind: str
    actor_id: uuid.UUID | None
    actor_name: str
    action: str
    subject_type: str | None
    subject_id: uuid.UUID | None
    detail: dict[str, Any]
    hash: str


class ChainVerificationRead(ReadModel):
    """What the last walk along the chain found."""

    created_at: UtcDatetime
    entries: int
    broken_at: int | None
    problem: str | None
