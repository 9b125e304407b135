"""The mail to a guest whose order still waits for payment."""

import uuid
from datetime import timedelta

from sqlalchemy.orm import Session

from banksia.foundation.events.public import enqueue
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.modules.certificates.models import Order
from banksia.modules.certificates.queries.orders import order_with_id
from banksia.modules.certificates.service.mailing import mail_about_order
from banksia.modules.certificates.service.money import money_of_orders

AFTER = timedelta(minutes=10)
"""Who pays at once has the receipt's mail by then and needs no second one; who left the payment page still sits near.

Sooner, everybody would get a mail about an order that they are just paying; later, the number is looked for in vain.
"""


def mail_if_left_unpaid(session: Session, order: Order) -> None:
    """Look again after some minutes whether a guest's order is paid, and mail its number and link if it is not.

    Whoever has an account finds the order in their history, and whoever stands at the counter is told there.
    """
    if order.customer_id is None and order.channel == "online":
        enqueue(session, "certificates.mail_waiting_order", not_before=utc_now() + AFTER, order_id=order.id)


def mail_waiting_order(session: Session, *, order_id: uuid.UUID) -> None:
    """Mail the link to an order that still waits for payment, once; of one that is paid, ended or claimed nothing."""
    order = session.scalars(order_with_id(organisation_id_of(session), order_id)).one_or_none()
    if order is None or order.cancelled_at or order.queued_at or order.customer_id:
        return
    money = money_of_orders(session, [order])[order.id]
    if money.state == "awaiting_payment":
        mail_about_order(session, order, "order_waiting", since=order.created_at)
