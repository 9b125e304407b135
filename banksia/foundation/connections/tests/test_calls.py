"""What modules call back: payments, notices, files, the log and reminders, each within what was approved."""

import hashlib
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.foundation.audit.public import verify
from banksia.foundation.connections.models import Connection
from banksia.foundation.connections.tests.calling_factories import (
    CallingModule,
    calling_manifest,
    hearing,
    subject_token,
)
from banksia.foundation.connections.tests.factories import connect
from banksia.foundation.organisations.public import Council
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.platform import Platform

CALLS = "/api/connections"
BOOKING: dict[str, Any] = {
    "kind": "bookings.booking",
    "title": "Town hall, 3 December",
    "reference": "HB-0001",
    "lines": [
        {"description": "Town hall, evening", "amount_cents": 11000, "gst_treatment": "taxable", "gl_code": "5100.1"},
        {"description": "Bond", "amount_cents": 5000, "gst_treatment": "out_of_scope", "gl_code": "5100.2"},
    ],
    "return_path": "/bookings/customer/HB-0001",
    "staff_path": "/bookings/staff/HB-0001",
    "payer": {"name": "Ann Walker", "email": "ann@walker.example"},
}


@pytest.fixture
def module(session: Session, client: TestClient) -> CallingModule:
    """A module with a token of its own."""
    _, secrets = connect(session, manifest=calling_manifest())
    session.commit()
    return CallingModule(client, secrets).acts_for()


def raised(module: CallingModule, *, key: str = "booking-1", **changes: Any) -> dict[str, Any]:
    """A payment that the module raised."""
    answer = module.call("POST", f"{CALLS}/payments", key=key, json=BOOKING | changes)
    assert answer.status_code == 201, answer.text
    payment: dict[str, Any] = answer.json()
    return payment


def at_counter(clerk: Any, payment: dict[str, Any], cents: int = 16000) -> Any:
    """A clerk takes the money."""
    parts = {"parts": [{"method": "cash", "amount_cents": cents}]}
    return clerk.post(f"/api/payments/payables/{payment['payable_id']}/counter-payment", json=parts)


class TestRaisePayment:
    def test_is_shown_on_the_pay_page_and_to_staff(self, module: CallingModule, signed_in_as: Any) -> None:
        payment = raised(module)
        assert (payment["state"], payment["total_cents"], payment["gst_cents"]) == ("awaiting_payment", 16000, 1000)
        token = payment["url"].rsplit("/", 1)[-1]
        page = module.client.get(f"/api/payments/pay/{token}").json()
        assert (page["title"], page["left_cents"], page["shown"]) == (BOOKING["title"], 16000, "to_pay")
        assert (page["back"], BOOKING["return_path"] in str(page)) == (None, False)
        assert payment["payer_url"] == f"{payment['url']}?back=%2Fbookings%2Fcustomer%2FHB-0001"
        in_person = f"/api/payments/pay/{payment['payer_url'].rsplit('/', 1)[-1]}"
        assert module.client.get(in_person).json()["back"] == BOOKING["return_path"]
        clerk = signed_in_as("counter_clerk")
        kind = f"/api/payments/payables/by-subject/bookings.booking/{payment['id']}"
        assert clerk.get(kind).json()["id"] == payment["payable_id"]
        payable = clerk.get(f"/api/payments/payables/{payment['payable_id']}").json()
        assert payable["staff_path"] == BOOKING["staff_path"]
        assert module.call("GET", f"{CALLS}/payments/{payment['id']}").json() == payment

    def test_once_for_a_key_and_for_an_id(self, module: CallingModule, session: Session) -> None:
        own = str(uuid.uuid4())
        first = raised(module, id=own)
        assert first["id"] == own
        assert raised(module, id=own) == first
        other_body = module.call("POST", f"{CALLS}/payments", key="booking-1", json=BOOKING | {"reference": "HB-2"})
        other_key = module.call("POST", f"{CALLS}/payments", key="booking-2", json=BOOKING | {"id": own})
        assert (other_body.status_code, other_key.status_code) == (409, 409)
        assert module.call("POST", f"{CALLS}/payments", json=BOOKING).status_code == 400
        assert session.scalar(text("SELECT count(*) FROM payments.payables")) == 1

    @pytest.mark.parametrize(
        ("changes", "status"),
        [
            ({"kind": "certificates.order"}, 403),
            ({"kind": "bookings.other"}, 403),
            ({"return_path": "/payments/staff/ledger"}, 422),
            ({"return_path": "//evil.example/bookings/"}, 422),
            ({"return_path": "https://evil.example/"}, 422),
            ({"staff_path": "/payments/staff/ledger"}, 422),
            ({"lines": []}, 422),
            ({"lines": [BOOKING["lines"][0] | {"amount_cents": -1}]}, 422),
        ],
    )
    def test_refuses_what_is_not_the_modules(self, module: CallingModule, changes: Any, status: int) -> None:
        answer = module.call("POST", f"{CALLS}/payments", key="k", json=BOOKING | changes)
        assert answer.status_code == status

    def test_another_module_and_another_council_see_nothing_of_it(
        self, module: CallingModule, session: Session, other_session: Session, other_organisation: Council
    ) -> None:
        payment = raised(module)
        halls = calling_manifest(
            id="halls", requires=[], permissions=[], routes=[], pages=None, widgets=[], events={},
            payments=[{"kind": "halls.booking", "title": "Hall"}], capabilities=["payments.raise"],
        )  # fmt: skip
        _, secrets = connect(session, manifest=halls)
        session.commit()
        other = CallingModule(module.client, secrets).acts_for()
        assert other.call("GET", f"{CALLS}/payments/{payment['id']}").status_code == 404
        _, theirs = connect(other_session, manifest=calling_manifest())
        other_session.commit()
        with TestClient(module.client.app, base_url=f"http://{other_organisation.slug}.localhost") as client:
            neighbour = CallingModule(client, theirs).acts_for()
            assert neighbour.call("GET", f"{CALLS}/payments/{payment['id']}").status_code == 404
            assert CallingModule(client, module.secrets).exchange().status_code == 401


