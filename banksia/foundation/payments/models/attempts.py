"""Online attempts to pay, and what the provider told us happened."""

import uuid
from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from banksia.foundation.payments.models.states import OPEN_ATTEMPTS, Attempt, quoted
from banksia.kit.models import Base, OrganisationOwned

_OPEN = f"state IN ({quoted(OPEN_ATTEMPTS)})"


class PaymentAttempt(OrganisationOwned, Base):
    """One page at the provider on which somebody may pay. Its id is our reference and our idempotency key there."""

    __tablename__ = "attempts"
    __table_args__ = (
        Index("uq_attempts_one_open", "organisation_id", "payable_id", unique=True, postgresql_where=text(_OPEN)),
        Index("ix_attempts_payable", "organisation_id", "payable_id"),
        Index("ix_attempts_open", "organisation_id", "asked_at", postgresql_where=text(_OPEN)),
        Index(
            "uq_attempts_checkout",
            "organisation_id",
            "provider",
            "checkout_id",
            unique=True,
            postgresql_where=text("checkout_id IS NOT NULL"),
        ),
        Index("ix_attempts_payment", "organisation_id", "provider", "provider_payment_id"),
        CheckConstraint(f"state IN ({quoted(Attempt)})", name="state"),
    )

    payable_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("payments.payables.id"))
    provider: Mapped[str]
    livemode: Mapped[bool]
    state: Mapped[str] = mapped_column(default=Attempt.CREATED.value)
    amount_cents: Mapped[int] = mapped_column(BigInteger)
    """What the payer is asked for, the surcharge included."""
    surcharge_cents: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    currency: Mapped[str]
    payee: Mapped[str]
    success_url: Mapped[str]
    cancel_url: Mapped[str]
    expires_at: Mapped[datetime]
    checkout_id: Mapped[str | None]
    url: Mapped[str | None]
    provider_payment_id: Mapped[str | None]
    decline_code: Mapped[str | None]
    failure: Mapped[str | None]
    asked_at: Mapped[datetime]
    """When the provider was last asked about it, or when it was made."""
    closed_at: Mapped[datetime | None]


class WebhookEvent(OrganisationOwned, Base):
    """One thing that the provider says happened; kept once, however often it is told."""

    __tablename__ = "webhook_events"
    __table_args__ = (
        UniqueConstraint("organisation_id", "account", "event_id"),
        Index("ix_webhook_events_unhandled", "organisation_id", "id", postgresql_where=text("handled_at IS NULL")),
    )

    provider: Mapped[str]
    account: Mapped[str]
    event_id: Mapped[str]
    type: Mapped[str]
    livemode: Mapped[bool]
    object_kind: Mapped[str]
    object_id: Mapped[str]
    reference: Mapped[str | None]
    provider_payment_id: Mapped[str | None]
    happened_at: Mapped[datetime]
    told_by: Mapped[str]
    """`webhook`, or `list` when the daily look found what a webhook never told."""
    handled_at: Mapped[datetime | None]
    outcome: Mapped[str | None]


class EventCursor(OrganisationOwned, Base):
    """How far the provider's list of events has been read."""

    __tablename__ = "event_cursors"
    __table_args__ = (UniqueConstraint("organisation_id", "provider"),)

    provider: Mapped[str]
    listed_until: Mapped[datetime]
