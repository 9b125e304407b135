"""What is sent and answered about trees."""

import datetime
import uuid
from decimal import Decimal
from typing import Annotated

from banksia.kit.schemas import Paragraph, ReadModel, RequestModel, RequiredLine, UtcDatetime
from pydantic import Field

Height = Annotated[Decimal, Field(gt=0, le=120, max_digits=4, decimal_places=1)]


class TreeCreate(RequestModel):
    """A tree for the register."""

    property_id: uuid.UUID
    species: RequiredLine
    height_m: Height | None = None
    protected: bool = False
    note: Paragraph = ""


class TreeUpdate(RequestModel):
    """What changed about a tree; what is left out stays."""

    species: RequiredLine | None = None
    height_m: Height | None = None
    protected: bool | None = None
    note: Paragraph | None = None


class TreeEnd(RequestModel):
    """Why a tree no longer stands."""

    reason: RequiredLine


class TreeRead(ReadModel):
    """A tree of the register."""

    id: uuid.UUID
    property_id: uuid.UUID
    species: str
    height_m: float | None
    protected: bool
    note: str
    recorded_by_name: str
    valid_from_on: datetime.date
    valid_to_on: datetime.date | None
    ended_because: str
    created_at: UtcDatetime


class PropertyTreesRead(ReadModel):
    """The trees that stand on one property."""

    property_id: uuid.UUID
    address: str | None
    trees: list[TreeRead]
