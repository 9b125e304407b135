"""Tills: where a clerk's takings lie from the float in the morning to the bag for the bank."""

import uuid
from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from banksia.foundation.payments.models.states import CounterMethod, TillState, quoted
from banksia.kit.models import Base, OrganisationOwned


class Location(OrganisationOwned, Base):
    """A counter of the council."""

    __tablename__ = "locations"
    __table_args__ = (UniqueConstraint("organisation_id", "name"),)

    name: Mapped[str]
    closed_at: Mapped[datetime | None]


class Till(OrganisationOwned, Base):
    """A drawer at a location."""

    __tablename__ = "tills"
    __table_args__ = (UniqueConstraint("organisation_id", "location_id", "name"),)

    location_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("payments.locations.id"))
    name: Mapped[str]
    closed_at: Mapped[datetime | None]


class Banking(OrganisationOwned, Base, append_only=True):
    """One bag taken to the bank: the cash and the cheques of closed tills."""

    __tablename__ = "bankings"
    __table_args__ = (
        Index("ix_bankings_latest", "organisation_id", "id"),
        CheckConstraint("cash_cents >= 0 AND cheque_cents >= 0", name="amounts"),
    )

    location_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("payments.locations.id"))
    reference: Mapped[str]
    """The number of the bag or of the deposit slip."""
    cash_cents: Mapped[int] = mapped_column(BigInteger)
    """What was counted, without the floats."""
    cheque_cents: Mapped[int] = mapped_column(BigInteger)
    banked_by: Mapped[uuid.UUID | None]
    banked_by_name: Mapped[str]
    banked_at: Mapped[datetime]


class TillSession(OrganisationOwned, Base):
    """A clerk's time at a till, from opening it with a float to closing it with a count."""

    __tablename__ = "till_sessions"
    __table_args__ = (
        Index(
            "uq_till_sessions_open_till",
            *("organisation_id", "till_id"),
            unique=True,
            postgresql_where=text("state = 'open'"),
        ),
        Index(
            "uq_till_sessions_open_cashier",
            *("organisation_id", "cashier_id"),
            unique=True,
            postgresql_where=text("state = 'open'"),
        ),
        Index("ix_till_sessions_latest", "organisation_id", "id"),
        Index(
            "ix_till_sessions_unbanked",
            *("organisation_id", "id"),
            postgresql_where=text("state = 'closed' AND banking_id IS NULL"),
        ),
        CheckConstraint(f"state IN ({quoted(TillState)})", name="state"),
        CheckConstraint("float_cents >= 0", name="float"),
        CheckConstraint(
            "state <> 'closed' OR variance_cents = 0 OR length(variance_reason) > 0", name="variance_has_a_reason"
        ),
    )

    till_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("payments.tills.id"))
    cashier_id: Mapped[uuid.UUID]
    cashier_name: Mapped[str]
    state: Mapped[str] = mapped_column(default=TillState.OPEN.value)
    float_cents: Mapped[int] = mapped_column(BigInteger)
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[uuid.UUID | None]
    closed_by_name: Mapped[str | None]
    variance_cents: Mapped[int | None] = mapped_column(BigInteger)
    """Counted less expected, over all methods."""
    variance_reason: Mapped[str | None]
    banking_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("payments.bankings.id"))


class TillCount(OrganisationOwned, Base, append_only=True):
    """What a clerk counted of one method when closing, beside what should have been there."""

    __tablename__ = "till_counts"
    __table_args__ = (
        UniqueConstraint("organisation_id", "session_id", "method"),
        CheckConstraint(f"method IN ({quoted(CounterMethod)})", name="method"),
        CheckConstraint("counted_cents >= 0", name="counted"),
    )

    session_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("payments.till_sessions.id"))
    method: Mapped[str]
    expected_cents: Mapped[int] = mapped_column(BigInteger)
    """Of cash with the float in it."""
    counted_cents: Mapped[int] = mapped_column(BigInteger)
