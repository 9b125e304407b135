"""Many certificates at once: the rows of a customer's table, what each one means, and the orders that come of them."""

import datetime
import uuid
from typing import Annotated, Literal

from pydantic import Base64Bytes, Field

from banksia.kit.schemas import Line, ReadModel, RequestModel
from banksia.modules.certificates.schemas.orders import ContactCreate, EarlierLine, LineCreate, ParcelText

MOST_ROWS = 500
MOST_BYTES = 1_000_000
MOST_BULK_CENTS = MOST_ROWS * 2 * 10_000_000

Verdict = Literal[
    "ready",
    "unreadable",
    "not_found",
    "several",
    "historic",
    "proposed",
    "product_unknown",
    "product_closed",
    "not_urgent",
    "contained",
    "twice",
]


class BulkFile(RequestModel):
    """A CSV file as its bytes, in Base64."""

    content: Annotated[Base64Bytes, Field(max_length=MOST_BYTES)]


class BulkRow(RequestModel):
    """One row as it was written or corrected; `property_id` and `found_parcel` are the land that was settled on."""

    row: Annotated[int, Field(ge=1, le=1_000_000)]
    lot: Line = ""
    section: Line = ""
    plan: Line = ""
    parcel: Line = ""
    address: Line = ""
    assessment: Line = ""
    product: Line = ""
    urgent: Line = ""
    matter: Line = ""
    has_surplus: bool = False
    """More cells than the table has columns: usually a comma in an address without quotes."""
    property_id: uuid.UUID | None = None
    found_parcel: ParcelText | None = None


class BulkRows(RequestModel):
    """The rows of a table, in its order."""

    rows: Annotated[list[BulkRow], Field(min_length=1, max_length=MOST_ROWS)]


class BulkChoice(ReadModel):
    """One lot that a row can mean."""

    property_id: uuid.UUID
    parcel: str
    parcel_title: str
    address: str | None


class BulkRowRead(ReadModel):
    """One row with what it means: ready to be ordered, or what is in the way and what to choose from."""

    row: int
    lot: str
    section: str
    plan: str
    parcel: str
    address: str
    assessment: str
    product: str
    urgent: str
    matter: str
    has_surplus: bool
    property_id: uuid.UUID | None
    found_parcel: str | None
    verdict: Verdict
    message: str
    parcel_title: str | None
    found_address: str | None
    product_code: str | None
    product_title: str | None
    is_urgent: bool
    cents: int | None
    due_on: datetime.date | None
    choices: list[BulkChoice]
    successors: list[str]
    """What a historic lot became, as lots to search for."""
    also_row: int | None
    """An earlier row that orders the same for the same lot under another matter."""
    earlier: EarlierLine | None


class BulkRead(ReadModel):
    """A table with the verdict on each row."""

    rows: list[BulkRowRead]
    ready_count: int
    order_count: int
    """How many orders the ready rows make: one for each matter."""
    total_cents: int


class BulkLine(LineCreate):
    """One row that is ready, with its matter."""

    matter: Line = ""


class BulkPlace(RequestModel):
    """The rows to order; those of one matter become one order."""

    rows: Annotated[list[BulkLine], Field(min_length=1, max_length=MOST_ROWS)]
    contact: ContactCreate
    firm_id: uuid.UUID | None = None
    """The firm that every order is for; the customer belongs to it. Without it the orders are the customer's own."""
    seen_total_cents: Annotated[int, Field(ge=0, le=MOST_BULK_CENTS)]


class BulkOrderRead(ReadModel):
    """One of the orders that were placed."""

    id: uuid.UUID
    number: str
    reference: str | None
    total_cents: int
    line_count: int
    due_on: datetime.date


class BulkPlaced(ReadModel):
    """The orders, each to be paid by itself."""

    orders: list[BulkOrderRead]
