"""Orders, their lines, and how each came to be where it is."""

import uuid
from datetime import date, datetime, time
from typing import Any, Literal, get_args

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from banksia.foundation.payments.public import GstTreatment
from banksia.kit.models import Base, OrganisationOwned

LineState = Literal[
    "awaiting_payment",
    "queued",
    "assigned",
    "drafted",
    "to_check",
    "checked",
    "on_hold",
    "issued",
    "cannot_issue",
    "cancelled",
]
Channel = Literal["online", "counter"]
ReplacedBecause = Literal["mistake", "facts_changed", "asked", "other"]
"""Why a certificate is replaced, as the public may know it."""
STATES: tuple[LineState, ...] = get_args(LineState)
OPEN_STATES: tuple[LineState, ...] = ("queued", "assigned", "drafted", "to_check", "checked", "on_hold")
FINISHED_STATES: tuple[LineState, ...] = ("issued", "cannot_issue", "cancelled")
ENDED_WITHOUT: tuple[LineState, ...] = ("cannot_issue", "cancelled")
"""Where a line ends without a certificate."""


def _one_of(column: str, values: tuple[LineState, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


OPEN = _one_of("state", OPEN_STATES)
ISSUED = "state = 'issued'"
UNFINISHED = _one_of("state NOT", FINISHED_STATES)
TO_HAND_OVER = "state = 'issued' AND collects AND collected_at IS NULL"
ENDS = _one_of("to_state", ENDED_WITHOUT)


class Order(OrganisationOwned, Base):
    """What one customer asked for at one time. Whether it is paid is read from payments, never kept here."""

    __tablename__ = "orders"
    __table_args__ = (
        UniqueConstraint("organisation_id", "number"),
        Index(None, "organisation_id", "created_at", "id"),
        Index(None, "organisation_id", "customer_id", "created_at", "id"),
        Index(
            "ix_orders_firm", "organisation_id", "firm_id", "created_at", "id", postgresql_where="firm_id IS NOT NULL"
        ),
        Index(None, "organisation_id", "contact_email", "created_at", "id", postgresql_where="customer_id IS NULL"),
        Index(
            "ix_orders_mail_bounced",
            "organisation_id",
            "created_at",
            "id",
            postgresql_where="mail_bounced_at IS NOT NULL",
        ),
        CheckConstraint("channel IN ('online', 'counter')", name="channel"),
        CheckConstraint("total_cents >= 0", name="total_cents"),
        CheckConstraint("kept_cents >= 0", name="kept_cents"),
    )

    number: Mapped[str]
    channel: Mapped[Channel] = mapped_column(Text)
    customer_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("auth.users.id"))
    firm_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("auth.firms.id"))
    """The firm that it is for: who belongs to it then sees it, and nobody else of the customers does."""
    firm_name: Mapped[str | None]
    """What the firm was called when it ordered."""
    placed_by_name: Mapped[str | None]
    """What the account was called with which it was placed; none for guests and at the counter."""
    lodged_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("auth.users.id"))
    lodged_by_name: Mapped[str | None]
    contact_name: Mapped[str]
    contact_email: Mapped[str | None]
    """In lower case, so that an account finds the orders of its address."""
    contact_phone: Mapped[str | None]
    reference: Mapped[str | None]
    """The customer's own matter number."""
    total_cents: Mapped[int]
    due_on: Mapped[date]
    queued_at: Mapped[datetime | None]
    """When payment was heard of and work could begin."""
    cancelled_at: Mapped[datetime | None]
    cancelled_by_name: Mapped[str | None]
    cancel_reason: Mapped[str | None]
    kept_cents: Mapped[int | None]
    """What council kept of the payment when a paid order was cancelled; null while none was."""
    customer_wrote_at: Mapped[datetime | None]
    """When the customer wrote last, while council has not answered."""
    mail_bounced_at: Mapped[datetime | None]
    """When a mail about it came back, while nobody has sent it again or told the customer another way."""

    lines: Mapped[list["OrderLine"]] = relationship(back_populates="order", order_by="OrderLine.position")

    @property
    def payable(self) -> tuple[str, uuid.UUID]:
        """What payments knows this order by."""
        return ("certificates.order", self.id)


