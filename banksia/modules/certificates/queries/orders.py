"""Orders, the keys that open them, and the steps of their lines."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Select, func, select, union_all
from sqlalchemy.orm import selectinload

from banksia.foundation.auth.public import firm_ids_of
from banksia.modules.certificates.models import (
    LineTerm,
    LineTransition,
    NumberSeries,
    Order,
    OrderLine,
    OrderToken,
    PlacementKey,
)


def orders_of(organisation_id: uuid.UUID) -> Select[Order]:
    """Every order of the council, with its lines loaded in one query for all."""
    return select(Order).where(Order.organisation_id == organisation_id).options(selectinload(Order.lines))


def as_rows(orders: Select[Order]) -> Select[Order]:
    """The same orders for a list, which shows nothing of the pictures of their properties."""
    return orders.options(selectinload(Order.lines).defer(OrderLine.property_snapshot))


def order_with_id(organisation_id: uuid.UUID, order_id: uuid.UUID) -> Select[Order]:
    """One order."""
    return orders_of(organisation_id).where(Order.id == order_id)


def order_with_number(organisation_id: uuid.UUID, number: str) -> Select[Order]:
    """The order of that number."""
    return orders_of(organisation_id).where(Order.number == number)


def orders_with_account(organisation_id: uuid.UUID, customer_id: uuid.UUID) -> Select[Order]:
    """The orders that were placed with an account for itself."""
    return orders_of(organisation_id).where(Order.customer_id == customer_id, Order.firm_id.is_(None))


def orders_as_guest(organisation_id: uuid.UUID, email: str) -> Select[Order]:
    """The orders that were placed without an account, and carry the e-mail address that an account has verified."""
    return guest_orders(organisation_id, email).where(Order.firm_id.is_(None))


def orders_of_firm(organisation_id: uuid.UUID, customer_id: uuid.UUID, firm_id: uuid.UUID) -> Select[Order]:
    """The orders of a firm, for an account that belongs to it; for another there are none."""
    return orders_of(organisation_id).where(
        Order.firm_id == firm_id, Order.firm_id.in_(firm_ids_of(organisation_id, customer_id))
    )


def orders_of_customer(organisation_id: uuid.UUID, customer_id: uuid.UUID, email: str) -> Select[Order]:
    """The orders that an account may see: its own, and those of the firms that it belongs to at this moment.

    Each part is found by its own index, and one statement asks for them all.
    """
    of_firms = orders_of(organisation_id).where(Order.firm_id.in_(firm_ids_of(organisation_id, customer_id)))
    parts = (orders_with_account(organisation_id, customer_id), orders_as_guest(organisation_id, email), of_firms)
    return orders_of(organisation_id).where(
        Order.id.in_(union_all(*(part.with_only_columns(Order.id) for part in parts)))
    )


def guest_orders(organisation_id: uuid.UUID, email: str) -> Select[Order]:
    """Orders that no account owns and that carry this e-mail address."""
    return orders_of(organisation_id).where(Order.customer_id.is_(None), Order.contact_email == email)


def placed_between(orders: Select[Order], first: datetime | None, before: datetime | None) -> Select[Order]:
    """Those of the orders that were placed from a moment on and before another."""
    if first is not None:
        orders = orders.where(Order.created_at >= first)
    return orders if before is None else orders.where(Order.created_at < before)


def placed_by(orders: Select[Order], user_id: uuid.UUID | None) -> Select[Order]:
    """Those of the orders that were placed with this account; without one, all of them."""
    return orders if user_id is None else orders.where(Order.customer_id == user_id)


def having_lines(orders: Select[Order], lines: Select[uuid.UUID]) -> Select[Order]:
    """Those of the orders that have one of the lines."""
    return orders.where(Order.id.in_(lines))


def orders_of_lines(lines: Select[OrderLine]) -> Select[uuid.UUID]:
    """The ids of the orders that some lines stand in."""
    return lines.with_only_columns(OrderLine.order_id).order_by(None)


def token_of_order(organisation_id: uuid.UUID, order_id: uuid.UUID, token_sha256: str) -> Select[OrderToken]:
    """The key of an order with this hash."""
    return select(OrderToken).where(
        OrderToken.organisation_id == organisation_id,
        OrderToken.token_sha256 == token_sha256,
        OrderToken.order_id == order_id,
        OrderToken.ended_at.is_(None),
    )


def tokens_of_order(organisation_id: uuid.UUID, order_id: uuid.UUID) -> Select[OrderToken]:
    """Every key of an order, those that have ended too."""
    return select(OrderToken).where(OrderToken.organisation_id == organisation_id, OrderToken.order_id == order_id)


def placement_with_key(organisation_id: uuid.UUID, key_sha256: str) -> Select[PlacementKey]:
    """What an Idempotency-Key made."""
    return select(PlacementKey).where(
        PlacementKey.organisation_id == organisation_id, PlacementKey.key_sha256 == key_sha256
    )


def transitions_of(organisation_id: uuid.UUID, order_id: uuid.UUID) -> Select[LineTransition]:
    """Every step of an order's lines, oldest first."""
    return (
        select(LineTransition)
        .where(LineTransition.organisation_id == organisation_id, LineTransition.order_id == order_id)
        .order_by(LineTransition.id)
    )


def last_number(organisation_id: uuid.UUID, series: str, year: int) -> Select[int]:
    """The last number that a series gave in a year."""
    return select(NumberSeries.last_number).where(
        NumberSeries.organisation_id == organisation_id, NumberSeries.series == series, NumberSeries.year == year
    )


def lines_with_term(organisation_id: uuid.UUID, prefix: str) -> Select[uuid.UUID]:
    """The ids of lines one of whose words begins so; a range, because LIKE finds no index under row-level security."""
    return select(LineTerm.line_id).where(
        LineTerm.organisation_id == organisation_id,
        LineTerm.term >= prefix,
        LineTerm.term < prefix + "\U0010ffff",
    )


def hold_key(organisation_id: uuid.UUID, key_sha256: str) -> Select[None]:
    """Wait until no other transaction places an order with this Idempotency-Key, and make others wait."""
    return select(func.pg_advisory_xact_lock(func.hashtextextended(f"{organisation_id}:{key_sha256}", 0)))


def line_ids_of(orders: Iterable[Order]) -> list[uuid.UUID]:
    """The ids of the lines of some orders."""
    return [line.id for order in orders for line in order.lines]
