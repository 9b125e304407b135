"""A process is killed with -9 between any two steps; after a restart all of the work is done, and done once.

For each named point: an order is placed, paid, issued, delivered, filed and refunded over HTTP by real processes, with
the point armed in the API and the worker. One of them dies there. Both start again without it, and the people simply go
on: the customer sends again or comes back from the payment page, the officer presses the button again.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx2 as httpx
import pytest
from live import Live, live
from pydantic import SecretStr

from banksia.foundation.audit.public import verify
from banksia.foundation.payments.adapters.fake_stripe import DEMO_KEY
from banksia.kit.kill_points import KILL_POINTS
from banksia.kit.module import Modules
from banksia.kit.ports import free_port
from banksia.modules.property.tests.factories import make_property
from banksia.testing.databases import TestDatabases
from banksia.testing.processes import eventually

pytestmark = pytest.mark.slow
COUNTER_POINTS = frozenset({"payments.counter_locked", "payments.counter_recorded"})
SCAN = b"%PDF-1.4 a scanned letter about "


@dataclass
class Town:
    """The council with its people and the payment page, which live through all of it."""

    live: Live
    stripe: httpx.Client
    guest: httpx.Client
    officer: httpx.Client
    clerk: httpx.Client
    records: httpx.Client
    finance: httpx.Client
    numbers: Iterator[int] = field(default_factory=lambda: iter(range(1, 1000)))


@pytest.fixture(scope="module")
def town(databases: TestDatabases, modules: Modules, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Everything that is started once: PostgreSQL, the clock, the payment page."""
    port = free_port()
    page = f"http://127.0.0.1:{port}"
    given = {"stripe_secret_key": SecretStr(DEMO_KEY), "stripe_api_base": page}
    with (
        live(databases, modules, tmp_path_factory.mktemp("town"), **given) as here,
        httpx.Client(base_url=page, headers={"Authorization": f"Bearer {DEMO_KEY}"}, trust_env=False) as stripe,
    ):
        here.processes.start("payment-page", "demo", "fake-stripe", "--port", str(port))
        here.start("beat")
        here.processes.wait_for(f"{page}/__faults", "payment-page")
        roles = ("certificate_officer", "counter_clerk", "records_officer", "finance_officer")
        yield Town(here, stripe, here.browser(), *(here.browser(role) for role in roles))


