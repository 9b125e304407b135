"""Warning of what was bought for the same parcel not long ago, before it is bought again."""

import uuid
from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.modules.certificates.models import OrderLine
from banksia.modules.certificates.permissions import ORDERS_READ
from banksia.modules.certificates.queries.lines import in_orders, lines_of_parcel, lines_of_properties
from banksia.modules.certificates.queries.orders import orders_of_customer
from banksia.modules.certificates.schemas.orders import EarlierLine, EarlierLines
from banksia.modules.certificates.service.land import Land, plain_parcel
from banksia.modules.certificates.service.states import CUSTOMER_STATES

LATELY = timedelta(days=90)
MOST_SHOWN = 20
MOST_LOOKED_AT = 2000

EarlierKey = tuple[uuid.UUID, str, str]
"""Property, parcel and product."""


def list_earlier_lines(session: Session, actor: Actor, *, property_id: uuid.UUID, parcel: str) -> EarlierLines:
    """Return what was bought for a parcel in the last 90 days: by anybody for staff, by themselves for customers."""
    lines = lines_of_parcel(actor.organisation_id, property_id, plain_parcel(parcel), utc_now() - LATELY)
    is_staff = _is_staff(actor)
    if not is_staff:
        if not actor.is_customer or actor.user_id is None:
            return EarlierLines(lines=[])
        lines = in_orders(lines, orders_of_customer(actor.organisation_id, actor.user_id, actor.email.lower()))
    return EarlierLines(lines=[_read(line, actor) for line in session.scalars(lines.limit(MOST_SHOWN))])


def earlier_for(session: Session, actor: Actor, lands: Iterable[Land]) -> dict[EarlierKey, EarlierLine]:
    """Find what was last bought lately for some parcels, by product, in one query; nothing for guests."""
    property_ids = {land.property_id for land in lands}
    if not property_ids:
        return {}
    lines = lines_of_properties(actor.organisation_id, property_ids, utc_now() - LATELY)
    is_staff = _is_staff(actor)
    if not is_staff:
        if not actor.is_customer or actor.user_id is None:
            return {}
        lines = in_orders(lines, orders_of_customer(actor.organisation_id, actor.user_id, actor.email.lower()))
    found: dict[EarlierKey, EarlierLine] = {}
    for line in session.scalars(lines.limit(MOST_LOOKED_AT)):
        key = (line.property_id, line.parcel, line.product_code)
        if key not in found:
            found[key] = _read(line, actor)
    return found


def _is_staff(actor: Actor) -> bool:
    return not actor.is_customer and actor.may(ORDERS_READ)


def _read(line: OrderLine, actor: Actor) -> EarlierLine:
    is_staff, placed_by_id = _is_staff(actor), line.order.customer_id
    by_colleague = not is_staff and placed_by_id not in (None, actor.user_id)
    return EarlierLine(
        order_id=line.order_id,
        order_number=line.order_number,
        product=line.product_code,
        title=line.product_title,
        state=CUSTOMER_STATES[line.state],
        ordered_at=line.order.created_at,
        issued_at=line.issued_at,
        customer_name=line.order.contact_name if is_staff else None,
        placed_by_name=line.order.placed_by_name if by_colleague else None,
    )
