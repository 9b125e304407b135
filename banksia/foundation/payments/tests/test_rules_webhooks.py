"""The rules for money that concern what the provider tells. Each test's name begins with its rule's number."""

import datetime
import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr
from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import Council
from banksia.foundation.payments import tasks
from banksia.foundation.payments.adapters.choice import provider_for
from banksia.foundation.payments.adapters.provider import ProviderDown
from banksia.foundation.payments.models import (
    Attempt,
    EventCursor,
    Money,
    Payable,
    Payment,
    PaymentAttempt,
    Receipt,
    ReceiptDocument,
    WebhookEvent,
)
from banksia.foundation.payments.public import CheckoutStarted
from banksia.foundation.payments.service import intake
from banksia.foundation.payments.tests.factories import SECRETS, FakeStripe, signed
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions
from banksia.kit.platform import Platform

URL = "/api/payments/webhooks/stripe"
Tell = Callable[[dict[str, Any]], int]


def paid_event(fake: FakeStripe, started: CheckoutStarted) -> dict[str, Any]:
    fake.act(started.url, "pay")
    return fake.events("checkout.session.completed")[-1]


def post(client: TestClient, body: bytes, signature: str) -> int:
    return client.post(URL, content=body, headers={"Stripe-Signature": signature}).status_code


def rows(session: Session, table: type[Any]) -> int:
    session.expire_all()
    return session.scalar(select(func.count()).select_from(table)) or 0


def state_of(session: Session, owed: Payable) -> str:
    return session.scalars(select(Payable.state).where(Payable.id == owed.id)).one()


class TestRule05Intake:
    @pytest.mark.parametrize("secret", SECRETS)
    def test_each_of_two_secrets_is_taken(
        self, session: Session, client: TestClient, fake: FakeStripe, started: CheckoutStarted, secret: str
    ) -> None:
        assert post(client, *signed(paid_event(fake, started), secret)) == 204
        assert rows(session, WebhookEvent) == 1

    @pytest.mark.parametrize("secret", ["whsec_wrong", "whsec_test_ne"])
    def test_a_wrong_signature_is_refused(
        self, session: Session, client: TestClient, fake: FakeStripe, started: CheckoutStarted, secret: str
    ) -> None:
        assert post(client, *signed(paid_event(fake, started), secret)) == 400
        assert rows(session, WebhookEvent) == 0

    def test_the_signature_covers_the_raw_bytes(
        self, session: Session, client: TestClient, fake: FakeStripe, started: CheckoutStarted
    ) -> None:
        body, signature = signed(paid_event(fake, started))
        assert post(client, body + b" ", signature) == 400
        assert post(client, json.dumps(json.loads(body), indent=1).encode(), signature) == 400
        assert post(client, b"\xff\xfe", signature) == 400
        assert post(client, body, "") == 400
        assert rows(session, WebhookEvent) == 0

    @pytest.mark.parametrize(("age_s", "status"), [(290, 204), (310, 400), (3600, 400)])
    def test_an_old_signature_is_refused(
        self, client: TestClient, fake: FakeStripe, started: CheckoutStarted, age_s: int, status: int
    ) -> None:
        event = paid_event(fake, started)
        assert post(client, *signed(event, at=int(time.time()) - age_s)) == status

    @pytest.mark.usefixtures("started")
    def test_a_huge_body_is_refused(self, client: TestClient) -> None:
        assert post(client, b" " * 300_000, "t=1,v1=00") == 413

    def test_without_a_secret_the_endpoint_is_off(
        self, client: TestClient, platform: Platform, fake: FakeStripe, started: CheckoutStarted
    ) -> None:
        event = paid_event(fake, started)
        for secrets in ([], [SecretStr("")]):
            platform.settings = platform.settings.model_copy(update={"stripe_webhook_secrets": secrets})
            assert post(client, *signed(event, "")) == 404

    def test_the_same_event_is_kept_once(
        self, session: Session, fake: FakeStripe, started: CheckoutStarted, tell: Tell
    ) -> None:
        event = paid_event(fake, started)
        assert [tell(event) for _ in range(3)] == [204, 204, 204]
        assert rows(session, WebhookEvent) == 1
        queued = "SELECT count(*) FROM events.outbox WHERE name = 'payments.process_event'"
        assert session.scalar(text(queued)) == 1

    def test_an_unknown_type_is_answered_and_kept(
        self, session: Session, fake: FakeStripe, started: CheckoutStarted, tell: Tell, run_outbox: Callable[[], int]
    ) -> None:
        event = {**paid_event(fake, started), "id": "evt_new", "type": "capital.financing_offer.accepted"}
        event["data"] = {"object": {"object": "capital.financing_offer", "id": "financingoffer_1"}}
        assert tell(event) == 204
        run_outbox()
        assert session.scalars(select(WebhookEvent.outcome)).one() == "nothing of ours"

    def test_nothing_but_keeping_happens_in_the_request(
        self, session: Session, client: TestClient, fake: FakeStripe, started: CheckoutStarted, owed: Payable
    ) -> None:
        event = paid_event(fake, started)
        assert post(client, b"{}", "") == 400  # the first request of a process pays for its imports
        fake.fault("lost_answer", seconds=8, count=20)
        began = time.monotonic()
        assert post(client, *signed(event)) == 204
        # A second is what is promised; the rest is for a busy machine. Asking the provider would take 8.
        assert time.monotonic() - began < 4
        assert state_of(session, owed) == Money.AWAITING_PAYMENT
        assert rows(session, WebhookEvent) == 1

    def test_an_event_goes_to_the_council_that_it_names(
        self,
        session: Session,
        client: TestClient,
        fake: FakeStripe,
        started: CheckoutStarted,
        other_organisation: Council,
    ) -> None:
        body, signature = signed(paid_event(fake, started))
        headers = {"Stripe-Signature": signature, "Host": f"{other_organisation.slug}.localhost"}
        assert client.post(URL, content=body, headers=headers).status_code == 204
        assert rows(session, WebhookEvent) == 1


