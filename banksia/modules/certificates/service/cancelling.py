"""Taking an order back before it is paid."""

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.payments import public as payments
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.modules.certificates.errors import OrderNotCancellable
from banksia.modules.certificates.models import Order, OrderLine
from banksia.modules.certificates.queries.lines import lines_of_order
from banksia.modules.certificates.schemas.orders import OrderRead
from banksia.modules.certificates.service.money import money_of_orders
from banksia.modules.certificates.service.reading import may_be_cancelled, read_order
from banksia.modules.certificates.service.states import move


def cancel_order(session: Session, actor: Actor, *, order: Order) -> OrderRead:
    """Cancel an order that nobody has paid; raises OrderNotCancellable. Cancelling it again changes nothing."""
    if order.cancelled_at:
        return read_order(session, actor, order)
    money = money_of_orders(session, [order])[order.id]
    if not may_be_cancelled(order, money):
        reason = "is paid. Ask the council for a refund." if money.paid_cents else "cannot be cancelled any more."
        raise OrderNotCancellable(order.number, reason)
    payments.cancel_payable(session, actor, payable=order.payable, reason="The order was cancelled.")
    for line in session.scalars(lines_of_order(order.organisation_id, order.id).with_for_update(of=OrderLine)):
        move(session, actor, line, "cancel")
    order.cancelled_at = utc_now()
    audit.record(session, actor, "certificates.order_cancelled", subject=order, detail={"number": order.number})
    session.flush()
    return read_order(session, actor, order)
