"""Money that moved: payments, refunds, the ledger and receipts, and cases in which a person has to decide."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from banksia.foundation.payments.models.states import (
    EntryKind,
    Method,
    RefundState,
    Resolution,
    ReviewKind,
    quoted,
)
from banksia.kit.models import Base, OrganisationOwned


class Payment(OrganisationOwned, Base):
    """Money that was captured, by card or over the counter. Never a card number: only references."""

    __tablename__ = "payments"
    __table_args__ = (
        Index("ix_payments_payable", "organisation_id", "payable_id"),
        Index("uq_payments_attempt", "organisation_id", "attempt_id", unique=True),
        Index("ix_payments_session", "organisation_id", "till_session_id"),
        Index("ix_payments_received", "organisation_id", "received_at"),
        CheckConstraint(f"method IN ({quoted(Method)})", name="method"),
        CheckConstraint("amount_cents > 0", name="amount"),
        CheckConstraint("method <> 'cash' OR tendered_cents = amount_cents + change_cents", name="change"),
        CheckConstraint("change_cents >= 0", name="change_not_negative"),
        CheckConstraint("surcharge_cents >= 0 AND surcharge_cents < amount_cents", name="surcharge"),
        CheckConstraint("(method = 'account') = (account_id IS NOT NULL)", name="account"),
        CheckConstraint("dishonoured_at IS NULL OR (method = 'cheque' AND NOT applied)", name="dishonoured"),
    )

    payable_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("payments.payables.id"))
    attempt_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("payments.attempts.id"))
    method: Mapped[str]
    amount_cents: Mapped[int] = mapped_column(BigInteger)
    applied: Mapped[bool]
    """Whether it pays its payable; a duplicate, a late or a wrong payment waits for a person."""
    provider: Mapped[str | None]
    provider_payment_id: Mapped[str | None]
    reference: Mapped[str | None]
    """The terminal's reference, or the number of the cheque."""
    drawer: Mapped[str | None]
    tendered_cents: Mapped[int | None] = mapped_column(BigInteger)
    change_cents: Mapped[int] = mapped_column(BigInteger, default=0)
    surcharge_cents: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    """What of the amount is for the way it was paid; it pays nothing that is owed."""
    account_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("payments.accounts.id"))
    till_session_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("payments.till_sessions.id"))
    cashier_id: Mapped[uuid.UUID | None]
    cashier_name: Mapped[str | None]
    received_at: Mapped[datetime]
    dishonoured_at: Mapped[datetime | None]
    dishonoured_reason: Mapped[str | None]


class Refund(OrganisationOwned, Base):
    """Money going back. The database refuses refunds that sum to more than was captured (`refund_within_capture`)."""

    __tablename__ = "refunds"
    __table_args__ = (
        Index("ix_refunds_payable", "organisation_id", "payable_id"),
        Index("ix_refunds_payment", "organisation_id", "payment_id"),
        Index("ix_refunds_state", "organisation_id", "state", "id"),
        Index("ix_refunds_latest", "organisation_id", "id"),
        CheckConstraint(f"state IN ({quoted(RefundState)})", name="state"),
        CheckConstraint("amount_cents > 0", name="amount"),
        CheckConstraint("length(reason) > 0", name="reason"),
    )

    payable_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("payments.payables.id"))
    payment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("payments.payments.id"))
    review_case_id: Mapped[uuid.UUID | None]
    amount_cents: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str]
    reason: Mapped[str]
    method: Mapped[str]
    reference: Mapped[str | None]
    """Of a counter refund: the terminal's reference or the cheque's number."""
    till_session_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("payments.till_sessions.id"))
    """The till that the money came out of."""
    requested_by: Mapped[uuid.UUID | None]
    requested_by_name: Mapped[str]
    decided_by: Mapped[uuid.UUID | None]
    decided_by_name: Mapped[str | None]
    provider_refund_id: Mapped[str | None]
    failure: Mapped[str | None]
    finished_at: Mapped[datetime | None]


