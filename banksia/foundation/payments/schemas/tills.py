"""Counters, tills, banking, waivers and dishonoured cheques as people and programs see them; amounts are in cents."""

import uuid
from typing import Annotated, Literal

from pydantic import Field

from banksia.kit.schemas import Line, ReadModel, RequestModel, RequiredLine, UtcDatetime

Counted = Annotated[int, Field(ge=0, le=99_999_999)]
TillMethod = Literal["cash", "eftpos", "cheque"]


class LocationRead(ReadModel):
    """A counter of the council."""

    id: uuid.UUID
    name: str
    closed_at: UtcDatetime | None


class LocationCreate(RequestModel):
    """A counter to add."""

    name: RequiredLine


class LocationUpdate(RequestModel):
    """What changes of a counter."""

    name: RequiredLine | None = None
    closed: bool | None = None
    """Out of use: its tills cannot be opened."""


class TillRead(ReadModel):
    """A drawer at a counter, and who has it open."""

    id: uuid.UUID
    location_id: uuid.UUID
    location_name: str
    name: str
    closed_at: UtcDatetime | None
    usable: bool
    """Neither the till nor its counter is out of use."""
    session_id: uuid.UUID | None
    cashier_name: str | None


class TillCreate(RequestModel):
    """A till to add to a counter."""

    location_id: uuid.UUID
    name: RequiredLine


class TillUpdate(RequestModel):
    """What changes of a till."""

    name: RequiredLine | None = None
    closed: bool | None = None
    """Out of use: it cannot be opened."""


class TillOpen(RequestModel):
    """A till to open, and the cash that lies in it to begin with."""

    till_id: uuid.UUID
    float_cents: Counted


class TillSumRead(ReadModel):
    """What should lie in a till of one method, and what was counted."""

    method: TillMethod
    expected_cents: int
    """Of cash with the float in it; of EFTPOS what the terminal took, without what it gave back."""
    counted_cents: int | None
    """Null until the till is closed."""


class TillSessionRead(ReadModel):
    """A clerk's time at a till."""

    id: uuid.UUID
    till_id: uuid.UUID
    till_name: str
    location_id: uuid.UUID
    location_name: str
    cashier_id: uuid.UUID
    cashier_name: str
    state: Literal["open", "closed"]
    float_cents: int
    opened_at: UtcDatetime
    closed_at: UtcDatetime | None
    closed_by_name: str | None
    sums: list[TillSumRead]
    variance_cents: int | None
    variance_reason: str | None
    banking_id: uuid.UUID | None


class CurrentTill(ReadModel):
    """The till of whoever asks."""

    required: bool
    """Whether money at the counter goes through tills here."""
    session: TillSessionRead | None


class TillClose(RequestModel):
    """What was counted."""

    cash_cents: Counted
    """Notes and coins, with the float."""
    eftpos_cents: Counted
    """What the terminal's slips say it took."""
    cheque_cents: Counted
    variance_reason: Line | None = None
    """Needed when any method differs from what should be there."""


class TakingRead(ReadModel):
    """Something that went into a till, plus, or came out of it, minus."""

    id: uuid.UUID
    kind: Literal["counter_taking", "account_payment", "refund"]
    method: str
    amount_cents: int
    change_cents: int
    reference: str
    """What it is for: an order number."""
    detail: str
    """The terminal's reference, or the cheque's number and drawer."""
    payable_id: uuid.UUID | None
    happened_at: UtcDatetime
    recorded_by: str
    dishonoured: bool


class BankingCreate(RequestModel):
    """Closed till sessions of one counter that go into one bag."""

    location_id: uuid.UUID
    reference: RequiredLine
    """The number of the bag or of the deposit slip."""
    session_ids: Annotated[list[uuid.UUID], Field(min_length=1, max_length=200)]
    seen_total_cents: int = Field(ge=-99_999_999, le=9_999_999_999)
    """The sum that the screen showed; when it is another one, nothing is recorded."""


class BankingRead(ReadModel):
    """One bag taken to the bank."""

    id: uuid.UUID
    location_id: uuid.UUID
    location_name: str
    reference: str
    cash_cents: int
    """What was counted, without the floats."""
    cheque_cents: int
    total_cents: int
    banked_by_name: str
    banked_at: UtcDatetime


class ChequeRead(ReadModel):
    """One cheque in a bag."""

    number: str
    drawer: str
    paid_for: str
    amount_cents: int
    dishonoured_at: UtcDatetime | None


class BankingDetail(BankingRead):
    """One bag with the tills that it came from and its cheques."""

    sessions: list[TillSessionRead]
    cheques: list[ChequeRead]


class WaiverCreate(RequestModel):
    """Why a fee shall not be asked for."""

    reason: RequiredLine


class WaiverRead(ReadModel):
    """A fee that the council does not ask for, or was asked not to ask for."""

    id: uuid.UUID
    payable_id: uuid.UUID
    reference: str
    title: str
    payer_name: str
    amount_cents: int
    state: Literal["awaiting_approval", "approved", "rejected"]
    reason: str
    requested_by: uuid.UUID | None
    requested_by_name: str
    decided_by_name: str | None
    decided_at: UtcDatetime | None
    created_at: UtcDatetime


class DishonourCreate(RequestModel):
    """Why the bank sent a cheque back."""

    reason: RequiredLine
