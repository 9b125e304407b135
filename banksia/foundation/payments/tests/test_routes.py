"""Money over HTTP: who may do what, what is answered, and what a stranger gets."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event, select, text, update
from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import Council
from banksia.foundation.payments.models import Money, Payable, Receipt, Refund, ReviewCase
from banksia.foundation.payments.public import (
    CheckoutStarted,
    CounterPart,
    cancel_payable,
    money_of,
    start_checkout,
    take_counter_payment,
)
from banksia.foundation.payments.service.settling import settle
from banksia.foundation.payments.tests.factories import FakeStripe, make_payable, ref_of
from banksia.kit.database import Transactions
from banksia.kit.platform import Platform

API = "/api/payments"
SignIn = Callable[..., TestClient]
NOBODY = uuid.UUID("0197aaaa-0000-7000-8000-00000000dcba")
CASH = {"parts": [{"method": "cash", "amount_cents": 6900, "tendered_cents": 10000}]}


def fresh_state(session: Session, owed: Payable) -> str:
    return session.scalars(select(Payable.state).where(Payable.id == owed.id)).one()


@pytest.fixture
def case(
    session: Session, transactions: Transactions, owed: Payable, started: CheckoutStarted, fake: FakeStripe
) -> ReviewCase:
    """Paid after it was cancelled."""
    cancel_payable(session, transactions.actor, payable=ref_of(owed), reason="Wrong lot")
    session.commit()
    fake.act(started.url, "pay")
    settle(transactions, attempt_id=started.attempt_id)
    session.expire_all()
    return session.scalars(select(ReviewCase)).one()


class TestAttemptStatus:
    def test_anybody_with_the_attempts_id_may_ask(
        self, client: TestClient, started: CheckoutStarted, fake: FakeStripe, session: Session
    ) -> None:
        address = f"{API}/attempts/{started.attempt_id}"
        answer = client.get(f"{address}/status").json()
        assert (answer["shown"], answer["declined"], answer["money"]) == ("confirming", False, "awaiting_payment")
        fake.act(started.url, "pay")
        session.execute(update(Payable).values(title="Certificates"))
        session.commit()
        assert client.get(f"{address}/status").json()["shown"] == "confirming"  # reading asks nobody

    def test_confirming_asks_the_provider(
        self, client: TestClient, started: CheckoutStarted, fake: FakeStripe, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("banksia.foundation.payments.service.returning.ASK_AT_MOST_EVERY", timedelta(0))
        fake.act(started.url, "pay")
        answer = client.post(f"{API}/attempts/{started.attempt_id}/confirm")
        assert (answer.status_code, answer.json()["shown"]) == (200, "paid")

    def test_an_older_no_of_the_bank_is_not_told_to_who_has_just_paid(
        self,
        client: TestClient,
        transactions: Transactions,
        started: CheckoutStarted,
        fake: FakeStripe,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        every = "banksia.foundation.payments.service.returning.ASK_AT_MOST_EVERY"
        confirm = f"{API}/attempts/{started.attempt_id}/confirm"
        fake.act(started.url, "decline")
        settle(transactions, attempt_id=started.attempt_id)
        fake.act(started.url, "pay")
        monkeypatch.setattr(every, timedelta(hours=1))
        answer = client.post(confirm).json()
        assert (answer["shown"], answer["declined"]) == ("confirming", False)
        monkeypatch.setattr(every, timedelta(0))
        assert client.post(confirm).json()["shown"] == "paid"

    def test_a_no_of_the_bank_is_told_when_the_provider_says_it_now(
        self, client: TestClient, started: CheckoutStarted, fake: FakeStripe, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("banksia.foundation.payments.service.returning.ASK_AT_MOST_EVERY", timedelta(0))
        fake.act(started.url, "decline")
        answer = client.post(f"{API}/attempts/{started.attempt_id}/confirm").json()
        assert (answer["shown"], answer["declined"]) == ("confirming", True)

    @pytest.mark.usefixtures("transactions")
    def test_an_unknown_attempt_is_not_found(self, client: TestClient) -> None:
        for method, ending in (("GET", "status"), ("POST", "confirm")):
            answer = client.request(method, f"{API}/attempts/{NOBODY}/{ending}")
            assert (answer.status_code, answer.json()["type"]) == (404, "urn:banksia:payments:attempt-not-found")

    def test_another_council_does_not_see_it(
        self, client: TestClient, started: CheckoutStarted, other_organisation: Council
    ) -> None:
        headers = {"Host": f"{other_organisation.slug}.localhost"}
        assert client.get(f"{API}/attempts/{started.attempt_id}/status", headers=headers).status_code == 404


class TestReceipts:
    @pytest.fixture
    def paid(self, session: Session, transactions: Transactions, owed: Payable) -> Payable:
        take_counter_payment(transactions, payable=ref_of(owed), parts=[CounterPart("cash", 6900)])
        session.expire_all()
        return owed

    def test_the_link_opens_it_and_no_other_does(
        self, session: Session, client: TestClient, paid: Payable, run_outbox: Callable[[], int]
    ) -> None:
        path = money_of(session, [ref_of(paid)])[ref_of(paid)].receipts[0].path
        assert client.get(path).json()["type"] == "urn:banksia:payments:receipt-not-ready"
        run_outbox()
        answer = client.get(path)
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF-")
        assert (
            "Receipt%20R-000001" in answer.headers["content-disposition"]
            or "R-000001" in (answer.headers["content-disposition"])
        )
        assert client.get(path[:-1] + ("a" if path[-1] != "a" else "b")).status_code == 404
        assert client.get(f"{API}/receipts/{NOBODY}/anything").status_code == 404

    def test_staff_print_it(
        self, session: Session, signed_in_as: SignIn, paid: Payable, run_outbox: Callable[[], int], client: TestClient
    ) -> None:
        run_outbox()
        receipt = session.scalars(select(Receipt).where(Receipt.payable_id == paid.id)).one()
        assert client.get(f"{API}/receipts/{receipt.id}").status_code == 401
        assert signed_in_as("records_officer").get(f"{API}/receipts/{receipt.id}").status_code == 403
        assert signed_in_as("counter_clerk").get(f"{API}/receipts/{receipt.id}").status_code == 200


class TestMail:
    def test_the_receipt_is_mailed_once_with_a_link_to_the_order(
        self, session: Session, transactions: Transactions, owed: Payable, run_outbox: Callable[[], int]
    ) -> None:
        take_counter_payment(transactions, payable=ref_of(owed), parts=[CounterPart("cash", 6900)])
        run_outbox()
        mail = session.execute(text("SELECT * FROM notifications.messages")).one()
        assert mail.to_address == "dale@kaur.example"
        assert mail.subject == "Receipt R-000001 for BH-2026-00001"
        for words in ("$69.00", "http://localhost:8000/tests/customer/orders/1#token=abc"):
            assert words in mail.text
            assert words in mail.html
        assert [each["file_name"] for each in mail.attachments] == ["Receipt R-000001 BH-2026-00001.pdf"]

    def test_money_that_does_not_fit_calls_a_person(
        self, session: Session, transactions: Transactions, owed: Payable, started: CheckoutStarted, fake: FakeStripe
    ) -> None:
        values = '{"alert_email": "finance@bluehills.example"}'
        session.execute(
            text(
                "INSERT INTO organisations.module_settings (id, created_at, organisation_id, module, values)"
                " VALUES (gen_random_uuid(), now(), :id, 'payments', cast(:values as jsonb))"
            ),
            {"id": owed.organisation_id, "values": values},
        )
        session.commit()
        fake.fault("currency_mismatch")
        fake.act(started.url, "pay")
        settle(transactions, attempt_id=started.attempt_id)
        settle(transactions, attempt_id=started.attempt_id)
        mail = session.execute(text("SELECT * FROM notifications.messages")).one()
        assert (mail.to_address, mail.subject) == (
            "finance@bluehills.example",
            "Money to review: BH-2026-00001",
        )


class TestCounter:
    def test_a_clerk_takes_cash_and_gives_change(self, signed_in_as: SignIn, owed: Payable) -> None:
        clerk = signed_in_as("counter_clerk")
        answer = clerk.post(f"{API}/payables/{owed.id}/counter-payment", json=CASH)
        assert (answer.status_code, answer.json()["change_cents"]) == (201, 3100)
        again = clerk.post(f"{API}/payables/{owed.id}/counter-payment", json=CASH)
        assert (again.status_code, again.json()["type"]) == (409, "urn:banksia:payments:already-paid")
        whole = clerk.get(f"{API}/payables/by-subject/{owed.kind}/{owed.subject_id}").json()
        assert (whole["state"], whole["paid_cents"], whole["refundable_cents"]) == ("paid", 6900, 6900)
        assert [each["cashier_name"] for each in whole["payments"]] == [clerk.actor.name]  # type: ignore[attr-defined]

    @pytest.mark.parametrize(
        "parts",
        [
            [],
            [{"method": "cash", "amount_cents": 0}],
            [{"method": "cash", "amount_cents": -6900}],
            [{"method": "cash", "amount_cents": 6900, "tendered_cents": 6800}],
            [{"method": "eftpos", "amount_cents": 6900}],
            [{"method": "cheque", "amount_cents": 6900, "reference": "1"}],
            [{"method": "card", "amount_cents": 6900}],
            [{"method": "cash", "amount_cents": 6900, "card_number": "4242424242424242"}],
            [{"method": "cash", "amount_cents": 6800}],
            [{"method": "cash", "amount_cents": 10**12}],
            [{"method": "cash", "amount_cents": "all of it"}],
        ],
    )
    def test_what_does_not_fit_is_refused_and_changes_nothing(
        self, session: Session, signed_in_as: SignIn, owed: Payable, parts: list[Any]
    ) -> None:
        clerk = signed_in_as("counter_clerk")
        answer = clerk.post(f"{API}/payables/{owed.id}/counter-payment", json={"parts": parts})
        assert answer.status_code == 422
        assert fresh_state(session, owed) == Money.AWAITING_PAYMENT

    def test_others_may_not(self, client: TestClient, signed_in_as: SignIn, owed: Payable) -> None:
        address = f"{API}/payables/{owed.id}/counter-payment"
        assert client.post(address, json=CASH).status_code == 401
        for role in ("customer", "certificate_officer", "records_officer"):
            assert signed_in_as(role).post(address, json=CASH).status_code == 403


class TestRefunds:
    def test_a_refund_from_request_to_approval(
        self, session: Session, signed_in_as: SignIn, transactions: Transactions
    ) -> None:
        owed = make_payable(session, email=None)
        session.commit()
        take_counter_payment(transactions, payable=ref_of(owed), parts=[CounterPart("cash", 6900)])
        finance = signed_in_as("finance_officer")
        body = {"reason": "Wrong lot", "seen_available_cents": 6900, "counter_reference": "cash"}
        stale = finance.post(f"{API}/payables/{owed.id}/refunds", json=body | {"seen_available_cents": 1})
        assert (stale.status_code, stale.json()["available_cents"]) == (409, 6900)
        answer = finance.post(f"{API}/payables/{owed.id}/refunds", json=body)
        assert (answer.status_code, answer.json()[0]["state"]) == (201, "succeeded")
        listed = finance.get(f"{API}/refunds", params={"state": "succeeded"}).json()["results"]
        assert [each["id"] for each in listed] == [answer.json()[0]["id"]]
        assert finance.post(f"{API}/refunds/{NOBODY}/approve").status_code == 404
        assert signed_in_as("counter_clerk").post(f"{API}/payables/{owed.id}/refunds", json=body).status_code == 403
        kinds = [entry["kind"] for entry in finance.get(f"{API}/ledger").json()["results"]]
        assert sorted(kinds) == ["counter_taking", "refund"]


class TestReview:
    def test_money_after_cancelling_is_refunded_with_one_click(
        self,
        session: Session,
        signed_in_as: SignIn,
        case: ReviewCase,
        owed: Payable,
        fake: FakeStripe,
        run_outbox: Callable[[], int],
    ) -> None:
        finance = signed_in_as("finance_officer")
        [shown] = finance.get(f"{API}/review-cases").json()["results"]
        assert (shown["kind"], shown["payment_cents"], shown["money"]) == ("paid_late", 6900, "needs_review")
        assert shown["possible"] == ["dismiss", "refund", "reinstate"]
        body = {"resolution": "refund", "reason": "The order was cancelled."}
        answer = finance.post(f"{API}/review-cases/{case.id}/resolve", json=body)
        assert (answer.status_code, answer.json()["resolution"]) == (200, "refund")
        assert finance.post(f"{API}/review-cases/{case.id}/resolve", json=body).status_code == 409
        run_outbox()
        assert [each["amount"] for each in fake.refunds()] == [6900]
        assert fresh_state(session, owed) == Money.REFUNDED
        assert finance.get(f"{API}/review-cases").json()["results"] == []
        assert len(finance.get(f"{API}/review-cases", params={"resolved": True}).json()["results"]) == 1

    def test_it_can_be_made_to_count(
        self, session: Session, signed_in_as: SignIn, case: ReviewCase, owed: Payable, run_outbox: Callable[[], int]
    ) -> None:
        body = {"resolution": "reinstate", "reason": "The customer still wants it."}
        finance = signed_in_as("finance_officer")
        assert finance.post(f"{API}/review-cases/{case.id}/resolve", json=body).status_code == 200
        run_outbox()
        assert fresh_state(session, owed) == Money.PAID
        session.expire_all()
        assert len(money_of(session, [ref_of(owed)])[ref_of(owed)].receipts) == 1

    def test_dismissing_leaves_it_as_it_was_meant(
        self, session: Session, signed_in_as: SignIn, case: ReviewCase, owed: Payable
    ) -> None:
        body = {"resolution": "dismiss", "reason": "Sorted out with the bank."}
        assert (
            signed_in_as("finance_officer").post(f"{API}/review-cases/{case.id}/resolve", json=body).status_code == 200
        )
        assert fresh_state(session, owed) == Money.CANCELLED

    def test_a_wrong_amount_cannot_be_made_to_count(
        self,
        session: Session,
        signed_in_as: SignIn,
        transactions: Transactions,
        owed: Payable,
        started: CheckoutStarted,
        fake: FakeStripe,
    ) -> None:
        fake.fault("amount_mismatch", cents=100)
        fake.act(started.url, "pay")
        settle(transactions, attempt_id=started.attempt_id)
        case_id = session.scalars(select(ReviewCase.id)).one()
        body = {"resolution": "reinstate", "reason": "Close enough"}
        answer = signed_in_as("finance_officer").post(f"{API}/review-cases/{case_id}/resolve", json=body)
        assert (answer.status_code, fresh_state(session, owed)) == (409, "needs_review")

    def test_a_duplicate_is_refunded_and_the_order_stays_paid(
        self,
        session: Session,
        signed_in_as: SignIn,
        transactions: Transactions,
        owed: Payable,
        started: CheckoutStarted,
        fake: FakeStripe,
        run_outbox: Callable[[], int],
    ) -> None:
        take_counter_payment(transactions, payable=ref_of(owed), parts=[CounterPart("cash", 6900)])
        fake.act(started.url, "pay-although-expired")
        settle(transactions, attempt_id=started.attempt_id)
        case_id = session.scalars(select(ReviewCase.id)).one()
        body = {"resolution": "refund", "reason": "Paid twice"}
        finance = signed_in_as("finance_officer")
        assert finance.post(f"{API}/review-cases/{case_id}/resolve", json=body).status_code == 200
        run_outbox()
        assert session.scalars(select(Refund.method)).one() == "card"
        assert [each["amount"] for each in fake.refunds()] == [6900]
        assert fresh_state(session, owed) == Money.PAID


def test_how_things_stand_costs_the_same_for_many(
    session: Session, platform: Platform, transactions: Transactions
) -> None:
    payables = [make_payable(session, reference=f"BH-{number}", email=None) for number in range(30)]
    session.commit()
    for owed in payables[:10]:
        start_checkout(transactions, payable=ref_of(owed))
    for owed in payables[10:20]:
        take_counter_payment(transactions, payable=ref_of(owed), parts=[CounterPart("cash", 6900)])
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if "FROM payments." in statement:
            statements.append(statement)

    event.listen(platform.database.bind, "before_cursor_execute", note)
    counts = []
    for many in (payables[:1], payables):
        session.expunge_all()
        statements.clear()
        assert len(money_of(session, [("tests.order", owed.subject_id) for owed in many])) == len(many)
        counts.append(len(statements))
    event.remove(platform.database.bind, "before_cursor_execute", note)
    assert counts[0] == counts[1] <= 7
