"""What others may hear about money. Each event names the payable in the words of the workflow that raised it."""

import uuid

from banksia.kit.events import Event


class _PayableEvent(Event):
    payable_kind: str
    payable_id: uuid.UUID

    @property
    def payable(self) -> tuple[str, uuid.UUID]:
        """The payable as payments' public functions take it."""
        return self.payable_kind, self.payable_id


class PaymentSettled(_PayableEvent):
    """It is paid in full."""

    method: str
    """`card` or `counter`."""
    total_cents: int


class PaymentFailed(_PayableEvent):
    """An online attempt ended without payment, or the time to pay is over; nothing was charged."""

    reason: str
    """`expired` (a payment page), `refused` (by the provider) or `not_paid_in_time` (the payable itself)."""


class PaymentRefunded(_PayableEvent):
    """Money went back; `refunded_cents` is the sum of all refunds so far."""

    refunded_cents: int
    in_full: bool


class PaymentDisputed(_PayableEvent):
    """The payer's bank wants the money back, or has decided about it; told at each step."""

    dispute_id: uuid.UUID
    state: str
    """`needs_response`, `under_review`, `won` (the money stays) or `lost`."""
    amount_cents: int


class PaymentReopened(_PayableEvent):
    """What was paid is owed again, wholly or in part: a cheque came back."""

    reason: str


class ReceiptReady(_PayableEvent):
    """The receipt's PDF is made; `object_id` is its object in storage."""

    receipt_id: uuid.UUID
    object_id: uuid.UUID
