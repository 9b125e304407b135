"""How parcels became others, and where they lie."""

import datetime
import uuid
from typing import Annotated, Any, Literal

from pydantic import Field

from banksia.kit.schemas import Paragraph, ReadModel, RequestModel, RequiredLine, UtcDatetime
from banksia.modules.property.schemas.land import Status

LineageKind = Literal[
    "subdivision", "consolidation", "boundary_adjustment", "strata_registration", "strata_termination", "road_closure"
]
MAX_SIDE = 500


class LineageParcelRead(ReadModel):
    """A parcel of the graph; `is_own` marks those of the property that was asked for."""

    id: uuid.UUID
    text: str
    title: str
    status: Status
    area_square_metres: float | None
    property_id: uuid.UUID | None
    is_own: bool


class LineageEventRead(ReadModel):
    """Parents became children by a plan on a day; both sides name parcels of the graph."""

    id: uuid.UUID
    kind: LineageKind
    plan: str
    occurred_on: datetime.date
    source: str
    note: str | None
    recorded_by_name: str
    recorded_at: UtcDatetime
    parent_ids: list[uuid.UUID]
    child_ids: list[uuid.UUID]


class LineageRead(ReadModel):
    """The family of a property's parcels; `is_complete` is false when it has more generations than are shown."""

    parcels: list[LineageParcelRead]
    events: list[LineageEventRead]
    is_complete: bool


class LineageChild(RequestModel):
    """A parcel that the plan makes: `13//DP1242624`, in any notation."""

    parcel: RequiredLine
    area_square_metres: Annotated[float, Field(gt=0, lt=1e12)] | None = None
    status: Literal["proposed", "current"] = "current"


class LineageRecord(RequestModel):
    """What happened: which parcels became which others, by which plan, when, and where the council knows it from."""

    kind: LineageKind
    plan: RequiredLine
    occurred_on: datetime.date
    source: RequiredLine
    note: Paragraph = ""
    parents: Annotated[list[RequiredLine], Field(max_length=MAX_SIDE)]
    children: Annotated[list[LineageChild], Field(max_length=MAX_SIDE)]


class LineageSide(ReadModel):
    """A parcel as it was read; `is_new` says that recording will make it."""

    id: uuid.UUID | None
    text: str
    title: str
    status: Status
    area_square_metres: float | None
    is_new: bool


class LineageProblem(ReadModel):
    """Why the event cannot be recorded so; `field` is where: `children.0.parcel`."""

    field: str
    message: str


class LineagePreview(ReadModel):
    """What recording would do; with problems it would be refused, `warnings` only ask for a second look."""

    parents: list[LineageSide]
    children: list[LineageSide]
    ends_parents: bool
    problems: list[LineageProblem]
    warnings: list[str]


class LineageRecorded(ReadModel):
    """An event with the parcels on both sides."""

    event: LineageEventRead
    parcels: list[LineageParcelRead]


class MapFeatureProperties(ReadModel):
    """What is written on a lot of the map, and what its line of the list says."""

    parcel_id: uuid.UUID
    text: str
    title: str
    label: str
    status: Status
    is_own: bool
    is_synthetic: bool
    area_square_metres: float | None
    address: str | None
    property_id: uuid.UUID | None


class MapFeature(ReadModel):
    """A lot as GeoJSON in longitude and latitude, GDA2020."""

    type: Literal["Feature"]
    id: str
    geometry: dict[str, Any]
    properties: MapFeatureProperties


class MapRead(ReadModel):
    """A GeoJSON FeatureCollection of the property's lots and their neighbours, the own ones first.

    `bounds` is west, south, east, north of the own lots; `without_shape` names own lots whose boundary is not known;
    `is_complete` is false when not all neighbours are shown.
    """

    type: Literal["FeatureCollection"]
    bounds: list[float] | None
    features: list[MapFeature]
    without_shape: list[str]
    is_complete: bool
