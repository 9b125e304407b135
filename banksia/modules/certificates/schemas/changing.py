"""Changing a paid order: cancelling it for a refund, and upgrading a certificate before work on it starts."""

import datetime
import uuid
from typing import Annotated

from pydantic import Field

from banksia.kit.schemas import Line, Paragraph, ReadModel, RequestModel
from banksia.modules.certificates.models import UpgradeState

SeenCents = Annotated[int, Field(ge=0, le=2_000_000_000)]


class CancellationRead(ReadModel):
    """What happens when a paid order is cancelled now, in cents."""

    by_customer: bool
    """Whether the council's rules let the customer do it."""
    refund_cents: int
    kept_cents: int
    """The handling fee."""
    at_counter: bool
    """It was paid at a counter, so the council gives it back there."""
    words: str
    """What stands in the way, or how the sum comes about."""


class OrderCancel(RequestModel):
    """A customer takes an order back; of a paid one, what they saw that comes back."""

    seen_refund_cents: SeenCents | None = None
    reason: Line = ""


class StaffCancel(RequestModel):
    """Staff take a paid order back, with or without the handling fee."""

    reason: Annotated[Paragraph, Field(min_length=5, max_length=2000)]
    seen_refund_cents: SeenCents
    waive_fee: bool = False
    counter_reference: Line | None = None
    """How counter money goes back: the terminal's reference, the cheque's number, or "cash"."""


class UpgradeOffer(ReadModel):
    """What a certificate can become for the difference."""

    line_id: uuid.UUID
    product: str
    urgent: bool
    title: str
    amount_cents: int
    due_on: datetime.date
    """When it would be due, paid now."""


class UpgradeAsk(RequestModel):
    """The offer that was taken, with the difference that was seen."""

    product: Annotated[Line, Field(max_length=40)]
    urgent: bool
    seen_amount_cents: SeenCents


class UpgradeRead(ReadModel):
    """An upgrade that was asked for."""

    id: uuid.UUID
    line_id: uuid.UUID
    title: str
    amount_cents: int
    state: UpgradeState
    payment_attempt_id: uuid.UUID | None
    """Its last online payment, while it is not decided, or owed again."""
    owed_again_cents: int
    """What has to be paid again because what paid it before did not go through; 0 while nothing is owed again."""
    card_surcharge_cents: int
    """What paying that by card costs on top."""
    pays_online: bool
    """Whether that can be paid by card now."""
