"""Upgrades of paid certificates: what is asked for, what it costs on top, and whether it came in time."""

import uuid
from datetime import datetime
from typing import Any, Literal, get_args

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from banksia.foundation.payments.public import GstTreatment
from banksia.kit.models import Base, OrganisationOwned

UpgradeState = Literal["awaiting_payment", "done", "too_late", "cancelled"]
UPGRADE_STATES: tuple[UpgradeState, ...] = get_args(UpgradeState)


class LineUpgrade(OrganisationOwned, Base):
    """A certificate that shall be urgent, or one that contains it; the line changes only when the difference is paid.

    The difference is a payable of its own: what was owed for the order never changes.
    """

    __tablename__ = "line_upgrades"
    __table_args__ = (
        Index(
            "uq_line_upgrades_one_open",
            *("organisation_id", "line_id"),
            unique=True,
            postgresql_where="state = 'awaiting_payment'",
        ),
        Index(None, "organisation_id", "order_id", "id"),
        CheckConstraint(f"state IN ({', '.join(repr(state) for state in UPGRADE_STATES)})", name="state"),
        CheckConstraint("fee_difference_cents >= 0 AND urgent_difference_cents >= 0", name="not_negative"),
        CheckConstraint("fee_difference_cents + urgent_difference_cents > 0", name="costs_something"),
    )

    order_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("certificates.orders.id"))
    line_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("certificates.order_lines.id"))
    from_title: Mapped[str]
    product_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("certificates.products.id"))
    product_code: Mapped[str]
    product_snapshot: Mapped[dict[str, Any]]
    fee_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("certificates.product_fees.id"))
    fee_difference_cents: Mapped[int]
    urgent_difference_cents: Mapped[int]
    gst_treatment: Mapped[GstTreatment] = mapped_column(Text)
    gl_code: Mapped[str]
    urgent: Mapped[bool]
    turnaround_days: Mapped[int]
    state: Mapped[UpgradeState] = mapped_column(Text, default="awaiting_payment")
    decided_at: Mapped[datetime | None]
    """When it was paid in time, came too late, or was given up."""

    @property
    def payable(self) -> tuple[str, uuid.UUID]:
        """What payments knows the difference by."""
        return ("certificates.upgrade", self.id)

    @property
    def amount_cents(self) -> int:
        """What it costs on top, GST included."""
        return self.fee_difference_cents + self.urgent_difference_cents

    @property
    def title(self) -> str:
        """What the certificate becomes."""
        return f"{self.product_snapshot['title']}{', urgent' if self.urgent else ''}"
