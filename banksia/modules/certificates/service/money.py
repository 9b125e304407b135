"""The money of orders, as payments knows it; nothing of it is kept here."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from banksia.foundation.payments import public as payments
from banksia.kit.actor import Actor
from banksia.modules.certificates.models import Order, OrderLine
from banksia.modules.certificates.queries.upgrades import upgrades_of
from banksia.modules.certificates.service.access import give_token, order_path, staff_order_path

WAS_PAID = (payments.Money.PAID, payments.Money.PART_REFUNDED, payments.Money.REFUNDED)


def raise_payable(session: Session, actor: Actor, order: Order) -> payments.Money:
    """Tell payments what is owed for an order, line by line; urgency is a line of its own. Answers how it stands."""
    owed = payments.raise_payable(
        session,
        actor,
        payable=order.payable,
        title="Property certificates",
        reference=order.number,
        lines=[owed for line in order.lines for owed in _lines_owed(line)],
        pages=pages_of(order),
        payer=payer_of(session, order),
    )
    return payments.Money(owed.state)


def pages_of(order: Order) -> payments.Pages:
    """Where customers and staff find an order."""
    return payments.Pages(payer=order_path(order), staff=staff_order_path(order.id))


def payer_of(session: Session, order: Order) -> payments.Payer:
    """Who pays for an order, with a new key in the link of the receipt's mail."""
    token = give_token(session, order, purpose="receipt mail")
    # The payment provider sees the return path, so it carries no key; the receipt's mail does.
    mail_link = f"{order_path(order)}#token={token}"
    return payments.Payer(order.contact_name, order.contact_email, mail_link, reference=order.reference)


def money_of_orders(session: Session, orders: Sequence[Order]) -> dict[uuid.UUID, payments.MoneyOf]:
    """Ask payments how some orders stand, in a fixed number of queries."""
    found = payments.money_of(session, [order.payable for order in orders])
    return {subject_id: money for (_, subject_id), money in found.items()}


def is_paid(session: Session, order: Order) -> bool:
    """Whether work may be done for an order."""
    return payments.is_paid(session, order.payable)


def paid_since(session: Session, payable: payments.PayableRef) -> datetime | None:
    """When it was paid; None while no work may be done for it."""
    return payments.paid_among(session, [payable]).get(payable)


def lines_owing(session: Session, order: Order) -> set[uuid.UUID]:
    """The lines that became more for a difference that is owed again; one that was given back was paid once."""
    upgrades = session.scalars(upgrades_of(order.organisation_id, [order.id]))
    done = [each for each in upgrades if each.state == "done"]
    money = payments.money_of(session, [each.payable for each in done]) if done else {}
    return {each.line_id for each in done if money[each.payable].state not in WAS_PAID}


def is_line_paid(session: Session, line: OrderLine) -> bool:
    """Whether a certificate may be issued: its order is paid, and so is what made it more."""
    return is_paid(session, line.order) and line.id not in lines_owing(session, line.order)


def _lines_owed(line: OrderLine) -> list[payments.LineOwed]:
    land = line.parcel_title
    sums = [(f"{line.product_title}, {land}", line.fee_cents)]
    if line.urgent_fee_cents:
        sums.append((f"Urgent service, {line.product_snapshot['short_title']}, {land}", line.urgent_fee_cents))
    return [payments.LineOwed(words, cents, line.gst_treatment, line.gl_code) for words, cents in sums]
