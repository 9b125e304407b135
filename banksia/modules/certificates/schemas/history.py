"""Looking for orders: what narrows a list."""

import datetime
import uuid
from typing import Annotated

from pydantic import Field

from banksia.kit.schemas import Line, RequestModel
from banksia.modules.certificates.schemas.orders import OrderFilter

Day = Annotated[datetime.date, Field(ge=datetime.date(2000, 1, 1), le=datetime.date(2200, 1, 1))]


class OrderSearch(RequestModel):
    """Which orders are looked for. What is left out does not narrow them."""

    q: Annotated[
        Line, Field(description="Words of an address, lot, matter, name, order number or certificate number")
    ] = ""
    state: OrderFilter = "all"
    placed_from_on: Annotated[Day, Field(description="The first day, in the council's time")] | None = None
    placed_to_on: Annotated[Day, Field(description="The last day")] | None = None
    firm_id: Annotated[uuid.UUID, Field(description="Only those of this firm")] | None = None
    own: Annotated[bool, Field(description="Only those that a customer placed for themself")] = False
    placed_by_id: Annotated[uuid.UUID, Field(description="Only those placed with this account")] | None = None


class OrderListing(OrderSearch):
    """Which orders are looked for, and which page of them."""

    limit: Annotated[int, Field(ge=1, le=100, description="How many rows at most")] = 20
    cursor: (
        Annotated[str, Field(max_length=500, description="Where the page starts: `next_cursor` of the last")] | None
    ) = None
