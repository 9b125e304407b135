"""The remote module of the examples, connected for real: booked, paid, refunded, killed on either side.

Nothing is lost and nothing is doubled: a payment that was made counts once, mail is sent once, money goes back once.
"""

import contextlib
import os
import random
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import httpx2 as httpx
import pytest
from hall import SERVER, HallServer, Keeper
from live import HOST, Live, live
from pydantic import SecretStr

from banksia.foundation.payments.adapters.fake_stripe import DEMO_KEY
from banksia.kit.module import Modules
from banksia.kit.ports import free_port
from banksia.modules.property.tests.factories import make_property
from banksia.testing.conformance.pages import node_of_this_machine
from banksia.testing.databases import TestDatabases
from banksia.testing.processes import eventually

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
SEED = 7
CHARGES = "SELECT count(*), coalesce(sum(amount_cents), 0) FROM payments.ledger_entries WHERE kind = %s"


@dataclass
class Town:
    """A council whose halls are kept by a server of somebody else's, and the card provider."""

    live: Live
    hall_server: HallServer
    provider: httpx.Client
    property_id: str
    hall: dict[str, Any]

    def pay(self, keeper: Keeper, booking_id: str) -> None:
        """By card: from the booking to the council's payment page, and on the provider's."""
        url = keeper.ask("POST", f"/bookings/{booking_id}/pay", json={}).json()["url"]
        token, _, back = url.rsplit("/", 1)[1].partition("?")
        for _ in range(40):
            with contextlib.suppress(httpx.TransportError):
                started = keeper.browser.post(f"/api/payments/pay/{token}/checkout?{back}")
                if started.status_code == 409 and "already-paid" in started.json()["type"]:
                    return
                if started.status_code == 200:
                    checkout = started.json()["url"].rsplit("/", 1)[1].split("?")[0].split("#")[0]
                    if self.provider.post(f"/__sessions/{checkout}/pay").status_code == 200:
                        return
        raise AssertionError(f"{booking_id} could not be paid")

    def until(self, keeper: Keeper, booking_id: str, state: str) -> dict[str, Any]:
        """Wait until a booking stands so."""
        found: dict[str, Any] = {}

        def stands() -> bool:
            found.update(keeper.read(booking_id))
            return bool(found["state"] == state)

        eventually(stands, f"{booking_id} is {state}", seconds=120, every=0.5, why_not=self.hall_server.log)
        return found

    def mails_to(self, hour: int) -> list[str]:
        """The subjects of what the module wrote to whoever booked that hour; receipts are the council's own."""
        mails = [mail for mail in self.live.mails() if mail["To"] == f"robin-{hour}@example.org"]
        return [subject for subject in (str(mail["Subject"]) for mail in mails) if subject.startswith("HB-")]


