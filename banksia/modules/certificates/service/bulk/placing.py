"""Placing the rows that are ready: one order for each matter, all of them or none."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

from banksia.foundation.auth.public import limit_rate
from banksia.kit.actor import Actor
from banksia.modules.certificates.models import Order
from banksia.modules.certificates.schemas.bulk import BulkLine, BulkOrderRead, BulkPlace, BulkPlaced
from banksia.modules.certificates.schemas.orders import LineCreate, OrderCreate
from banksia.modules.certificates.service.basket import check_baskets
from banksia.modules.certificates.service.bulk.matching import expect_customer
from banksia.modules.certificates.service.ordering import (
    check_contact,
    expect_seen,
    find_earlier,
    firm_for,
    hash_of_key,
    record_orders,
)

MOST_AN_HOUR = 30


def place_in_bulk(session: Session, actor: Actor, *, placed: BulkPlace, idempotency_key: str) -> BulkPlaced:
    """Write one order for each matter, with prices and due dates as they are now; nothing is paid yet.

    The same key with the same rows gives the same orders. Raises Unauthenticated, AccountNeeded, OrderInvalid with one
    error per line that cannot be sold or for a firm that the customer has left, FeesChanged, IdempotencyKeyReused and
    TooManyRequests; then nothing is ordered.
    """
    subject = expect_customer(actor)
    wanted = _orders(placed)
    keys = [hash_of_key(actor, f"{idempotency_key}/{place}") for place in range(len(wanted))]
    # The first key is held until the commit, so that a second press waits here and then finds all of them.
    if find_earlier(session, actor, keys[0], wanted[0]):
        made = [find_earlier(session, actor, key, each) for key, each in zip(keys, wanted, strict=True)]
        return _answer([each for each in made if each])
    limit_rate(session, "certificates.place_in_bulk", subject=subject, at_most=MOST_AN_HOUR, per=timedelta(hours=1))
    check_contact(actor, wanted[0])
    firm = firm_for(session, actor, placed.firm_id)
    choices = check_baskets(session, actor, [each.lines for each in wanted])
    expect_seen(placed.seen_total_cents, sum(choice.cents for chosen in choices for choice in chosen))
    recorded = record_orders(session, actor, list(zip(wanted, choices, strict=True)), keys=keys, firm=firm)
    session.flush()
    return _answer([order for order, _ in recorded])


def _orders(placed: BulkPlace) -> list[OrderCreate]:
    """Return the orders in the sequence in which their matters first appear."""
    by_matter: defaultdict[str, list[BulkLine]] = defaultdict(list)
    for row in placed.rows:
        by_matter[row.matter].append(row)
    return [
        OrderCreate(
            lines=[LineCreate(**row.model_dump(exclude={"matter"})) for row in rows],
            contact=placed.contact,
            reference=matter or None,
            firm_id=placed.firm_id,
        )
        for matter, rows in by_matter.items()
    ]


def _answer(orders: Sequence[Order]) -> BulkPlaced:
    return BulkPlaced(
        orders=[
            BulkOrderRead(
                id=order.id,
                number=order.number,
                reference=order.reference,
                total_cents=order.total_cents,
                line_count=len(order.lines),
                due_on=order.due_on,
            )
            for order in orders
        ]
    )
