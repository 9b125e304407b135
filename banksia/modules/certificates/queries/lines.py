"""The queue: lines by view, filter and word."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import JSON, ColumnElement, Select, and_, bindparam, case, func, select
from sqlalchemy.orm import joinedload, selectinload

from banksia.modules.certificates.models import FINISHED_STATES, OPEN_STATES, Order, OrderLine
from banksia.modules.certificates.queries.orders import lines_with_term

MOST_COUNTED = 5000
"""Counting the open lines of one council stops here; the working set is far smaller."""


def lines_of(organisation_id: uuid.UUID) -> Select[OrderLine]:
    """Every line of the council, with its order."""
    return select(OrderLine).where(OrderLine.organisation_id == organisation_id).options(joinedload(OrderLine.order))


def line_with_id(organisation_id: uuid.UUID, line_id: uuid.UUID) -> Select[OrderLine]:
    """One line with its order and the order's lines."""
    return (
        select(OrderLine)
        .where(OrderLine.organisation_id == organisation_id, OrderLine.id == line_id)
        .options(joinedload(OrderLine.order).options(selectinload(Order.lines)))
    )


def lines_with_ids(organisation_id: uuid.UUID, line_ids: Sequence[uuid.UUID]) -> Select[OrderLine]:
    """These lines, in the one order in which they are locked."""
    return lines_of(organisation_id).where(OrderLine.id.in_(line_ids)).order_by(OrderLine.id)


def lines_of_order(organisation_id: uuid.UUID, order_id: uuid.UUID) -> Select[OrderLine]:
    """The lines of one order, in its order."""
    return lines_of(organisation_id).where(OrderLine.order_id == order_id).order_by(OrderLine.position)


def is_open() -> ColumnElement[bool]:
    """Written with its values, as the partial indexes are, so that they serve whatever plan is kept."""
    return OrderLine.state.in_(bindparam("open_states", OPEN_STATES, expanding=True, literal_execute=True))


def is_unfinished() -> ColumnElement[bool]:
    """Unpaid or being worked on; written with its values as its index is."""
    return OrderLine.state.not_in(bindparam("finished", FINISHED_STATES, expanding=True, literal_execute=True))


def views(officer_id: uuid.UUID | None, today: date) -> dict[str, ColumnElement[bool]]:
    """What each view of the open lines shows. A stopped clock is not late; what waits for another is nobody's work."""
    ticking = OrderLine.state != "on_hold"
    return {
        "mine": and_(OrderLine.assigned_to_id == officer_id, ticking, OrderLine.state != "to_check"),
        "unassigned": OrderLine.state == "queued",
        "due_today": and_(OrderLine.due_on == today, ticking),
        "overdue": and_(OrderLine.due_on < today, ticking),
        "to_check": OrderLine.state == "to_check",
        "on_hold": OrderLine.state == "on_hold",
        "all_open": is_open(),
    }


def count_of_views(organisation_id: uuid.UUID, officer_id: uuid.UUID | None, today: date) -> Select[dict[str, int]]:
    """How many lines each view has, by its name, from one bounded look at the open lines."""
    open_lines = (
        select(OrderLine.id)
        .where(OrderLine.organisation_id == organisation_id, is_open())
        .limit(MOST_COUNTED)
        .subquery()
    )
    counted = [(view, func.count(case((shown, 1)))) for view, shown in views(officer_id, today).items()]
    return (
        select(func.json_build_object(*(part for pair in counted for part in pair), type_=JSON))
        .select_from(OrderLine)
        .join(open_lines, open_lines.c.id == OrderLine.id)
        .where(OrderLine.organisation_id == organisation_id)
    )


def with_words(lines: Select[OrderLine], organisation_id: uuid.UUID, words: Sequence[str]) -> Select[OrderLine]:
    """Those of the lines that have, for each word, a word that begins so."""
    for word in words:
        lines = lines.where(OrderLine.id.in_(lines_with_term(organisation_id, word)))
    return lines


def lines_of_parcel(
    organisation_id: uuid.UUID, property_id: uuid.UUID, parcel: str, since: datetime
) -> Select[OrderLine]:
    """What was bought for a parcel since a moment, newest first; orders that nobody paid left out."""
    return (
        lines_of(organisation_id)
        .where(
            OrderLine.property_id == property_id,
            OrderLine.parcel == parcel,
            OrderLine.created_at >= since,
            OrderLine.state.not_in(("awaiting_payment", "cancelled")),
        )
        .order_by(OrderLine.id.desc())
    )


def newest_of_property(organisation_id: uuid.UUID, property_id: uuid.UUID) -> Select[OrderLine]:
    """What was ordered for a property, the newest first."""
    return lines_of(organisation_id).where(OrderLine.property_id == property_id).order_by(OrderLine.id.desc())


def count_of_property(organisation_id: uuid.UUID, property_id: uuid.UUID) -> Select[int]:
    """How many certificates were ordered for a property."""
    return select(func.count()).where(
        OrderLine.organisation_id == organisation_id, OrderLine.property_id == property_id
    )


def in_orders(lines: Select[OrderLine], orders: Select[Order]) -> Select[OrderLine]:
    """Those of the lines that stand in one of the orders."""
    return lines.where(OrderLine.order_id.in_(orders.with_only_columns(Order.id).order_by(None)))


def orders_in_state(orders: Select[Order], wanted: str) -> Select[Order]:
    """Those of the orders that are open, complete or cancelled; `all` leaves them as they are."""
    if wanted == "all":
        return orders
    if wanted == "cancelled":
        return orders.where(Order.cancelled_at.is_not(None))
    unfinished = (
        select(OrderLine.order_id)
        .where(OrderLine.organisation_id == Order.organisation_id, OrderLine.order_id == Order.id, is_unfinished())
        .exists()
    )
    return orders.where(Order.cancelled_at.is_(None), unfinished if wanted == "open" else ~unfinished)
