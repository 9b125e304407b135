"""SELECTs of the provider's side: a council's keys, the provider's books, and how they fit our ledger."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, func, literal, select

from banksia.foundation.payments.models import (
    LedgerEntry,
    PaymentAttempt,
    Payout,
    ProviderAccount,
    ProviderTransaction,
    ReconciliationRun,
    RunState,
)
from banksia.kit.among import among

MATCHED_KINDS = ("charge", "refund", "dispute", "reversal", "payout")
"""Movements that stand one to one in both books; fees are compared with what they are on."""
ON_THEIR_WAY = ("pending", "in_transit")
CAME_BACK = ("failed", "canceled")
ENDED = ("paid", *CAME_BACK)


def provider_account_of(organisation_id: uuid.UUID) -> Select[ProviderAccount]:
    """A council's own keys."""
    return select(ProviderAccount).where(ProviderAccount.organisation_id == organisation_id)


def transactions_of(organisation_id: uuid.UUID) -> Select[ProviderTransaction]:
    """What the provider's books say of one organisation."""
    return select(ProviderTransaction).where(ProviderTransaction.organisation_id == organisation_id)


def payouts_of(organisation_id: uuid.UUID) -> Select[Payout]:
    """What the provider sent to one organisation's bank."""
    return select(Payout).where(Payout.organisation_id == organisation_id)


def runs_of(organisation_id: uuid.UUID) -> Select[ReconciliationRun]:
    """The comparisons of one organisation's ledger with the provider's books."""
    return select(ReconciliationRun).where(ReconciliationRun.organisation_id == organisation_id)


def last_finished_run(organisation_id: uuid.UUID, provider: str) -> Select[ReconciliationRun]:
    """The last comparison that came to its end."""
    return (
        runs_of(organisation_id)
        .where(ReconciliationRun.provider == provider, ReconciliationRun.state == RunState.FINISHED)
        .order_by(ReconciliationRun.listed_until.desc())
        .limit(1)
    )


def first_card_entry(organisation_id: uuid.UUID) -> Select[datetime | None]:
    """When the first card money came into our ledger."""
    return select(func.min(LedgerEntry.happened_at)).where(
        LedgerEntry.organisation_id == organisation_id, LedgerEntry.kind == "charge"
    )


def payments_known(organisation_id: uuid.UUID, payment_ids: Sequence[str]) -> Select[str | None]:
    """Which of these payments at the provider somebody began here."""
    return select(PaymentAttempt.provider_payment_id).where(
        PaymentAttempt.organisation_id == organisation_id, among(PaymentAttempt.provider_payment_id, payment_ids)
    )


def payouts_to_post(organisation_id: uuid.UUID, provider: str) -> Select[Payout]:
    """Payouts that have arrived, or came back, and are not in the ledger yet."""
    return payouts_of(organisation_id).where(
        Payout.provider == provider, Payout.status.in_(ENDED), ~_posted(organisation_id, "payout").exists()
    )


def payouts_to_reverse(organisation_id: uuid.UUID, provider: str) -> Select[Payout]:
    """Payouts that are in the ledger and came back."""
    return payouts_of(organisation_id).where(
        Payout.provider == provider,
        Payout.status.in_(CAME_BACK),
        _posted(organisation_id, "payout").exists(),
        ~_posted(organisation_id, "reversal").exists(),
    )


def _posted(organisation_id: uuid.UUID, kind: str) -> Select[int]:
    return select(literal(1)).where(
        LedgerEntry.organisation_id == organisation_id, LedgerEntry.kind == kind, LedgerEntry.source_id == Payout.id
    )