@dataclass
class Journey:
    """One order and whoever cares for it; every step can be taken again."""

    town: Town
    point: str
    at_counter: bool
    property_id: str = ""
    parcel: str = ""
    email: str = ""
    placed: dict[str, Any] = field(default_factory=dict)
    checkout_id: str = ""
    revived: bool = False

    @property
    def token(self) -> dict[str, str]:
        return {"X-Order-Token": self.placed["access_token"]}

    # The machine

    def begin(self) -> None:
        """Make the property, and start the API and the worker with the point armed."""
        here, number = self.town.live, next(self.town.numbers)
        self.parcel, self.email = f"{number}//DP77{number:03}", f"customer-{number}@example.org"
        with here.platform.database.session(here.organisation_id) as session:
            self.property_id = str(make_property(session, address=f"{number} MORT STREET", parcels=[self.parcel]))
        self.restart(BANKSIA_KILL_POINT=self.point)

    def restart(self, **variables: str) -> None:
        """Kill the API and the worker, whatever they do, and start them again."""
        processes = self.town.live.processes
        for name in ("api", "worker"):
            if name in processes.processes:
                processes.kill(name)
            processes.log_of(name).unlink(missing_ok=True)
        self.town.live.start("api", "worker", **variables)

    def revive(self) -> bool:
        """When a process died at the point, start again without it; answers whether that was so now."""
        if self.revived or not any(self.said_so(name) for name in ("api", "worker")):
            return False
        self.revived = True
        self.restart()
        return True

    def said_so(self, name: str) -> bool:
        log = self.town.live.processes.log_of(name)
        return log.exists() and f"kill point {self.point} reached" in log.read_text("utf-8", errors="replace")

    def ask(self, browser: httpx.Client, method: str, path: str, **content: Any) -> httpx.Response:
        """Send a request as a person does: when the connection breaks, again."""
        try:
            return browser.request(method, path, **content)
        except httpx.TransportError:
            assert self.revive(), f"the API ended by itself:\n{self.town.live.processes.tail('api')}"
            return browser.request(method, path, **content)

    def holds_now(self, holds: Callable[[], bool]) -> bool:
        """Whether it holds, with everything alive."""
        self.revive()
        return holds()

    def until(self, holds: Callable[[], bool], what: str) -> None:
        """Wait for something, and start again what dies meanwhile."""
        processes = self.town.live.processes
        eventually(
            lambda: self.holds_now(holds),
            f"{self.point}: {what}",
            seconds=60,
            every=0.1,
            why_not=lambda: processes.tail("api") + "\n" + processes.tail("worker"),
        )

    # The people

    def order(self) -> dict[str, Any]:
        answer = self.ask(self.town.guest, "GET", f"/api/certificates/orders/{self.placed['id']}", headers=self.token)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def place(self) -> None:
        """The customer, or the clerk for a person at the counter, orders one certificate."""
        products = self.ask(self.town.guest, "GET", "/api/certificates/catalogue").json()["products"]
        line = {"property_id": self.property_id, "parcel": self.parcel, "product": products[0]["code"]}
        body = {"lines": [line], "contact": {"name": "Dale & Kaur", "email": self.email}}
        browser = self.town.clerk if self.at_counter else self.town.guest
        key = {"Idempotency-Key": f"key-of-{self.email}"}
        answer = self.ask(browser, "POST", "/api/certificates/orders", json=body, headers=key)
        assert answer.status_code == 201, answer.text
        self.placed = answer.json()

    def pay(self) -> None:
        """The customer pays on the provider's page, or the clerk takes cash; then it is settled."""
        if self.at_counter:
            self.until(self.take_cash, "the cash is taken")
        else:
            path = f"/api/certificates/orders/{self.placed['id']}/pay"
            answer = self.ask(self.town.guest, "POST", path, headers=self.token)
            assert answer.status_code == 200, answer.text
            self.checkout_id = answer.json()["url"].rsplit("/", 1)[1].split("?")[0].split("#")[0]
            assert self.town.stripe.post(f"/__sessions/{self.checkout_id}/pay").status_code == 200
        self.until(self.is_paid, "the order is paid")

    def take_cash(self) -> bool:
        cents = self.placed["total_cents"]
        part = {"method": "cash", "amount_cents": cents, "tendered_cents": cents + 500}
        path = f"/api/payments/payables/{self.payable_id()}/counter-payment"
        answer = self.ask(self.town.clerk, "POST", path, json={"parts": [part]})
        if answer.status_code == 409 and "being-paid" in answer.json()["type"]:
            # The lock of the clerk whose request died: two minutes pass.
            self.town.live.query(
                "UPDATE payments.payables SET counter_locked_at = counter_locked_at - interval '3 min'"
            )
            return False
        return answer.status_code == 201 or "already-paid" in answer.json()["type"]

    def is_paid(self) -> bool:
        order = self.order()
        if self.revived and order["money"] != "paid" and order["payment_attempt_id"]:
            # The customer comes back from the page, which asks how it stands.
            self.ask(self.town.guest, "POST", f"/api/payments/attempts/{order['payment_attempt_id']}/confirm")
        return bool(order["money"] == "paid")

    def payable_id(self) -> str:
        path = f"/api/payments/payables/by-subject/certificates.order/{self.placed['id']}"
        return str(self.ask(self.town.finance, "GET", path).json()["id"])

    def line(self) -> dict[str, Any]:
        """The line as its officer sees it."""
        found: dict[str, Any] = self.ask(self.town.officer, "GET", f"/api/certificates/lines/{self.line_id}").json()
        return found

    @property
    def line_id(self) -> str:
        return str(self.placed["lines"][0]["id"])

    def issue(self) -> None:
        """The officer takes the line from the queue, completes the draft and issues the certificate."""
        self.until(lambda: self.line()["line"]["state"] == "queued", "the line is in the queue")
        me = self.ask(self.town.officer, "GET", "/api/auth/me").json()["user"]["id"]
        taken = self.ask(
            self.town.officer,
            "POST",
            f"/api/certificates/lines/{self.line_id}/assign",
            json={"officer_id": me, "seen_officer_id": None},
        )
        assert taken.status_code == 200, taken.text
        fields = [each for section in self.line()["sections"] for each in section["fields"]]
        answers = {
            each["key"]: {"text": "As written."} if each["kind"] == "text" else {"choice": "no"} for each in fields
        }
        saved = self.ask(
            self.town.officer,
            "PUT",
            f"/api/certificates/lines/{self.line_id}/draft",
            json={"version": self.line()["version"], "answers": answers},
        )
        assert saved.status_code == 200, saved.text
        self.until(self.is_issued, "the certificate is issued")

    def is_issued(self) -> bool:
        line = self.line()
        if line["line"]["state"] == "issued":
            return True
        if line["issuing_number"] is None:
            path = f"/api/certificates/lines/{self.line_id}/issue"
            seen = {"version": line["version"], "known": line["known"]}
            answer = self.ask(self.town.officer, "POST", path, json=seen)
            return answer.status_code == 200
        # The request that issued has died: a minute passes, and a task finishes it.
        self.let_time_pass()
        return False

    def let_time_pass(self) -> None:
        """What waits for its time in the outbox may run now."""
        self.town.live.query("UPDATE events.outbox SET available_at = now() WHERE status = 'pending'")

    def upload(self) -> None:
        """The records officer adds a scan to the property's file."""
        folder = self.ask(self.town.records, "GET", "/api/files/folders").json()[1]["id"]
        content = SCAN + self.email.encode()
        answer = self.ask(
            self.town.records,
            "POST",
            f"/api/files/properties/{self.property_id}/documents",
            params={"folder_id": folder, "file_name": "letter.pdf"},
            headers={"X-Content-SHA256": hashlib.sha256(content).hexdigest()},
            content=content,
        )
        assert answer.status_code == 201 or "already-here" in answer.json()["type"], answer.text

    def refund(self) -> None:
        """The finance officer gives the money back."""
        path = f"/api/payments/payables/{self.payable_id()}/refunds"
        wish = {"reason": "Ordered for the wrong land", "seen_available_cents": self.placed["total_cents"]}
        answer = self.ask(self.town.finance, "POST", path, json=wish)
        assert answer.status_code == 201, answer.text
        self.until(lambda: self.order()["money"] == "refunded", "the money is refunded")

    def finish(self) -> None:
        """Wait until nothing is left to do, and see that the point was reached."""
        self.until(lambda: len(self.documents()) == 2, "the certificate is filed")
        self.let_time_pass()
        self.until(lambda: self.town.live.waiting() == 0, "the outbox is empty")
        assert self.revived, f"nothing ever reached {self.point}"

    def documents(self) -> list[dict[str, Any]]:
        answer = self.ask(self.town.records, "GET", f"/api/files/properties/{self.property_id}/documents")
        found: list[dict[str, Any]] = answer.json()["results"]
        return found


