"""What a finance officer keeps: codes of the general ledger, waivers, surcharges, and the checks of the books."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from banksia.foundation.payments.models.states import SurchargeMethod, WaiverState, quoted
from banksia.kit.models import Base, OrganisationOwned


class GlCode(OrganisationOwned, Base):
    """A code of the council's general ledger, with the name that people know it by."""

    __tablename__ = "gl_codes"
    __table_args__ = (UniqueConstraint("organisation_id", "code"),)

    code: Mapped[str]
    title: Mapped[str]
    closed_at: Mapped[datetime | None]


class RefundLine(OrganisationOwned, Base, append_only=True):
    """How much of a refund gives back which line; a surcharge that goes back with it belongs to none."""

    __tablename__ = "refund_lines"
    __table_args__ = (
        UniqueConstraint("organisation_id", "refund_id", "payable_line_id"),
        CheckConstraint("amount_cents > 0", name="amount"),
        CheckConstraint("gst_cents BETWEEN 0 AND amount_cents", name="gst"),
    )

    refund_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("payments.refunds.id"))
    payable_line_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("payments.payable_lines.id"))
    amount_cents: Mapped[int] = mapped_column(BigInteger)
    gst_cents: Mapped[int] = mapped_column(BigInteger)


class Waiver(OrganisationOwned, Base):
    """A fee that the council does not ask for, with the reason and the person who allowed it."""

    __tablename__ = "waivers"
    __table_args__ = (
        Index(
            "uq_waivers_one_open",
            *("organisation_id", "payable_id"),
            unique=True,
            postgresql_where=text("state = 'awaiting_approval'"),
        ),
        Index("ix_waivers_state", "organisation_id", "state", "id"),
        CheckConstraint(f"state IN ({quoted(WaiverState)})", name="state"),
        CheckConstraint("amount_cents > 0", name="amount"),
        CheckConstraint("length(reason) > 0", name="reason"),
        CheckConstraint("decided_by IS NULL OR decided_by <> requested_by", name="second_person"),
    )

    payable_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("payments.payables.id"))
    amount_cents: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(default=WaiverState.AWAITING_APPROVAL.value)
    reason: Mapped[str]
    requested_by: Mapped[uuid.UUID | None]
    requested_by_name: Mapped[str]
    decided_by: Mapped[uuid.UUID | None]
    decided_by_name: Mapped[str | None]
    decided_at: Mapped[datetime | None]


class Surcharge(OrganisationOwned, Base):
    """What a way to pay costs on top, from a day on; without a row, nothing."""

    __tablename__ = "surcharges"
    __table_args__ = (
        Index("ix_surcharges_method", "organisation_id", "method", "from_on"),
        CheckConstraint(f"method IN ({quoted(SurchargeMethod)})", name="method"),
        CheckConstraint("basis_points BETWEEN 1 AND 1000", name="basis_points"),
        CheckConstraint("until_on IS NULL OR until_on >= from_on", name="period"),
    )

    method: Mapped[str]
    basis_points: Mapped[int]
    """Hundredths of a percent: 85 is 0.85 %."""
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    """The last day on which it is charged."""
    stopped_at: Mapped[datetime | None]
    """From when it is charged no more, though its last day is not over."""


class BooksCheck(OrganisationOwned, Base):
    """How one check of the books stands; made anew on a schedule."""

    __tablename__ = "books_checks"
    __table_args__ = (UniqueConstraint("organisation_id", "name"),)

    name: Mapped[str]
    """The module's name and the check's: `payments.attempts_open_too_long`."""
    found: Mapped[int]
    """How many things fail it, counted to a hundred."""
    examples: Mapped[list[dict[str, Any]]]
    checked_at: Mapped[datetime]
    failing_since: Mapped[datetime | None]
