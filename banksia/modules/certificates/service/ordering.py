"""Placing an order: everything that is owed and promised is written before anyone is sent to pay."""

import hashlib
import uuid
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.auth.public import limit_rate, use_firm
from banksia.foundation.payments.public import Money
from banksia.kit.actor import Actor
from banksia.kit.kill_points import reach
from banksia.modules.certificates.errors import FeesChanged, IdempotencyKeyInvalid, IdempotencyKeyReused, OrderInvalid
from banksia.modules.certificates.models import Order, PlacementKey
from banksia.modules.certificates.permissions import ORDERS_LODGE
from banksia.modules.certificates.queries.orders import hold_key, order_with_id, placement_with_key
from banksia.modules.certificates.schemas.orders import OrderCreate, OrderPlaced
from banksia.modules.certificates.service.access import give_token
from banksia.modules.certificates.service.basket import Choice, check_basket
from banksia.modules.certificates.service.money import money_of_orders, raise_payable
from banksia.modules.certificates.service.order_writing import Firm, write_orders
from banksia.modules.certificates.service.reading import read_line
from banksia.modules.certificates.service.reminding import mail_if_left_unpaid
from banksia.modules.certificates.service.telling import PLACED, tell_of_order

SHORTEST_KEY, LONGEST_KEY = 8, 200
MOST_ORDERS_AN_HOUR = {"guest": 30, "customer": 120}


def place_order(
    session: Session, actor: Actor, *, placed: OrderCreate, idempotency_key: str | None, client: str
) -> OrderPlaced:
    """Write an order with its prices and due dates as they are now; nothing is paid yet.

    `client` is the network address that guests are counted by. The same key with the same body gives the same order.
    Raises OrderInvalid, FeesChanged, IdempotencyKeyReused and TooManyRequests.
    """
    key = hash_of_key(actor, idempotency_key) if idempotency_key is not None else None
    if key:
        earlier = find_earlier(session, actor, key, placed)
        if earlier:
            return _answer(session, earlier, money_of_orders(session, [earlier])[earlier.id].state, "placed again")
    _limit_orders(session, actor, client)
    check_contact(actor, placed)
    firm = firm_for(session, actor, placed.firm_id)
    choices = check_basket(session, actor, placed.lines)
    expect_seen(placed.seen_total_cents, sum(choice.cents for choice in choices))
    [(order, money)] = record_orders(session, actor, [(placed, choices)], keys=[key], firm=firm)
    session.flush()
    reach("certificates.order_written")
    return _answer(session, order, money, "placed")


def record_orders(
    session: Session,
    actor: Actor,
    wanted: Sequence[tuple[OrderCreate, Sequence[Choice]]],
    *,
    keys: Sequence[str | None],
    firm: Firm | None = None,
) -> list[tuple[Order, Money]]:
    """Write orders that are known to be right, tell payments what is owed, and remember the keys they came with.

    Each is answered with how its money stands, which is known without another look.
    """
    orders = write_orders(session, actor, wanted, firm)
    recorded = []
    for order, (placed, _), key in zip(orders, wanted, keys, strict=True):
        recorded.append((order, raise_payable(session, actor, order)))
        if key:
            session.add(
                PlacementKey(
                    organisation_id=order.organisation_id,
                    key_sha256=key,
                    body_sha256=_hash_of_body(placed),
                    order_id=order.id,
                )
            )
        overridden = {line.parcel: line.override_reason for line in order.lines if line.override_reason}
        detail = {"number": order.number, "total_cents": order.total_cents, "lines": len(order.lines)}
        audit.record(
            session,
            actor,
            "certificates.order_placed",
            subject=order,
            detail=detail | ({"historic": overridden} if overridden else {}),
        )
        tell_of_order(session, order, PLACED)
        mail_if_left_unpaid(session, order)
    return recorded


def expect_seen(seen_cents: int | None, total_cents: int) -> None:
    """Nothing is ordered at another price than its customer saw; raises FeesChanged."""
    if seen_cents is not None and seen_cents != total_cents:
        raise FeesChanged(seen_cents, total_cents)


def _limit_orders(session: Session, actor: Actor, client: str) -> None:
    at_most = MOST_ORDERS_AN_HOUR.get("customer" if actor.is_customer else actor.kind)
    if at_most:
        subject = str(actor.user_id) if actor.user_id else client
        limit_rate(session, "certificates.place_order", subject=subject, at_most=at_most, per=timedelta(hours=1))


def check_contact(actor: Actor, placed: OrderCreate) -> None:
    """Whoever orders online leaves an address; whoever orders for another may. Raises OrderInvalid."""
    if actor.is_customer or actor.kind == "guest":
        if placed.contact.email is None:
            message = "Enter the email address that the receipt and the certificates go to."
            raise OrderInvalid(message, errors=[{"field": "contact.email", "message": message}])
        return
    actor.require(ORDERS_LODGE)


def firm_for(session: Session, actor: Actor, firm_id: uuid.UUID | None) -> Firm | None:
    """Return the firm that orders are for; raises OrderInvalid unless the customer belongs to it now."""
    if firm_id is None:
        return None
    firm = use_firm(session, actor, firm_id)
    if firm is None:
        message = "You do not belong to this firm any more. Choose whom the order is for."
        raise OrderInvalid(message, errors=[{"field": "firm_id", "message": message}])
    return Firm(firm.id, firm.name)


def _answer(session: Session, order: Order, money: Money, purpose: str) -> OrderPlaced:
    return OrderPlaced(
        id=order.id,
        number=order.number,
        money=money,
        total_cents=order.total_cents,
        gst_cents=sum(line.gst_cents for line in order.lines),
        due_on=order.due_on,
        lines=[read_line(line) for line in order.lines],
        access_token=give_token(session, order, purpose=purpose),
    )


def find_earlier(session: Session, actor: Actor, key: str, placed: OrderCreate) -> Order | None:
    """Return the order that this key made, or None; two requests with one key at the same time wait for each other."""
    session.execute(hold_key(actor.organisation_id, key))
    placement = session.scalar(placement_with_key(actor.organisation_id, key))
    if placement is None:
        return None
    if placement.body_sha256 != _hash_of_body(placed):
        raise IdempotencyKeyReused
    return session.scalars(order_with_id(actor.organisation_id, placement.order_id)).one()


def hash_of_key(actor: Actor, key: str) -> str:
    """Hash a key together with whoever sent it, so that nobody reaches another's order with a key of theirs."""
    if not SHORTEST_KEY <= len(key) <= LONGEST_KEY or not key.isprintable():
        raise IdempotencyKeyInvalid
    sender: uuid.UUID | str = actor.user_id or actor.kind
    return hashlib.sha256(f"{sender}\n{key}".encode()).hexdigest()


def _hash_of_body(placed: OrderCreate) -> str:
    # Who sends an order again after its fees changed means the order that they placed at what they saw first.
    # A body without a firm hashes as it did before there were firms: a request sent again meets its order.
    left_out = {"seen_total_cents"} if placed.firm_id else {"seen_total_cents", "firm_id"}
    return hashlib.sha256(placed.model_dump_json(exclude=left_out).encode()).hexdigest()
