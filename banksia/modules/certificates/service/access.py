"""Who may see an order: its customer, everybody of the firm that it is for, staff, or whoever holds a key to it.

Who belongs to a firm is asked for at each look. The order of a firm belongs to the firm: whoever placed it sees it no
more once they have left, and the keys in their mails open it no more either.

A guest has no account, so each message about an order carries a key of its own in the fragment of its link
(`#token=...`). Browsers send no fragment to a server or to a third party, so no log and no referrer holds it; pages
send it on as the header X-Order-Token. The address that the payment page returns to carries no key: the page that sent
the guest there keeps it for the tab.
"""

import secrets
import uuid
from dataclasses import dataclass

from sqlalchemy.orm import Session

from banksia.foundation.auth.public import has_left_firm, is_in_firm
from banksia.foundation.organisations.public import council_url
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.sealing import hash_token
from banksia.modules.certificates.errors import OrderNotFound, OrderTokenNeeded
from banksia.modules.certificates.models import Order, OrderToken
from banksia.modules.certificates.permissions import ORDERS_READ
from banksia.modules.certificates.queries.orders import order_with_id, token_of_order, tokens_of_order

TOKEN_BYTES = 32
IN_THE_TAB = ("placed", "placed again")
"""The purposes of keys that were told to whoever placed the order, and to no address."""


def give_token(session: Session, order: Order, *, purpose: str) -> str:
    """Make a new key to an order and keep its hash; the key itself is known only to whom it is told now."""
    return _new_token(session, order, purpose)[1]


def _new_token(session: Session, order: Order, purpose: str) -> tuple[OrderToken, str]:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = OrderToken(
        organisation_id=order.organisation_id,
        order_id=order.id,
        token_sha256=hash_token(token),
        purpose=purpose,
    )
    session.add(row)
    return row, token


def order_path(order: Order) -> str:
    """The path of the page where a customer follows an order."""
    return f"/certificates/customer/orders/{order.id}"


def staff_order_path(order_id: uuid.UUID) -> str:
    """The path of the page where staff work on an order."""
    return f"/certificates/staff/orders/{order_id}"


@dataclass(frozen=True)
class MailedLink:
    """A link to an order's page that opens without signing in, and the key in it."""

    url: str
    token: OrderToken

    def carried_by(self, mail_id: uuid.UUID) -> None:
        """Note which mail carries it, so that the mail can be said to be read."""
        self.token.mail_id = mail_id


def link_for_mail(session: Session, order: Order, *, purpose: str) -> MailedLink:
    """Make a link to the order's page that opens without signing in."""
    row, token = _new_token(session, order, purpose)
    return MailedLink(link_start(session, order) + token, row)


def link_start(session: Session, order: Order) -> str:
    """What every such link to an order begins with, up to its key."""
    return f"{council_url(session, order_path(order))}#token="


def end_mailed_links(session: Session, order: Order) -> None:
    """Let no link that was mailed open the order any more: the address that they went to is not the customer's."""
    for token in session.scalars(tokens_of_order(order.organisation_id, order.id)):
        if token.purpose not in IN_THE_TAB and token.ended_at is None:
            token.ended_at = utc_now()


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
    # The key is asked first: that a mailed link was opened is noted even when whoever opens it is signed in.
    may_see = _is_opened_by(session, actor, order, token) if order else False
    if order is None or not (may_see or is_own(session, actor, order) or is_staff(actor)):
        raise OrderNotFound
    return order


def is_own(session: Session, actor: Actor, order: Order) -> bool:
    """Whether the order is this customer's: their firm's, placed with the account, or with its verified address."""
    if not actor.is_customer:
        return False
    if order.firm_id is not None:
        return is_in_firm(session, actor, order.firm_id)
    if order.customer_id is not None:
        return order.customer_id == actor.user_id
    return bool(actor.email) and order.contact_email == actor.email.lower()


def is_staff(actor: Actor) -> bool:
    """Whether the council lets them see everybody's orders."""
    return not actor.is_customer and actor.may(ORDERS_READ)


def _is_opened_by(session: Session, actor: Actor, order: Order, token: str | None) -> bool:
    """Whether the key opens the order; the first time that a customer uses it is kept."""
    key = session.scalar(token_of_order(order.organisation_id, order.id, hash_token(token))) if token else None
    if key is None or belongs_to_who_left(session, order):
        return False
    if key.opened_at is None and not is_staff(actor):
        key.opened_at = utc_now()
    return True


def belongs_to_who_left(session: Session, order: Order) -> bool:
    """Whether the order is a firm's and went through the account or the address of somebody who has left the firm."""
    if order.firm_id is None:
        return False
    return has_left_firm(session, order.firm_id, user_id=order.customer_id, email=order.contact_email)
