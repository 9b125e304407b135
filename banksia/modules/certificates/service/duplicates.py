"""Warning of what was bought for the same parcel not long ago, before it is bought again."""

import uuid
from datetime import timedelta

from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.modules.certificates.permissions import ORDERS_READ
from banksia.modules.certificates.queries.lines import in_orders, lines_of_parcel
from banksia.modules.certificates.queries.orders import orders_of_customer
from banksia.modules.certificates.schemas.orders import EarlierLine, EarlierLines
from banksia.modules.certificates.service.land import plain_parcel
from banksia.modules.certificates.service.states import CUSTOMER_STATES

LATELY = timedelta(days=90)
MOST_SHOWN = 20


def list_earlier_lines(session: Session, actor: Actor, *, property_id: uuid.UUID, parcel: str) -> EarlierLines:
    """Return what was bought for a parcel in the last 90 days: by anybody for staff, by themselves for customers."""
    lines = lines_of_parcel(actor.organisation_id, property_id, plain_parcel(parcel), utc_now() - LATELY)
    is_staff = actor.kind != "customer" and actor.may(ORDERS_READ)
    if not is_staff:
        if actor.kind != "customer" or actor.user_id is None:
            return EarlierLines(lines=[])
        lines = in_orders(lines, orders_of_customer(actor.organisation_id, actor.user_id, actor.email.lower()))
    return EarlierLines(
        lines=[
            EarlierLine(
                order_id=line.order_id,
                order_number=line.order_number,
                product=line.product_code,
                title=line.product_title,
                state=CUSTOMER_STATES[line.state],
                ordered_at=line.order.created_at,
                issued_at=line.issued_at,
                customer_name=line.order.contact_name if is_staff else None,
            )
            for line in session.scalars(lines.limit(MOST_SHOWN))
        ]
    )