class TestMoneyOfAModule:
    def test_is_taken_at_the_counter_told_and_given_back(
        self, session: Session, module: CallingModule, signed_in_as: Any, run_outbox: Callable[[], int]
    ) -> None:
        with hearing() as server:
            session.query(Connection).one().base_url = server.base_url
            session.commit()
            payment = raised(module)
            clerk = signed_in_as("counter_clerk")
            assert at_counter(clerk, payment).status_code == 201
            run_outbox()
            assert [each["type"] for each in server.events] == ["payments.payment_settled"]
            told = server.events[0]["data"]
            assert (told["payable_kind"], told["payable_id"]) == ("bookings.booking", payment["id"])
            read = module.call("GET", f"{CALLS}/payments/{payment['id']}").json()
            assert (read["state"], read["refundable_cents"], read["paid_at_counter"]) == ("paid", 16000, True)
            assert read["receipts"][0]["url"].startswith("http://localhost:8000/api/payments/receipts/")

            wish = {"reason": "The hall flooded", "seen_refundable_cents": 16000, "amount_cents": 5000}
            refund = f"{CALLS}/payments/{payment['id']}/refund"
            assert module.call("POST", refund, json=wish).status_code in (409, 422)  # how does cash go back?
            answer = module.call("POST", refund, json=wish | {"counter_reference": "cash"})
            assert (answer.status_code, answer.json()["state"]) == (200, "part_refunded")
            assert module.call("POST", refund, json=wish | {"counter_reference": "cash"}).status_code == 409
            run_outbox()
        assert [each["type"] for each in server.events][1:] == ["payments.payment_refunded"]
        ledger = signed_in_as("finance_officer").get("/api/payments/ledger", params={"reference": "HB-0001"}).json()
        assert sorted(each["amount_cents"] for each in ledger["results"]) == [-5000, 16000]

    def test_a_large_refund_waits_for_a_second_person_who_is_not_the_first(
        self, session: Session, module: CallingModule, signed_in_as: Any, actor_with: Callable[..., Actor]
    ) -> None:
        lines = [BOOKING["lines"][0] | {"amount_cents": 900_000}]
        payment = raised(module, lines=lines)
        at_counter(signed_in_as("counter_clerk"), payment, 900_000)
        finance = signed_in_as("finance_officer")
        connection = session.query(Connection).one()
        acting = module.acts_for(subject_token(session, connection, finance.actor))
        wish = {"reason": "No hall", "seen_refundable_cents": 900_000, "counter_reference": "cash"}
        answer = acting.call("POST", f"{CALLS}/payments/{payment['id']}/refund", json=wish)
        assert (answer.status_code, answer.json()["state"]) == (200, "paid")
        refund = finance.get("/api/payments/refunds", params={"state": "awaiting_approval"}).json()["results"][0]
        approve = f"/api/payments/refunds/{refund['id']}/approve"
        assert finance.post(approve).status_code in (403, 409)
        assert signed_in_as("finance_officer").post(approve).status_code == 200

    def test_refunds_that_were_not_asked_for_are_refused(self, session: Session, client: TestClient) -> None:
        kinds = [{"kind": "bookings.booking", "title": "Hall booking", "refunds": False}]
        _, secrets = connect(session, manifest=calling_manifest(payments=kinds))
        session.commit()
        module = CallingModule(client, secrets).acts_for()
        payment = raised(module)
        wish = {"reason": "x", "seen_refundable_cents": 0}
        assert module.call("POST", f"{CALLS}/payments/{payment['id']}/refund", json=wish).status_code == 403

    def test_a_cancelled_one_is_paid_by_nobody(self, module: CallingModule, signed_in_as: Any) -> None:
        payment = raised(module)
        answer = module.call("POST", f"{CALLS}/payments/{payment['id']}/cancel", json={"reason": "Not needed"})
        assert (answer.status_code, answer.json()["state"]) == (200, "cancelled")
        assert at_counter(signed_in_as("counter_clerk"), payment).status_code == 409


