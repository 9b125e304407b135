"""Placing an order: everything that is owed and promised is written before anyone is sent to pay."""

import hashlib
import uuid
from datetime import timedelta

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.auth.public import limit_rate
from banksia.foundation.payments.public import gst_in
from banksia.kit.actor import Actor
from banksia.kit.kill_points import reach
from banksia.kit.models import new_id
from banksia.modules.certificates.errors import FeesChanged, IdempotencyKeyInvalid, IdempotencyKeyReused, OrderInvalid
from banksia.modules.certificates.models import LineTerm, Order, OrderLine, PlacementKey
from banksia.modules.certificates.permissions import ORDERS_LODGE
from banksia.modules.certificates.queries.orders import hold_key, order_with_id, placement_with_key
from banksia.modules.certificates.schemas.orders import OrderCreate, OrderPlaced
from banksia.modules.certificates.service.access import give_token
from banksia.modules.certificates.service.basket import Choice, check_basket
from banksia.modules.certificates.service.money import money_of_orders, raise_payable
from banksia.modules.certificates.service.numbering import next_order_number
from banksia.modules.certificates.service.reading import read_line
from banksia.modules.certificates.service.terms import words_of
from banksia.modules.property.public import snapshot_property

SHORTEST_KEY, LONGEST_KEY = 8, 200
MOST_ORDERS_AN_HOUR = {"guest": 30, "customer": 120}


def place_order(
    session: Session, actor: Actor, *, placed: OrderCreate, idempotency_key: str | None, client: str
) -> OrderPlaced:
    """Write an order with its prices and due dates as they are now; nothing is paid yet.

    `client` is the network address that guests are counted by. The same key with the same body gives the same order.
    Raises OrderInvalid, FeesChanged, IdempotencyKeyReused and TooManyRequests.
    """
    key = _hash_of_key(actor, idempotency_key)
    if key:
        earlier = _find_earlier(session, actor, key, placed)
        if earlier:
            return _answer(session, earlier, purpose="placed again")
    _limit_orders(session, actor, client)
    _check_contact(actor, placed)
    order = _write(session, actor, placed, check_basket(session, placed.lines))
    raise_payable(session, actor, order)
    if key:
        session.add(
            PlacementKey(
                organisation_id=order.organisation_id,
                key_sha256=key,
                body_sha256=_hash_of_body(placed),
                order_id=order.id,
            )
        )
    audit.record(
        session,
        actor,
        "certificates.order_placed",
        subject=order,
        detail={"number": order.number, "total_cents": order.total_cents, "lines": len(order.lines)},
    )
    session.flush()
    reach("certificates.order_written")
    return _answer(session, order, purpose="placed")


def _limit_orders(session: Session, actor: Actor, client: str) -> None:
    at_most = MOST_ORDERS_AN_HOUR.get(actor.kind)
    if at_most:
        subject = str(actor.user_id) if actor.user_id else client
        limit_rate(session, "certificates.place_order", subject=subject, at_most=at_most, per=timedelta(hours=1))


def _check_contact(actor: Actor, placed: OrderCreate) -> None:
    if actor.kind in ("guest", "customer"):
        if placed.contact.email is None:
            message = "Enter the email address that the receipt and the certificates go to."
            raise OrderInvalid(message, errors=[{"field": "contact.email", "message": message}])
        return
    actor.require(ORDERS_LODGE)


def _write(session: Session, actor: Actor, placed: OrderCreate, choices: list[Choice]) -> Order:
    at_counter = actor.kind not in ("guest", "customer")
    order = Order(
        id=new_id(),
        organisation_id=actor.organisation_id,
        channel="counter" if at_counter else "online",
        customer_id=actor.user_id if actor.kind == "customer" else None,
        lodged_by_id=actor.user_id if at_counter else None,
        lodged_by_name=actor.name if at_counter else None,
        contact_name=placed.contact.name,
        contact_email=placed.contact.email.lower() if placed.contact.email else None,
        contact_phone=placed.contact.phone or None,
        reference=placed.reference or None,
        due_on=max(choice.offer.due_on(urgent=choice.urgent) for choice in choices),
        total_cents=0,
    )
    # The number's row stays locked until the commit, so it is taken once everything is known to be right.
    order.number = next_order_number(session)
    lines = [_line(session, order, position, choice) for position, choice in enumerate(choices, start=1)]
    order.total_cents = sum(line.total_cents for line in lines)
    if placed.seen_total_cents not in (None, order.total_cents):
        raise FeesChanged(placed.seen_total_cents, order.total_cents)
    order.lines = lines
    session.add(order)
    session.flush()
    for line in lines:
        session.add_all(_terms(order, line))
    return order


