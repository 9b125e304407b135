"""What remote modules send and are answered. Every amount is in cents, GST included."""

import json
import uuid
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, EmailStr, Field, StringConstraints, model_validator

from banksia.foundation.payments.public import Money
from banksia.kit.schemas import Line, Paragraph, ReadModel, RequestModel, RequiredLine, UtcDatetime

Path = Annotated[str, StringConstraints(pattern=r"^/[A-Za-z0-9._~/?=&-]*$", max_length=300)]
Cents = Annotated[int, Field(ge=0, le=100_000_000)]
Kind = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_.]{0,99}$")]


def _keepable(value: dict[str, Any]) -> dict[str, Any]:
    """PostgreSQL keeps no NUL within JSON, no half of a letter, and nothing that is no number."""
    try:
        written = json.dumps(value, ensure_ascii=False, allow_nan=False).encode("utf-8")
    except ValueError as error:
        message = "Send JSON of whole letters and of numbers that are finite."
        raise ValueError(message) from error
    if b"\\u0000" in written:
        message = "Remove the NUL characters."
        raise ValueError(message)
    return value


JsonObject = Annotated[dict[str, Any], AfterValidator(_keepable)]
"""What a module says in words of its own."""


class ModuleToken(ReadModel):
    """A token for a module (RFC 6749)."""

    access_token: str
    token_type: Literal["Bearer"]
    expires_in: int
    """Seconds."""
    issued_token_type: str


class ModuleSelf(ReadModel):
    """As whom a module calls, and what the council has set for it."""

    module: str
    connection_id: uuid.UUID
    organisation_id: uuid.UUID
    acts_for: uuid.UUID | None
    """The person; null when it acts for itself."""
    capabilities: list[str]
    permissions: list[str]
    settings: dict[str, Any]


class PaymentLine(RequestModel):
    """One line of what is owed; the amount is for the whole line."""

    description: RequiredLine
    amount_cents: Cents
    gst_treatment: Literal["taxable", "exempt", "out_of_scope"]
    gl_code: RequiredLine
    quantity: Annotated[int, Field(ge=1, le=10_000)] = 1


class PaymentPayer(RequestModel):
    """Who pays, as far as it is known; with an address the receipt is mailed there."""

    name: Line = ""
    email: Annotated[EmailStr, Field(max_length=254)] | None = None
    reference: Line = ""


class PaymentCreate(RequestModel):
    """Something that is owed for what the module sells."""

    kind: Kind
    id: uuid.UUID | None = None
    """What the module calls it, by which events name it; left out, one is made."""
    title: RequiredLine
    reference: RequiredLine
    """What people call it: a booking number."""
    lines: Annotated[list[PaymentLine], Field(min_length=1, max_length=100)]
    return_path: Path
    """A page of the module's, where the payer comes back to."""
    staff_path: Path | None = None
    """A page of the module's, where staff find what is sold: the page of the payment leads there."""
    payer: PaymentPayer = PaymentPayer()


class PaymentReceipt(ReadModel):
    """A receipt and where its PDF is."""

    number: str
    issued_at: UtcDatetime
    total_cents: int
    url: str


class RaisedPaymentRead(ReadModel):
    """How something stands that the module raised."""

    id: uuid.UUID
    kind: str
    payable_id: uuid.UUID
    state: Money
    total_cents: int
    gst_cents: int
    paid_cents: int
    refunded_cents: int
    refundable_cents: int
    """What can go back now; a refund says that it has seen this."""
    paid_at_counter: bool
    """Whether some of what can go back was paid at a counter: a refund then says how it goes back."""
    disputed: bool
    settled_at: UtcDatetime | None
    receipts: list[PaymentReceipt]
    url: str
    """The page to pay on: whoever holds it may see what is owed and pay it, and no more."""
    payer_url: str
    """The same page for whoever pays in person: it leads back to `return_path`, which it tells. Not to be passed on."""
    staff_url: str
    """Where staff take the money at the counter, and give it back."""


class PaymentRefund(RequestModel):
    """Give back all that is left, or a part of it."""

    reason: Annotated[Paragraph, Field(min_length=1, max_length=500)]
    seen_refundable_cents: Cents
    """`refundable_cents` as it was read: when it has changed meanwhile, nothing is done. So a repeat does nothing."""
    amount_cents: Annotated[int, Field(ge=1)] | None = None
    counter_reference: Line | None = None


class PaymentCancel(RequestModel):
    """Nobody shall pay this any more."""

    reason: Annotated[Paragraph, Field(min_length=1, max_length=500)]


class NoticeCreate(RequestModel):
    """Mail to a person, in plain text; web addresses are left out, and a page of the module's may be linked."""

    user_id: uuid.UUID | None = None
    email: Annotated[EmailStr, Field(max_length=254)] | None = None
    subject: Annotated[RequiredLine, Field(max_length=150)]
    text: Annotated[Paragraph, Field(min_length=1)]
    link: Path | None = None

    @model_validator(mode="after")
    def one_recipient(self) -> "NoticeCreate":
        """An account or an address."""
        if (self.user_id is None) == (self.email is None):
            message = "Name user_id or email, and only one of them."
            raise ValueError(message)
        return self


class NoticeRead(ReadModel):
    """A notice on its way."""

    id: uuid.UUID
    status: str


class KeptObjectRead(ReadModel):
    """A file that the module keeps."""

    id: uuid.UUID
    file_name: str
    size: int
    content_type: str
    sha256: str
    created_at: UtcDatetime


class AuditCreate(RequestModel):
    """What the module did, for the council's log: a past tense, `bookings.hall_closed`."""

    action: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$", max_length=120)]
    detail: JsonObject = Field(default_factory=dict)


class ReminderCreate(RequestModel):
    """A moment at which the event `{module}.reminder_due` comes, with this data."""

    due_at: AwareDatetime
    data: JsonObject = Field(default_factory=dict)


class ReminderRead(ReadModel):
    """A reminder of the module's."""

    id: uuid.UUID
    due_at: UtcDatetime
    data: dict[str, Any]
    state: Literal["waiting", "told", "cancelled"]


class EventCreate(RequestModel):
    """An event that the module tells: its name is one of the approved manifest's, and `data` fits the schema there."""

    type: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$", max_length=120)]
    data: JsonObject = Field(default_factory=dict)


class EventTaken(ReadModel):
    """The event is told to whoever hears it."""

    id: uuid.UUID
    repeated: bool
    """Whether this key had brought it before; then nobody is told again."""
