"""What is sent and answered about trees."""

import datetime
import uuid
from decimal import Decimal
from typing import Annotated, Literal, Self

from banksia.kit.schemas import Line, Paragraph, ReadModel, RequestModel, RequiredLine, UtcDatetime
from pydantic import Field, model_validator

Height = Annotated[Decimal, Field(gt=0, le=120, max_digits=4, decimal_places=1)]
Girth = Annotated[Decimal, Field(gt=0, le=30, max_digits=4, decimal_places=2)]
Longitude = Annotated[Decimal, Field(ge=96, le=168, max_digits=9, decimal_places=6)]
Latitude = Annotated[Decimal, Field(ge=-55, le=-8, max_digits=8, decimal_places=6)]
Protection = Literal["none", "council", "heritage", "threatened"]
"""None; by the council's own order; as heritage; as habitat or a threatened species."""


class Placed(RequestModel):
    """Where a tree stands on the map."""

    longitude: Longitude | None = None
    latitude: Latitude | None = None

    @model_validator(mode="after")
    def position_whole(self) -> Self:
        """A place is two numbers or none, and is moved as a whole."""
        if (self.longitude is None) != (self.latitude is None):
            message = "Give longitude and latitude, or neither."
            raise ValueError(message)
        return self


class TreeCreate(Placed):
    """A tree for the register."""

    property_id: uuid.UUID
    species: RequiredLine
    common_name: Line = ""
    height_m: Height | None = None
    girth_m: Girth | None = None
    protection: Protection = "none"
    note: Paragraph = ""
    source: Line = ""


class TreeUpdate(Placed):
    """What changed about a tree; what is left out stays."""

    species: RequiredLine | None = None
    common_name: Line | None = None
    height_m: Height | None = None
    girth_m: Girth | None = None
    protection: Protection | None = None
    note: Paragraph | None = None
    source: Line | None = None


class TreeEnd(RequestModel):
    """Why a tree no longer stands."""

    reason: RequiredLine


class PublicTreeRead(ReadModel):
    """What anybody may know of a tree."""

    id: uuid.UUID
    species: str
    common_name: str
    height_m: float | None
    girth_m: float | None
    protection: Protection
    valid_from_on: datetime.date


class TreeRead(PublicTreeRead):
    """A tree of the register."""

    property_id: uuid.UUID
    longitude: float | None
    latitude: float | None
    note: str
    source: str
    recorded_by_name: str
    valid_to_on: datetime.date | None
    ended_because: str
    created_at: UtcDatetime


class PropertyTreesRead(ReadModel):
    """The trees that stand on one property, or stood there on a day."""

    property_id: uuid.UUID
    address: str | None
    longitude: float | None
    latitude: float | None
    trees: list[TreeRead]


class PublicPropertyTreesRead(ReadModel):
    """The trees of one property, for anybody."""

    property_id: uuid.UUID
    address: str | None
    trees: list[PublicTreeRead]
