"""Bringing guest orders to the person they belong to: into an account, or back to their e-mail address."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.auth.public import limit_rate
from banksia.kit.actor import Actor
from banksia.kit.database import organisation_id_of
from banksia.kit.errors import Unauthenticated
from banksia.modules.certificates.errors import AccountNeeded
from banksia.modules.certificates.models import Order
from banksia.modules.certificates.queries.orders import guest_orders, order_with_number
from banksia.modules.certificates.schemas.orders import OrderLinkRequest, OrderLinkSent, OrdersClaimed
from banksia.modules.certificates.service.access import belongs_to_who_left
from banksia.modules.certificates.service.mailing import mail_link
from banksia.modules.certificates.service.terms import change_owner_words

MOST_CLAIMED_AT_ONCE = 500
LINKS_AN_HOUR = 10


def claim_orders(session: Session, actor: Actor, *, numbers: Sequence[str]) -> OrdersClaimed:
    """Take guest orders with the account's verified address into the account for good; without numbers, all of them.

    Raises Unauthenticated and AccountNeeded. An order that is not theirs is left out, with no word about its existence.
    """
    if actor.kind == "guest":
        raise Unauthenticated
    if not actor.is_customer or not actor.email or actor.user_id is None:
        raise AccountNeeded
    orders = guest_orders(actor.organisation_id, actor.email.lower())
    if numbers:
        orders = orders.where(Order.number.in_([number.upper() for number in numbers]))
    found = session.scalars(orders.order_by(Order.id).limit(MOST_CLAIMED_AT_ONCE).with_for_update(of=Order)).all()
    for order in found:
        order.customer_id = actor.user_id
        audit.record(session, actor, "certificates.order_claimed", subject=order, detail={"number": order.number})
    change_owner_words(session, found)
    return OrdersClaimed(numbers=[order.number for order in found])


def send_order_link(session: Session, *, wanted: OrderLinkRequest, client: str) -> OrderLinkSent:
    """Mail a fresh link to the order of that number, if it carries that address; the answer never tells."""
    for subject in (client, wanted.email.lower()):
        limit_rate(
            session, "certificates.send_order_link", subject=subject, at_most=LINKS_AN_HOUR, per=timedelta(hours=1)
        )
    order = session.scalar(order_with_number(organisation_id_of(session), wanted.number.upper()))
    if order and order.contact_email == wanted.email.lower() and not belongs_to_who_left(session, order):
        mail_link(session, order)
    detail = f"If order {wanted.number} carries this email address, a link to it is on its way."
    return OrderLinkSent(detail=detail)
