"""Orders: as a customer places and follows them."""

import datetime
import uuid
from typing import Annotated, Literal

from pydantic import EmailStr, Field

from banksia.foundation.payments.public import CounterPartCreate, Money, ReceiptRead, RefundShownRead
from banksia.kit.schemas import Line, ReadModel, RequestModel, RequiredLine, UtcDatetime
from banksia.modules.certificates.models import Channel
from banksia.modules.certificates.schemas.changing import CancellationRead, UpgradeOffer, UpgradeRead
from banksia.modules.certificates.schemas.straight_through import StraightThroughRead

CustomerState = Literal["awaiting_payment", "being_prepared", "waiting_for_you", "ready", "cannot_issue", "cancelled"]
OrderWork = Literal["awaiting_payment", "in_work", "waiting_for_you", "complete", "cancelled"]
OrderFilter = Literal["all", "open", "complete", "cancelled", "mail_came_back"]
ParcelText = Annotated[RequiredLine, Field(max_length=40)]
Email = Annotated[EmailStr, Field(max_length=254)]
MOST_LINES = 500
MOST_CENTS = MOST_LINES * 2 * 10_000_000


class LineCreate(RequestModel):
    """One certificate for one parcel of a property."""

    property_id: uuid.UUID
    parcel: ParcelText
    product: Annotated[RequiredLine, Field(max_length=40)]
    urgent: bool = False
    override_reason: RequiredLine | None = None
    """Why staff order for a parcel that is historic; of nobody else it is taken."""


class ContactCreate(RequestModel):
    """Who orders; only staff at the counter may leave the e-mail address out."""

    name: RequiredLine
    email: Email | None = None
    phone: Annotated[Line, Field(max_length=40)] | None = None


class OrderCreate(RequestModel):
    """An order: certificates for one or more parcels, for one customer."""

    lines: Annotated[list[LineCreate], Field(min_length=1, max_length=MOST_LINES)]
    contact: ContactCreate
    reference: Line | None = None
    """The customer's own matter number; it stands on the receipt and in the names of files."""
    firm_id: uuid.UUID | None = None
    """The firm that the order is for; the customer belongs to it. Without it the order is the customer's own."""
    collect: bool = False
    """Whether the customer collects the certificates on paper; without an e-mail address they are collected anyway."""
    seen_total_cents: Annotated[int, Field(ge=0, le=MOST_CENTS)] | None = None
    """What the customer saw that it costs. When it costs something else by now, nothing is ordered."""


class PropertyRead(ReadModel):
    """The property as it was when the certificate was ordered."""

    id: uuid.UUID
    address: str
    parcel: str
    parcel_title: str
    assessment: str | None


class LineRead(ReadModel):
    """One certificate of an order."""

    id: uuid.UUID
    product: str
    title: str
    short_title: str
    property: PropertyRead
    urgent: bool
    fee_cents: int
    urgent_fee_cents: int
    gst_cents: int
    total_cents: int
    due_on: datetime.date


class CertificateRead(ReadModel):
    """An issued certificate; its PDF is at `download_path`."""

    id: uuid.UUID
    number: str
    title: str
    issued_at: UtcDatetime
    sha256: str
    size_bytes: int
    file_name: str
    download_path: str
    can_download: bool
    """Whether the reader can still take it; staff always can."""
    downloads_end_on: datetime.date | None
    """The last day on which its customer can, in the council's time; null is always."""
    superseded_by: str | None


class OrderLineRead(LineRead):
    """One certificate of an order, and how far it is."""

    state: CustomerState
    working_days_left: int | None
    due_because: list[str]
    """Why it is due on that day, in sentences; none once it is ready or ended."""
    reason: str | None
    override_reason: str | None
    """Why staff ordered it for a parcel that was historic; only staff read it."""
    collects: bool
    collected_at: UtcDatetime | None
    straight_through: StraightThroughRead | None
    """For staff: whether it was issued without an officer, and why or why not. Null for the customer."""
    certificates: list[CertificateRead]


class OrderPlaced(ReadModel):
    """A new order. `access_token` opens it without signing in and is told only here."""

    id: uuid.UUID
    number: str
    money: Money
    total_cents: int
    gst_cents: int
    due_on: datetime.date
    lines: list[LineRead]
    access_token: str