def _line(session: Session, order: Order, position: int, choice: Choice) -> OrderLine:
    offer, land = choice.offer, choice.land
    product, fee = offer.product, offer.fee
    urgent_fee_cents = (fee.urgent_fee_cents or 0) if choice.urgent else 0
    return OrderLine(
        id=new_id(),
        organisation_id=order.organisation_id,
        order_id=order.id,
        position=position,
        order_number=order.number,
        product_id=product.id,
        product_code=product.code,
        product_snapshot={
            "title": product.title,
            "short_title": product.short_title,
            "law": product.law,
            "template": product.template,
            "number_prefix": product.number_prefix,
            "cut_off": f"{product.cut_off:%H:%M}",
            "needs_check": product.needs_check,
        },
        fee_id=fee.id,
        fee_cents=fee.fee_cents,
        urgent_fee_cents=urgent_fee_cents,
        gst_cents=gst_in(fee.fee_cents, fee.gst_treatment) + gst_in(urgent_fee_cents, fee.gst_treatment),
        gst_treatment=fee.gst_treatment,
        gl_code=fee.gl_code,
        urgent=choice.urgent,
        property_id=land.property_id,
        parcel=land.parcel,
        property_snapshot=snapshot_property(session, land.property_id, land.parcel),
        address=land.address or land.parcel_title,
        turnaround_days=offer.turnaround_days(urgent=choice.urgent),
        due_on=offer.due_on(urgent=choice.urgent),
        state="awaiting_payment",
    )


def _terms(order: Order, line: OrderLine) -> list[LineTerm]:
    words = words_of(
        order.number,
        order.reference,
        order.contact_name,
        order.contact_email,
        line.address,
        line.parcel,
        line.parcel_title,
        line.property_snapshot["assessment"],
    )
    return [LineTerm(organisation_id=line.organisation_id, line_id=line.id, term=word) for word in words]


def _answer(session: Session, order: Order, *, purpose: str) -> OrderPlaced:
    money = money_of_orders(session, [order])[order.id]
    return OrderPlaced(
        id=order.id,
        number=order.number,
        money=money.state,
        total_cents=order.total_cents,
        gst_cents=sum(line.gst_cents for line in order.lines),
        due_on=order.due_on,
        lines=[read_line(line) for line in order.lines],
        access_token=give_token(session, order, purpose=purpose),
    )


def _find_earlier(session: Session, actor: Actor, key: str, placed: OrderCreate) -> Order | None:
    """Return the order that this key made; two requests with one key at the same time wait for each other."""
    session.execute(hold_key(actor.organisation_id, key))
    placement = session.scalar(placement_with_key(actor.organisation_id, key))
    if placement is None:
        return None
    if placement.body_sha256 != _hash_of_body(placed):
        raise IdempotencyKeyReused
    return session.scalars(order_with_id(actor.organisation_id, placement.order_id)).one()


def _hash_of_key(actor: Actor, key: str | None) -> str | None:
    """Hash a key together with whoever sent it, so that nobody reaches another's order with a key of theirs."""
    if key is None:
        return None
    if not SHORTEST_KEY <= len(key) <= LONGEST_KEY or not key.isprintable():
        raise IdempotencyKeyInvalid
    sender: uuid.UUID | str = actor.user_id or actor.kind
    return hashlib.sha256(f"{sender}\n{key}".encode()).hexdigest()


def _hash_of_body(placed: OrderCreate) -> str:
    # Who sends an order again after its fees changed means the order that they placed at what they saw first.
    return hashlib.sha256(placed.model_dump_json(exclude={"seen_total_cents"}).encode()).hexdigest()
