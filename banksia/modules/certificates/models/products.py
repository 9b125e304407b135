"""The council's catalogue: products, and their fees from one day on."""

import uuid
from datetime import date, time
from typing import Literal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from banksia.foundation.payments.public import GstTreatment
from banksia.kit.models import Base, OrganisationOwned

ProductKind = Literal["sale", "link"]


class Product(OrganisationOwned, Base):
    """Something a council sells (`sale`), or says where to get (`link`)."""

    __tablename__ = "products"
    __table_args__ = (
        UniqueConstraint("organisation_id", "code"),
        Index(None, "organisation_id", "position"),
        CheckConstraint("kind IN ('sale', 'link')", name="kind"),
        CheckConstraint("turnaround_days BETWEEN 1 AND 250", name="turnaround_days"),
        CheckConstraint("urgent_turnaround_days BETWEEN 1 AND turnaround_days", name="urgent_turnaround_days"),
        CheckConstraint("kind = 'sale' OR link_url IS NOT NULL", name="link_url"),
    )

    code: Mapped[str]
    kind: Mapped[ProductKind] = mapped_column(Text)
    title: Mapped[str]
    short_title: Mapped[str]
    """For dense tables: `Planning 10.7(2)`."""
    description: Mapped[str]
    law: Mapped[str]
    template: Mapped[str]
    """The key of the sections that the certificate has."""
    number_prefix: Mapped[str]
    """Certificates are numbered `PREFIX/YEAR/0001`; products that share a prefix share the numbers."""
    contains: Mapped[list[str]]
    """Codes of products that this one includes, so that nobody buys both."""
    link_url: Mapped[str | None]
    turnaround_days: Mapped[int]
    urgent_turnaround_days: Mapped[int | None]
    cut_off: Mapped[time]
    """The council's local time until which an order counts as of that day."""
    closed_from_on: Mapped[date | None]
    opens_again_on: Mapped[date | None]
    closed_reason: Mapped[str | None]
    is_offered: Mapped[bool]
    needs_check: Mapped[bool] = mapped_column(default=False)
    """A second officer looks at each certificate before it is issued."""
    position: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    """Counts changes, so that two administrators do not overwrite each other."""


class ProductFee(OrganisationOwned, Base):
    """What a product costs from a day on; integer cents AUD, GST included where it is taxable."""

    __tablename__ = "product_fees"
    __table_args__ = (
        UniqueConstraint("organisation_id", "product_id", "valid_from_on"),
        CheckConstraint("fee_cents >= 0 AND urgent_fee_cents >= 0", name="not_negative"),
        CheckConstraint("gst_treatment IN ('exempt', 'taxable', 'out_of_scope')", name="gst_treatment"),
    )

    product_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("certificates.products.id"))
    valid_from_on: Mapped[date]
    fee_cents: Mapped[int]
    urgent_fee_cents: Mapped[int | None]
    """What urgency costs on top of the fee; null when it is not offered."""
    gst_treatment: Mapped[GstTreatment] = mapped_column(Text)
    gl_code: Mapped[str]
    """The account of the council's general ledger."""
