"""A basket as its customer sees it before it is ordered: what each line costs now, and what stands against it."""

import datetime
import uuid
from typing import Annotated, Literal

from pydantic import Field

from banksia.kit.schemas import ReadModel, RequestModel
from banksia.modules.certificates.schemas.orders import MOST_LINES, EarlierLine, LineCreate

Obstacle = Literal[
    "product_unknown",
    "product_retired",
    "product_elsewhere",
    "product_closed",
    "not_urgent",
    "property_unknown",
    "no_parcel",
    "parcel_unknown",
    "historic",
    "proposed",
    "contained",
    "twice",
]


class BasketCheck(RequestModel):
    """The lines of a basket, in its order."""

    lines: Annotated[list[LineCreate], Field(min_length=1, max_length=MOST_LINES)]


class SuccessorRead(ReadModel):
    """A lot on which the land of a historic one lies now; `property_id` is null when no property has it."""

    property_id: uuid.UUID | None
    parcel: str
    parcel_title: str


class ObstacleRead(ReadModel):
    """Why a line cannot be ordered, in words, with the field that it is about."""

    kind: Obstacle
    field: str
    message: str


class BasketLineRead(ReadModel):
    """One line: its price and due day now, what stands against it, and when the same was ordered lately.

    `contained_in` is the place of the line that makes this one unnecessary; `also_at` the place of an earlier line for
    the same product and parcel that stands under another property.
    """

    product_title: str | None
    """Also of a product that is not sold any more; null for a code that the council never had."""
    parcel_title: str | None
    cents: int | None
    due_on: datetime.date | None
    obstacles: list[ObstacleRead]
    successors: list[SuccessorRead]
    contained_in: int | None
    also_at: int | None
    earlier: EarlierLine | None


class BasketRead(ReadModel):
    """The basket as it stands now; the total is of the lines that nothing stands against."""

    lines: list[BasketLineRead]
    total_cents: int
