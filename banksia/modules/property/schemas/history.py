"""What happened to a property, and corrections of it."""

import uuid
from typing import Annotated, Literal

from pydantic import Field

from banksia.kit.schemas import Line, Paragraph, ReadModel, RequestModel, UtcDatetime

HistoryKind = Literal["import", "revert", "correction", "lineage", "entry", "attribute", "owner"]
CorrectionField = Literal["text", "postcode", "area_square_metres", "status"]
CorrectionState = Literal["proposed", "approved", "rejected", "withdrawn"]
Reason = Annotated[Paragraph, Field(min_length=1)]


class HistoryChange(ReadModel):
    """One column of a record, before and after, in words; null where there was or is nothing."""

    label: str
    before: str | None
    after: str | None


class HistoryRead(ReadModel):
    """One thing that happened: `title` says what, `about` to which parcel, address, attribute or owner.

    `file_name` and `line` name the import that did it; `is_personal` marks what only those see who may see owners.
    """

    id: str
    at: UtcDatetime
    kind: HistoryKind
    title: str
    about: str
    by: str | None
    file_name: str | None
    line: int | None
    import_run_id: uuid.UUID | None
    correction_id: uuid.UUID | None
    lineage_event_id: uuid.UUID | None
    is_personal: bool
    changes: list[HistoryChange]


class CorrectionCreate(RequestModel):
    """What is wrong: `record_id` is an address or a parcel of the property; `value` is what it should say."""

    record_id: uuid.UUID
    field: CorrectionField
    value: Line
    reason: Reason


class CorrectionDecision(RequestModel):
    """Why it is approved or withdrawn, in words; may be empty."""

    reason: Paragraph = ""


class CorrectionRejection(RequestModel):
    """Why it is rejected."""

    reason: Reason


class CorrectionRead(ReadModel):
    """A correction and what became of it; `record` says which parcel or address it is about."""

    id: uuid.UUID
    property_id: uuid.UUID
    address: str | None
    record_id: uuid.UUID
    record_kind: Literal["address", "parcel"]
    record: str
    field: CorrectionField
    before: str | None
    after: str | None
    reason: str
    state: CorrectionState
    is_binding: bool
    proposed_at: UtcDatetime
    proposed_by_id: uuid.UUID | None
    proposed_by_name: str
    decided_at: UtcDatetime | None
    decided_by_name: str | None
    decision: str | None
    may_decide: bool
    may_withdraw: bool
