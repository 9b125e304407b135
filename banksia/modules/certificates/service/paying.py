"""Paying for an order: at the payment page, or over the counter."""

import uuid

from sqlalchemy.orm import Session

from banksia.foundation.payments import public as payments
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.modules.certificates.errors import OrderNotPayable
from banksia.modules.certificates.models import Order
from banksia.modules.certificates.schemas.orders import CounterPaymentCreate, CounterPaymentRead, PayRead
from banksia.modules.certificates.service.access import find_order
from banksia.modules.certificates.service.money import money_of_orders


def pay_order(transactions: Transactions, *, order_id: uuid.UUID, token: str | None) -> PayRead:
    """Get the address of a payment page for what is owed; call it outside any transaction.

    Raises OrderNotFound, OrderNotPayable and what payments raises: AlreadyPaid, NotPayable, PaymentPageUnavailable.
    """
    with transactions() as session:
        order = _payable_order(find_order(session, transactions.actor, order_id, token))
    started = payments.start_checkout(transactions, payable=order.payable)
    return PayRead(url=started.url)


def give_pay_link(
    session: Session, actor: Actor, *, order: Order, wanted: payments.PayLinkCreate, client: str
) -> payments.PayLinkRead:
    """The link with which somebody else pays an order; with an address it is mailed there too.

    Raises OrderNotPayable and what payments raises: AlreadyPaid, NotPayable, TooManyRequests.
    """
    payable = _payable_order(order).payable
    return payments.give_pay_link(session, actor, payable=payable, wanted=wanted, client=client)


def take_payment(transactions: Transactions, *, order_id: uuid.UUID, taken: CounterPaymentCreate) -> CounterPaymentRead:
    """Record what a customer paid at the counter; call it outside any transaction.

    Raises OrderNotFound, OrderNotPayable and what payments raises: AlreadyPaid, PartsDoNotAddUp, OnlineStateUnknown.
    """
    with transactions() as session:
        order = _payable_order(find_order(session, transactions.actor, order_id, None))
    parts = [payments.CounterPart(**part.model_dump()) for part in taken.parts]
    paid = payments.take_counter_payment(transactions, payable=order.payable, parts=parts)
    with transactions() as session:
        money = money_of_orders(session, [order])[order.id]
    return CounterPaymentRead(
        money=money.state,
        total_cents=paid.total_cents,
        change_cents=paid.change_cents,
        receipt=payments.ReceiptRead.model_validate(money.receipts[-1]) if money.receipts else None,
    )


def _payable_order(order: Order) -> Order:
    if order.cancelled_at:
        raise OrderNotPayable(order.number, "was cancelled. Place a new order.")
    return order
