"""`kill -9` at random: API, worker and clock die while orders are placed and paid, and the broker loses its messages.

Every customer does what a person does: when the connection breaks, again. At the end everything agrees.
`BANKSIA_KILL_ORDERS` asks for more orders than fit in a minute and a half, `BANKSIA_KILL_SEED` for other moments.
"""

import contextlib
import os
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import httpx2 as httpx
import pytest
from live import HOST, Live, live
from pydantic import SecretStr

from banksia.foundation.audit.public import verify
from banksia.foundation.payments.adapters.fake_stripe import DEMO_KEY
from banksia.foundation.payments.service.sweeping import mop_up
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.kit.module import Modules
from banksia.modules.property.tests.factories import make_property
from banksia.testing.databases import TestDatabases
from banksia.testing.processes import eventually, free_port

ORDERS = int(os.environ.get("BANKSIA_KILL_ORDERS", "30"))
SEED = int(os.environ.get("BANKSIA_KILL_SEED", "22"))
CUSTOMERS = 4
PATIENCE_S = 120.0
pytestmark = [pytest.mark.slow, pytest.mark.timeout(300 + 4 * ORDERS)]


@dataclass
class Town:
    """The council, the payment page that lives through all of it, and the property that everybody asks about."""

    live: Live
    page: str
    property_id: str
    parcel: str
    product: str = ""
    kills: Counter[str] = field(default_factory=Counter)


@pytest.fixture(scope="module")
def town(databases: TestDatabases, modules: Modules, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Everything that runs, and one property."""
    port = free_port()
    page = f"http://{HOST}:{port}"
    given = {"stripe_secret_key": SecretStr(DEMO_KEY), "stripe_api_base": page, "rate_limits": "off"}
    with live(databases, modules, tmp_path_factory.mktemp("kills"), **given) as here:
        here.processes.start("payment-page", "demo", "fake-stripe", "--port", str(port))
        here.processes.wait_for(f"{page}/__faults", "payment-page")
        with here.platform.database.session(here.organisation_id) as session:
            property_id = str(make_property(session, address="1 MORT STREET", parcels=["1//DP77001"]))
        here.start("api", "worker", "beat")
        town = Town(here, page, property_id, "1//DP77001")
        town.product = here.browser().get("/api/certificates/catalogue").json()["products"][0]["code"]
        yield town


class Customer:
    """Somebody who orders one certificate and pays it by card; every step can be taken again."""

    def __init__(self, town: Town, number: int) -> None:
        self.town, self.number = town, number
        self.page = httpx.Client(base_url=town.page, headers={"Authorization": f"Bearer {DEMO_KEY}"}, trust_env=False)
        self.browser = httpx.Client(
            base_url=town.live.url, trust_env=False, timeout=10, limits=httpx.Limits(max_keepalive_connections=0)
        )

    def ask(self, method: str, path: str, **content: Any) -> httpx.Response:
        """Send a request until something answers that is not "later"."""
        until = time.monotonic() + PATIENCE_S
        while True:
            with contextlib.suppress(httpx.TransportError):
                answer = self.browser.request(method, path, **content)
                if answer.status_code < 500:
                    return answer
            assert time.monotonic() < until, f"{method} {path} is never answered"
            time.sleep(0.2)

    def buy(self) -> str:
        """Order and pay; answers the order's id. Whether it counts as paid is seen at the end."""
        with self.page, self.browser:
            line = {"property_id": self.town.property_id, "parcel": self.town.parcel, "product": self.town.product}
            body = {"lines": [line], "contact": {"name": "Dale", "email": f"customer-{self.number}@example.org"}}
            key = {"Idempotency-Key": f"key-of-customer-{self.number}"}
            placed = self.ask("POST", "/api/certificates/orders", json=body, headers=key)
            assert placed.status_code == 201, placed.text
            order_id, token = placed.json()["id"], {"X-Order-Token": placed.json()["access_token"]}
            self.pay(order_id, token)
            if self.number % 2:
                self.come_back(order_id, token)
            return str(order_id)

    def pay(self, order_id: str, token: dict[str, str]) -> None:
        """Press Pay until there is a page, and pay on it; who finds it paid already has paid."""
        for _ in range(20):
            started = self.ask("POST", f"/api/certificates/orders/{order_id}/pay", headers=token)
            if started.status_code == 409 and "already-paid" in started.json()["type"]:
                return
            assert started.status_code == 200, started.text
            checkout_id = started.json()["url"].rsplit("/", 1)[1].split("?")[0].split("#")[0]
            if self.page.post(f"/__sessions/{checkout_id}/pay").status_code == 200:
                return
        raise AssertionError(f"{order_id} could not be paid")

    def come_back(self, order_id: str, token: dict[str, str]) -> None:
        """The page that one comes back to has the provider asked; who closes the browser leaves it to the mop-up."""
        order = self.ask("GET", f"/api/certificates/orders/{order_id}", headers=token).json()
        self.ask("POST", f"/api/payments/attempts/{order['payment_attempt_id']}/confirm")


def kill_at_random(town: Town, stop: threading.Event) -> None:
    """Kill one process after the other at moments that the seed decides, and lose the broker's messages in between."""
    chance = random.Random(SEED)  # noqa: S311  (moments, not secrets)
    here = town.live
    messages = here.platform.settings.data_dir / "broker" / "messages"
    while not stop.wait(chance.uniform(0.3, 1.6)):
        name = chance.choice(("api", "api", "worker", "worker", "beat"))
        here.processes.kill(name)
        town.kills[name] += 1
        if chance.random() < 0.3:
            for message in list(messages.glob("*")) if messages.exists() else []:
                with contextlib.suppress(FileNotFoundError, IsADirectoryError):
                    message.unlink()
            town.kills["messages"] += 1
        stop.wait(chance.uniform(0.0, 0.4))
        here.start(name)


def test_killed_at_random_moments_nothing_is_lost_or_paid_twice(town: Town) -> None:
    """Orders, ledger, receipts and provider agree after everything has died many times."""
    stop = threading.Event()
    killer = threading.Thread(target=kill_at_random, args=(town, stop))
    killer.start()
    try:
        with ThreadPoolExecutor(CUSTOMERS) as pool:
            orders = list(pool.map(lambda number: Customer(town, number).buy(), range(ORDERS)))
    finally:
        stop.set()
        killer.join()
    assert sum(town.kills.values()) >= 5, town.kills
    expect_quiet(town)
    expect_agreement(town, orders)


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
        quiet, "everything is paid and done", seconds=PATIENCE_S, every=1, why_not=lambda: here.processes.tail("worker")
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