class OrderLine(OrganisationOwned, Base):
    """One certificate for one parcel, with the property, product and fee as they were when it was ordered."""

    __tablename__ = "order_lines"
    __table_args__ = (
        UniqueConstraint("organisation_id", "order_id", "position"),
        Index("ix_order_lines_open_due", "organisation_id", "due_on", "id", postgresql_where=OPEN),
        Index("ix_order_lines_open_mine", "organisation_id", "assigned_to_id", "due_on", "id", postgresql_where=OPEN),
        Index("ix_order_lines_open_state", "organisation_id", "state", "id", postgresql_where=OPEN),
        Index("ix_order_lines_open_address", "organisation_id", "address", "id", postgresql_where=OPEN),
        Index("ix_order_lines_open_product", "organisation_id", "product_code", "id", postgresql_where=OPEN),
        Index("ix_order_lines_open_number", "organisation_id", "order_number", "id", postgresql_where=OPEN),
        Index("ix_order_lines_unfinished", "organisation_id", "order_id", postgresql_where=UNFINISHED),
        Index("ix_order_lines_issued", "organisation_id", "issued_at", "id", postgresql_where=ISSUED),
        Index("ix_order_lines_issued_address", "organisation_id", "address", "id", postgresql_where=ISSUED),
        Index("ix_order_lines_issued_product", "organisation_id", "product_code", "id", postgresql_where=ISSUED),
        Index("ix_order_lines_issued_number", "organisation_id", "order_number", "id", postgresql_where=ISSUED),
        Index(None, "organisation_id", "property_id", "id"),
        Index("ix_order_lines_to_hand_over", "organisation_id", "issued_at", "id", postgresql_where=TO_HAND_OVER),
        Index(
            "ix_order_lines_placed",
            "organisation_id",
            "created_at",
            postgresql_include=["product_code", "position"],
        ),
        CheckConstraint(_one_of("state", STATES), name="state"),
        CheckConstraint("fee_cents >= 0 AND urgent_fee_cents >= 0 AND gst_cents >= 0", name="not_negative"),
    )

    order_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("certificates.orders.id"))
    position: Mapped[int]
    order_number: Mapped[str]
    product_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("certificates.products.id"))
    product_code: Mapped[str]
    product_snapshot: Mapped[dict[str, Any]]
    """Title, law, template, number prefix, turnaround and cut-off as sold."""
    fee_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("certificates.product_fees.id"))
    fee_cents: Mapped[int]
    urgent_fee_cents: Mapped[int]
    gst_cents: Mapped[int]
    gst_treatment: Mapped[GstTreatment] = mapped_column(Text)
    gl_code: Mapped[str]
    urgent: Mapped[bool]
    property_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("property.properties.id"))
    parcel: Mapped[str]
    """As the land register writes it: `2/2/DP2288`."""
    property_snapshot: Mapped[dict[str, Any]]
    address: Mapped[str]
    """The property's address at the time, or its parcel in words when it has none."""
    turnaround_days: Mapped[int]
    due_on: Mapped[date]
    state: Mapped[LineState] = mapped_column(Text)
    assigned_to_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("auth.users.id"))
    queued_at: Mapped[datetime | None]
    issued_at: Mapped[datetime | None]
    held_days_left: Mapped[int | None]
    """Working days that were left when the clock stopped; negative when it was late already."""
    held_from_state: Mapped[LineState | None] = mapped_column(Text)
    reason: Mapped[str | None]
    """What council asks the customer while on hold, why it cannot issue, or why a checking officer sent it back."""
    checked_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("auth.users.id"))
    checked_by_name: Mapped[str | None]
    checked_sha256: Mapped[str | None]
    """Of everything that the certificate said when it was checked, so that nothing else is issued."""
    replaced_because: Mapped[ReplacedBecause | None] = mapped_column(Text)
    """Why its certificate is being replaced; the one that replaces it keeps the reason."""
    collects: Mapped[bool] = mapped_column(default=False)
    """Whether the customer collects it on paper at the counter."""
    collected_at: Mapped[datetime | None]
    """When the certificate that is in force was handed over."""

    override_reason: Mapped[str | None]
    """Why staff ordered it for a parcel that was historic."""

    order: Mapped[Order] = relationship(back_populates="lines")

    @property
    def total_cents(self) -> int:
        """The fee with urgency, GST included."""
        return self.fee_cents + self.urgent_fee_cents

    @property
    def cut_off(self) -> time:
        """The council's local time until which a payment counted as of that day, as sold."""
        return time.fromisoformat(self.product_snapshot["cut_off"])

    @property
    def needs_check(self) -> bool:
        """Whether a second officer must have looked at it before it is issued, as sold."""
        return bool(self.product_snapshot.get("needs_check", False))

    @property
    def parcel_title(self) -> str:
        """The parcel in words, as it was: `Lot 2 Section 2 DP 2288`."""
        return str(self.property_snapshot["parcel"]["title"])

    @property
    def product_title(self) -> str:
        """The product's title as sold."""
        return str(self.product_snapshot["title"])


