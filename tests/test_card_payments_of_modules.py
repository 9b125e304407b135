"""What a module raises is paid by card on the council's page, told to the module, and given back to the card."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import stripe
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from banksia.foundation.connections.models import Connection
from banksia.foundation.connections.tests.calling_factories import CallingModule, calling_manifest, hearing
from banksia.foundation.connections.tests.factories import connect
from banksia.foundation.connections.tests.test_calls import CALLS, raised
from banksia.foundation.payments.adapters.fake_stripe import DEMO_KEY, create_fake_stripe
from banksia.foundation.payments.adapters.fake_stripe.serving import served
from banksia.foundation.payments.tests.conftest import talk_to
from banksia.foundation.payments.tests.factories import FakeStripe
from banksia.kit.platform import Platform
from banksia.kit.ports import free_port
from banksia.testing.processes import eventually


@pytest.fixture
def fake(tmp_path: Path) -> Iterator[FakeStripe]:
    port = free_port()
    app = create_fake_stripe(tmp_path / "stripe.sqlite3", "", (), page_url=f"http://127.0.0.1:{port}")
    with served(app, port=port) as url:
        yield FakeStripe(url, stripe.StripeClient(DEMO_KEY, base_addresses={"api": url}))


@pytest.fixture
def module(session: Session, client: TestClient, platform: Platform, fake: FakeStripe) -> CallingModule:
    talk_to(platform, fake.url)
    _, secrets = connect(session, manifest=calling_manifest())
    session.commit()
    return CallingModule(client, secrets).acts_for()


def test_is_paid_told_and_refunded(
    session: Session, module: CallingModule, client: TestClient, fake: FakeStripe, run_outbox: Callable[[], int],
    signed_in_as: Any,
) -> None:  # fmt: skip
    with hearing() as server:
        session.query(Connection).one().base_url = server.base_url
        session.commit()
        payment = raised(module)
        token = payment["url"].rsplit("/", 1)[-1]
        page = client.post(f"/api/payments/pay/{token}/checkout").json()
        fake.act(page["url"], "pay")
        own = f"{CALLS}/payments/{payment['id']}"
        # Its message has not come: who reads has the provider asked, at most once a second.
        eventually(lambda: module.call("GET", own).json()["state"] == "paid", "it is paid", every=0.3)
        run_outbox()
        paid = module.call("GET", own).json()
        assert (paid["state"], paid["paid_cents"], paid["paid_at_counter"]) == ("paid", 16000, False)
        assert client.get(f"/api/payments/pay/{token}").json()["shown"] == "paid"
        assert len(paid["receipts"]) == 1

        wish = {"reason": "The hall flooded", "seen_refundable_cents": 16000}
        answer = module.call("POST", f"{CALLS}/payments/{payment['id']}/refund", json=wish)
        assert answer.status_code == 200
        run_outbox()
        back = module.call("GET", f"{CALLS}/payments/{payment['id']}").json()
        assert (back["state"], back["refunded_cents"], back["refundable_cents"]) == ("refunded", 16000, 0)
        assert module.call("POST", f"{CALLS}/payments/{payment['id']}/refund", json=wish).status_code == 409
    told = [(each["type"], each["data"]["payable_id"]) for each in server.events]
    assert told == [("payments.payment_settled", payment["id"]), ("payments.payment_refunded", payment["id"])]
    ledger = signed_in_as("finance_officer").get("/api/payments/ledger", params={"reference": "HB-0001"}).json()
    sums = [each["amount_cents"] for each in ledger["results"] if each["kind"] in ("charge", "refund")]
    assert sorted(sums) == [-16000, 16000]
