"""Finding orders again: a customer's own and their firms', or for staff the council's."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Select
from sqlalchemy.orm import Session

from banksia.foundation.auth.public import firm_ids_of
from banksia.foundation.organisations.public import start_of_day
from banksia.foundation.payments.public import MoneyOf
from banksia.kit.actor import Actor
from banksia.kit.paging import Key, page_of
from banksia.kit.schemas import Page
from banksia.modules.certificates.models import Order, OrderLine
from banksia.modules.certificates.permissions import ORDERS_READ
from banksia.modules.certificates.queries.lines import lines_of, orders_in_state
from banksia.modules.certificates.queries.orders import (
    as_rows,
    having_lines,
    orders_as_guest,
    orders_of,
    orders_of_firm,
    orders_of_lines,
    orders_with_account,
    placed_between,
    placed_by,
)
from banksia.modules.certificates.schemas.history import OrderListing, OrderSearch
from banksia.modules.certificates.schemas.orders import OrderSummary
from banksia.modules.certificates.service.money import money_of_orders
from banksia.modules.certificates.service.reading import work_of
from banksia.modules.certificates.service.terms import having_words, is_sought, own_having_words


def list_orders(session: Session, actor: Actor, *, wanted: OrderListing) -> Page[OrderSummary]:
    """Return what a customer may see of their own and their firms' orders, or for staff the council's, as a list.

    Raises Unauthenticated for guests.
    """
    found, next_cursor = orders_page(session, actor, wanted=wanted, limit=wanted.limit, cursor=wanted.cursor)
    money = money_of_orders(session, found)
    return Page(results=[_summary(order, money[order.id]) for order in found], next_cursor=next_cursor)


def orders_page(
    session: Session, actor: Actor, *, wanted: OrderSearch, limit: int, cursor: str | None
) -> tuple[Sequence[Order], str | None]:
    """Find the orders that are wanted among those that the person may see, newest first; each word must begin a word.

    Raises Unauthenticated for guests.
    """
    visible = _visible(session, actor, wanted)
    lines = _lines_sought(session, actor, wanted.q, visible.owners) if is_sought(wanted.q) else None
    moments = _moments(session, wanted)
    parts = [_narrowed(part, actor, wanted, moments, lines) for part in visible.parts]
    keys = [Key(Order.created_at, "created_at", descending=True), Key(Order.id, "id", descending=True)]
    orders = parts.pop() if len(parts) == 1 else orders_of(actor.organisation_id)
    return page_of(session, as_rows(orders), keys=keys, limit=limit, cursor=cursor, parts=parts)


class _Visible(NamedTuple):
    parts: list[Select[Order]]
    """What the person may see, in parts that are each read by an index of its own."""
    owners: list[uuid.UUID | str]
    """Whose histories these are; none where it is the council's."""


def _visible(session: Session, actor: Actor, wanted: OrderSearch) -> _Visible:
    council, user = actor.organisation_id, actor.user_id
    if not actor.is_customer or not user:
        actor.require(ORDERS_READ)
        orders = orders_of(council)
        return _Visible([orders.where(Order.firm_id == wanted.firm_id) if wanted.firm_id else orders], [])
    if wanted.firm_id:
        return _Visible([orders_of_firm(council, user, wanted.firm_id)], [wanted.firm_id])
    email = actor.email.lower()
    parts = [orders_with_account(council, user), orders_as_guest(council, email)]
    owners: list[uuid.UUID | str] = [user, email]
    for firm_id in () if wanted.own else session.scalars(firm_ids_of(council, user)):
        parts.append(orders_of_firm(council, user, firm_id))
        owners.append(firm_id)
    return _Visible(parts, owners)


def _lines_sought(session: Session, actor: Actor, query: str, owners: Sequence[uuid.UUID | str]) -> Select[OrderLine]:
    lines = lines_of(actor.organisation_id)
    return own_having_words(session, lines, query, owners) if owners else having_words(session, lines, query)


def _narrowed(
    orders: Select[Order],
    actor: Actor,
    wanted: OrderSearch,
    moments: tuple[datetime | None, datetime | None],
    lines: Select[OrderLine] | None,
) -> Select[Order]:
    orders = orders_in_state(orders, actor.organisation_id, wanted.state)
    orders = placed_between(placed_by(orders, wanted.placed_by_id), *moments)
    return orders if lines is None else having_lines(orders, orders_of_lines(lines))


def _moments(session: Session, wanted: OrderSearch) -> tuple[datetime | None, datetime | None]:
    """When the first of the days begins, and when the last of them is over."""
    first, last = wanted.placed_from_on, wanted.placed_to_on
    end = start_of_day(session, last + timedelta(days=1)) if last else None
    return start_of_day(session, first) if first else None, end


def _summary(order: Order, money: MoneyOf) -> OrderSummary:
    lines = order.lines
    return OrderSummary(
        id=order.id,
        number=order.number,
        placed_at=order.created_at,
        reference=order.reference,
        firm_name=order.firm_name,
        placed_by_name=order.placed_by_name,
        contact_name=order.contact_name,
        money=money.state,
        work=work_of(order),
        total_cents=order.total_cents,
        due_on=order.due_on,
        addresses=list(dict.fromkeys(line.address for line in lines)),
        parcels=list(dict.fromkeys(line.parcel for line in lines)),
        products=list(dict.fromkeys(line.product_snapshot["short_title"] for line in lines)),
        ready_count=sum(line.state == "issued" for line in lines),
        mail_bounced_at=order.mail_bounced_at,
        line_count=len(lines),
    )