@pytest.mark.parametrize("point", KILL_POINTS)
def test_a_process_killed_there_loses_nothing(town: Town, point: str) -> None:
    journey = Journey(town, point, at_counter=point in COUNTER_POINTS)
    journey.begin()
    journey.place()
    journey.pay()
    journey.issue()
    journey.upload()
    if not journey.at_counter:
        journey.refund()
    journey.finish()
    expect_done_once(journey)
    expect_equal_money(journey)
    expect_nothing_forgotten(town.live)


def expect_done_once(journey: Journey) -> None:
    """One order, one certificate that opens, one filed document, each mail once."""
    query, order = journey.town.live.query, journey.order()
    assert query("SELECT count(*) FROM certificates.orders WHERE contact_email = %s", journey.email) == [(1,)]
    [certificate] = order["lines"][0]["certificates"]
    opened = journey.ask(journey.town.guest, "GET", certificate["download_path"], headers=journey.token)
    assert hashlib.sha256(opened.content).hexdigest() == certificate["sha256"]
    filed = [document for document in journey.documents() if document["latest"]["sha256"] == certificate["sha256"]]
    assert len(filed) == 1
    assert len(order["receipts"]) == 1
    written = query("SELECT template, status FROM notifications.messages WHERE to_address = %s", journey.email)
    assert len(set(written)) == len(written) >= 2, written
    assert {status for _, status in written} == {"sent"}
    caught = [mail for mail in journey.town.live.mails() if str(mail["To"]) == journey.email]
    assert len(caught) == len(written)


def expect_equal_money(journey: Journey) -> None:
    """The order, the ledger and the provider say the same."""
    order, cents = journey.order(), journey.placed["total_cents"]
    entries = journey.town.live.query(
        "SELECT kind, amount_cents FROM payments.ledger_entries WHERE payable_id = %s ORDER BY kind",
        journey.payable_id(),
    )
    if journey.at_counter:
        assert (order["money"], order["paid_cents"], order["refunded_cents"]) == ("paid", cents, 0)
        assert entries == [("counter_taking", cents)]
        return
    assert (order["money"], order["paid_cents"], order["refunded_cents"]) == ("refunded", cents, cents)
    assert [entry for entry in entries if entry[0] != "fee"] == [("charge", cents), ("refund", -cents)]
    session = journey.town.stripe.get(f"/v1/checkout/sessions/{journey.checkout_id}").json()
    assert (session["payment_status"], session["amount_total"]) == ("paid", cents)
    given_back = journey.town.stripe.get("/v1/refunds", params={"payment_intent": session["payment_intent"]}).json()
    assert [each["amount"] for each in given_back["data"]] == [cents]


def expect_nothing_forgotten(here: Live) -> None:
    """No work failed for good, and the audit chain holds."""
    assert here.query("SELECT name, last_error FROM events.outbox WHERE status = 'dead'") == []
    with here.platform.database.session(here.organisation_id) as session:
        assert verify(session, here.organisation_id).broken_at is None
