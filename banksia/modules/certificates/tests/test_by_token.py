"""Customers' software: from an API token to a downloaded certificate, and what it is told on the way."""

import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.foundation.auth.public import remove_member
from banksia.foundation.payments.public import PaymentRefunded
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions, platform_of
from banksia.modules.certificates.models import Order
from banksia.modules.certificates.queries.orders import order_with_id
from banksia.modules.certificates.schemas.messages import MessageCreate
from banksia.modules.certificates.service import messaging
from banksia.modules.certificates.service.holding import hold_line, refuse_line
from banksia.modules.certificates.service.issuing import issue_certificate
from banksia.modules.certificates.service.replacing import replace_certificate
from banksia.modules.certificates.service.telling import WEBHOOKS
from banksia.modules.certificates.service.working import stop_work
from banksia.modules.certificates.tests.factories import PARCEL, complete_draft, make_firm, make_land, order_body, pay

BASE = "/api/certificates"
KEY = {"Idempotency-Key": "matter-26-1183-603"}
Browser = Callable[..., Any]


@pytest.fixture
def software(signed_in_as: Browser, client: TestClient) -> TestClient:
    """A customer's software, with a token for everything and a webhook that wants to know everything."""
    browser = signed_in_as("customer")
    scopes = [scope["name"] for scope in browser.get("/api/auth/tokens").json()["scopes"]]
    made = browser.post("/api/auth/tokens", json={"name": "LEAP", "scopes": scopes})
    client.headers["Authorization"] = f"Bearer {made.json()['token']}"
    hook = {"url": "http://127.0.0.1:9/", "types": [each.name for each in WEBHOOKS]}
    assert browser.post("/api/webhooks/endpoints", json=hook).status_code == 201
    return client


@pytest.fixture
def order(software: TestClient, session: Session, organisation: Any) -> Order:
    body = order_body(make_land(session), "603", "735A")
    session.flush()
    placed = software.post(f"{BASE}/orders", json=body, headers=KEY)
    assert placed.status_code == 201, placed.text
    return session.scalars(order_with_id(organisation.id, uuid.UUID(placed.json()["id"]))).one()


def told(session: Session) -> list[tuple[str, dict[str, Any]]]:
    rows = session.execute(text("SELECT type, body FROM webhooks.deliveries ORDER BY id"))
    return [(row.type.removeprefix("certificates."), json.loads(row.body)["data"]) for row in rows]


