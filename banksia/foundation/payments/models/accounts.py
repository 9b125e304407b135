"""Accounts: firms that order now and pay a statement later."""

import uuid
from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from banksia.foundation.payments.models.states import AccountMethod, quoted
from banksia.kit.models import Base, OrganisationOwned


class Account(OrganisationOwned, Base):
    """A firm that the council lets buy on account. What it owes is derived from the ledger."""

    __tablename__ = "accounts"
    __table_args__ = (
        UniqueConstraint("organisation_id", "code"),
        CheckConstraint("credit_limit_cents >= 0", name="credit_limit"),
        CheckConstraint("terms_days BETWEEN 0 AND 365", name="terms"),
    )

    code: Mapped[str]
    """What the finance system calls it: a debtor number."""
    name: Mapped[str]
    email: Mapped[str | None]
    postal_address: Mapped[str | None]
    credit_limit_cents: Mapped[int] = mapped_column(BigInteger)
    terms_days: Mapped[int]
    closed_at: Mapped[datetime | None]


class AccountPayment(OrganisationOwned, Base):
    """Money that a firm paid towards its account."""

    __tablename__ = "account_payments"
    __table_args__ = (
        Index("ix_account_payments_account", "organisation_id", "account_id", "id"),
        Index("ix_account_payments_session", "organisation_id", "till_session_id"),
        CheckConstraint(f"method IN ({quoted(AccountMethod)})", name="method"),
        CheckConstraint("amount_cents > 0", name="amount"),
        CheckConstraint("change_cents >= 0", name="change_not_negative"),
    )

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("payments.accounts.id"))
    method: Mapped[str]
    amount_cents: Mapped[int] = mapped_column(BigInteger)
    reference: Mapped[str | None]
    drawer: Mapped[str | None]
    tendered_cents: Mapped[int | None] = mapped_column(BigInteger)
    change_cents: Mapped[int] = mapped_column(BigInteger, default=0)
    till_session_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("payments.till_sessions.id"))
    cashier_id: Mapped[uuid.UUID | None]
    cashier_name: Mapped[str | None]
    received_at: Mapped[datetime]
    dishonoured_at: Mapped[datetime | None]
    dishonoured_reason: Mapped[str | None]
