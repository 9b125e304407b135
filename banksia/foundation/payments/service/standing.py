"""How what is owed stands: what was paid, what went back, and what the payer may hear of it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, cast

from sqlalchemy.orm import Session

from banksia.foundation.payments import queries
from banksia.foundation.payments.models import PAID_STATES, Method, Money, Payable, Refund
from banksia.foundation.payments.queries import paying as queries_paying
from banksia.foundation.payments.queries.standing import named, standing
from banksia.foundation.payments.service.raising import PayableRef, is_at_counter
from banksia.kit.database import organisation_id_of

_WAYS_BACK = {
    Method.CARD: "to the card that paid",
    Method.CASH: "in cash at the counter",
    Method.EFTPOS: "by EFTPOS at the counter",
    Method.CHEQUE: "at the counter",
    Method.ACCOUNT: "to the account",
}


@dataclass(frozen=True)
class ReceiptLink:
    """A receipt and where its PDF is: whoever has the path may read it."""

    id: uuid.UUID
    number: str
    issued_at: datetime
    total_cents: int
    path: str


@dataclass(frozen=True)
class RefundShown:
    """Money that went back, or is on its way, as the payer hears of it; the amount is in cents."""

    amount_cents: int
    state: Literal["pending", "succeeded", "failed"]
    words: str
    """How it comes back, and how far it is."""
    at: datetime
    """When it arrived or failed, or else when it was asked for."""


@dataclass(frozen=True)
class MoneyOf:
    """How one payable stands, in cents."""

    payable_id: uuid.UUID
    state: Money
    total_cents: int
    gst_cents: int
    paid_cents: int
    refunded_cents: int
    settled_at: datetime | None
    attempt_id: uuid.UUID | None
    """The last online attempt: its state can be polled."""
    declined: bool
    """Whether the bank's last answer on the open page was no."""
    receipts: list[ReceiptLink] = field(default_factory=list)
    disputed: bool = False
    """Whether a payer's bank is deciding about one of its payments."""
    lost_cents: int = 0
    """What payers' banks took back for good; `paid_cents` and the state do not show it."""
    surcharge_cents: int = 0
    """What came in on top for the way it was paid; it is not in `paid_cents`, and goes back with a refund of all."""
    at_counter_since: datetime | None = None
    """When a clerk began to take the money, while that lasts: nothing online can start."""
    refunds: list[RefundShown] = field(default_factory=list)
    """What went back or is on its way, the oldest first; what still waits for a decision is not told."""

    @property
    def is_paid(self) -> bool:
        """Whether work may be done for it."""
        return self.state in PAID_STATES


def money_of(session: Session, payables: Sequence[PayableRef]) -> dict[PayableRef, MoneyOf]:
    """How each payable stands, in a fixed number of queries however many are asked for; unknown ones are left out."""
    organisation_id = organisation_id_of(session)
    found = session.execute(standing(), named(organisation_id, payables)).all() if payables else []
    ids = [row.Payable.id for row in found]
    refunds = _shown_refunds(session, organisation_id, ids)
    receipts = _receipt_links(session, organisation_id, ids)
    answer: dict[PayableRef, MoneyOf] = {}
    for row in found:
        owed: Payable = row.Payable
        answer[owed.ref] = MoneyOf(
            payable_id=owed.id,
            state=Money(owed.state),
            total_cents=owed.total_cents,
            gst_cents=owed.gst_cents,
            paid_cents=int(row.paid_cents),
            refunded_cents=int(row.refunded_cents),
            settled_at=owed.settled_at,
            attempt_id=row.attempt_id,
            declined=bool(row.decline_code and owed.state == Money.AWAITING_PAYMENT),
            receipts=receipts.get(owed.id, []),
            disputed=int(row.open_cents) > 0,
            lost_cents=int(row.lost_cents),
            surcharge_cents=int(row.on_top_cents),
            at_counter_since=owed.counter_locked_at if is_at_counter(owed) else None,
            refunds=refunds.get(owed.id, []),
        )
    return answer


def _shown_refunds(
    session: Session, organisation_id: uuid.UUID, ids: Sequence[uuid.UUID]
) -> dict[uuid.UUID, list[RefundShown]]:
    found: dict[uuid.UUID, list[RefundShown]] = {}
    for row in session.scalars(queries_paying.shown_refunds(organisation_id, ids)):
        found.setdefault(row.payable_id, []).append(_refund_shown(row))
    return found


def _receipt_links(
    session: Session, organisation_id: uuid.UUID, ids: Sequence[uuid.UUID]
) -> dict[uuid.UUID, list[ReceiptLink]]:
    found: dict[uuid.UUID, list[ReceiptLink]] = {}
    for receipt in session.scalars(queries.receipts_for(organisation_id, ids)):
        link = ReceiptLink(
            id=receipt.id,
            number=receipt.snapshot["number"],
            issued_at=receipt.issued_at,
            total_cents=receipt.total_cents,
            path=f"/api/payments/receipts/{receipt.id}/{receipt.access_token}",
        )
        if receipt.payable_id:
            found.setdefault(receipt.payable_id, []).append(link)
    return found


def _refund_shown(refund: Refund) -> RefundShown:
    way = _WAYS_BACK[Method(refund.method)]
    words = {
        "pending": f"On its way {way}",
        "succeeded": f"Sent back {way}. The bank may take up to 10 working days to show it."
        if refund.method == Method.CARD
        else f"Given back {way}",
        "failed": "It did not arrive. The council has the money and finds another way.",
    }
    state = cast("Literal['pending', 'succeeded', 'failed']", refund.state)
    return RefundShown(refund.amount_cents, state, words[state], refund.finished_at or refund.created_at)
