"""The provider's side as people and programs see it. Every amount is in cents of Australian dollars."""

import datetime
import uuid
from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, SecretStr

from banksia.foundation.payments.schemas import ReviewCaseRead
from banksia.kit.schemas import ReadModel, RequestModel, UtcDatetime


def _begins_with(*beginnings: str) -> Callable[[SecretStr], SecretStr]:
    """Refuse what was copied from the wrong field; the message never repeats it."""

    def check(given: SecretStr) -> SecretStr:
        plain = given.get_secret_value().strip()
        if not plain.startswith(beginnings) or not plain.isascii() or not plain.isprintable() or " " in plain:
            message = f"Copy it whole from the provider's pages. It begins with {' or '.join(beginnings)}."
            raise ValueError(message)
        return SecretStr(plain)

    return check


SecretKey = Annotated[SecretStr, Field(min_length=12, max_length=300), AfterValidator(_begins_with("sk_", "rk_"))]
WebhookSecret = Annotated[SecretStr, Field(min_length=12, max_length=300), AfterValidator(_begins_with("whsec_"))]
DisputeWord = Literal["needs_response", "under_review", "won", "lost"]


class ProviderAccountRead(ReadModel):
    """Whose account takes the council's online payments. Keys are never shown, only how the secret key ends."""

    source: Literal["council", "installation", "none"]
    provider: str | None
    account: str | None
    key_hint: str | None
    livemode: bool
    """Whether real money moves."""
    webhook_secrets: int
    """How many are in use: two while one replaces the other; none, and messages of the provider are refused."""
    webhook_url: str
    """The address to enter at the provider."""
    tested_at: UtcDatetime | None
    set_by_name: str | None


class ProviderAccountUpdate(RequestModel):
    """A council's own keys; they are tested before they are saved, and never shown again."""

    secret_key: SecretKey
    webhook_secret: WebhookSecret | None = None


class WebhookSecretCreate(RequestModel):
    """A new secret; the one in use stays valid until it is ended."""

    webhook_secret: WebhookSecret


class DisputeRead(ReadModel):
    """A payer's bank wants a payment back."""

    id: uuid.UUID
    payable_id: uuid.UUID
    payment_id: uuid.UUID
    reference: str
    payer_name: str
    provider_dispute_id: str
    state: DisputeWord
    amount_cents: int
    reason: str
    evidence_due_at: UtcDatetime | None
    opened_at: UtcDatetime
    closed_at: UtcDatetime | None


class EvidenceEntry(ReadModel):
    """One thing that happened: when, who, what."""

    at: UtcDatetime
    who: str
    what: str
    detail: str


class ReviewCaseDetail(ReviewCaseRead):
    """A case with what was done about it, by whom and when."""

    history: list[EvidenceEntry]


class DisputeDetail(DisputeRead):
    """A dispute with all that we can show."""

    kind: str
    subject_id: uuid.UUID
    staff_path: str | None
    """Where staff find what was sold."""
    withdrawn_cents: int
    reinstated_cents: int
    facts: dict[str, str]
    entries: list[EvidenceEntry]


class RunRead(ReadModel):
    """One comparison of the ledger with the provider's books."""

    id: uuid.UUID
    state: Literal["running", "finished", "failed"]
    listed_from: UtcDatetime
    listed_until: UtcDatetime
    counts: dict[str, Any]
    failure: str | None
    started_at: UtcDatetime
    finished_at: UtcDatetime | None


class TransactionRead(ReadModel):
    """One line of the provider's books."""

    id: uuid.UUID
    transaction_id: str
    kind: str
    amount_cents: int
    fee_cents: int
    source: str
    happened_at: UtcDatetime
    ledger_entry_id: uuid.UUID | None


class UnmatchedEntryRead(ReadModel):
    """One entry of our ledger that the provider's books lack so far."""

    id: uuid.UUID
    kind: str
    amount_cents: int
    reference: str
    provider_id: str | None
    payable_id: uuid.UUID | None
    happened_at: UtcDatetime


class PayoutRead(ReadModel):
    """Money that the provider sent to the council's bank."""

    id: uuid.UUID
    payout_id: str
    amount_cents: int
    status: str
    arrives_on: datetime.date


class Reconciliation(ReadModel):
    """How the ledger and the provider's books stand to each other now; counts stop at a thousand."""

    provider_set: bool
    latest: RunRead | None
    unmatched_transactions: int
    unmatched_entries: int
