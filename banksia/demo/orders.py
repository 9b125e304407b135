"""The demo's first orders: lodged and paid at the counter, so that the officers' queue has something in it."""

import random

from banksia.foundation.payments.public import CounterPart, take_counter_payment
from banksia.kit.database import Transactions
from banksia.modules.certificates.public import ContactCreate, LineCreate, OrderCreate, OrderPlaced, place_order
from banksia.modules.property.public import find_properties

STREETS = {
    "bluehills": (
        "williwa street portland",
        "rydal road wallerawang",
        "main street lithgow",
        "hassans walls road lithgow",
    ),
    "kurrajong": ("govetts leap road blackheath", "station street mount victoria"),
}
ORDERS = (
    ("Dale & Kaur Lawyers", "r.kaur@dalekaur.example", "26/1183 Ferris", (("10.7-2", False), ("603", False))),
    ("Hart Conveyancing", "office@hartconveyancing.example", "26-771", (("735A", False),)),
    ("Margaret Olsen", None, None, (("603", False),)),
    ("Westside Property Law", "matters@westside.example", "WPL 4410", (("10.7-2-5", True),)),
    ("Sione Tuilagi", "sione@tuilagi.example", None, (("10.7-2", True),)),
    ("Northbridge Legal", "conveyancing@northbridge.example", "F-2290", (("drainage", False), ("603", False))),
    ("Ormond Building Co", "admin@ormond.example", "Lot 44", (("drainage", False),)),
    ("J. Abernethy", None, "contract of 20 November", (("10.7-2", False),)),
)


def place_orders(transactions: Transactions, *, council: str) -> None:
    """Lodge and pay the demo's orders for properties of its own streets; the same ones at every start afresh."""
    chance = random.Random(council)
    with transactions() as session:
        found = [each for street in STREETS[council] for each in find_properties(session, street, limit=10)]
    properties = [each for each in found if each["parcels"] and each["status"] == "current"]
    for (name, email, reference, wanted), place in zip(ORDERS, chance.sample(properties, len(ORDERS)), strict=True):
        placed = OrderCreate(
            lines=[
                LineCreate(property_id=place["id"], parcel=place["parcels"][0], product=product, urgent=urgent)
                for product, urgent in wanted
            ],
            contact=ContactCreate(name=name, email=email),
            reference=reference,
        )
        with transactions() as session:
            order = place_order(session, transactions.actor, placed=placed, idempotency_key=None, client="counter")
        _take_payment(transactions, order)


def _take_payment(transactions: Transactions, order: OrderPlaced) -> None:
    """Cash in notes, with change, or the terminal."""
    if order.total_cents % 2:
        part = CounterPart("cash", order.total_cents, tendered_cents=-(-order.total_cents // 5000) * 5000)
    else:
        part = CounterPart("eftpos", order.total_cents, reference=order.number[-6:])
    take_counter_payment(transactions, payable=("certificates.order", order.id), parts=[part])