class TimelineEntry(ReadModel):
    """One step of an order; what lies ahead has no time."""

    kind: str
    title: str
    detail: str | None
    at: UtcDatetime | None
    due_on: datetime.date | None
    state: Literal["done", "current", "upcoming"]


class ContactRead(ReadModel):
    """Who ordered."""

    name: str
    email: str | None
    phone: str | None


class OrderRead(ReadModel):
    """An order with everything its customer may know. Money comes from payments at the moment of asking."""

    id: uuid.UUID
    number: str
    placed_at: UtcDatetime
    channel: Channel
    reference: str | None
    firm_id: uuid.UUID | None
    firm_name: str | None
    """The firm that it is for, as it was called then."""
    placed_by_name: str | None
    """Whose account placed it; null for guests and at the counter."""
    contact: ContactRead
    money: Money
    work: OrderWork
    total_cents: int
    gst_cents: int
    paid_cents: int
    refunded_cents: int
    payment_attempt_id: uuid.UUID | None
    payment_declined: bool
    payment_disputed: bool
    """The payer's bank wants the money back and has not decided."""
    lost_cents: int
    """What the payer's bank took back for good."""
    at_counter: bool
    """A clerk takes the payment at this moment: it cannot be paid online for two minutes."""
    left_cents: int
    """What is still to be paid; after a cheque came back, perhaps a part."""
    card_surcharge_cents: int
    """What a card costs on top of it, when it is paid online today."""
    surcharge_cents: int
    """What was paid on top for the way it was paid; it is not in `paid_cents`."""
    pays_online: bool
    """Whether it can be paid by card now; otherwise at the council's counter."""
    due_on: datetime.date
    can_pay: bool
    can_cancel: bool
    """It is not paid, and can be taken back."""
    cancellation: CancellationRead | None
    """What cancelling it would mean, once it is paid; null when nobody can."""
    kept_cents: int | None
    """What council kept when it was cancelled after it was paid."""
    upgrade_offers: list[UpgradeOffer]
    upgrades: list[UpgradeRead]
    is_mine: bool
    lines: list[OrderLineRead]
    timeline: list[TimelineEntry]
    receipts: list[ReceiptRead]
    refunds: list[RefundShownRead]


class OrderSummary(ReadModel):
    """An order in a list."""

    id: uuid.UUID
    number: str
    placed_at: UtcDatetime
    reference: str | None
    firm_name: str | None
    placed_by_name: str | None
    contact_name: str
    money: Money
    work: OrderWork
    total_cents: int
    due_on: datetime.date
    addresses: list[str]
    parcels: list[str]
    products: list[str]
    ready_count: int
    line_count: int
    mail_bounced_at: UtcDatetime | None
    """When mail to the customer came back, while nobody has told them another way."""


class PayRead(ReadModel):
    """Where to pay."""

    url: str


class EarlierLine(ReadModel):
    """A certificate that was bought for the same parcel not long ago; only staff read for which customer."""

    order_id: uuid.UUID
    order_number: str
    product: str
    title: str
    state: CustomerState
    ordered_at: UtcDatetime
    issued_at: UtcDatetime | None
    customer_name: str | None
    placed_by_name: str | None
    """For a member of a firm: the colleague who ordered it. Null when it was they themselves, and for staff."""


class EarlierLines(ReadModel):
    """What was bought for a parcel lately, newest first."""

    lines: list[EarlierLine]


class OrderClaim(RequestModel):
    """The numbers of guest orders to take into the account; none takes all that carry its e-mail address."""

    numbers: Annotated[list[RequiredLine], Field(max_length=100, default_factory=list)]


class OrdersClaimed(ReadModel):
    """The orders that the account has gained."""

    numbers: list[str]


class OrderLinkRequest(RequestModel):
    """Ask for a link to an order by its number and e-mail address."""

    number: RequiredLine
    email: Email


class OrderLinkSent(ReadModel):
    """Said whether or not there is such an order."""

    detail: str


class CounterPaymentCreate(RequestModel):
    """What the customer gave at the counter; its parts make up the amount due."""

    parts: Annotated[list[CounterPartCreate], Field(min_length=1, max_length=10)]


class CounterPaymentRead(ReadModel):
    """The order's money after a counter payment, the change to give, and the receipt to print."""

    money: Money
    total_cents: int
    change_cents: int
    receipt: ReceiptRead | None
