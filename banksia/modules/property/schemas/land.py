"""Properties, their parcels and addresses."""

import uuid
from typing import Literal

from banksia.kit.schemas import ReadModel, UtcDatetime

Status = Literal["proposed", "current", "historic"]


class SourceRead(ReadModel):
    """Where a record comes from: the file, its line (null when several made it), and from when to when it holds."""

    file_name: str | None
    format: str | None
    line: int | None
    imported_at: UtcDatetime | None
    valid_from: UtcDatetime
    valid_to: UtcDatetime | None


class AddressRead(ReadModel):
    """An address as its source wrote it; longitude and latitude are GDA2020."""

    id: uuid.UUID
    text: str
    postcode: str | None
    longitude: float | None
    latitude: float | None
    source: SourceRead | None


class ParcelRead(ReadModel):
    """A lot of a plan; `text` is LOT/SECTION/PLAN, `title` the same in words, `is_synthetic` marks an invented one."""

    id: uuid.UUID
    text: str
    title: str
    lot: str
    section: str | None
    plan_type: str
    plan: str
    status: Status
    is_part: bool
    is_synthetic: bool
    area_square_metres: float | None
    source: SourceRead | None


class PropertyRead(ReadModel):
    """A property: the parcels of one assessment, else one parcel, else an address without a parcel.

    `address` is the first of its addresses, the street address before its units. `source` is for staff, null for
    others.
    """

    id: uuid.UUID
    address: str | None
    addresses: list[AddressRead]
    parcels: list[ParcelRead]
    assessment: str | None
    status: Status
    is_synthetic: bool
    source: SourceRead | None
