"""What is owed: a payable and its lines, written before anyone is sent to pay."""

import secrets
import uuid
from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from banksia.foundation.payments.models.states import Money, quoted
from banksia.kit.models import Base, OrganisationOwned


def _new_token() -> str:
    return secrets.token_urlsafe(24)


class PayableLine(OrganisationOwned, Base, append_only=True):
    """One line of what is owed: price and GST as they were when it was raised, in cents for the whole line."""

    __tablename__ = "payable_lines"
    __table_args__ = (
        UniqueConstraint("organisation_id", "payable_id", "position"),
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("amount_cents >= 0", name="amount"),
        CheckConstraint("gst_treatment IN ('taxable', 'exempt', 'out_of_scope')", name="gst_treatment"),
        # Prices include GST, so the tax in a taxable line is one eleventh, rounded once, here and nowhere else.
        CheckConstraint(
            "gst_cents = CASE WHEN gst_treatment = 'taxable' THEN round(amount_cents / 11.0) ELSE 0 END", name="gst"
        ),
    )

    payable_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("payments.payables.id"))
    position: Mapped[int]
    description: Mapped[str]
    quantity: Mapped[int] = mapped_column(default=1)
    amount_cents: Mapped[int] = mapped_column(BigInteger)
    gst_cents: Mapped[int] = mapped_column(BigInteger)
    gst_treatment: Mapped[str]
    gl_code: Mapped[str]


class Payable(OrganisationOwned, Base):
    """Something that a workflow has asked to be paid: (kind, subject_id) names it in the workflow's own words."""

    __tablename__ = "payables"
    __table_args__ = (
        UniqueConstraint("organisation_id", "kind", "subject_id"),
        Index("ix_payables_state", "organisation_id", "state", "id"),
        Index("uq_payables_pay_token", "organisation_id", "pay_token", unique=True),
        CheckConstraint(f"state IN ({quoted(Money)})", name="state"),
        CheckConstraint("total_cents > 0", name="total"),
        CheckConstraint("gst_cents BETWEEN 0 AND total_cents", name="gst"),
        CheckConstraint("currency = 'aud'", name="currency"),
    )

    kind: Mapped[str]
    subject_id: Mapped[uuid.UUID]
    title: Mapped[str]
    reference: Mapped[str]
    """What people call it: an order number."""
    payer_name: Mapped[str] = mapped_column(default="")
    payer_email: Mapped[str | None]
    payer_reference: Mapped[str | None]
    """The payer's own number for it, a matter: printed on the receipt, told to nobody else."""
    return_path: Mapped[str]
    """Where the payer comes back to, on the council's host."""
    staff_path: Mapped[str | None]
    """Where staff find what is sold, on the council's host."""
    mail_link: Mapped[str]
    """The link in the receipt's mail; it may carry a key to the order that the return path does not."""
    pay_token: Mapped[str | None] = mapped_column(default=_new_token)
    """Whoever holds the link with it may see what is owed and pay it, and no more; older payables have none."""
    currency: Mapped[str] = mapped_column(default="aud")
    total_cents: Mapped[int] = mapped_column(BigInteger)
    gst_cents: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(default=Money.AWAITING_PAYMENT.value)
    settled_at: Mapped[datetime | None]
    counter_lock: Mapped[uuid.UUID | None]
    """Set while a clerk takes the money: nothing online may start."""
    counter_locked_at: Mapped[datetime | None]

    lines: Mapped[list[PayableLine]] = relationship(order_by=PayableLine.position, lazy="selectin")

    @property
    def ref(self) -> tuple[str, uuid.UUID]:
        """The name that the workflow gave it."""
        return self.kind, self.subject_id


Index(
    "ix_payables_counter_locked",
    Payable.organisation_id,
    Payable.counter_locked_at,
    postgresql_where=text("counter_lock IS NOT NULL"),
)
