"""Accounts of firms as people and programs see them. Every amount is in cents of Australian dollars."""

import uuid
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import EmailStr, Field, model_validator

from banksia.foundation.payments.schemas import Cents
from banksia.kit.schemas import Line, Paragraph, ReadModel, RequestModel, RequiredLine, UtcDatetime

Code = Annotated[RequiredLine, Field(max_length=40)]


class AccountWrite(RequestModel):
    """A firm that may buy on account."""

    code: Code
    """What the finance system calls it: a debtor number."""
    name: RequiredLine
    email: Annotated[EmailStr, Field(max_length=200)] | None = None
    postal_address: Paragraph | None = None
    credit_limit_cents: Annotated[int, Field(ge=0, le=10_000_000_000)]
    terms_days: Annotated[int, Field(ge=0, le=365)] = 30
    """Days after a purchase until it is overdue."""


class FirmAccountRead(ReadModel):
    """An account, and what it owes now by the ledger; below nothing, it has paid too much."""

    id: uuid.UUID
    code: str
    name: str
    email: str | None
    postal_address: str | None
    credit_limit_cents: int
    terms_days: int
    closed_at: UtcDatetime | None
    balance_cents: int
    left_cents: int
    """How much more it may owe; nothing when it is closed."""


class AccountPaymentCreate(RequestModel):
    """What a firm paid towards its account. There is no field for a card number: the terminal takes the card."""

    method: Literal["cash", "eftpos", "cheque", "transfer"]
    amount_cents: Cents
    seen_balance_cents: int = Field(ge=-(2**53), le=2**53)
    """The balance that the screen showed; when it has changed, nothing is recorded."""
    tendered_cents: Cents | None = None
    reference: Line | None = None
    drawer: Line | None = None

    @model_validator(mode="after")
    def check_evidence(self) -> Self:
        """Each method leaves its own trace."""
        if self.method == "cash" and self.tendered_cents is not None and self.tendered_cents < self.amount_cents:
            message = "Less cash was handed over than is to be paid."
            raise ValueError(message)
        if self.method in ("eftpos", "transfer") and not self.reference:
            message = "Enter the reference that the terminal printed, or that the bank’s statement shows."
            raise ValueError(message)
        if self.method == "cheque" and not (self.reference and self.drawer):
            message = "Enter the cheque's number and whose cheque it is."
            raise ValueError(message)
        return self


class AccountPaymentRead(ReadModel):
    """Money that came in for an account. The receipt's PDF follows within seconds."""

    id: uuid.UUID
    account_id: uuid.UUID
    method: Literal["cash", "eftpos", "cheque", "transfer"]
    amount_cents: int
    change_cents: int
    reference: str | None
    drawer: str | None
    cashier_name: str | None
    received_at: UtcDatetime
    dishonoured_at: UtcDatetime | None
    dishonoured_reason: str | None
    receipt_id: uuid.UUID | None
    """Null in the answer to the payment itself: receipts are numbered last."""
    receipt_number: str | None


class AccountMovementRead(ReadModel):
    """One change of what a firm owes: plus when it owes more, minus when it owes less."""

    id: uuid.UUID
    kind: str
    reference: str
    payable_id: uuid.UUID | None
    amount_cents: int
    balance_cents: int
    """What was owed after it."""
    happened_at: UtcDatetime
    recorded_by: str


class AgeRead(ReadModel):
    """What of the closing balance is as old as this."""

    name: Literal["not_due", "overdue_30", "overdue_60", "overdue_90", "overdue_more"]
    label: str
    amount_cents: int


class StatementRead(ReadModel):
    """An account over a period; its movements are a list of their own."""

    account: FirmAccountRead
    from_on: date
    until_on: date
    opening_cents: int
    charged_cents: int
    settled_cents: int
    """Payments and what was given back, above nothing."""
    closing_cents: int
    ageing: list[AgeRead]
    overdue_cents: int


class StatementMail(RequestModel):
    """Which days to send."""

    from_on: date
    until_on: date


class StatementSent(ReadModel):
    """Where it went."""

    to: str