class LineTransition(OrganisationOwned, Base, append_only=True):
    """One step of a line from state to state: who, when and why. Never changed."""

    __tablename__ = "line_transitions"
    __table_args__ = (
        Index(None, "organisation_id", "order_id", "id"),
        Index("ix_line_transitions_ended", "organisation_id", "created_at", postgresql_where=ENDS),
    )

    order_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("certificates.orders.id"))
    line_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("certificates.order_lines.id"))
    from_state: Mapped[LineState] = mapped_column(Text)
    to_state: Mapped[LineState] = mapped_column(Text)
    actor_id: Mapped[uuid.UUID | None]
    actor_name: Mapped[str]
    note: Mapped[str | None]


class LineTerm(OrganisationOwned, Base):
    """A word that finds a line. Prefixes are ranges under the C collation, which row-level security can index."""

    __tablename__ = "line_terms"
    __table_args__ = (
        UniqueConstraint("organisation_id", "term", "line_id"),
        Index(None, "organisation_id", "line_id", "term"),
    )

    line_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("certificates.order_lines.id", ondelete="CASCADE"))
    term: Mapped[str] = mapped_column(Text(collation="C"))


class OrderToken(OrganisationOwned, Base):
    """A key that opens one order without signing in; only its SHA-256 is kept. Each message carries one of its own."""

    __tablename__ = "order_tokens"
    __table_args__ = (
        UniqueConstraint("organisation_id", "token_sha256"),
        Index(None, "organisation_id", "order_id"),
    )

    order_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("certificates.orders.id"))
    token_sha256: Mapped[str]
    purpose: Mapped[str]
    mail_id: Mapped[uuid.UUID | None]
    """The mail that carries it."""
    opened_at: Mapped[datetime | None]
    """When it first opened the order."""
    ended_at: Mapped[datetime | None]
    """When it stopped opening the order: its mail went to an address that is not the customer's any more."""


class PlacementKey(OrganisationOwned, Base):
    """An Idempotency-Key and the order it made, so that a request sent twice makes one order."""

    __tablename__ = "placement_keys"
    __table_args__ = (UniqueConstraint("organisation_id", "key_sha256"),)

    key_sha256: Mapped[str]
    body_sha256: Mapped[str]
    order_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("certificates.orders.id"))


class NumberSeries(OrganisationOwned, Base):
    """The last number given in one series of one year: orders, or the certificates of one prefix."""

    __tablename__ = "number_series"
    __table_args__ = (UniqueConstraint("organisation_id", "series", "year"),)

    series: Mapped[str]
    year: Mapped[int]
    last_number: Mapped[int]
