"""Taking an order back: before it is paid, or afterwards by the council's rules, with what comes back."""

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.payments import public as payments
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.modules.certificates.errors import OrderNotCancellable
from banksia.modules.certificates.errors.changing import CancellationChanged
from banksia.modules.certificates.models import Order, OrderLine
from banksia.modules.certificates.permissions import ORDERS_CANCEL
from banksia.modules.certificates.queries.lines import lines_of_order
from banksia.modules.certificates.schemas.changing import OrderCancel, StaffCancel
from banksia.modules.certificates.schemas.orders import OrderRead
from banksia.modules.certificates.service.access import is_staff
from banksia.modules.certificates.service.cancellation import WITH_REFUND, Terms, terms_of
from banksia.modules.certificates.service.money import money_of_orders
from banksia.modules.certificates.service.reading import may_be_cancelled, read_order
from banksia.modules.certificates.service.states import allows, move
from banksia.modules.certificates.service.telling import CANCELLED, tell_of_order
from banksia.modules.certificates.service.upgrading import give_up_upgrades


def cancel_order(session: Session, actor: Actor, *, order: Order, cancel: OrderCancel | None = None) -> OrderRead:
    """Cancel a locked order that nobody has paid, or a paid one as far as the council lets its customer.

    Raises OrderNotCancellable, CancellationChanged and what payments raises. Cancelling it again changes nothing.
    """
    if order.cancelled_at:
        return read_order(session, actor, order)
    _lock_lines(session, order)
    money = money_of_orders(session, [order])[order.id]
    if may_be_cancelled(order, money):
        payments.cancel_payable(session, actor, payable=order.payable, reason="The order was cancelled.")
        _end(session, actor, order, "cancel", reason=cancel.reason if cancel else "")
        return read_order(session, actor, order)
    if not money.is_paid:
        raise OrderNotCancellable(order.number, "cannot be cancelled any more.")
    if is_staff(actor):
        actor.require(ORDERS_CANCEL)
    terms = terms_of(session, order, waive_fee=False)
    if terms.obstacle or terms.customers_obstacle:
        raise OrderNotCancellable(order.number, f"is paid. {terms.obstacle or terms.customers_obstacle}")
    seen = cancel.seen_refund_cents if cancel else None
    if seen != terms.refund_cents:
        raise CancellationChanged(seen, terms.refund_cents)
    _cancel_paid(session, actor, order, terms, (cancel.reason if cancel else "") or "Cancelled by the customer", None)
    return read_order(session, actor, order)


def cancel_paid_order(session: Session, actor: Actor, *, order: Order, cancel: StaffCancel) -> OrderRead:
    """Cancel a locked, paid order for its customer, until a certificate of it is issued.

    Raises OrderNotCancellable, CancellationChanged and what payments raises. Cancelling it again changes nothing.
    """
    actor.require(ORDERS_CANCEL)
    if order.cancelled_at:
        return read_order(session, actor, order)
    _lock_lines(session, order)
    if not money_of_orders(session, [order])[order.id].is_paid:
        raise OrderNotCancellable(order.number, "is not paid. Cancel it without a refund.")
    terms = terms_of(session, order, waive_fee=cancel.waive_fee)
    if terms.obstacle:
        raise OrderNotCancellable(order.number, f"stays as it is. {terms.obstacle}")
    if cancel.seen_refund_cents != terms.refund_cents:
        raise CancellationChanged(cancel.seen_refund_cents, terms.refund_cents)
    _cancel_paid(session, actor, order, terms, cancel.reason, cancel.counter_reference)
    return read_order(session, actor, order)


def _lock_lines(session: Session, order: Order) -> None:
    """Read the lines as they are once nobody else changes them: an officer may be taking one at this moment."""
    statement = lines_of_order(order.organisation_id, order.id).with_for_update(of=OrderLine)
    session.scalars(statement.execution_options(populate_existing=True)).all()


def _cancel_paid(
    session: Session, actor: Actor, order: Order, terms: Terms, reason: str, counter_reference: str | None
) -> None:
    for part in terms.parts:
        wish = payments.RefundWish(
            reason=f"Order {order.number} was cancelled: {reason}",
            seen_available_cents=part.seen_available_cents,
            counter_reference=counter_reference,
            amount_cents=part.amount_cents,
        )
        payments.refund(session, actor, payable=part.ref, wish=wish)
    order.kept_cents = terms.kept_cents
    _end(session, actor, order, WITH_REFUND, reason=reason)


def _end(session: Session, actor: Actor, order: Order, action: str, *, reason: str) -> None:
    for line in order.lines:
        if action == "cancel" or allows(line, action):
            move(session, actor, line, action, note=reason or None)
    give_up_upgrades(session, actor, order)
    order.cancelled_at, order.cancelled_by_name, order.cancel_reason = utc_now(), actor.name, reason or None
    detail = {"number": order.number, "reason": reason, "kept_cents": order.kept_cents}
    audit.record(session, actor, "certificates.order_cancelled", subject=order, detail=detail)
    tell_of_order(session, order, CANCELLED)
    session.flush()