class TestNotices:
    NOTICE: ClassVar[dict[str, Any]] = {
        "email": "ann@walker.example",
        "subject": "Your booking",
        "text": "See you at 7.",
    }

    def test_go_out_once_in_the_councils_frame(self, module: CallingModule, session: Session) -> None:
        notice = self.NOTICE | {"link": "/bookings/customer/HB-0001"}
        first = module.call("POST", f"{CALLS}/notices", key="n1", json=notice)
        assert first.status_code == 202
        assert module.call("POST", f"{CALLS}/notices", key="n1", json=notice).json()["id"] == first.json()["id"]
        message = session.execute(text("SELECT to_address, subject, text, html FROM notifications.messages")).one()
        assert (message.to_address, message.subject) == ("ann@walker.example", "Your booking")
        assert "http://localhost:8000/bookings/customer/HB-0001" in message.text
        assert "Hall bookings, Blue Hills Shire Council" in message.text

    def test_words_are_words(self, module: CallingModule, session: Session) -> None:
        words = "<script>alert(1)</script> {{ council.name }} {% raw %}"
        module.call("POST", f"{CALLS}/notices", key="n1", json=self.NOTICE | {"text": words})
        message = session.execute(text("SELECT text, html FROM notifications.messages")).one()
        assert words in message.text
        assert "&lt;script&gt;" in message.html
        assert "<script>" not in message.html

    def test_to_an_account(self, module: CallingModule, session: Session, customer: Actor) -> None:
        body = {"user_id": str(customer.user_id), "subject": "Hello", "text": "There"}
        assert module.call("POST", f"{CALLS}/notices", key="n1", json=body).status_code == 202
        assert session.scalar(text("SELECT to_address FROM notifications.messages")) == customer.email

    @pytest.mark.parametrize(
        ("changes", "status"),
        [
            ({"text": "Go to https://evil.example now"}, 422),
            ({"text": "Go to evil-bank.com now"}, 422),
            ({"subject": "www.evil.example"}, 422),
            ({"link": "/payments/staff/refunds"}, 422),
            ({"user_id": str(uuid.uuid4())}, 422),
            ({"email": None, "user_id": str(uuid.uuid4())}, 404),
            ({"text": ""}, 422),
        ],
    )
    def test_refuses(self, module: CallingModule, changes: Any, status: int) -> None:
        answer = module.call("POST", f"{CALLS}/notices", key="n", json=self.NOTICE | changes)
        assert answer.status_code == status

    def test_so_many_to_one_address_a_day(self, module: CallingModule, platform: Platform) -> None:
        platform.settings = platform.settings.model_copy(update={"rate_limits": "on"})
        sent = [module.call("POST", f"{CALLS}/notices", key=f"n{each}", json=self.NOTICE) for each in range(21)]
        assert [each.status_code for each in sent] == [202] * 20 + [429]


