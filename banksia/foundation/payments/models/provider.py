"""The provider's side: a council's keys, disputes, payouts, and its own list of what moved."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from banksia.foundation.payments.models.states import DisputeState, RunState, quoted
from banksia.kit.models import Base, OrganisationOwned


class ProviderAccount(OrganisationOwned, Base):
    """A council's own keys; sealed with the installation's secret, and never shown again."""

    __tablename__ = "provider_accounts"
    __table_args__ = (UniqueConstraint("organisation_id", "provider"),)

    provider: Mapped[str]
    sealed_key: Mapped[str]
    sealed_webhook_secrets: Mapped[list[str]]
    """The one in use first; while they rotate, the one before it second."""
    key_hint: Mapped[str]
    """The key's last four characters."""
    account: Mapped[str]
    """What the provider calls the account that the key belongs to."""
    livemode: Mapped[bool]
    tested_at: Mapped[datetime]
    set_by_name: Mapped[str]


class Dispute(OrganisationOwned, Base):
    """A payer's bank wants a payment back."""

    __tablename__ = "disputes"
    __table_args__ = (
        UniqueConstraint("organisation_id", "provider", "provider_dispute_id"),
        Index("ix_disputes_payment", "organisation_id", "payment_id"),
        Index("ix_disputes_payable", "organisation_id", "payable_id"),
        Index("ix_disputes_latest", "organisation_id", "id"),
        CheckConstraint(f"state IN ({quoted(DisputeState)})", name="state"),
        CheckConstraint("amount_cents > 0", name="amount"),
    )

    payable_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("payments.payables.id"))
    payment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("payments.payments.id"))
    provider: Mapped[str]
    provider_dispute_id: Mapped[str]
    state: Mapped[str]
    amount_cents: Mapped[int] = mapped_column(BigInteger)
    reason: Mapped[str]
    """The bank's word: `fraudulent`, `product_not_received`, ..."""
    evidence_due_at: Mapped[datetime | None]
    evidence: Mapped[dict[str, Any]]
    """What we can show: who ordered, paid and downloaded what, and when."""
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class Payout(OrganisationOwned, Base):
    """Money that the provider sent to the council's bank."""

    __tablename__ = "payouts"
    __table_args__ = (
        UniqueConstraint("organisation_id", "provider", "payout_id"),
        Index("ix_payouts_latest", "organisation_id", "arrives_on", "id"),
    )

    provider: Mapped[str]
    payout_id: Mapped[str]
    amount_cents: Mapped[int] = mapped_column(BigInteger)
    status: Mapped[str]
    arrives_on: Mapped[date]


class ProviderTransaction(OrganisationOwned, Base):
    """One movement in the provider's own books, and the entry of ours that it belongs to."""

    __tablename__ = "provider_transactions"
    __table_args__ = (
        UniqueConstraint("organisation_id", "provider", "transaction_id"),
        Index("ix_provider_transactions_source", "organisation_id", "provider", "source"),
        Index("ix_provider_transactions_payout", "organisation_id", "payout_id"),
        Index(
            "ix_provider_transactions_unmatched",
            *("organisation_id", "id"),
            postgresql_where=text("ledger_entry_id IS NULL"),
        ),
        Index(
            "uq_provider_transactions_entry",
            *("organisation_id", "ledger_entry_id"),
            unique=True,
            postgresql_where=text("ledger_entry_id IS NOT NULL"),
        ),
    )

    provider: Mapped[str]
    transaction_id: Mapped[str]
    kind: Mapped[str]
    """`charge`, `refund`, `dispute`, `reversal`, `payout`, or the provider's own word for something else."""
    amount_cents: Mapped[int] = mapped_column(BigInteger)
    """Plus in, minus out, before the fee."""
    fee_cents: Mapped[int] = mapped_column(BigInteger)
    source: Mapped[str]
    """The provider's id of the payment, refund, dispute or payout."""
    payout_id: Mapped[str | None]
    happened_at: Mapped[datetime]
    ledger_entry_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("payments.ledger_entries.id"))


class ReconciliationRun(OrganisationOwned, Base):
    """One comparison of our ledger with the provider's books."""

    __tablename__ = "reconciliation_runs"
    __table_args__ = (
        Index("ix_reconciliation_runs_latest", "organisation_id", "id"),
        CheckConstraint(f"state IN ({quoted(RunState)})", name="state"),
    )

    provider: Mapped[str]
    state: Mapped[str]
    listed_from: Mapped[datetime]
    listed_until: Mapped[datetime]
    counts: Mapped[dict[str, Any]]
    failure: Mapped[str | None]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
