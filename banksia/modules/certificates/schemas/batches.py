"""Issuing several certificates together."""

import uuid
from typing import Annotated

from pydantic import Field

from banksia.kit.schemas import ReadModel, RequestModel, UtcDatetime
from banksia.modules.certificates.models import BatchLineState
from banksia.modules.certificates.schemas.known import KnownDigest

MOST_VERSIONS = 2**31 - 1
"""What the database's integers hold."""
LineIds = Annotated[list[uuid.UUID], Field(min_length=1, max_length=100)]


class BatchPreview(RequestModel):
    """Lines that an officer thinks of issuing together."""

    line_ids: LineIds


class PreviewedLine(ReadModel):
    """Whether a line can be issued as it stands, and if not, why."""

    line_id: uuid.UUID
    address: str
    parcel: str
    product_title: str
    customer_name: str
    version: int
    template_number: int
    """The version of the template; 0 is the platform's own."""
    known_sha256: KnownDigest
    """Of what council knows: sent back with the batch."""
    reason: str | None


class BatchPreviewRead(ReadModel):
    """Which of the lines will be issued and which not."""

    lines: list[PreviewedLine]


class BatchLineCreate(RequestModel):
    """A line to issue; the versions of its draft and of its template, and what council knew, as they were seen."""

    line_id: uuid.UUID
    version: Annotated[int, Field(ge=0, le=MOST_VERSIONS)]
    template_number: Annotated[int, Field(ge=0, le=MOST_VERSIONS)]
    known_sha256: KnownDigest


class BatchCreate(RequestModel):
    """Lines to issue together; `key` is random, and the same when the request is sent again."""

    key: uuid.UUID
    lines: Annotated[list[BatchLineCreate], Field(min_length=1, max_length=100)]


class BatchLineRead(ReadModel):
    """What became of one line of a batch."""

    line_id: uuid.UUID
    address: str
    product_title: str
    state: BatchLineState
    number: str | None
    reason: str | None


class BatchRead(ReadModel):
    """How far a batch is."""

    id: uuid.UUID
    asked_at: UtcDatetime
    asked_by_name: str
    finished_at: UtcDatetime | None
    waiting_count: int
    issued_count: int
    refused_count: int
    lines: list[BatchLineRead]
