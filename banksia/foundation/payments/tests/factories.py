"""Payables and payments for tests, and the fake Stripe as a test sees it."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import requests
import stripe
from sqlalchemy.orm import Session

from banksia.foundation.payments import queries
from banksia.foundation.payments.models import Attempt, Payable, PaymentAttempt, ReviewCase, ReviewKind
from banksia.foundation.payments.public import (
    CounterPart,
    LineOwed,
    PayableRef,
    Payer,
    RefundWish,
    raise_payable,
    refund,
    take_counter_payment,
)
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions, organisation_id_of, platform_of
from banksia.kit.models import new_id

SECRETS = ("whsec_test_new", "whsec_test_old")
PLANNING = LineOwed("Planning certificate 10.7(2), 2/2/DP2288", 6900, "exempt", "4100.101")
COPY = LineOwed("Certified copy", 2200, "taxable", "4100.300")


def make_payable(
    session: Session,
    *,
    lines: Sequence[LineOwed] = (PLANNING,),
    reference: str = "BH-2026-00001",
    email: str | None = "dale@kaur.example",
) -> Payable:
    """Something owed by a workflow of the test's own."""
    return raise_payable(
        session,
        Actor.guest(organisation_id_of(session)),
        payable=("tests.order", uuid.uuid4()),
        title="Certificates for 7 Green Street, Portland",
        reference=reference,
        lines=list(lines),
        return_path="/tests/customer/orders/1",
        payer=Payer("Dale & Kaur Lawyers", email, "/tests/customer/orders/1#token=abc"),
    )


@dataclass(frozen=True)
class FakeStripe:
    """The running fake, and what a customer, a bank and an incident do to it."""

    url: str
    client: stripe.StripeClient

    def fault(self, kind: str, **options: Any) -> None:
        """Arm a fault."""
        requests.post(f"{self.url}/__faults", json={"fault": kind, **options}, timeout=10).raise_for_status()

    def act(self, page_url_or_id: str, action: str) -> dict[str, Any]:
        """A customer presses a button (`pay`, `decline`), or a bank says yes too late (`pay-although-expired`)."""
        session_id = page_url_or_id.rsplit("/", 1)[-1]
        answer = requests.post(f"{self.url}/__sessions/{session_id}/{action}", timeout=10)
        answer.raise_for_status()
        acted: dict[str, Any] = answer.json()
        return acted

    def act_on_refund(self, refund_id: str, action: str) -> None:
        """A customer's bank takes a refund (`settle`) or sends it back (`fail`)."""
        requests.post(f"{self.url}/__refunds/{refund_id}/{action}", timeout=10).raise_for_status()

    def sessions(self) -> list[dict[str, Any]]:
        """Every Checkout Session, newest first."""
        return [each.to_dict() for each in self.client.v1.checkout.sessions.list({"limit": 100}).data]

    def refunds(self) -> list[dict[str, Any]]:
        """Every refund, newest first."""
        return [each.to_dict() for each in self.client.v1.refunds.list({"limit": 100}).data]

    def events(self, *types: str) -> list[dict[str, Any]]:
        """Events in the order in which they happened."""
        found = [each.to_dict() for each in self.client.v1.events.list({"limit": 100}).data]
        return [event for event in reversed(found) if not types or event["type"] in types]

    def deliveries(self) -> list[dict[str, Any]]:
        """What became of each webhook."""
        log: list[dict[str, Any]] = requests.get(f"{self.url}/__deliveries", timeout=10).json()
        return log


def signed(event: dict[str, Any], secret: str = SECRETS[0], *, at: int | None = None) -> tuple[bytes, str]:
    """An event as the provider sends it: the raw body and its signature."""
    body = json.dumps(event)
    return body.encode(), stripe.WebhookSignature.generate_signature_header(body, secret, at)


def ref_of(owed: Payable) -> PayableRef:
    """What the test's workflow calls it."""
    return owed.ref


def make_attempt(session: Session, owed: Payable, **given: Any) -> PaymentAttempt:
    """A page at the provider that somebody has opened."""
    values: dict[str, Any] = {
        "provider": "stripe",
        "livemode": False,
        "state": Attempt.OPEN.value,
        "amount_cents": owed.total_cents,
        "currency": "aud",
        "payee": "Blue Hills Shire Council",
        "success_url": "http://localhost:8000/paid",
        "cancel_url": "http://localhost:8000/cancelled",
        "expires_at": utc_now() + timedelta(minutes=30),
        "checkout_id": f"cs_test_{uuid.uuid4().hex}",
        "asked_at": utc_now(),
    }
    attempt = PaymentAttempt(id=new_id(), organisation_id=owed.organisation_id, payable_id=owed.id, **(values | given))
    session.add(attempt)
    session.flush()
    return attempt


def route_examples(session: Session) -> dict[str, str]:
    """What the routes' path parameters can name: something that was paid at the counter, and something open online."""
    owed, online = make_payable(session), make_payable(session, reference="BH-2026-00002")
    session.flush()
    transactions = Transactions(platform_of(session), Actor.system(owed.organisation_id))
    cash = CounterPart("cash", owed.total_cents, tendered_cents=owed.total_cents)
    take_counter_payment(transactions, payable=owed.ref, parts=[cash])
    session.expire_all()
    wish = RefundWish("Ordered twice", owed.total_cents, counter_reference="cash")
    (refunded,) = refund(session, transactions.actor, payable=owed.ref, wish=wish)
    attempt = make_attempt(session, online)
    case = ReviewCase(
        id=new_id(),
        organisation_id=owed.organisation_id,
        kind=ReviewKind.MISMATCH.value,
        source_id=attempt.id,
        payable_id=online.id,
        evidence={},
    )
    session.add(case)
    session.flush()
    receipt = session.scalars(queries.receipts_of(owed.organisation_id)).first()
    assert receipt is not None
    return {
        "payable_id": str(owed.id),
        "kind": owed.ref[0],
        "subject_id": str(owed.ref[1]),
        "attempt_id": str(attempt.id),
        "refund_id": str(refunded.id),
        "case_id": str(case.id),
        "receipt_id": str(receipt.id),
        "token": "a-token-that-is-guessed",
    }
