"""Data quality: what is wrong in the truth, as work lists, and what imports say against corrections."""

import uuid
from typing import Annotated, Literal

from pydantic import Field

from banksia.kit.schemas import Line, ReadModel, RequestModel, UtcDatetime
from banksia.modules.property.schemas.history import CorrectionField

QualityKind = Literal[
    "shared_addresses",
    "parcels_in_two_assessments",
    "parcels_without_address",
    "addresses_without_parcel",
    "unmatched_owners",
    "unmatched_attributes",
    "conflicts",
]
ConflictState = Literal["open", "kept", "taken"]


class QualityCount(ReadModel):
    """How long a work list is; `is_more` when counting stopped there."""

    kind: QualityKind
    title: str
    help: str
    count: int
    is_more: bool


class QualitySummary(ReadModel):
    """Every work list, in the order in which they are best worked off."""

    lists: list[QualityCount]


class QualityProperty(ReadModel):
    """A property that the line of a work list is about."""

    id: uuid.UUID
    address: str | None
    parcels: list[str]
    assessment: str | None


class QualityRow(ReadModel):
    """One line of a work list: an address or a parcel, and the properties that it belongs to."""

    id: uuid.UUID
    record_kind: Literal["address", "parcel"]
    label: str
    properties: list[QualityProperty]


class UnmatchedRead(ReadModel):
    """A row about a property that the truth does not know; `key` is the parcel or assessment as the file wrote it."""

    id: uuid.UUID
    kind: Literal["owner", "attribute"]
    key: str
    reason: str
    cells: dict[str, str]
    line: int
    import_run_id: uuid.UUID
    file_name: str | None
    created_at: UtcDatetime


class UnmatchedResolve(RequestModel):
    """Why nothing more is to be done about the row; may be empty."""

    note: Line = ""


class ConflictRead(ReadModel):
    """An import said something else than an approved correction: `kept` is the correction, `imported_value` the file's.

    `record` names the address or parcel that was corrected, `before` what it said before the correction.
    """

    id: uuid.UUID
    state: ConflictState
    property_id: uuid.UUID
    address: str | None
    record: str
    field: CorrectionField
    before: str | None
    kept: str | None
    imported_value: str | None
    reason: str
    corrected_by_name: str
    import_run_id: uuid.UUID
    file_name: str | None
    line: int | None
    created_at: UtcDatetime
    decided_at: UtcDatetime | None
    decided_by_name: str | None


class ConflictDecision(RequestModel):
    """`keep` stays with the correction and asks no more for this value; `take` gives the correction up."""

    decision: Annotated[Literal["keep", "take"], Field(description="keep the correction, or take the file's value")]
