"""Events that are sent to a remote module, and those that it sent."""

import uuid
from datetime import datetime
from typing import Literal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from banksia.kit.clock import utc_now
from banksia.kit.models import NAMES_NO_OBJECT, Base, OrganisationOwned

DeliveryStatus = Literal["pending", "delivered", "dead"]


class Delivery(OrganisationOwned, Base):
    """One event to one module, and what became of it."""

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("organisation_id", "connection_id", "event_id"),
        Index(None, "organisation_id", "connection_id", "id"),
        Index(None, "organisation_id", "created_at"),
        Index(
            "ix_deliveries_due",
            *("organisation_id", "connection_id", "next_attempt_at"),
            postgresql_where=text("status = 'pending'"),
        ),
        Index("ix_deliveries_dead", "organisation_id", "id", postgresql_where=text("status = 'dead'")),
        CheckConstraint("status IN ('pending', 'delivered', 'dead')", name="status"),
    )

    connection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("connections.connections.id"))
    event: Mapped[str]
    event_id: Mapped[uuid.UUID]
    """The event that it tells of: one delivery to each module, however often its listener runs."""
    body: Mapped[str] = mapped_column(info=NAMES_NO_OBJECT)
    """The bytes that are signed: kept, so that a repeat is the same message."""
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


class ReceivedEvent(OrganisationOwned, Base):
    """One event that a module sent; its key makes a repeat harmless."""

    __tablename__ = "received_events"
    __table_args__ = (
        UniqueConstraint("organisation_id", "connection_id", "idempotency_key"),
        Index(None, "organisation_id", "created_at"),
    )

    connection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("connections.connections.id"))
    idempotency_key: Mapped[str]
    event: Mapped[str]
    body: Mapped[str]
