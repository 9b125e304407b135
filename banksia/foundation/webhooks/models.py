"""Where customers want to be told, and each thing that they were told."""

import uuid
from datetime import datetime
from typing import Literal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from banksia.kit.clock import utc_now
from banksia.kit.models import Base, OrganisationOwned

DeliveryStatus = Literal["pending", "delivered", "failed"]
EndpointState = Literal["active", "paused", "disabled"]


class Endpoint(OrganisationOwned, Base):
    """An address of one customer's software."""

    __tablename__ = "endpoints"
    __table_args__ = (Index("ix_endpoints_user", "organisation_id", "user_id", "id"),)

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("auth.users.id"))
    url: Mapped[str]
    types: Mapped[list[str]]
    """What it wants to be told of: names that modules give in their manifest."""
    sealed_secret: Mapped[str]
    """Signs what is sent, so it has to be read again; sealed with the installation's secret."""
    sealed_old_secret: Mapped[str | None]
    old_secret_until: Mapped[datetime | None]
    """Until then the old secret signs along, so that a receiver can change over in its own time."""
    paused_at: Mapped[datetime | None]
    """By the customer."""
    disabled_at: Mapped[datetime | None]
    """By us, after days of failing."""
    failing_since: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]

    @property
    def state(self) -> EndpointState:
        """Whether it is told, and if not, who decided so."""
        if self.disabled_at is not None:
            return "disabled"
        return "active" if self.paused_at is None else "paused"


class Delivery(OrganisationOwned, Base):
    """One message to one endpoint, and what became of it."""

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("organisation_id", "endpoint_id", "dedupe_key"),
        Index(None, "organisation_id", "endpoint_id", "id"),
        Index(None, "organisation_id", "created_at"),
        CheckConstraint("status IN ('pending', 'delivered', 'failed')", name="status"),
    )

    endpoint_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("webhooks.endpoints.id"))
    type: Mapped[str]
    body: Mapped[str]
    """The bytes that are signed: kept, so that a repeat is the same message."""
    dedupe_key: Mapped[str | None]
    status: Mapped[DeliveryStatus] = mapped_column(Text, default="pending")
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime | None] = mapped_column(default=utc_now)
    attempted_at: Mapped[datetime | None]
    response_status: Mapped[int | None]
    response_text: Mapped[str] = mapped_column(default="")
    response_milliseconds: Mapped[int | None]
    error: Mapped[str | None]

    @property
    def message_id(self) -> str:
        """What the receiver tells repeats by: the same each time that this message is sent."""
        return f"msg_{self.id.hex}"