@pytest.fixture(scope="module")
def town(databases: TestDatabases, modules: Modules, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    port, server = free_port(), HallServer(tmp_path_factory.mktemp("hall"))
    page = f"http://{HOST}:{port}"
    given = {"stripe_secret_key": SecretStr(DEMO_KEY), "stripe_api_base": page, "rate_limits": "off"}
    with live(databases, modules, tmp_path_factory.mktemp("bookings"), **given) as here:
        here.processes.start("payment-page", "demo", "fake-stripe", "--port", str(port))
        here.processes.wait_for(f"{page}/__faults", "payment-page")
        with here.platform.database.session(here.organisation_id) as session:
            property_id = str(make_property(session, address="1 MORT STREET", parcels=["1//DP77001"]))
        here.start("api", "worker", "beat")
        provider = httpx.Client(base_url=page, headers={"Authorization": f"Bearer {DEMO_KEY}"}, trust_env=False)
        server.start()
        try:
            server.connect(here)
            hall = Keeper.of(here, "administrator").add_hall(property_id)
            yield Town(here, server, provider, property_id, hall)
        finally:
            provider.close()
            server.kill()


@pytest.fixture
def robin(town: Town) -> Keeper:
    return Keeper.of(town.live, "customer")


class TestBooked:
    def test_is_paid_by_card_and_given_back_by_the_rules(self, town: Town, robin: Keeper) -> None:
        booked = robin.book(town.hall, hour=8)
        assert booked.status_code == 201, booked.text
        booking_id = booked.json()["id"]
        town.pay(robin, booking_id)
        paid = town.until(robin, booking_id, "confirmed")
        assert (paid["paid_cents"], paid["cancel"]["cents"]) == (9000, 9000)
        eventually(
            lambda: len(town.mails_to(8)) == 1, "one confirmation is sent", why_not=lambda: str(town.mails_to(8))
        )
        back = robin.ask("POST", f"/bookings/{booking_id}/cancel", json={"refund_cents": 9000, "reason": "Ill"})
        assert back.status_code == 200, back.text
        eventually(
            lambda: robin.read(booking_id)["refunded_cents"] == 9000,
            "the money is back",
            seconds=90,
            every=0.5,
            why_not=town.hall_server.log,
        )
        assert town.live.query(CHARGES, "refund")[0][0] == 1

    def test_stands_on_the_page_of_its_property_and_on_the_dashboard(self, town: Town, robin: Keeper) -> None:
        assert robin.book(town.hall, hour=10).status_code == 201
        clerk = town.live.browser("counter_clerk")
        known = clerk.get(f"/api/property/properties/{town.property_id}/contributions").json()
        told = {each["module"]: each for each in known["contributions"]}
        assert "Dance class" in told["bookings"]["lines"][0]["title"], known
        dashboard = clerk.get("/bookings/.well-known/banksia/dashboard.json").json()
        assert [each["name"] for each in dashboard["widgets"]] == ["today"]
        assert "Robin" not in town.live.browser("customer").get("/bookings/.well-known/banksia/dashboard.json").text

    def test_is_refused_when_the_time_is_taken(self, town: Town, robin: Keeper) -> None:
        assert robin.book(town.hall, hour=12, key="one").status_code == 201
        assert robin.book(town.hall, hour=12, key="one").status_code == 201
        other = Keeper.of(town.live, "customer").book(town.hall, hour=12)
        assert (other.status_code, other.json()["type"]) == (409, "urn:banksia:bookings:time-taken")

    def test_is_nobody_else_s(self, town: Town, robin: Keeper) -> None:
        booking_id = robin.book(town.hall, hour=14).json()["id"]
        other = Keeper.of(town.live, "customer")
        assert other.ask("GET", f"/bookings/{booking_id}").status_code == 404
        assert other.ask("GET", "/staff/bookings").status_code == 403
        assert Keeper.of(town.live).ask("GET", "/bookings").status_code == 401
        assert Keeper.of(town.live).ask("GET", "/halls").status_code == 200

    def test_is_taken_at_the_counter_as_for_a_built_in_one(self, town: Town) -> None:
        clerk = Keeper.of(town.live, "administrator", "counter_clerk", "finance_officer")
        booking_id = clerk.book(town.hall, hour=16, path="/staff").json()["id"]
        url = clerk.ask("POST", f"/staff/bookings/{booking_id}/pay", json={}).json()["url"]
        payable = clerk.browser.get(f"/api/payments/payables/{url.rsplit('/', 1)[1]}")
        assert payable.status_code == 200, payable.text
        assert payable.json()["total_cents"] == 9000


def test_its_own_tests_pass() -> None:
    """As `make test` of its folder runs them; a test runner of another run says nothing to this one."""
    node = node_of_this_machine()
    assert node is not None
    environment = {name: value for name, value in os.environ.items() if name != "NODE_TEST_CONTEXT"}
    files = sorted(str(path) for path in (SERVER.parent / "tests").glob("*.test.js"))
    ran = subprocess.run(
        [node, "--test", *files], env=environment, capture_output=True, text=True, timeout=600, check=False
    )
    assert ran.returncode == 0, ran.stdout[-4000:]


def test_killed_on_either_side_nothing_is_lost_or_doubled(town: Town) -> None:
    """Customers book, pay and cancel while the API, the worker and the module's server die at random."""
    stop, kills = threading.Event(), Counter[str]()
    before = {kind: town.live.query(CHARGES, kind)[0] for kind in ("charge", "refund")}
    killer = threading.Thread(target=kill_at_random, args=(town, stop, kills))
    killer.start()
    try:
        with ThreadPoolExecutor(3) as pool:
            people = list(pool.map(lambda number: go_through(town, number), range(9)))
    finally:
        stop.set()
        killer.join()
        # A process started by a thread dies with it; so it dies once more, and goes on as ours.
        town.hall_server.kill()
        town.hall_server.start()
    assert kills["hall"], kills
    assert sum(kills.values()) >= 4, kills
    for number, (keeper, booking_id) in enumerate(people):
        cancelled = number % 3 == 0
        booking = town.until(keeper, booking_id, "cancelled" if cancelled else "confirmed")
        assert booking["paid_cents"] == 9000
    expect_quiet(town, people)
    charges, refunds = (town.live.query(CHARGES, kind)[0] for kind in ("charge", "refund"))
    assert charges[0] - before["charge"][0] == 9
    assert refunds[0] - before["refund"][0] == 3
    for number, (keeper, booking_id) in enumerate(people):
        assert keeper.read(booking_id)["refunded_cents"] == (9000 if number % 3 == 0 else 0)
    numbers = [keeper.read(booking_id)["number"] for keeper, booking_id in people]
    assert len(set(numbers)) == len(numbers)


def go_through(town: Town, number: int) -> tuple[Keeper, str]:
    """Book, pay, and every third cancels; whatever dies meanwhile, the person tries again."""
    keeper = Keeper.of(town.live, "customer")
    booked = keeper.book(town.hall, hour=8, days=40 + number, key=f"person-{number}")
    assert booked.status_code == 201, booked.text
    booking_id = str(booked.json()["id"])
    town.pay(keeper, booking_id)
    town.until(keeper, booking_id, "confirmed")
    if number % 3 == 0:
        done = keeper.ask("POST", f"/bookings/{booking_id}/cancel", json={"refund_cents": 9000, "reason": ""})
        assert done.status_code in (200, 409), done.text
    return keeper, booking_id


def kill_at_random(town: Town, stop: threading.Event, kills: Counter[str]) -> None:
    """One process after the other, at moments that the seed decides."""
    chance = random.Random(SEED)  # noqa: S311  (moments, not secrets)
    while not stop.wait(chance.uniform(1.0, 3.0)):
        name = chance.choice(("hall", "hall", "api", "worker"))
        kills[name] += 1
        if name == "hall":
            town.hall_server.kill()
            stop.wait(chance.uniform(0.0, 0.5))
            town.hall_server.start()
        else:
            town.live.processes.kill(name)
            stop.wait(chance.uniform(0.0, 0.5))
            town.live.start(name)


def expect_quiet(town: Town, people: list[tuple[Keeper, str]]) -> None:
    """Wait until everything has reached the other side; what waits for its time may go now."""
    refunded = [each for number, each in enumerate(people) if number % 3 == 0]

    def quiet() -> bool:
        town.live.query("UPDATE events.outbox SET available_at = now() WHERE status = 'pending'")
        town.live.query("UPDATE connections.deliveries SET next_attempt_at = now() WHERE status = 'pending'")
        pending = town.live.query("SELECT count(*) FROM connections.deliveries WHERE status = 'pending'")[0][0]
        back = all(keeper.read(booking_id)["refunded_cents"] == 9000 for keeper, booking_id in refunded)
        return bool(pending == 0 and back)

    eventually(quiet, "everything is told and given back", seconds=240, every=1, why_not=town.hall_server.log)