class TestRule06Processing:
    def test_effects_and_the_handled_mark_are_one_transaction(
        self,
        session: Session,
        transactions: Transactions,
        fake: FakeStripe,
        started: CheckoutStarted,
        owed: Payable,
        tell: Tell,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        tell(paid_event(fake, started))
        event_id = session.scalars(select(WebhookEvent.id)).one()

        def fail(*_: Any, **__: Any) -> None:
            raise RuntimeError

        monkeypatch.setattr("banksia.foundation.payments.service.settling.settle_payable", fail)
        with pytest.raises(RuntimeError):
            intake.process_event(transactions, event_id=event_id)
        assert rows(session, Payment) == rows(session, Receipt) == 0
        assert session.scalars(select(WebhookEvent.handled_at)).one() is None
        monkeypatch.undo()
        intake.process_event(transactions, event_id=event_id)
        session.expire_all()
        assert session.scalars(select(WebhookEvent.handled_at)).one() is not None
        assert state_of(session, owed) == Money.PAID

    def test_when_the_provider_does_not_answer_the_event_stays_unhandled(
        self, session: Session, transactions: Transactions, fake: FakeStripe, started: CheckoutStarted, tell: Tell
    ) -> None:
        tell(paid_event(fake, started))
        event_id = session.scalars(select(WebhookEvent.id)).one()
        fake.fault("error_before_effect", method="GET", count=10)
        with pytest.raises(ProviderDown):
            intake.process_event(transactions, event_id=event_id)
        session.expire_all()
        assert session.scalars(select(WebhookEvent.handled_at)).one() is None

    def test_what_an_event_says_is_not_believed(
        self,
        session: Session,
        fake: FakeStripe,
        started: CheckoutStarted,
        owed: Payable,
        tell: Tell,
        run_outbox: Callable[[], int],
    ) -> None:
        fake.act(started.url, "decline")
        forged = fake.events("payment_intent.payment_failed")[-1]
        tell({**forged, "id": "evt_forged", "type": "checkout.session.completed"})
        run_outbox()
        assert state_of(session, owed) == Money.AWAITING_PAYMENT


class TestRule09MopUp:
    def test_an_open_attempt_is_asked_about_and_settled(
        self,
        session: Session,
        transactions: Transactions,
        fake: FakeStripe,
        started: CheckoutStarted,
        owed: Payable,
        run_outbox: Callable[[], int],
    ) -> None:
        fake.act(started.url, "pay")
        tasks.mop_up(transactions)
        run_outbox()
        assert state_of(session, owed) == Money.AWAITING_PAYMENT  # too young: its own messages are on their way
        older = utc_now() - datetime.timedelta(minutes=6)
        session.execute(update(PaymentAttempt).values(asked_at=older))
        session.commit()
        tasks.mop_up(transactions)
        run_outbox()
        assert state_of(session, owed) == Money.PAID

    @pytest.mark.usefixtures("started")
    def test_an_abandoned_attempt_is_expired(
        self,
        session: Session,
        transactions: Transactions,
        fake: FakeStripe,
        run_outbox: Callable[[], int],
    ) -> None:
        page = session.scalars(select(PaymentAttempt.checkout_id)).one() or ""
        fake.client.v1.checkout.sessions.expire(page)
        older = utc_now() - datetime.timedelta(minutes=6)
        session.execute(update(PaymentAttempt).values(asked_at=older))
        session.commit()
        tasks.mop_up(transactions)
        run_outbox()
        session.expire_all()
        assert session.scalars(select(PaymentAttempt.state)).one() == Attempt.EXPIRED

    def test_the_daily_list_finds_a_lost_webhook(
        self,
        session: Session,
        transactions: Transactions,
        fake: FakeStripe,
        started: CheckoutStarted,
        owed: Payable,
        run_outbox: Callable[[], int],
    ) -> None:
        fake.act(started.url, "pay")
        tasks.list_events(transactions)
        run_outbox()
        assert state_of(session, owed) == Money.PAID
        assert set(session.scalars(select(WebhookEvent.told_by))) == {"list"}
        cursor = session.scalars(select(EventCursor.listed_until)).one()
        assert utc_now() - cursor < datetime.timedelta(minutes=5)
        known = rows(session, WebhookEvent)
        tasks.list_events(transactions)
        assert rows(session, WebhookEvent) == known

    def test_what_nobody_paid_for_weeks_expires(
        self, session: Session, transactions: Transactions, owed: Payable
    ) -> None:
        tasks.mop_up(transactions)
        assert state_of(session, owed) == Money.AWAITING_PAYMENT
        session.execute(update(Payable).values(created_at=utc_now() - datetime.timedelta(days=29)))
        session.commit()
        tasks.mop_up(transactions)
        assert state_of(session, owed) == Money.EXPIRED


class TestRule18TasksMayRunTwice:
    def test_every_task_run_again_changes_nothing(
        self,
        session: Session,
        transactions: Transactions,
        fake: FakeStripe,
        started: CheckoutStarted,
        tell: Tell,
        run_outbox: Callable[[], int],
    ) -> None:
        tell(paid_event(fake, started))
        run_outbox()
        before = [rows(session, table) for table in (Payment, Receipt, ReceiptDocument)]
        assert before == [1, 1, 1]
        mails = "SELECT count(*) FROM notifications.messages"
        assert session.scalar(text(mails)) == 1
        for event_id in session.scalars(select(WebhookEvent.id)):
            tasks.process_event(transactions, event_id=event_id)
        tasks.settle_attempt(transactions, attempt_id=started.attempt_id)
        tasks.close_attempt(transactions, attempt_id=started.attempt_id)
        for receipt_id in session.scalars(select(Receipt.id)):
            tasks.make_receipt_document(transactions, receipt_id=receipt_id)
        run_outbox()
        assert [rows(session, table) for table in (Payment, Receipt, ReceiptDocument)] == before
        assert session.scalar(text(mails)) == 1

    def test_nothing_is_queued_when_the_transaction_fails(
        self, session: Session, transactions: Transactions, fake: FakeStripe, started: CheckoutStarted, tell: Tell
    ) -> None:
        event = paid_event(fake, started)
        queued = "SELECT count(*) FROM events.outbox WHERE name = 'payments.process_event'"
        provider = provider_for(transactions.platform.settings)
        assert provider is not None
        told = provider.verify_webhook(*signed(event))

        def take_in_and_fail() -> None:
            with transactions() as inner:
                assert intake.take_in(inner, told, provider="stripe", told_by="webhook")
                raise RuntimeError

        with pytest.raises(RuntimeError):
            take_in_and_fail()
        assert session.scalar(text(queued)) == 0
        assert tell(event) == 204
        assert session.scalar(text(queued)) == 1

    def test_the_sweep_finds_an_event_whose_task_was_lost(
        self,
        session: Session,
        transactions: Transactions,
        fake: FakeStripe,
        started: CheckoutStarted,
        owed: Payable,
        tell: Tell,
        run_outbox: Callable[[], int],
    ) -> None:
        tell(paid_event(fake, started))
        session.execute(text("DELETE FROM events.outbox"))
        session.execute(update(WebhookEvent).values(created_at=utc_now() - datetime.timedelta(minutes=11)))
        session.commit()
        tasks.mop_up(transactions)
        run_outbox()
        assert state_of(session, owed) == Money.PAID

    def test_no_task_waits_long(self, platform: Platform) -> None:
        assert platform.settings.task_time_limit_seconds < platform.settings.broker_visibility_timeout_seconds
