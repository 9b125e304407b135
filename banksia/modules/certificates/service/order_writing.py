"""The rows of an order: its lines with land, product, fee and promise as they are at this moment."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from banksia.foundation.payments.public import gst_in
from banksia.kit.actor import Actor
from banksia.kit.models import new_id
from banksia.modules.certificates.models import LineTerm, Order, OrderLine, Product
from banksia.modules.certificates.schemas.orders import OrderCreate
from banksia.modules.certificates.service.basket import Choice
from banksia.modules.certificates.service.numbering import next_order_number
from banksia.modules.certificates.service.terms import owner_word_of, words_of
from banksia.modules.property.public import snapshot_each


@dataclass(frozen=True)
class Firm:
    """Whom an order is for, when it is not for the person who places it."""

    id: uuid.UUID
    name: str


def write_orders(
    session: Session, actor: Actor, wanted: Sequence[tuple[OrderCreate, Sequence[Choice]]], firm: Firm | None
) -> list[Order]:
    """Write some orders with what each line buys; what is known of the land of all is read at once."""
    lands = [(choice.land.described, choice.land.parcel) for _, choices in wanted for choice in choices]
    pictures = iter(snapshot_each(session, lands))
    orders = []
    for placed, choices in wanted:
        order = _order(actor, placed, choices, firm)
        # The number's row stays locked until the commit, so it is taken once everything is known to be right.
        order.number = next_order_number(session)
        order.lines = [_line(order, position, choice, next(pictures)) for position, choice in enumerate(choices, 1)]
        for line in order.lines:
            line.collects = placed.collect or order.contact_email is None
        order.total_cents = sum(line.total_cents for line in order.lines)
        session.add(order)
        orders.append(order)
    session.flush()
    session.add_all(term for order in orders for line in order.lines for term in terms_of(order, line))
    return orders


def picture_of(product: Product) -> dict[str, Any]:
    """What is kept of a product as it is sold."""
    return {
        "title": product.title,
        "short_title": product.short_title,
        "law": product.law,
        "template": product.template,
        "number_prefix": product.number_prefix,
        "cut_off": f"{product.cut_off:%H:%M}",
        "needs_check": product.needs_check,
    }


def _order(actor: Actor, placed: OrderCreate, choices: Sequence[Choice], firm: Firm | None) -> Order:
    at_counter = not (actor.is_customer or actor.kind == "guest")
    return Order(
        id=new_id(),
        organisation_id=actor.organisation_id,
        channel="counter" if at_counter else "online",
        customer_id=actor.user_id if actor.is_customer else None,
        firm_id=firm.id if firm else None,
        firm_name=firm.name if firm else None,
        placed_by_name=actor.name if actor.is_customer else None,
        lodged_by_id=actor.user_id if at_counter else None,
        lodged_by_name=actor.name if at_counter else None,
        contact_name=placed.contact.name,
        contact_email=placed.contact.email.lower() if placed.contact.email else None,
        contact_phone=placed.contact.phone or None,
        reference=placed.reference or None,
        due_on=max(choice.offer.due_on(urgent=choice.urgent) for choice in choices),
        total_cents=0,
    )


def _line(order: Order, position: int, choice: Choice, picture: dict[str, Any]) -> OrderLine:
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
        product_snapshot=picture_of(product),
        fee_id=fee.id,
        fee_cents=fee.fee_cents,
        urgent_fee_cents=urgent_fee_cents,
        gst_cents=gst_in(fee.fee_cents, fee.gst_treatment) + gst_in(urgent_fee_cents, fee.gst_treatment),
        gst_treatment=fee.gst_treatment,
        gl_code=fee.gl_code,
        urgent=choice.urgent,
        property_id=land.property_id,
        parcel=land.parcel,
        property_snapshot=picture,
        address=land.address or land.parcel_title,
        turnaround_days=offer.turnaround_days(urgent=choice.urgent),
        due_on=offer.due_on(urgent=choice.urgent),
        state="awaiting_payment",
        override_reason=choice.override_reason,
    )


def terms_of(order: Order, line: OrderLine) -> list[LineTerm]:
    """Return the words by which a line is found."""
    words = words_of(
        order.number,
        order.reference,
        order.contact_name,
        order.contact_email,
        order.firm_name,
        order.placed_by_name,
        line.address,
        line.parcel,
        line.parcel_title,
        line.property_snapshot["assessment"],
    )
    if owner := owner_word_of(order):
        words.append(owner)
    return [LineTerm(organisation_id=line.organisation_id, line_id=line.id, term=word) for word in words]
