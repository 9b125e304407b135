"""What a payment provider does for us, whoever it is.

Nothing here may be called inside a database transaction: each call can take seconds, and its effect stays when a
transaction is rolled back.
"""

import datetime
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

CheckoutStatus = Literal["open", "complete", "expired"]
RefundStatus = Literal["pending", "succeeded", "failed"]
DisputeStatus = Literal["needs_response", "under_review", "won", "lost"]
PayoutStatus = Literal["pending", "in_transit", "paid", "failed", "canceled"]


class ProviderDown(Exception):  # noqa: N818 - a state of the world, not a mistake of ours
    """No usable answer came: whether the call took effect is not known. Ask again with the same idempotency key."""


class ProviderRefused(Exception):  # noqa: N818 - as above
    """The provider answered no, and nothing happened."""

    def __init__(self, message: str, *, code: str | None = None) -> None:
        """Take the provider's sentence and its code."""
        super().__init__(message)
        self.code = code


class ProviderUnknown(ProviderRefused):
    """The provider has no such page, payment or refund: it was made with other keys, or never."""


class KeyNotAccepted(ProviderRefused):
    """The provider does not take our key, or not for this: it says nothing about what was asked."""


class SignatureInvalid(Exception):  # noqa: N818 - as above
    """A webhook was not signed with one of our secrets, or too long ago."""


@dataclass(frozen=True)
class CheckoutLine:
    """One line as the customer sees it on the payment page; the amount is for the whole line, in cents."""

    description: str
    amount_cents: int


@dataclass(frozen=True)
class CheckoutRequest:
    """A payment page to be made. Every field comes from our rows, so that a repeated call is the same call."""

    reference: str
    idempotency_key: str
    organisation_id: uuid.UUID
    payee: str
    description: str
    lines: tuple[CheckoutLine, ...]
    currency: str
    payer_email: str | None
    success_url: str
    cancel_url: str
    expires_at: datetime.datetime


@dataclass(frozen=True)
class Checkout:
    """A payment page as the provider knows it now."""

    id: str
    status: CheckoutStatus
    paid: bool
    url: str | None
    amount_cents: int
    currency: str
    reference: str | None
    livemode: bool
    payment_id: str | None
    """What a refund is made of; set once someone has paid."""
    fee_cents: int | None
    """What the provider keeps; None until it is known."""
    last_decline: str | None = None
    """The code of the bank's last no, when there was one."""


@dataclass(frozen=True)
class RefundRequest:
    """Money to be sent back."""

    reference: str
    idempotency_key: str
    organisation_id: uuid.UUID
    payment_id: str
    amount_cents: int


@dataclass(frozen=True)
class ProviderRefund:
    """A refund as the provider knows it now."""

    id: str
    status: RefundStatus
    amount_cents: int
    failure_reason: str | None


@dataclass(frozen=True)
class ProviderEvent:
    """One thing that happened at the provider, reduced to what says whose it is: no card, no person."""

    id: str
    account: str
    type: str
    happened_at: datetime.datetime
    livemode: bool
    object_kind: str
    object_id: str
    organisation_id: uuid.UUID | None
    reference: str | None
    """Our own reference: an attempt's or a refund's id."""
    payment_id: str | None


@dataclass(frozen=True)
class ProviderDispute:
    """A dispute as the provider knows it now; what moved is in cents and never negative."""

    id: str
    status: DisputeStatus
    amount_cents: int
    reason: str
    payment_id: str
    opened_at: datetime.datetime
    evidence_due_at: datetime.datetime | None
    withdrawn_cents: int
    """What the bank took out of our balance; 0 while it only asks."""
    reinstated_cents: int
    """What came back when we won."""
    fee_cents: int


@dataclass(frozen=True)
class Movement:
    """One line of the provider's books; plus in, minus out, before its fee."""

    id: str
    kind: str
    """`charge`, `refund`, `dispute`, `reversal`, `payout`, or the provider's own word for something else."""
    amount_cents: int
    fee_cents: int
    source: str
    """What our ledger calls it: the id of the payment, refund, dispute or payout."""
    happened_at: datetime.datetime
    organisation_id: uuid.UUID | None
    """Whose it is, when our own mark on it says so: one account may serve several councils."""
    reference: str | None
    payment_id: str | None
    """The payment that it belongs to, as far as the provider says."""


@dataclass(frozen=True)
class ProviderPayout:
    """Money on its way to the council's bank."""

    id: str
    amount_cents: int
    status: PayoutStatus
    arrives_on: datetime.date
    made_at: datetime.datetime


@dataclass(frozen=True)
class AccountChecked:
    """Whose key it is."""

    account: str
    livemode: bool


class Provider(Protocol):
    """A payment provider. Each method raises ProviderDown, ProviderRefused, ProviderUnknown or KeyNotAccepted."""

    name: str
    livemode: bool
    """Whether the keys in use move real money."""
    takes_webhooks: bool
    """False when there is no secret to check a webhook with."""

    def create_checkout(self, request: CheckoutRequest) -> Checkout:
        """Make a payment page."""

    def retrieve_checkout(self, checkout_id: str) -> Checkout:
        """Ask for a payment page as it is now."""

    def find_checkout(self, reference: str, *, made_after: datetime.datetime) -> Checkout | None:
        """Look for a page whose making we never heard the answer of."""

    def expire_checkout(self, checkout_id: str) -> Checkout:
        """Close a page so that nobody can pay on it any more; answers how it really ended, which may be paid."""

    def refund(self, request: RefundRequest) -> ProviderRefund:
        """Send money back."""

    def retrieve_refund(self, refund_id: str) -> ProviderRefund:
        """Ask for a refund as it is now."""

    def find_refund(self, reference: str, *, payment_id: str) -> ProviderRefund | None:
        """Look for a refund whose making we never heard the answer of."""

    def list_events(self, since: datetime.datetime) -> Iterator[ProviderEvent]:
        """What happened since a moment, newest first."""

    def retrieve_dispute(self, dispute_id: str) -> ProviderDispute:
        """Ask for a dispute as it is now."""

    def list_transactions(self, since: datetime.datetime, until: datetime.datetime) -> Iterator[Movement]:
        """The provider's books between two moments, newest first, page after page."""

    def list_payouts(self, since: datetime.datetime) -> Iterator[ProviderPayout]:
        """Payouts made since a moment, newest first."""

    def transactions_of_payout(self, payout_id: str) -> Iterator[Movement]:
        """What a payout is made of, its own movement included; nothing when the provider does not say."""

    def check_account(self) -> AccountChecked:
        """Ask whose key this is; KeyNotAccepted when it opens nothing."""

    def verify_webhook(self, payload: bytes, signature: str) -> ProviderEvent:
        """Check a webhook's signature and age and read it; raises SignatureInvalid."""
