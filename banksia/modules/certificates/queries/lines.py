"""The queue: lines by view, filter and word."""

import uuid
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime

from sqlalchemy import (
    ARRAY,
    JSON,
    ColumnElement,
    Select,
    Text,
    Uuid,
    and_,
    bindparam,
    case,
    func,
    literal,
    select,
    true,
)
from sqlalchemy.orm import aliased, defer, joinedload, selectinload

from banksia.modules.certificates.models import FINISHED_STATES, OPEN_STATES, Issuance, LineTerm, Order, OrderLine
from banksia.modules.certificates.queries.orders import lines_with_term

MOST_COUNTED = 5000
"""Counting the open lines of one council stops here; the working set is far smaller."""


def lines_of(organisation_id: uuid.UUID) -> Select[OrderLine]:
    """Every line of the council, with its order."""
    return select(OrderLine).where(OrderLine.organisation_id == organisation_id).options(joinedload(OrderLine.order))


def lines_to_sort(organisation_id: uuid.UUID) -> Select[OrderLine]:
    """Every line of the council, the orders of a page's lines read after it; joined, every line's is read to sort.

    The picture of the property is left out, which no list shows.
    """
    left = (selectinload(OrderLine.order), defer(OrderLine.property_snapshot))
    return select(OrderLine).where(OrderLine.organisation_id == organisation_id).options(*left)


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


def is_open(lines: type[OrderLine] = OrderLine) -> ColumnElement[bool]:
    """Written with its values, as the partial indexes are, so that they serve whatever plan is kept."""
    return lines.state.in_(bindparam("open_states", OPEN_STATES, expanding=True, literal_execute=True))


def is_unfinished() -> ColumnElement[bool]:
    """Unpaid or being worked on; written with its values as its index is."""
    return OrderLine.state.not_in(bindparam("finished", FINISHED_STATES, expanding=True, literal_execute=True))


def is_to_hand_over() -> ColumnElement[bool]:
    """Issued, on paper, and not collected yet; written as its index is."""
    issued = OrderLine.state.in_(bindparam("issued", ("issued",), expanding=True, literal_execute=True))
    return and_(issued, OrderLine.collects, OrderLine.collected_at.is_(None))


def is_being_issued() -> ColumnElement[bool]:
    """Whether it is decided that the line is issued, and its certificate is on its way."""
    return (
        select(Issuance.id)
        .where(
            Issuance.organisation_id == OrderLine.organisation_id,
            Issuance.line_id == OrderLine.id,
            Issuance.finished_at.is_(None),
        )
        .exists()
    )


def views(
    officer_id: uuid.UUID | None, today: date, lines: type[OrderLine] = OrderLine
) -> dict[str, ColumnElement[bool]]:
    """What each view of the open lines shows. A stopped clock is not late; what waits for another is nobody's work."""
    ticking = lines.state != "on_hold"
    return {
        "mine": and_(lines.assigned_to_id == officer_id, ticking, lines.state != "to_check"),
        "unassigned": lines.state == "queued",
        "due_today": and_(lines.due_on == today, ticking),
        "overdue": and_(lines.due_on < today, ticking),
        "to_check": lines.state == "to_check",
        "on_hold": lines.state == "on_hold",
        "all_open": is_open(lines),
    }


def count_of_views(
    organisation_id: uuid.UUID,
    officer_id: uuid.UUID | None,
    today: date,
    part: Callable[[type[OrderLine]], ColumnElement[bool]] = lambda _: true(),
) -> Select[dict[str, int]]:
    """How many lines each view has, by its name, from one bounded look at the open lines.

    `part` is what is looked at of them; what is assigned to the officer counts in any case.
    """
    looked_at = select(OrderLine).where(OrderLine.organisation_id == organisation_id, is_open()).limit(MOST_COUNTED)
    lines = aliased(OrderLine, looked_at.subquery())
    shown_by = {
        view: shown if view == "mine" else and_(part(lines), shown)
        for view, shown in views(officer_id, today, lines).items()
    }
    counted = [(view, func.count(case((shown, 1)))) for view, shown in shown_by.items()]
    return select(func.json_build_object(*(part for pair in counted for part in pair), type_=JSON))


def count_due_between(organisation_id: uuid.UUID, from_on: date, until_on: date) -> Select[int]:
    """How many open lines are due on some days, counted to a bound."""
    due = (
        select(OrderLine.id)
        .where(
            OrderLine.organisation_id == organisation_id,
            is_open(),
            OrderLine.due_on >= from_on,
            OrderLine.due_on <= until_on,
        )
        .limit(MOST_COUNTED)
        .subquery()
    )
    return select(func.count()).select_from(due)


def with_words(lines: Select[OrderLine], organisation_id: uuid.UUID, words: Sequence[str]) -> Select[OrderLine]:
    """Those of the lines that have, for each word, a word that begins so."""
    for word in words:
        lines = lines.where(OrderLine.id.in_(lines_with_term(organisation_id, word)))
    return lines


def line_ids_with_words(organisation_id: uuid.UUID, words: Sequence[str]) -> Select[list[uuid.UUID] | None]:
    """The ids of all lines that have the words, or null where so many of the newest have them that those will do."""
    found = func.certificates.lines_with_words(organisation_id, literal(list(words), ARRAY(Text)), type_=ARRAY(Uuid))
    return select(found)


def own_line_ids_with_words(
    organisation_id: uuid.UUID, owners: Sequence[str], words: Sequence[str]
) -> Select[list[uuid.UUID] | None]:
    """The same of the lines that have one of the owners' words; null where very many of these have the words."""
    lists = (literal(list(each), ARRAY(Text)) for each in (owners, words))
    return select(func.certificates.own_lines_with_words(organisation_id, *lists, type_=ARRAY(Uuid)))


def terms_of_lines(organisation_id: uuid.UUID, line_ids: Sequence[uuid.UUID]) -> Select[LineTerm]:
    """The words by which some lines are found."""
    return select(LineTerm).where(LineTerm.organisation_id == organisation_id, LineTerm.line_id.in_(line_ids))


def lines_of_parcel(
    organisation_id: uuid.UUID, property_id: uuid.UUID, parcel: str, since: datetime
) -> Select[OrderLine]:
    """What was bought for a parcel since a moment, newest first; orders that nobody paid left out."""
    return lines_of_properties(organisation_id, [property_id], since).where(OrderLine.parcel == parcel)


def lines_of_properties(
    organisation_id: uuid.UUID, property_ids: Collection[uuid.UUID], since: datetime
) -> Select[OrderLine]:
    """What was bought for some properties since a moment, newest first; orders that nobody paid left out."""
    return (
        lines_of(organisation_id)
        .where(
            OrderLine.property_id.in_(property_ids),
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


def orders_in_state(orders: Select[Order], organisation_id: uuid.UUID, wanted: str) -> Select[Order]:
    """Those of the orders that are open, complete or cancelled; `all` leaves them as they are."""
    if wanted == "all":
        return orders
    if wanted == "mail_came_back":
        return orders.where(Order.mail_bounced_at.is_not(None))
    if wanted == "cancelled":
        return orders.where(Order.cancelled_at.is_not(None))
    # Few orders are unfinished, and they are the newest: read once, they are passed over without a look at each.
    unfinished = select(OrderLine.order_id).where(OrderLine.organisation_id == organisation_id, is_unfinished())
    chosen = Order.id.in_(unfinished) if wanted == "open" else Order.id.not_in(unfinished)
    return orders.where(Order.cancelled_at.is_(None), chosen)
