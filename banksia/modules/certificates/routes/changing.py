"""Changing an order that stands: taking it back, and making a certificate of it more."""

import uuid

from banksia.foundation.payments import public as payments
from banksia.kit.routing import ActorDep, Router, SessionDep, TransactionsDep
from banksia.modules.certificates import permissions
from banksia.modules.certificates.errors import LineNotFound, OrderNotCancellable, OrderNotFound, OrderTokenNeeded
from banksia.modules.certificates.errors.changing import (
    CancellationChanged,
    UpgradeFeeChanged,
    UpgradeNotFound,
    UpgradeNotOffered,
    UpgradeNotOwed,
)
from banksia.modules.certificates.routes.customer import OrderToken
from banksia.modules.certificates.schemas.changing import OrderCancel, StaffCancel, UpgradeAsk
from banksia.modules.certificates.schemas.orders import OrderRead, PayRead
from banksia.modules.certificates.service import cancelling, upgrading
from banksia.modules.certificates.service.access import find_order

changing = Router()


@changing.post(
    "/orders/{order_id}/cancel",
    public=True,
    scope=permissions.OWN_ORDERS_PLACE,
    raises=[OrderNotFound, OrderTokenNeeded, OrderNotCancellable, CancellationChanged, *payments.REFUND_ERRORS],
)
def cancel_order(
    session: SessionDep,
    actor: ActorDep,
    order_id: uuid.UUID,
    cancel: OrderCancel | None = None,
    x_order_token: OrderToken = None,
) -> OrderRead:
    """Cancel an order that is not paid, or a paid one as far as the council's rules let its customer."""
    order = find_order(session, actor, order_id, x_order_token, lock=True)
    return cancelling.cancel_order(session, actor, order=order, cancel=cancel)


@changing.post(
    "/orders/{order_id}/cancel-paid",
    permission=permissions.ORDERS_CANCEL,
    raises=[OrderNotFound, OrderNotCancellable, CancellationChanged, *payments.REFUND_ERRORS],
)
def cancel_paid_order(session: SessionDep, actor: ActorDep, order_id: uuid.UUID, cancel: StaffCancel) -> OrderRead:
    """Cancel a paid order for its customer and refund it."""
    order = find_order(session, actor, order_id, None, lock=True)
    return cancelling.cancel_paid_order(session, actor, order=order, cancel=cancel)


@changing.post(
    "/orders/{order_id}/lines/{line_id}/upgrade",
    public=True,
    scope=permissions.OWN_ORDERS_PLACE,
    transactions=True,
    raises=[
        OrderNotFound,
        OrderTokenNeeded,
        LineNotFound,
        UpgradeNotOffered,
        UpgradeFeeChanged,
        *payments.PAY_ERRORS,
    ],
)
def upgrade_line(
    transactions: TransactionsDep,
    order_id: uuid.UUID,
    line_id: uuid.UUID,
    ask: UpgradeAsk,
    x_order_token: OrderToken = None,
) -> PayRead:
    """Where to pay the difference that makes a certificate urgent, or one that contains it."""
    return upgrading.upgrade_line(transactions, order_id=order_id, line_id=line_id, ask=ask, token=x_order_token)


@changing.post(
    "/orders/{order_id}/upgrades/{upgrade_id}/pay",
    public=True,
    scope=permissions.OWN_ORDERS_PLACE,
    transactions=True,
    raises=[OrderNotFound, OrderTokenNeeded, UpgradeNotFound, UpgradeNotOwed, *payments.PAY_ERRORS],
)
def pay_upgrade_again(
    transactions: TransactionsDep, order_id: uuid.UUID, upgrade_id: uuid.UUID, x_order_token: OrderToken = None
) -> PayRead:
    """Where to pay the difference of an upgrade again, after what paid it did not go through."""
    return upgrading.pay_again(transactions, order_id=order_id, upgrade_id=upgrade_id, token=x_order_token)
