"""Bulk loads, as routes take and answer them."""

import uuid
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from banksia.kit.schemas import Line, ReadModel, RequestModel, UtcDatetime

BatchState = Literal["checking", "checked", "loading", "loaded", "undoing", "undone", "undo_failed", "failed"]
Verdict = Literal["ready", "rejected", "already_here", "loaded", "failed", "undone", "kept"]


class BatchCreate(RequestModel):
    """A place with files and a `manifest.csv`."""

    place: Annotated[str, Field(min_length=1, max_length=1000, description="A folder, or s3://bucket/prefix")]
    name: Line = ""


class BatchCounts(ReadModel):
    """Lines by verdict; `kept` are those whose documents stayed as they are when the load was taken back."""

    ready: int
    rejected: int
    already_here: int
    loaded: int
    failed: int
    undone: int
    kept: int


class BatchRead(ReadModel):
    """A load: how far it is, how fast, and in `note` why it failed, stopped, or could not be taken back."""

    id: uuid.UUID
    created_at: UtcDatetime
    name: str
    place: str
    state: BatchState
    note: str
    counts: BatchCounts
    row_count: int
    bytes_loaded: int
    seconds: float
    files_per_second: float | None
    started_by_name: str
    ended_at: UtcDatetime | None


class BatchRowRead(ReadModel):
    """A line of a manifest, and what became of it."""

    number: int
    path: str
    title: str
    folder_words: str
    property_words: str
    property_id: uuid.UUID | None
    parcel: str | None
    dated_on: date | None
    box: str
    size: int | None
    verdict: Verdict
    reason: str
    document_id: uuid.UUID | None


class PlacesRead(ReadModel):
    """What this council can load from."""

    places: list[str]


class BagImported(ReadModel):
    """How many documents came out of a bag, with the comments on the file and its folders, and how many were here."""

    documents: int
    already_here: int
    comments: int
