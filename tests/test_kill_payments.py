"""`kill -9` at random: API, worker and clock die while orders are placed and paid, and the broker loses its messages.

Every customer does what a person does: when the connection breaks, again. At the end everything agrees.
`BANKSIA_KILL_ORDERS` asks for more orders than fit in a minute and a half, `BANKSIA_KILL_SEED` for other moments.
"""

import contextlib
import os
import random
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2 as httpx
import pytest
from buying import PATIENCE_S, Customer, Town, a_town
from live import Live

from banksia.foundation.audit.public import verify
from banksia.foundation.payments.adapters.fake_stripe import DEMO_KEY
from banksia.foundation.payments.service.sweeping import mop_up
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.kit.module import Modules
from banksia.testing.databases import TestDatabases
from banksia.testing.processes import eventually

ORDERS = int(os.environ.get("BANKSIA_KILL_ORDERS", "30"))
SEED = int(os.environ.get("BANKSIA_KILL_SEED", "22"))
CUSTOMERS = 4
pytestmark = [pytest.mark.slow, pytest.mark.timeout(300 + 4 * ORDERS)]


@pytest.fixture(scope="module")
def town(databases: TestDatabases, modules: Modules, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with a_town(databases, modules, tmp_path_factory.mktemp("kills")) as town:
        yield town


def kill_at_random(town: Town, stop: threading.Event, kills: Counter[str]) -> None:
    """Kill one process after the other at moments that the seed decides, and lose the broker's messages in between."""
    chance = random.Random(SEED)  # noqa: S311  (moments, not secrets)
    here = town.live
    messages = here.platform.settings.data_dir / "broker" / "messages"
    while not stop.wait(chance.uniform(0.3, 1.6)):
        name = chance.choice(("api", "api", "worker", "worker", "beat"))
        here.processes.kill(name)
        kills[name] += 1
        if chance.random() < 0.3:
            for message in list(messages.glob("*")) if messages.exists() else []:
                with contextlib.suppress(FileNotFoundError, IsADirectoryError):
                    message.unlink()
            kills["messages"] += 1
        stop.wait(chance.uniform(0.0, 0.4))
        here.start(name)


def test_killed_at_random_moments_nothing_is_lost_or_paid_twice(town: Town) -> None:
    """Orders, ledger, receipts and provider agree after everything has died many times."""
    stop, kills = threading.Event(), Counter[str]()
    killer = threading.Thread(target=kill_at_random, args=(town, stop, kills))
    killer.start()
    try:
        with ThreadPoolExecutor(CUSTOMERS) as pool:
            orders = list(pool.map(lambda number: buy(town, number), range(ORDERS)))
    finally:
        stop.set()
        killer.join()
    assert sum(kills.values()) >= 5, kills
    expect_quiet(town)
    expect_agreement(town, orders)


def buy(town: Town, number: int) -> str:
    """Be a customer who orders and pays; answers the order's id."""
    with Customer(town, number) as customer:
        order_id: str = customer.buy()
    return order_id


def expect_quiet(town: Town) -> None:
    """Wait until the mop-up has taken everything up; what waits for its time may run now."""
    here = town.live
    unpaid = "SELECT count(*) FROM payments.payables WHERE state <> 'paid'"

    def quiet() -> bool:
        here.query("UPDATE events.outbox SET available_at = now() WHERE status = 'pending'")
        # Fifteen minutes pass: whatever is unfinished is asked about.
        here.query("UPDATE payments.attempts SET asked_at = asked_at - interval '10 min' WHERE closed_at IS NULL")
        if here.query(unpaid)[0][0]:
            sweep(here)
        return bool(here.query(unpaid)[0][0] == 0 and here.waiting() == 0)

    eventually(
        quiet,
        "everything is paid and done",
        seconds=PATIENCE_S + ORDERS,
        every=1,
        why_not=lambda: here.processes.tail("worker"),
    )


def sweep(here: Live) -> None:
    """What the clock does every quarter of an hour."""
    mop_up(Transactions(here.platform, Actor.system(here.organisation_id)))


def expect_agreement(town: Town, orders: list[str]) -> None:
    """One order, payment, receipt and start of work for each customer, and the provider says the same."""
    here = town.live
    assert len(set(orders)) == ORDERS
    assert here.query("SELECT count(*) FROM certificates.orders") == [(ORDERS,)]
    paid = here.query(
        "SELECT provider_payment_id, amount_cents FROM payments.payments WHERE applied AND method = 'card'"
    )
    assert len(paid) == ORDERS
    charged = here.query("SELECT provider_id, amount_cents FROM payments.ledger_entries WHERE kind = 'charge'")
    assert sorted(charged) == sorted(paid)
    numbers = [number for (number,) in here.query("SELECT number FROM payments.receipts ORDER BY number")]
    assert numbers == list(range(1, ORDERS + 1))
    settled = "SELECT count(*) FROM events.outbox WHERE kind = 'event' AND name = 'payments.payment_settled'"
    assert here.query(settled) == [(ORDERS,)]
    assert here.query("SELECT count(*) FROM certificates.order_lines WHERE state = 'queued'") == [(ORDERS,)]
    assert here.query("SELECT count(*) FROM payments.review_cases") == [(0,)]
    assert here.query("SELECT name, last_error FROM events.outbox WHERE status = 'dead'") == []
    assert sorted(captured_at_provider(town)) == sorted(paid)
    with here.platform.database.session(here.organisation_id) as session:
        assert verify(session, here.organisation_id).broken_at is None


def captured_at_provider(town: Town) -> list[tuple[Any, ...]]:
    """Every page that was paid, page after page of the provider's list."""
    found: list[tuple[Any, ...]] = []
    after: dict[str, str] = {}
    with httpx.Client(base_url=town.page, headers={"Authorization": f"Bearer {DEMO_KEY}"}, trust_env=False) as page:
        while True:
            answer = page.get("/v1/checkout/sessions", params={"limit": "100", **after}).json()
            found += [
                (each["payment_intent"], each["amount_total"])
                for each in answer["data"]
                if each["payment_status"] == "paid"
            ]
            if not answer["has_more"]:
                return found
            after = {"starting_after": answer["data"][-1]["id"]}
