"""What remote modules call back with and for: their tokens, what they raised, kept and asked to be reminded of."""

import uuid
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from banksia.kit.models import NAMES_NO_OBJECT, Base, OrganisationOwned

ReminderState = Literal["waiting", "told", "cancelled"]


class AccessToken(OrganisationOwned, Base):
    """What a module calls with for five minutes, for itself or for the person who had called it."""

    __tablename__ = "access_tokens"
    __table_args__ = (
        UniqueConstraint("organisation_id", "token_hash"),
        Index(None, "organisation_id", "expires_at"),
    )

    connection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("connections.connections.id"))
    token_hash: Mapped[str]
    user_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("auth.users.id"))
    """For whom it acts; without one it acts for itself."""
    lends_permissions: Mapped[bool]
    """Not when the person had called through software with fewer rights than their own."""
    expires_at: Mapped[datetime]


class RaisedPayment(OrganisationOwned, Base):
    """Something owed that a module raised; its key makes a repeat harmless."""

    __tablename__ = "raised_payments"
    __table_args__ = (
        UniqueConstraint("organisation_id", "connection_id", "idempotency_key"),
        UniqueConstraint("organisation_id", "kind", "subject_id"),
        Index("ix_raised_payments_subject", "organisation_id", "connection_id", "subject_id", unique=True),
    )

    connection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("connections.connections.id"))
    kind: Mapped[str]
    subject_id: Mapped[uuid.UUID]
    """What the module calls it, by which events tell of it; the payable has the same name."""
    idempotency_key: Mapped[str]
    request_sha256: Mapped[str]
    """Of what was asked for, so that one key does not stand for two things."""


class KeptObject(OrganisationOwned, Base):
    """A file that a module keeps with the council; nobody but it reads it through the door."""

    __tablename__ = "kept_objects"
    __table_args__ = (Index("ix_kept_objects_connection", "organisation_id", "connection_id", "id"),)

    connection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("connections.connections.id"))
    object_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("storage.objects.id"))
    file_name: Mapped[str]


class Reminder(OrganisationOwned, Base):
    """A moment at which a module wants to be told something that it said itself."""

    __tablename__ = "reminders"
    __table_args__ = (
        UniqueConstraint("organisation_id", "connection_id", "idempotency_key"),
        Index("ix_reminders_state", "organisation_id", "connection_id", "state", "due_at"),
        Index("ix_reminders_old", "organisation_id", "due_at"),
        CheckConstraint("state IN ('waiting', 'told', 'cancelled')", name="state"),
    )

    connection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("connections.connections.id"))
    idempotency_key: Mapped[str]
    due_at: Mapped[datetime]
    data: Mapped[dict[str, Any]] = mapped_column(info=NAMES_NO_OBJECT)
    state: Mapped[ReminderState] = mapped_column(Text, default="waiting")
