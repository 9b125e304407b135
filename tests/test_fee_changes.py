"""A fee rises while people order and pay: everybody pays what they saw, or is told before anything is ordered."""

import contextlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2 as httpx
import pytest
from buying import Customer, Town, a_town, token_of

from banksia.foundation.organisations.public import council_day
from banksia.kit.module import Modules
from banksia.testing.databases import TestDatabases
from banksia.testing.processes import eventually

pytestmark = pytest.mark.slow
EARLY, MEANWHILE = range(6), range(6, 12)
RISE_CENTS = 500


@pytest.fixture(scope="module")
def town(databases: TestDatabases, modules: Modules, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with a_town(databases, modules, tmp_path_factory.mktemp("fees")) as town:
        yield town


def test_an_open_payment_keeps_its_price_and_no_order_mixes_two(town: Town) -> None:
    seen = fee_of(town)["fee_cents"]
    with contextlib.ExitStack() as open_until_then, ThreadPoolExecutor(2 * len(EARLY) + 1) as pool:
        early, meanwhile = (
            [open_until_then.enter_context(Customer(town, number)) for number in numbers]
            for numbers in (EARLY, MEANWHILE)
        )
        placed = [answer.json() for answer in pool.map(lambda each: each.place(seen_total_cents=seen), early)]
        rising = pool.submit(raise_fee, town)
        paying = [
            pool.submit(each.pay, order["id"], token_of(order)) for each, order in zip(early, placed, strict=True)
        ]
        placing = [pool.submit(each.place, seen_total_cents=seen) for each in meanwhile]
        for done in (rising, *paying):
            done.result()
        answers = [done.result() for done in placing]

    assert fee_of(town)["fee_cents"] == seen + RISE_CENTS
    for answer in answers:
        if answer.status_code == 409:
            assert answer.json()["type"] == "urn:banksia:certificates:fees-changed"
            assert answer.json()["total_cents"] == seen + RISE_CENTS
        else:
            assert (answer.status_code, answer.json()["total_cents"]) == (201, seen)
    expect_paid_as_seen(town, seen)
    with Customer(town, 99) as late:
        assert late.place(seen_total_cents=seen).status_code == 409
        ordered = late.place(seen_total_cents=seen + RISE_CENTS).json()
        assert ordered["total_cents"] == seen + RISE_CENTS
        assert late.place(seen_total_cents=seen).json()["id"] == ordered["id"]


def expect_paid_as_seen(town: Town, seen: int) -> None:
    """Every early order is paid, at what its customer saw, in the books and on the receipt; nothing is in review."""
    query = town.live.query
    paid = "SELECT amount_cents FROM payments.payments WHERE applied"
    eventually(lambda: len(query(paid)) == len(EARLY), "the early orders are paid", seconds=60)
    assert query(paid) == [(seen,)] * len(EARLY)
    eventually(
        lambda: query("SELECT total_cents FROM payments.receipts") == [(seen,)] * len(EARLY), "receipts", seconds=60
    )
    assert query("SELECT count(*) FROM payments.review_cases") == [(0,)]
    mixed = (
        "SELECT count(*) FROM certificates.orders AS placed JOIN certificates.order_lines AS line"
        " ON line.order_id = placed.id JOIN certificates.product_fees AS fee ON fee.id = line.fee_id"
        " JOIN payments.payables AS owed ON owed.subject_id = placed.id"
        " WHERE NOT (fee.fee_cents = line.fee_cents AND line.fee_cents = placed.total_cents"
        " AND placed.total_cents = owed.total_cents)"
    )
    assert query(mixed) == [(0,)]


def fee_of(town: Town) -> dict[str, Any]:
    """The product as the catalogue offers it now."""
    with town.live.browser() as guest:
        products = guest.get("/api/certificates/catalogue").json()["products"]
    return next(each for each in products if each["code"] == town.product)


def raise_fee(town: Town) -> None:
    """An administrator adds a fee that holds from today on."""
    with town.live.platform.database.session(town.live.organisation_id) as session:
        today = council_day(session)
    offer = fee_of(town)
    fee = {
        "valid_from_on": str(today),
        "fee_cents": offer["fee_cents"] + RISE_CENTS,
        "gst_treatment": offer["gst_treatment"],
        "gl_code": "1200-4020",
    }
    with town.live.browser("administrator") as administrator:
        added: httpx.Response = administrator.post(f"/api/certificates/products/{town.product}/fees", json=fee)
    assert added.status_code == 201, added.text
