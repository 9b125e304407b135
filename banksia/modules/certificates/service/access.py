"""Who may see an order: its customer, staff, or whoever holds a key to it.

A guest has no account, so each message about an order carries a key of its own in the fragment of its link
(`#token=...`). Browsers send no fragment to a server or to a third party, so no log and no referrer holds it; pages
send it on as the header X-Order-Token. The address that the payment page returns to carries no key: the page that sent
the guest there keeps it for the tab.
"""

import hashlib
import secrets
import uuid

from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import council_url
from banksia.kit.actor import Actor
from banksia.modules.certificates.errors import OrderNotFound, OrderTokenNeeded
from banksia.modules.certificates.models import Order, OrderToken
from banksia.modules.certificates.permissions import ORDERS_READ
from banksia.modules.certificates.queries.orders import order_with_id, token_of_order

TOKEN_BYTES = 32


def give_token(session: Session, order: Order, *, purpose: str) -> str:
    """Make a new key to an order and keep its hash; the key itself is known only to whom it is told now."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    session.add(
        OrderToken(
            organisation_id=order.organisation_id,
            order_id=order.id,
            token_sha256=_hash(token),
            purpose=purpose,
        )
    )
    return token


def order_path(order: Order) -> str:
    """The path of the page where a customer follows an order."""
    return f"/certificates/customer/orders/{order.id}"


def order_link(session: Session, order: Order, *, purpose: str) -> str:
    """Make a link to the order's page that opens without signing in."""
    return f"{council_url(session, order_path(order))}#token={give_token(session, order, purpose=purpose)}"


def find_order(session: Session, actor: Actor, order_id: uuid.UUID, token: str | None, *, lock: bool = False) -> Order:
    """Return an order that this person may see, locked when asked.

    Raises OrderTokenNeeded for a guest without a key, and OrderNotFound whether the order is missing or another's.
    """
    if actor.kind == "guest" and not token:
        raise OrderTokenNeeded
    statement = order_with_id(actor.organisation_id, order_id)
    if lock:
        statement = statement.with_for_update(of=Order).execution_options(populate_existing=True)
    order = session.scalars(statement).one_or_none()
    if order is None or not (_is_opened_by(session, order, token) or is_own(actor, order) or _is_staff(actor)):
        raise OrderNotFound
    return order


def is_own(actor: Actor, order: Order) -> bool:
    """Whether the order belongs to this customer: placed with the account, or as a guest with its verified address."""
    if actor.kind != "customer":
        return False
    if order.customer_id is not None:
        return order.customer_id == actor.user_id
    return bool(actor.email) and order.contact_email == actor.email.lower()


def _is_staff(actor: Actor) -> bool:
    return actor.kind != "customer" and actor.may(ORDERS_READ)


def _is_opened_by(session: Session, order: Order, token: str | None) -> bool:
    if not token:
        return False
    return session.scalar(token_of_order(order.organisation_id, order.id, _hash(token))) is not None


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
