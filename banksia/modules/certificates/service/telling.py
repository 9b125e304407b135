"""What a customer's software is told of their orders: ids, numbers and states, and nothing of a person."""

from sqlalchemy.orm import Session

from banksia.foundation.auth.public import has_left_firm
from banksia.foundation.webhooks.public import tell_customer
from banksia.kit.module import WebhookType
from banksia.modules.certificates.models import Certificate, Message, Order, OrderLine
from banksia.modules.certificates.service.reading import work_of
from banksia.modules.certificates.service.states import CUSTOMER_STATES

PLACED, PAID = "certificates.order.placed", "certificates.order.paid"
CANCELLED, REFUNDED = "certificates.order.cancelled", "certificates.order.refunded"
ON_HOLD, CANNOT_ISSUE = "certificates.line.on_hold", "certificates.line.cannot_issue"
ISSUED, SUPERSEDED = "certificates.certificate.issued", "certificates.certificate.superseded"
MESSAGE = "certificates.message.from_council"
WEBHOOKS = (
    WebhookType(PLACED, "An order is placed"),
    WebhookType(PAID, "An order is paid and work begins"),
    WebhookType(ON_HOLD, "Council asks something, and a certificate waits"),
    WebhookType(ISSUED, "A certificate is ready to download"),
    WebhookType(SUPERSEDED, "A certificate is replaced by another"),
    WebhookType(CANNOT_ISSUE, "Council cannot issue a certificate"),
    WebhookType(CANCELLED, "An order is cancelled, or was not paid in time"),
    WebhookType(REFUNDED, "An order is refunded, wholly or in part"),
    WebhookType(MESSAGE, "Council writes about an order"),
)


def tell_of_order(session: Session, order: Order, event: str, *, key: str | None = None, **more: object) -> None:
    """Tell the software of the account that placed the order: no guest, and nobody who has left the order's firm."""
    if order.customer_id is None or _has_left(session, order):
        return
    about = {"order_id": order.id, "order_number": order.number, "reference": order.reference, "state": work_of(order)}
    tell_customer(session, user_id=order.customer_id, event=event, data=about | more, key=key)


def tell_of_line(session: Session, line: OrderLine, event: str) -> None:
    """Tell what happened to one certificate of an order; what council asks, or why not, is read from the order."""
    state = CUSTOMER_STATES[line.state]
    tell_of_order(session, line.order, event, line_id=line.id, product=line.product_code, line_state=state)


def tell_of_certificate(session: Session, certificate: Certificate, line: OrderLine, replaced: str | None) -> None:
    """Tell of a certificate that exists now, and of the one that it replaces."""
    about: dict[str, object] = {
        "line_id": line.id,
        "product": line.product_code,
        "certificate_id": certificate.id,
        "certificate_number": certificate.number,
    }
    tell_of_order(session, line.order, ISSUED, key=f"{ISSUED}:{certificate.id}", **about)
    if certificate.supersedes_id is not None:
        about |= {"superseded_id": certificate.supersedes_id, "superseded_number": replaced}
        tell_of_order(session, line.order, SUPERSEDED, key=f"{SUPERSEDED}:{certificate.id}", **about)


def tell_of_message(session: Session, order: Order, message: Message) -> None:
    """Tell that council wrote; what it wrote is read from the order."""
    tell_of_order(session, order, MESSAGE, key=f"{MESSAGE}:{message.id}", message_id=message.id)


def _has_left(session: Session, order: Order) -> bool:
    """Whether the account that placed the order for a firm may see it no more."""
    if order.firm_id is None:
        return False
    return has_left_firm(session, order.firm_id, user_id=order.customer_id, email=None)
