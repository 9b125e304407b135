"""What became of the way from council to customer: mail that came back, corrected addresses, paper handed over."""

import uuid
from typing import Literal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from banksia.kit.models import Base, OrganisationOwned

DeliveryStepKind = Literal["mail_bounced", "address_changed", "sent_again", "told_by_phone", "handed_over"]


class DeliveryStep(OrganisationOwned, Base, append_only=True):
    """One step of delivering an order. Never changed."""

    __tablename__ = "delivery_steps"
    __table_args__ = (
        Index(None, "organisation_id", "order_id", "id"),
        CheckConstraint(
            "kind IN ('mail_bounced', 'address_changed', 'sent_again', 'told_by_phone', 'handed_over')", name="kind"
        ),
    )

    order_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("certificates.orders.id"))
    kind: Mapped[DeliveryStepKind] = mapped_column(Text)
    actor_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("auth.users.id"))
    actor_name: Mapped[str]
    mail_id: Mapped[uuid.UUID | None]
    """The mail that came back, or that was sent again."""
    from_address: Mapped[str | None]
    to_address: Mapped[str | None]
    note: Mapped[str | None]
    """Why a mail came back, what was said on the phone, or who collected which certificates."""
