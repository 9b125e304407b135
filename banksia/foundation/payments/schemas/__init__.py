"""Money as people and programs see it. Every amount is in cents of Australian dollars."""

import uuid
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from banksia.kit.schemas import Line, ReadModel, RequestModel, RequiredLine, UtcDatetime

MoneyState = Literal["awaiting_payment", "paid", "part_refunded", "refunded", "needs_review", "expired", "cancelled"]
CaseKind = Literal["mismatch", "paid_late", "duplicate", "refund_failed", "dispute", "not_in_ledger", "not_at_provider"]
Cents = Annotated[int, Field(gt=0, le=99_999_999)]


class AttemptStatus(ReadModel):
    """What the page that a payer comes back to may say; it is read from our books, never from the address."""

    attempt_id: uuid.UUID
    shown: Literal["paid", "confirming", "checking", "failed"]
    """`checking`: money came that does not match, and the council looks at it."""
    declined: bool
    """The bank's last answer was no; the page at the provider is still open for another card."""
    money: MoneyState
    reference: str
    return_path: str


class ReceiptRead(ReadModel):
    """A receipt; whoever has the path may read its PDF."""

    id: uuid.UUID
    number: str
    issued_at: UtcDatetime
    total_cents: int
    path: str


class LineRead(ReadModel):
    """One line of what is owed."""

    id: uuid.UUID
    description: str
    quantity: int
    amount_cents: int
    gst_cents: int
    gst_treatment: str
    gl_code: str
    refundable_cents: int
    """What of it is left after refunds that are done or under way."""


class PaymentRead(ReadModel):
    """Money that was captured."""

    id: uuid.UUID
    method: str
    amount_cents: int
    applied: bool
    reference: str | None
    provider_payment_id: str | None
    tendered_cents: int | None
    change_cents: int
    drawer: str | None
    cashier_name: str | None
    received_at: UtcDatetime
    dishonoured_at: UtcDatetime | None
    dishonoured_reason: str | None


class RefundRead(ReadModel):
    """Money going back."""

    id: uuid.UUID
    payable_id: uuid.UUID
    payment_id: uuid.UUID
    amount_cents: int
    state: Literal["awaiting_approval", "pending", "succeeded", "failed", "rejected"]
    reason: str
    method: str
    reference: str | None
    requested_by_name: str
    decided_by_name: str | None
    failure: str | None
    created_at: UtcDatetime
    finished_at: UtcDatetime | None


class PayableRead(ReadModel):
    """What is owed, with all that happened to its money."""

    id: uuid.UUID
    kind: str
    subject_id: uuid.UUID
    staff_path: str | None
    """Where staff find what was sold."""
    reference: str
    title: str
    payer_name: str
    state: MoneyState
    total_cents: int
    gst_cents: int
    paid_cents: int
    refunded_cents: int
    refundable_cents: int
    second_person_from_cents: int
    """A refund of this much or more waits for another person."""
    disputed: bool
    """Whether a bank is deciding about one of its payments: nothing of that payment can be refunded."""
    settled_at: UtcDatetime | None
    lines: list[LineRead]
    payments: list[PaymentRead]
    refunds: list[RefundRead]
    receipts: list[ReceiptRead]


class CounterPartCreate(RequestModel):
    """One part of a payment at the counter. There is no field for a card number: the terminal takes the card."""

    method: Literal["cash", "eftpos", "cheque", "account"]
    amount_cents: Cents
    tendered_cents: Cents | None = None
    reference: Line | None = None
    drawer: Line | None = None
    account_id: uuid.UUID | None = None
    """The firm's account that it goes on."""
    surcharge_cents: Annotated[int, Field(ge=0, le=99_999_999)] = 0
    """What the terminal took on top, as `/api/payments/ways-to-pay` tells it; another sum is refused."""

    @model_validator(mode="after")
    def check_evidence(self) -> Self:
        """Each method leaves its own trace."""
        if self.method == "cash" and self.tendered_cents is not None and self.tendered_cents < self.amount_cents:
            message = "Less cash was handed over than is to be paid."
            raise ValueError(message)
        if self.method == "eftpos" and not self.reference:
            message = "Enter the reference that the terminal printed."
            raise ValueError(message)
        if self.method == "cheque" and not (self.reference and self.drawer):
            message = "Enter the cheque's number and whose cheque it is."
            raise ValueError(message)
        if (self.method == "account") != (self.account_id is not None):
            message = "Choose the account that it goes on, and only with that method."
            raise ValueError(message)
        return self


class CounterPaymentCreate(RequestModel):
    """All that was handed over; the parts add up to what is owed."""

    parts: Annotated[list[CounterPartCreate], Field(min_length=1, max_length=10)]


class CounterPaymentRead(ReadModel):
    """What was recorded. The receipt's PDF follows within seconds."""

    payable_id: uuid.UUID
    total_cents: int
    change_cents: int


class RefundLineCreate(RequestModel):
    """How much of one line goes back."""

    payable_line_id: uuid.UUID
    amount_cents: Cents


class RefundCreate(RequestModel):
    """A refund: all that is left, or a part of it."""

    reason: RequiredLine
    seen_available_cents: Cents
    """The refundable amount that the screen showed; when it has changed, nothing is refunded."""
    counter_reference: Line | None = None
    """How counter money goes back: the terminal's reference, the cheque's number, or "cash"."""
    amount_cents: Cents | None = None
    """Left out, all that is left, or what the lines add up to."""
    lines: list[RefundLineCreate] = Field(default_factory=list, max_length=100)
    """Which lines it gives back; left out, each in proportion to what is left of it."""


class RejectionCreate(RequestModel):
    """Why what somebody asked for, a refund or a waiver, is turned down."""

    reason: RequiredLine


class ReviewCaseRead(ReadModel):
    """Money that does not match, with its evidence."""

    id: uuid.UUID
    kind: CaseKind
    payable_id: uuid.UUID | None
    payable_kind: str | None
    subject_id: uuid.UUID | None
    reference: str
    money: MoneyState | None
    total_cents: int | None
    payment_cents: int | None
    evidence: dict[str, Any]
    possible: list[Literal["refund", "reinstate", "dismiss", "record"]]
    resolution: Literal["refund", "reinstate", "dismiss", "record"] | None
    resolution_reason: str | None
    resolved_by_name: str | None
    resolved_at: UtcDatetime | None
    created_at: UtcDatetime


class ResolutionCreate(RequestModel):
    """How a case is resolved."""

    resolution: Literal["refund", "reinstate", "dismiss", "record"]
    reason: RequiredLine
    counter_reference: Line | None = None


class LedgerEntryRead(ReadModel):
    """One movement of money, plus in, minus out."""

    id: uuid.UUID
    kind: str
    amount_cents: int
    method: str
    reference: str
    provider_id: str | None
    payable_id: uuid.UUID | None
    happened_at: UtcDatetime
    recorded_by: str
