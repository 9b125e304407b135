"""The catalogue as customers see it, and products and fees as an administrator edits them."""

import datetime
import uuid
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from banksia.foundation.payments.public import GstTreatment
from banksia.kit.schemas import Line, Paragraph, ReadModel, RequestModel, RequiredLine, UtcDatetime
from banksia.modules.certificates.models import ProductKind

TemplateKey = Literal["planning_2", "planning_2_5", "rates", "notices", "orders", "drainage"]
ProductCode = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9.\-]{0,39}$")]
NumberPrefix = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9][A-Z0-9.\-]{0,11}$")]
Cents = Annotated[int, Field(ge=1, le=10_000_000, description="Integer cents, AUD, GST included where it is taxable")]
WorkingDays = Annotated[int, Field(ge=1, le=250, description="Working days")]


class ClosedRead(ReadModel):
    """Why a product cannot be ordered now, and when it can be again (null when that day is not set)."""

    reason: str
    opens_again_on: datetime.date | None


class CatalogueProductRead(ReadModel):
    """A product with today's fee and the due dates of an order placed now."""

    code: str
    kind: ProductKind
    title: str
    short_title: str
    description: str
    law: str
    link_url: str | None
    contains: list[str]
    contained_in: list[str]
    fee_cents: int | None
    urgent_fee_cents: int | None
    gst_treatment: GstTreatment | None
    gst_cents: int | None
    turnaround_days: int | None
    urgent_turnaround_days: int | None
    standard_due_on: datetime.date | None
    urgent_due_on: datetime.date | None
    cut_off: str | None
    counts_from_on: datetime.date | None
    closed: ClosedRead | None


class CatalogueRead(ReadModel):
    """What the council sells, in its order."""

    products: list[CatalogueProductRead]
    refund_sentence: str
    card_surcharge_basis_points: int
    """What paying by card online costs on top today, in hundredths of a percent."""
    computed_at: UtcDatetime


class FeeCreate(RequestModel):
    """A fee from a day on."""

    valid_from_on: datetime.date
    fee_cents: Cents
    urgent_fee_cents: Cents | None = None
    gst_treatment: GstTreatment
    gl_code: RequiredLine


class FeeRead(ReadModel):
    """One version of a fee; `status` says whether it applied, applies or will apply."""

    id: uuid.UUID
    valid_from_on: datetime.date
    fee_cents: int
    urgent_fee_cents: int | None
    gst_treatment: GstTreatment
    gl_code: str
    status: Literal["past", "in_force", "future"]


class ProductFields(RequestModel):
    """What an administrator decides about a product, besides its code and fees."""

    title: RequiredLine
    short_title: RequiredLine
    description: Paragraph = ""
    law: Line = ""
    kind: ProductKind = "sale"
    link_url: Annotated[str, StringConstraints(pattern=r"^https://", max_length=500)] | None = None
    template: TemplateKey = "notices"
    number_prefix: NumberPrefix
    contains: Annotated[list[ProductCode], Field(max_length=20, default_factory=list)]
    turnaround_days: WorkingDays = 5
    urgent_turnaround_days: WorkingDays | None = None
    cut_off: datetime.time = datetime.time(15)
    closed_from_on: datetime.date | None = None
    opens_again_on: datetime.date | None = None
    closed_reason: Line | None = None
    is_offered: bool = True
    needs_check: bool = False
    position: Annotated[int, Field(ge=0, le=1000)] = 100


class ProductCreate(ProductFields):
    """A new product with its first fee; a link has none."""

    code: ProductCode
    fee: FeeCreate | None = None


class ProductUpdate(ProductFields):
    """The whole product as it shall be; `version` is the one that was read."""

    version: int


class ProductRead(ReadModel):
    """A product with all its fees, newest first."""

    code: str
    kind: ProductKind
    title: str
    short_title: str
    description: str
    law: str
    link_url: str | None
    template: TemplateKey
    number_prefix: str
    contains: list[str]
    turnaround_days: int
    urgent_turnaround_days: int | None
    cut_off: datetime.time
    closed_from_on: datetime.date | None
    opens_again_on: datetime.date | None
    closed_reason: str | None
    is_offered: bool
    needs_check: bool
    position: int
    version: int
    fees: list[FeeRead]


class ProductList(ReadModel):
    """Every product of the council, in its order."""

    products: list[ProductRead]
