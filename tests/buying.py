"""People who order a certificate and pay for it by card, against an installation of real processes."""

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import httpx2 as httpx
from live import HOST, Live, live
from pydantic import SecretStr

from banksia.foundation.payments.adapters.fake_stripe import DEMO_KEY
from banksia.kit.module import Modules
from banksia.kit.ports import free_port
from banksia.modules.property.tests.factories import make_property
from banksia.testing.databases import TestDatabases

PATIENCE_S = 120.0


@dataclass
class Town:
    """The council, the payment page that lives through all of it, and the property that everybody asks about."""

    live: Live
    page: str
    property_id: str
    parcel: str
    product: str = ""


@contextlib.contextmanager
def a_town(databases: TestDatabases, modules: Modules, folder: Path) -> Iterator[Town]:
    """Everything that runs, and one property."""
    port = free_port()
    page = f"http://{HOST}:{port}"
    given = {"stripe_secret_key": SecretStr(DEMO_KEY), "stripe_api_base": page, "rate_limits": "off"}
    with live(databases, modules, folder, **given) as here:
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

    def __enter__(self) -> Self:
        """The customer, whose connections close at the end."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close them."""
        self.page.close()
        self.browser.close()

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
        placed = self.place()
        assert placed.status_code == 201, placed.text
        order_id, token = placed.json()["id"], token_of(placed.json())
        self.pay(order_id, token)
        if self.number % 2:
            self.come_back(order_id, token)
        return str(order_id)

    def place(self, **changes: Any) -> httpx.Response:
        """Order the certificate; the same order however often it is sent."""
        line = {"property_id": self.town.property_id, "parcel": self.town.parcel, "product": self.town.product}
        contact = {"name": "Dale", "email": f"customer-{self.number}@example.org"}
        key = {"Idempotency-Key": f"key-of-customer-{self.number}"}
        body = {"lines": [line], "contact": contact, **changes}
        return self.ask("POST", "/api/certificates/orders", json=body, headers=key)

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


def token_of(placed: dict[str, Any]) -> dict[str, str]:
    """What opens a guest's order."""
    return {"X-Order-Token": placed["access_token"]}