class TestOrders:
    def test_an_order_sent_twice_is_one_and_belongs_to_the_account(
        self, software: TestClient, session: Session, order: Order, client: TestClient, signed_in_as: Browser
    ) -> None:
        body = order_body(order.lines[0].property_id, "603", "735A")
        again = software.post(f"{BASE}/orders", json=body, headers=KEY)
        assert (again.status_code, again.json()["number"]) == (201, order.number)
        changed = software.post(f"{BASE}/orders", json={**body, "reference": "other"}, headers=KEY)
        assert changed.json()["type"] == "urn:banksia:certificates:idempotency-key-reused"
        assert [each["id"] for each in software.get(f"{BASE}/orders").json()["results"]] == [str(order.id)]
        assert software.get(f"{BASE}/orders/{order.id}").json()["is_mine"] is True
        another = signed_in_as("customer")  # the same key of another customer is another key
        other = another.post(f"{BASE}/orders", json=body, headers=KEY)
        assert (other.status_code, other.json()["number"] == order.number) == (201, False)
        assert software.get(f"{BASE}/orders/{other.json()['id']}").status_code == 404
        kinds = session.execute(text("SELECT actor_kind, actor_name FROM audit.entries WHERE action LIKE '%placed'"))
        assert [row.actor_kind for row in kinds] == ["token", "customer"]

    def test_from_payment_to_download_with_everything_told(
        self, software: TestClient, session: Session, officer: Actor, order: Order,
        actor_with: Callable[..., Actor], run_outbox: Callable[[], int],
    ) -> None:  # fmt: skip
        path, line_id = f"{BASE}/orders/{order.id}", order.lines[0].id
        pay(session, actor_with("counter_clerk"), order, run_outbox)
        hold_line(session, officer, line_id=line_id, question="Which shed?")
        assert software.get(f"{path}/messages").json()["answers"] == ["Which shed?"]
        written = software.post(f"{path}/messages", json={"text": "The one at the back."})
        assert written.json()["from_council"] is False
        messaging.write_message(session, officer, order=order, written=MessageCreate(text="Thank you."))
        session.expire_all()
        version = complete_draft(session, officer, order.lines[0])
        for replaced in (True, False):
            session.flush()
            issue_certificate(Transactions(platform_of(session), officer), line_id=line_id, version=version)
            session.expire_all()
            if replaced:
                replace_certificate(
                    session, officer, line_id=line_id, because="facts_changed", reason="A rate was wrong."
                )
        newest = software.get(path).json()["lines"][0]["certificates"][0]
        assert software.get(newest["download_path"]).content.startswith(b"%PDF")
        refuse_line(session, officer, line_id=order.lines[1].id, reason="There is no such notice.")
        events = told(session)
        assert [name for name, _ in events] == [
            "order.placed", "order.paid", "line.on_hold", "message.from_council", "certificate.issued",
            "certificate.issued", "certificate.superseded", "line.cannot_issue",
        ]  # fmt: skip
        assert events[0][1] == {
            "order_id": str(order.id), "order_number": order.number, "reference": "26/1183 Ferris",
            "state": "awaiting_payment",
        }  # fmt: skip
        assert events[2][1]["line_state"] == "waiting_for_you"
        assert events[6][1]["superseded_number"] == events[4][1]["certificate_number"]
        assert events[6][1]["certificate_id"] == newest["id"]
        everything = json.dumps(events)
        assert order.contact_name not in everything
        assert "shed" not in everything

    def test_a_table_is_ordered_for_a_firm_and_told_until_its_customer_leaves(
        self, software: TestClient, session: Session, officer: Actor, order: Order, actor_with: Callable[..., Actor]
    ) -> None:
        owner, user_id = actor_with("customer"), order.customer_id or uuid.uuid4()
        email = session.execute(text("SELECT email FROM auth.users WHERE id = :id"), {"id": user_id}).scalar_one()
        firm_id = make_firm(session, owner, Actor(order.organisation_id, "customer", user_id=user_id, email=email))
        row = {"property_id": str(order.lines[0].property_id), "parcel": PARCEL, "product": "603"}
        basket = software.post(f"{BASE}/basket", json={"lines": [row]}).json()
        table = {"rows": [row], "firm_id": str(firm_id), "seen_total_cents": basket["total_cents"]}
        table |= {"contact": {"name": "Dale & Kaur", "email": email}}
        placed = software.post(f"{BASE}/bulk/orders", json=table, headers=KEY)
        assert placed.status_code == 201, placed.text
        order_id = placed.json()["orders"][0]["id"]
        path = f"{BASE}/orders/{order_id}"
        assert software.get(path).json()["firm_name"] == "Dale & Kaur"
        remove_member(session, owner, firm_id=firm_id, user_id=user_id)
        assert software.get(path).status_code == 404
        of_firm = session.scalars(order_with_id(order.organisation_id, uuid.UUID(order_id))).one()
        messaging.write_message(session, officer, order=of_firm, written=MessageCreate(text="Which shed?"))
        assert [name for name, _ in told(session)] == ["order.placed"] * 2

    def test_an_end_is_told(self, software: TestClient, session: Session, order: Order) -> None:
        for in_full in (False, True):
            event = PaymentRefunded(
                payable_kind="certificates.order", payable_id=order.id, refunded_cents=100, in_full=in_full
            )
            stop_work(session, event)
        assert software.post(f"{BASE}/orders/{order.id}/cancel").json()["work"] == "cancelled"
        assert [(name, data.get("in_full")) for name, data in told(session)[1:]] == [
            ("order.refunded", False),
            ("order.refunded", True),
            ("order.cancelled", None),
        ]
        assert told(session)[-1][1]["state"] == "cancelled"
