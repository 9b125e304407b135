"""Links to pay: what whoever holds one sees and may do, and what they never see."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import Council, update_module_settings
from banksia.foundation.payments.models import Attempt, Payable, PaymentAttempt
from banksia.foundation.payments.public import (
    CounterPart,
    RefundWish,
    cancel_payable,
    money_of,
    refund,
    start_checkout,
    take_counter_payment,
)
from banksia.foundation.payments.service.settling import settle
from banksia.foundation.payments.tests.factories import COPY, PLANNING, FakeStripe, make_payable, ref_of
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions
from banksia.kit.platform import Platform

API = "/api/payments"
SignIn = Callable[..., TestClient]


def path_of(session: Session, owed: Payable) -> str:
    session.expire_all()
    return f"{API}/pay/{owed.pay_token}"


def seen(client: TestClient, path: str) -> dict[str, Any]:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


class TestReadPayLink:
    @pytest.mark.usefixtures("transactions")
    def test_shows_what_it_is_for_and_nothing_else_of_the_order(self, session: Session, client: TestClient) -> None:
        owed = make_payable(session, lines=(PLANNING, COPY))
        session.commit()
        found = seen(client, path_of(session, owed))
        assert {
            name: found[name] for name in ("council", "title", "reference", "shown", "total_cents", "gst_cents")
        } == {
            "council": "Blue Hills Shire Council",
            "title": "Certificates for 7 Green Street, Portland",
            "reference": "BH-2026-00001",
            "shown": "to_pay",
            "total_cents": 9100,
            "gst_cents": 200,
        }
        assert [line["amount_cents"] for line in found["lines"]] == [6900, 2200]
        assert (found["left_cents"], found["online"], found["attempt"]) == (9100, True, "none")
        for private in ("dale@kaur.example", "Dale & Kaur", "token=abc", "/tests/customer/orders/1", "4100.101"):
            assert private not in str(found)

    @pytest.mark.usefixtures("transactions")
    def test_a_guessed_key_finds_nothing_and_neither_does_the_neighbour(
        self, session: Session, client: TestClient, owed: Payable, other_organisation: Council
    ) -> None:
        assert client.get(f"{API}/pay/guessed").json()["type"] == "urn:banksia:payments:payable-not-found"
        headers = {"Host": f"{other_organisation.slug}.localhost"}
        assert client.get(path_of(session, owed), headers=headers).status_code == 404

    def test_follows_a_payment_through_its_states(
        self, session: Session, transactions: Transactions, client: TestClient, owed: Payable, fake: FakeStripe
    ) -> None:
        path = path_of(session, owed)
        started = client.post(f"{path}/checkout").json()
        assert seen(client, path)["attempt"] == "open"
        fake.act(started["url"], "decline")
        settle(transactions, attempt_id=started["attempt_id"])
        assert (seen(client, path)["shown"], seen(client, path)["attempt"]) == ("to_pay", "declined")
        fake.act(started["url"], "pay")
        settle(transactions, attempt_id=started["attempt_id"])
        found = seen(client, path)
        assert (found["shown"], found["paid_cents"], found["left_cents"]) == ("paid", 6900, 0)
        assert found["receipts"][0]["path"].startswith("/api/payments/receipts/")
        assert client.post(f"{path}/checkout").json()["type"] == "urn:banksia:payments:already-paid"

    def test_an_attempt_that_ran_out_charged_nothing_and_can_be_tried_again(
        self, session: Session, transactions: Transactions, client: TestClient, owed: Payable, fake: FakeStripe
    ) -> None:
        path = path_of(session, owed)
        first = client.post(f"{path}/checkout").json()
        session.execute(update(PaymentAttempt).values(created_at=utc_now() - timedelta(minutes=5)))
        session.commit()
        second = client.post(f"{path}/checkout").json()
        assert first["attempt_id"] != second["attempt_id"]
        assert [each["status"] for each in fake.sessions()] == ["open", "expired"]
        cancel_payable(session, transactions.actor, payable=ref_of(owed), reason="Wrong lot")
        session.commit()
        assert seen(client, path)["shown"] == "cancelled"
        assert client.post(f"{path}/checkout").json()["type"] == "urn:banksia:payments:not-payable"

    @pytest.mark.usefixtures("transactions")
    def test_says_when_a_clerk_takes_the_money(self, session: Session, client: TestClient, owed: Payable) -> None:
        session.execute(update(Payable).values(counter_locked_at=utc_now(), counter_lock=owed.id))
        session.commit()
        assert seen(client, path_of(session, owed))["shown"] == "at_counter"

    def test_tells_of_refunds_but_not_of_those_that_wait_for_a_decision(
        self, session: Session, transactions: Transactions, client: TestClient, owed: Payable
    ) -> None:
        take_counter_payment(transactions, payable=ref_of(owed), parts=[CounterPart("cash", 6900)])
        session.expire_all()
        values = {"refund_approval_from_cents": 6900}
        update_module_settings(session, transactions.actor, name="payments", values=values)
        wish = RefundWish("Wrong lot", 6900, "cash")
        refund(session, transactions.actor, payable=ref_of(owed), wish=wish)
        session.commit()
        assert seen(client, path_of(session, owed))["refunds"] == []
        session.execute(text("UPDATE payments.refunds SET state = 'rejected'"))
        update_module_settings(session, transactions.actor, name="payments", values={})
        refund(session, transactions.actor, payable=ref_of(owed), wish=wish)
        session.commit()
        found = seen(client, path_of(session, owed))
        assert found["shown"] == "refunded"
        (back,) = found["refunds"]
        assert (back["amount_cents"], back["state"]) == (6900, "succeeded")
        assert back["words"] == "Given back in cash at the counter"


class TestPayByLink:
    def test_leads_back_to_the_link_and_not_to_the_order(
        self, session: Session, transactions: Transactions, client: TestClient, owed: Payable, fake: FakeStripe
    ) -> None:
        """The customer pressed Pay a moment ago: that page would lead to an order that the payer cannot open."""
        own = start_checkout(transactions, payable=ref_of(owed))
        path = path_of(session, owed)
        started = client.post(f"{path}/checkout").json()
        assert started["url"] != own.url
        newest, oldest = fake.sessions()
        assert oldest["status"] == "expired"
        assert f"/payments/customer/pay/{owed.pay_token}?payment={started['attempt_id']}" in newest["success_url"]
        assert client.post(f"{path}/checkout").json() == started  # a second press

    @pytest.mark.usefixtures("transactions")
    def test_leads_the_payer_back_to_what_they_ordered(
        self, session: Session, client: TestClient, owed: Payable, fake: FakeStripe
    ) -> None:
        path, own = path_of(session, owed), {"back": owed.return_path}
        assert client.get(path, params=own).json()["back"] == owed.return_path
        started = client.post(f"{path}/checkout", params=own).json()
        page = fake.sessions()[0]
        assert page["success_url"].endswith(f"{owed.return_path}?payment={started['attempt_id']}")
        assert page["cancel_url"].endswith(f"/pay/{owed.pay_token}?back=%2Ftests%2Fcustomer%2Forders%2F1")

    @pytest.mark.parametrize(
        "back", ["https://evil.example/", "//evil.example", "/tests/customer/orders/2", "", "\ud800", "\0"]
    )
    @pytest.mark.usefixtures("transactions")
    def test_leads_nowhere_else(
        self, session: Session, client: TestClient, owed: Payable, fake: FakeStripe, back: str
    ) -> None:
        path, other = path_of(session, owed), {"back": back.encode(errors="surrogatepass")}
        assert client.get(path, params=other).json()["back"] is None
        client.post(f"{path}/checkout", params=other)
        page = fake.sessions()[0]
        assert f"/payments/customer/pay/{owed.pay_token}?payment=" in page["success_url"]
        assert page["cancel_url"].endswith(f"/payments/customer/pay/{owed.pay_token}")

    @pytest.mark.usefixtures("transactions")
    def test_is_limited(self, platform: Platform, session: Session, client: TestClient, owed: Payable) -> None:
        platform.settings = platform.settings.model_copy(update={"rate_limits": "on"})
        path = path_of(session, owed)
        answers = [client.post(f"{path}/checkout").status_code for _ in range(61)]
        assert answers[-1] == 429
        assert set(answers[:-1]) == {200}

    @pytest.mark.usefixtures("started")
    def test_two_people_with_the_link_pay_once(self, session: Session, client: TestClient, owed: Payable) -> None:
        client.post(f"{path_of(session, owed)}/checkout")
        states = session.scalars(select(PaymentAttempt.state).order_by(PaymentAttempt.id)).all()
        assert states == [Attempt.EXPIRED, Attempt.OPEN]


class TestGivePayLink:
    def test_staff_copy_it_and_it_is_noted(self, session: Session, signed_in_as: SignIn, owed: Payable) -> None:
        clerk = signed_in_as("counter_clerk")
        answer = clerk.post(f"{API}/payables/{owed.id}/pay-link", json={})
        assert answer.status_code == 200, answer.text
        session.expire_all()
        assert answer.json() == {
            "url": f"http://localhost:8000/payments/customer/pay/{owed.pay_token}",
            "sent_to": None,
        }
        noted = "SELECT action, detail::text FROM audit.entries WHERE action LIKE 'payments.pay_link%'"
        ((action, detail),) = session.execute(text(noted))
        assert action == "payments.pay_link_given"
        assert str(owed.pay_token) not in str(detail)

    def test_what_was_raised_before_there_were_links_gets_one(
        self, session: Session, signed_in_as: SignIn, owed: Payable
    ) -> None:
        session.execute(update(Payable).values(pay_token=None))
        session.commit()
        clerk = signed_in_as("counter_clerk")
        urls = {clerk.post(f"{API}/payables/{owed.id}/pay-link", json={}).json()["url"] for _ in range(2)}
        session.expire_all()
        assert owed.pay_token
        assert urls == {f"http://localhost:8000/payments/customer/pay/{owed.pay_token}"}

    def test_it_is_mailed_with_a_note_once_for_two_presses(
        self, session: Session, signed_in_as: SignIn, owed: Payable
    ) -> None:
        clerk = signed_in_as("counter_clerk")
        body = {"email": "payer@example.org", "note": "For <b>Lot 2</b>, as agreed"}
        for _ in range(2):
            assert clerk.post(f"{API}/payables/{owed.id}/pay-link", json=body).json()["sent_to"] == "payer@example.org"
        mails = session.execute(text("SELECT subject, text, html FROM notifications.messages")).all()
        ((subject, words, html),) = mails
        session.expire_all()
        assert subject == "Pay $69.00 for BH-2026-00001"
        assert f"/payments/customer/pay/{owed.pay_token}" in words
        assert "For <b>Lot 2</b>, as agreed" in words
        assert "&lt;b&gt;Lot 2" in html

    def test_a_note_carries_no_links(self, signed_in_as: SignIn, owed: Payable) -> None:
        clerk = signed_in_as("counter_clerk")
        for note in ("Pay at https://evil.example", "see www.evil.example", "evil.com/pay"):
            body = {"email": "payer@example.org", "note": note}
            assert clerk.post(f"{API}/payables/{owed.id}/pay-link", json=body).status_code == 422

    def test_nobody_is_asked_for_what_is_paid(
        self, session: Session, transactions: Transactions, signed_in_as: SignIn, owed: Payable
    ) -> None:
        take_counter_payment(transactions, payable=ref_of(owed), parts=[CounterPart("cash", 6900)])
        clerk = signed_in_as("counter_clerk")
        answer = clerk.post(f"{API}/payables/{owed.id}/pay-link", json={"email": "payer@example.org"})
        assert answer.json()["type"] == "urn:banksia:payments:already-paid"
        assert session.scalar(text("SELECT count(*) FROM notifications.messages WHERE template LIKE '%pay_link'")) == 0

    def test_one_payable_is_mailed_about_five_times_a_day(
        self, platform: Platform, signed_in_as: SignIn, owed: Payable
    ) -> None:
        platform.settings = platform.settings.model_copy(update={"rate_limits": "on"})
        clerk = signed_in_as("counter_clerk")
        answers = [
            clerk.post(f"{API}/payables/{owed.id}/pay-link", json={"email": f"a{number}@example.org"}).status_code
            for number in range(6)
        ]
        assert answers == [200] * 5 + [429]


def test_money_of_tells_refunds_of_many_payables_in_as_many_statements(
    session: Session, transactions: Transactions, owed: Payable
) -> None:
    take_counter_payment(transactions, payable=ref_of(owed), parts=[CounterPart("cash", 6900)])
    session.expire_all()
    refund(session, Actor.system(owed.organisation_id), payable=ref_of(owed), wish=RefundWish("Wrong", 6900, "cash"))
    (shown,) = money_of(session, [ref_of(owed)])[ref_of(owed)].refunds
    assert (shown.amount_cents, shown.state) == (6900, "succeeded")