class TestObjects:
    CONTENT = b"%PDF-1.4 the plan of the hall"

    def store(self, module: CallingModule, name: str = "plan.pdf", sha256: str = "") -> Any:
        headers = {"X-Content-SHA256": sha256 or hashlib.sha256(self.CONTENT).hexdigest()}
        path = f"{CALLS}/objects"
        return module.call("POST", path, content=self.CONTENT, headers=headers, params={"file_name": name})

    def test_are_kept_and_read_by_their_module_alone(
        self, module: CallingModule, session: Session, client: TestClient
    ) -> None:
        kept = self.store(module).json()
        assert (kept["file_name"], kept["size"]) == ("plan.pdf", len(self.CONTENT))
        path = f"{CALLS}/objects/{kept['id']}"
        assert module.call("GET", path).json() == kept
        got = module.call("GET", f"{path}/content")
        assert (got.content, got.headers["x-content-type-options"]) == (self.CONTENT, "nosniff")
        halls = calling_manifest(
            id="halls", requires=[], permissions=[], routes=[], pages=None, widgets=[], events={}, payments=[],
            capabilities=["objects.store"],
        )  # fmt: skip
        _, secrets = connect(session, manifest=halls)
        session.commit()
        other = CallingModule(client, secrets).acts_for()
        assert other.call("GET", path).status_code == 404
        assert other.call("GET", f"{path}/content").status_code == 404

    def test_damage_on_the_way_is_found(self, module: CallingModule, session: Session) -> None:
        assert self.store(module, sha256="0" * 64).status_code == 400
        assert session.scalar(text("SELECT count(*) FROM connections.kept_objects")) == 0


class TestAuditAndReminders:
    def test_the_log_says_what_was_done_for_whom(
        self, module: CallingModule, session: Session, officer: Actor, organisation: Council
    ) -> None:
        acting = module.acts_for(subject_token(session, session.query(Connection).one(), officer))
        told = {"action": "bookings.hall_closed", "detail": {"hall": "Town hall"}}
        assert acting.call("POST", f"{CALLS}/audit", json=told).status_code == 204
        entry = session.execute(
            text("SELECT actor_kind, actor_id, actor_name FROM audit.entries WHERE action = 'bookings.hall_closed'")
        ).one()
        assert tuple(entry) == ("module", officer.user_id, f"{officer.name} (Hall bookings)")
        assert verify(session, organisation.id).problem is None
        for forged in ("payments.refund_approved", "bookings", "bookingsx.closed"):
            assert acting.call("POST", f"{CALLS}/audit", json={"action": forged}).status_code in (403, 422)
        large = {"action": "bookings.closed", "detail": {"text": "x" * 5000}}
        assert acting.call("POST", f"{CALLS}/audit", json=large).status_code == 422

    def test_a_reminder_comes_at_its_moment_once_and_not_when_cancelled(
        self, module: CallingModule, session: Session, platform: Platform, run_outbox: Callable[[], int]
    ) -> None:
        with hearing() as server:
            connection = session.query(Connection).one()
            connection.base_url = server.base_url
            session.commit()
            due = (utc_now() + timedelta(hours=1)).isoformat()
            path = f"{CALLS}/reminders"
            first = module.call("POST", path, key="r1", json={"due_at": due, "data": {"booking": 7}})
            assert first.status_code == 201
            again = module.call("POST", path, key="r1", json={"due_at": due, "data": {"booking": 7}})
            assert again.json() == first.json()
            other = module.call("POST", path, key="r1", json={"due_at": due, "data": {"booking": 8}})
            assert other.status_code == 409
            second = module.call("POST", path, key="r2", json={"due_at": due}).json()
            module.call("DELETE", f"{path}/{second['id']}")
            run_outbox()
            assert server.heard == []
            session.execute(text("UPDATE events.outbox SET available_at = now() WHERE status = 'pending'"))
            run_outbox()
            assert [each["type"] for each in server.events] == ["bookings.reminder_due"]
            assert server.events[0]["data"]["data"] == {"booking": 7}
            assert module.call("GET", f"{path}/{first.json()['id']}").json()["state"] == "told"
        far = (utc_now() + timedelta(days=800)).isoformat()
        assert module.call("POST", path, key="r3", json={"due_at": far}).status_code == 422
