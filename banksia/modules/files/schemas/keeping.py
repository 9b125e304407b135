"""Retention, holds, removals and disposals, as routes take and answer them."""

import uuid
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from banksia.kit.schemas import Paragraph, ReadModel, RequestModel, RequiredLine, UtcDatetime

Trigger = Literal["added", "dated", "folder_closed", "never"]
Reason = Annotated[RequiredLine, Field(description="In a sentence; it stays in the log")]
Years = Annotated[int, Field(ge=0, le=200)]


class RetentionClassRead(ReadModel):
    """A class of the disposal authority. `never` ends; then there are no years."""

    id: uuid.UUID
    code: str
    title: str
    authority: str
    trigger: Trigger
    keep_years: int | None
    until_demolished: bool
    action: str
    is_active: bool


class RetentionClassCreate(RequestModel):
    """A class to add."""

    code: Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[A-Za-z0-9][A-Za-z0-9 ./_-]{0,39}$")]
    title: RequiredLine
    authority: RequiredLine = "FA450"
    trigger: Trigger
    keep_years: Years | None = None
    until_demolished: bool = False
    action: RequiredLine


class RetentionClassUpdate(RequestModel):
    """What changes of a class; what is not given stays."""

    title: RequiredLine | None = None
    authority: RequiredLine | None = None
    trigger: Trigger | None = None
    keep_years: Years | None = None
    until_demolished: bool | None = None
    action: RequiredLine | None = None
    is_active: bool | None = None


class HoldCreate(RequestModel):
    """What nothing may be taken from: a property's file, or with an id more, a folder of it or a document."""

    property_id: uuid.UUID
    folder_id: uuid.UUID | None = None
    document_id: uuid.UUID | None = None
    reason: Reason


class HoldLift(RequestModel):
    """Why a hold ends."""

    reason: Reason


class HoldRead(ReadModel):
    """A hold, with the address of the property it is on."""

    id: uuid.UUID
    created_at: UtcDatetime
    property_id: uuid.UUID
    property_label: str
    folder_id: uuid.UUID | None
    document_id: uuid.UUID | None
    reason: str
    placed_by_name: str
    lifted_at: UtcDatetime | None
    lifted_by_name: str | None
    lifted_because: str | None


RemovalState = Literal["asked", "refused", "withdrawn", "isolated", "restored", "purged"]


class RemovalCreate(RequestModel):
    """Why a document is to be removed."""

    reason: Reason


class RemovalDecision(RequestModel):
    """What an administrator decides, with a note for the log."""

    approve: bool
    note: Annotated[Paragraph, StringConstraints(max_length=500)] = ""


class RemovalRead(ReadModel):
    """A removal of a document, from the request to the end.

    `kept_because` says why it would not be purged today; `purge_after_at` is when the isolation ends.
    """

    id: uuid.UUID
    created_at: UtcDatetime
    document_id: uuid.UUID
    document_title: str
    property_id: uuid.UUID
    property_label: str
    reason: str
    requested_by_name: str
    is_mine: bool
    state: RemovalState
    decided_by_name: str | None
    decided_at: UtcDatetime | None
    decision_note: str
    purge_after_at: UtcDatetime | None
    kept_because: str | None
    kept_until_on: date | None


class RemovalCount(ReadModel):
    """How many removals wait for a decision, at most a hundred."""

    asked: int


DisposalState = Literal["proposed", "approved", "cancelled", "done"]


class DisposalCreate(RequestModel):
    """A list of what is due by a day."""

    title: RequiredLine
    due_by_on: date


class DisposalKeep(RequestModel):
    """Take a document off a list, and say why."""

    reason: Reason


class DisposalDocumentRead(ReadModel):
    """A document on a disposal list."""

    document_id: uuid.UUID
    title: str
    property_id: uuid.UUID
    property_label: str
    class_code: str
    due_on: date
    is_kept: bool
    kept_because: str
    state: Literal["present", "isolated", "purged"]
    sha256: str
    size: int


class DisposalRead(ReadModel):
    """A disposal list; `certificate` is true once its certificate of destruction can be downloaded."""

    id: uuid.UUID
    created_at: UtcDatetime
    number: int
    title: str
    state: DisposalState
    due_by_on: date
    made_by_name: str
    is_mine: bool
    approved_by_name: str | None
    approved_at: UtcDatetime | None
    done_at: UtcDatetime | None
    has_certificate: bool
    document_count: int
