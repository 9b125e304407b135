"""What somebody who pays sees, and what a council decides about ways to pay. Every amount is in cents."""

import re
import uuid
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, EmailStr, Field, StringConstraints

from banksia.foundation.payments.schemas import ReceiptRead
from banksia.kit.schemas import ReadModel, RequestModel, UtcDatetime

PayShown = Literal["to_pay", "at_counter", "paid", "checking", "refunded", "expired", "cancelled"]
_WEB_ADDRESS = re.compile(r"://|\bwww\.|\.(?:com|net|org|info|au)\b", re.IGNORECASE)


def _without_links(note: str) -> str:
    """The council sends this note, so it must not lead people to somebody else's page."""
    if _WEB_ADDRESS.search(note):
        message = "Leave web addresses out of the note. The link to pay is in the email."
        raise ValueError(message)
    return note


Back = Annotated[str, Field(max_length=1000)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300), AfterValidator(_without_links)]


class PayLinkCreate(RequestModel):
    """Ask for the link to pay; with an address it is mailed there too."""

    email: Annotated[EmailStr, Field(max_length=254)] | None = None
    note: Note = ""


class PayLinkRead(ReadModel):
    """The link: whoever holds it may see what is owed and pay it, and no more."""

    url: str
    sent_to: str | None


class PayLineRead(ReadModel):
    """One line of what is to be paid."""

    description: str
    quantity: int
    amount_cents: int


class RefundShownRead(ReadModel):
    """Money that went back, or is on its way."""

    amount_cents: int
    state: Literal["pending", "succeeded", "failed"]
    words: str
    """How it comes back, and how far it is."""
    at: UtcDatetime


class PayPageRead(ReadModel):
    """What the link to pay shows; nothing else of the order."""

    council: str
    title: str
    reference: str
    shown: PayShown
    lines: list[PayLineRead]
    total_cents: int
    gst_cents: int
    left_cents: int
    """What is still to be paid, without a surcharge."""
    surcharge_cents: int
    """What the card costs on top, when it is paid online today."""
    surcharge_basis_points: int
    paid_cents: int
    """What was paid, a surcharge included."""
    online: bool
    """Whether it can be paid by card on this page."""
    attempt_id: uuid.UUID | None
    """The last payment page that was opened for it."""
    attempt: Literal["none", "open", "declined", "ended"]
    """`ended`: that page was closed or ran out, and nothing was charged on it."""
    receipts: list[ReceiptRead]
    refunds: list[RefundShownRead]
    back: str | None
    """The page of what is sold, for whoever named it already: the link to pay does not tell it to others."""


class CheckoutRead(ReadModel):
    """The page at the payment provider, and the attempt that it belongs to."""

    url: str
    attempt_id: uuid.UUID


class WayToPayRead(ReadModel):
    """A way to pay that the council takes today."""

    method: Literal["card", "cash", "eftpos", "cheque", "account"]
    surcharge_basis_points: int
    """What it costs on top, in hundredths of a percent; half a cent is rounded up."""


class SurchargeCreate(RequestModel):
    """What a way to pay costs on top, from a day on."""

    method: Literal["card", "eftpos"]
    basis_points: Annotated[int, Field(ge=1, le=1000)]
    """Hundredths of a percent: 85 is 0.85 %."""
    from_on: date
    until_on: date | None = None
    """The last day on which it is charged."""


class SurchargeEnd(RequestModel):
    """The end of a surcharge."""

    until_on: date | None = None
    """Its last day; without one it ends at this moment."""


class SurchargeRead(ReadModel):
    """What a way to pay costs on top, and when."""

    id: uuid.UUID
    method: Literal["card", "eftpos"]
    basis_points: int
    from_on: date
    until_on: date | None
    stopped_at: UtcDatetime | None
    """From when it is charged no more, though its last day was not over."""
    holds: bool
    """Whether it is charged now."""
