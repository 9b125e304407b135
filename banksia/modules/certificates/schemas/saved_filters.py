"""Filters of lists that people keep under a name; what a filter holds is what stands in the list's address."""

import uuid
from typing import Annotated, Literal

from pydantic import Field

from banksia.kit.schemas import Line, ReadModel, RequestModel, RequiredLine
from banksia.modules.certificates.models import FilterPlace, LineState
from banksia.modules.certificates.schemas.history import Day
from banksia.modules.certificates.schemas.lines import Sort, View
from banksia.modules.certificates.schemas.orders import OrderFilter
from banksia.modules.certificates.schemas.teams import WantedTeam

FilterName = Annotated[RequiredLine, Field(max_length=60)]


class QueueSearch(RequestModel):
    """What the queue is narrowed to."""

    place: Literal["queue"]
    view: View = "all_open"
    team: WantedTeam = None
    product: Annotated[Line, Field(max_length=40)] | None = None
    state: LineState | None = None
    urgent: Literal["yes", "no"] | None = None
    q: Line | None = None
    sort: Sort = "due"


class OrdersSearch(RequestModel):
    """What the list of orders is narrowed to."""

    place: Literal["orders"]
    state: OrderFilter = "all"
    q: Line | None = None
    placed_from_on: Day | None = None
    placed_to_on: Day | None = None


Search = Annotated[QueueSearch | OrdersSearch, Field(discriminator="place")]


class SavedFilterCreate(RequestModel):
    """What a list shows now, to be kept under a name."""

    name: FilterName
    search: Search
    is_shared: bool = False


class SavedFilterUpdate(RequestModel):
    """Another name, and who sees it."""

    name: FilterName
    is_shared: bool


class SavedFilterRead(ReadModel):
    """A kept filter; `may_change` says whether the reader can rename or delete it."""

    id: uuid.UUID
    place: FilterPlace
    name: str
    search: Search
    is_shared: bool
    is_mine: bool
    owner_name: str
    may_change: bool


class SavedFilterList(ReadModel):
    """One's own filters of a list and those that are shared, by name."""

    filters: list[SavedFilterRead]
    may_share: bool
