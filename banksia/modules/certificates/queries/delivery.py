"""What is on its way to customers: paper to hand over, and mail that came back."""

import uuid

from sqlalchemy import Select, func, select

from banksia.modules.certificates.models import DeliveryStep, Order, OrderLine
from banksia.modules.certificates.queries.lines import is_to_hand_over, lines_of

MOST_COUNTED = 1000
"""Counting stops here; nobody acts on more."""


def steps_of(organisation_id: uuid.UUID, order_id: uuid.UUID) -> Select[DeliveryStep]:
    """The steps of delivering an order, the oldest first."""
    return (
        select(DeliveryStep)
        .where(DeliveryStep.organisation_id == organisation_id, DeliveryStep.order_id == order_id)
        .order_by(DeliveryStep.id)
    )


def lines_to_hand_over(organisation_id: uuid.UUID) -> Select[OrderLine]:
    """Issued certificates that their customer has not collected yet."""
    return lines_of(organisation_id).where(is_to_hand_over())


def count_of_delivery(organisation_id: uuid.UUID) -> Select[int, int]:
    """How many orders have mail that came back, and how many certificates wait to be handed over."""
    orders = select(Order.id).where(Order.organisation_id == organisation_id, Order.mail_bounced_at.is_not(None))
    lines = lines_to_hand_over(organisation_id).with_only_columns(OrderLine.id)
    bounced, waiting = (each.limit(MOST_COUNTED).subquery() for each in (orders, lines))
    return select(
        select(func.count()).select_from(bounced).scalar_subquery(),
        select(func.count()).select_from(waiting).scalar_subquery(),
    )
