"""A fake Stripe on a real port for every test, and the platform that talks to it through the official SDK."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import stripe
from fastapi.testclient import TestClient
from pydantic import SecretStr
from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import Council
from banksia.foundation.payments.adapters.fake_stripe import DEMO_KEY, create_fake_stripe
from banksia.foundation.payments.adapters.fake_stripe.serving import served
from banksia.foundation.payments.models import Payable
from banksia.foundation.payments.public import CheckoutStarted, start_checkout
from banksia.foundation.payments.service import posting, recording
from banksia.foundation.payments.service.settling import settle
from banksia.foundation.payments.tests.factories import SECRETS, FakeStripe, make_payable, ref_of, signed
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions
from banksia.kit.platform import Platform
from banksia.kit.ports import free_port


@pytest.fixture
def fake(tmp_path: Path) -> Iterator[FakeStripe]:
    """A fake Stripe that sends no webhooks by itself: tests deliver them, in the order and number they want."""
    port = free_port()
    app = create_fake_stripe(tmp_path / "stripe.sqlite3", "", (), page_url=f"http://127.0.0.1:{port}")
    with served(app, port=port) as url:
        yield FakeStripe(url, stripe.StripeClient(DEMO_KEY, base_addresses={"api": url}))


def talk_to(platform: Platform, api_base: str) -> None:
    """Let a platform's provider call the fake."""
    platform.settings = platform.settings.model_copy(
        update={
            "stripe_secret_key": SecretStr(DEMO_KEY),
            "stripe_api_base": api_base,
            "stripe_webhook_secrets": [SecretStr(secret) for secret in SECRETS],
        }
    )


@pytest.fixture
def transactions(platform: Platform, organisation: Council, fake: FakeStripe) -> Transactions:
    """Short transactions of the system, on the test's connection."""
    talk_to(platform, fake.url)
    return Transactions(platform, Actor.system(organisation.id))


@pytest.fixture
def owed(session: Session) -> Payable:
    """One planning certificate to be paid: $69.00."""
    payable = make_payable(session)
    session.commit()
    return payable


@pytest.fixture
def started(transactions: Transactions, owed: Payable) -> CheckoutStarted:
    """The payment page of what is owed."""
    return start_checkout(transactions, payable=ref_of(owed))


@pytest.fixture
def paid(
    session: Session, transactions: Transactions, owed: Payable, started: CheckoutStarted, fake: FakeStripe
) -> Payable:
    """The same, paid by card."""
    fake.act(started.url, "pay")
    settle(transactions, attempt_id=started.attempt_id)
    session.expire_all()
    return owed


@pytest.fixture
def tell(client: TestClient, platform: Platform, fake: FakeStripe) -> Callable[[dict[str, Any]], int]:
    """Deliver an event as the provider would; answers the status."""
    talk_to(platform, fake.url)

    def deliver(event: dict[str, Any]) -> int:
        body, signature = signed(event)
        headers = {"Stripe-Signature": signature}
        return client.post("/api/payments/webhooks/stripe", content=body, headers=headers).status_code

    return deliver


@pytest.fixture
def set_books_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime | None], None]:
    """Let money be taken, and entries be posted, at a moment, or at the real time again."""

    def at(moment: datetime | None) -> None:
        for place in (recording, posting):
            monkeypatch.setattr(place, "utc_now", lambda: moment or utc_now())

    return at