class LedgerEntry(OrganisationOwned, Base, append_only=True):
    """One movement of money, plus in, minus out. Never changed: what was wrong is reversed by another entry."""

    __tablename__ = "ledger_entries"
    __table_args__ = (
        UniqueConstraint("organisation_id", "kind", "source_id"),
        Index("ix_ledger_entries_payable", "organisation_id", "payable_id"),
        Index("ix_ledger_entries_happened", "organisation_id", "happened_at", "id"),
        Index(
            "ix_ledger_entries_account",
            *("organisation_id", "account_id", "happened_at", "id"),
            postgresql_where=text("account_id IS NOT NULL"),
        ),
        Index("ix_ledger_entries_provider", "organisation_id", "provider_id"),
        Index("ix_ledger_entries_kind", "organisation_id", "kind", "happened_at", "id"),
        Index("ix_ledger_entries_method", "organisation_id", "method", "happened_at", "id"),
        Index("ix_ledger_entries_reference", "organisation_id", "reference", "happened_at", "id"),
        CheckConstraint(f"kind IN ({quoted(EntryKind)})", name="kind"),
    )

    kind: Mapped[str]
    source_id: Mapped[uuid.UUID]
    """The payment's, refund's, dispute's, payout's or account payment's id: each causes one entry of a kind."""
    account_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("payments.accounts.id"))
    payable_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("payments.payables.id"))
    amount_cents: Mapped[int] = mapped_column(BigInteger)
    method: Mapped[str]
    reference: Mapped[str]
    provider_id: Mapped[str | None]
    happened_at: Mapped[datetime]
    recorded_by: Mapped[str]


class ReceiptCounter(Base):
    """The last receipt number of an organisation; locked as one of the last statements of a transaction."""

    __tablename__ = "receipt_counters"

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.organisations.id"), primary_key=True)
    last_number: Mapped[int] = mapped_column(BigInteger)


class Receipt(OrganisationOwned, Base, append_only=True):
    """What the payer gets: numbered without gaps, and never changed."""

    __tablename__ = "receipts"
    __table_args__ = (
        UniqueConstraint("organisation_id", "number"),
        UniqueConstraint("organisation_id", "payable_id", "part"),
        UniqueConstraint("organisation_id", "account_payment_id"),
        CheckConstraint("num_nonnulls(payable_id, account_payment_id) = 1", name="subject"),
    )

    payable_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("payments.payables.id"))
    part: Mapped[int] = mapped_column(default=1, server_default="1")
    """A payable that a dishonoured cheque has reopened gets a second receipt when it is paid again."""
    account_payment_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("payments.account_payments.id"))
    number: Mapped[int] = mapped_column(BigInteger)
    is_tax_invoice: Mapped[bool]
    total_cents: Mapped[int] = mapped_column(BigInteger)
    gst_cents: Mapped[int] = mapped_column(BigInteger)
    access_token: Mapped[str]
    """Whoever holds the link may read this receipt."""
    snapshot: Mapped[dict[str, Any]]
    """All that is printed on it, as it was."""
    issued_at: Mapped[datetime]


class ReceiptDocument(OrganisationOwned, Base, append_only=True):
    """The PDF of a receipt."""

    __tablename__ = "receipt_documents"
    __table_args__ = (UniqueConstraint("organisation_id", "receipt_id"),)

    receipt_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("payments.receipts.id"))
    object_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("storage.objects.id"))


class ReviewCase(OrganisationOwned, Base):
    """Money that does not match: a person decides, with the evidence before them."""

    __tablename__ = "review_cases"
    __table_args__ = (
        UniqueConstraint("organisation_id", "kind", "source_id"),
        Index("ix_review_cases_latest", "organisation_id", "id"),
        Index("ix_review_cases_open", "organisation_id", "id", postgresql_where=text("resolved_at IS NULL")),
        CheckConstraint(f"kind IN ({quoted(ReviewKind)})", name="kind"),
        CheckConstraint(f"resolution IS NULL OR resolution IN ({quoted(Resolution)})", name="resolution"),
    )

    kind: Mapped[str]
    source_id: Mapped[uuid.UUID]
    """The attempt, refund, dispute, provider's transaction or ledger entry that raised it."""
    payable_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("payments.payables.id"))
    payment_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("payments.payments.id"))
    evidence: Mapped[dict[str, Any]]
    resolution: Mapped[str | None]
    resolution_reason: Mapped[str | None]
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[uuid.UUID | None]
    resolved_by_name: Mapped[str | None]
