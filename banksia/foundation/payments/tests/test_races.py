"""Real races: threads on a PostgreSQL that commits, webhooks over real HTTP, the official SDK against the fake."""

import threading
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest
import stripe
from fastapi import FastAPI
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from banksia.foundation.events.public import run_row
from banksia.foundation.organisations.public import Council
from banksia.foundation.payments import tasks
from banksia.foundation.payments.adapters.fake_stripe import DEMO_KEY, create_fake_stripe
from banksia.foundation.payments.adapters.fake_stripe.serving import served
from banksia.foundation.payments.errors import AlreadyPaid, BeingPaidAtCounter, NothingToRefund, RefundableChanged
from banksia.foundation.payments.models import (
    Money,
    Payable,
    Payment,
    PaymentAttempt,
    Receipt,
    Refund,
    ReviewCase,
    WebhookEvent,
)
from banksia.foundation.payments.public import (
    CounterPart,
    RefundWish,
    money_of,
    refund,
    start_checkout,
    take_counter_payment,
)
from banksia.foundation.payments.service.returning import confirm_attempt
from banksia.foundation.payments.service.settling import settle
from banksia.foundation.payments.tests.conftest import talk_to
from banksia.foundation.payments.tests.factories import SECRETS, FakeStripe, make_payable
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.kit.platform import Platform
from banksia.kit.ports import free_port

AnswerT = TypeVar("AnswerT")


@pytest.fixture
def live(live_platform: Platform, live_organisation: Council) -> Transactions:
    return Transactions(live_platform, Actor.system(live_organisation.id))


@pytest.fixture
def live_fake(live: Transactions, live_app: FastAPI, tmp_path: Path) -> Iterator[FakeStripe]:
    """The fake and Banksia, each on a port, sending each other what they would in life."""
    ours, theirs = free_port(), free_port()
    app = create_fake_stripe(
        tmp_path / "stripe.sqlite3",
        f"http://127.0.0.1:{ours}/api/payments/webhooks/stripe",
        SECRETS[:1],
        page_url=f"http://127.0.0.1:{theirs}",
        retry_delays_s=(0.2, 0.2, 0.2),
    )
    with served(app, port=theirs) as url:
        talk_to(live.platform, url)
        with served(live_app, port=ours):
            yield FakeStripe(url, stripe.StripeClient(DEMO_KEY, base_addresses={"api": url}))


def owe(transactions: Transactions, **changes: Any) -> tuple[str, uuid.UUID]:
    with transactions() as session:
        return make_payable(session, **changes).ref


def at_once(*calls: Callable[[], AnswerT]) -> list[AnswerT | Exception]:
    """Call all of them at the same moment; errors are answers too."""
    barrier = threading.Barrier(len(calls))

    def run(call: Callable[[], AnswerT]) -> AnswerT | Exception:
        barrier.wait()
        try:
            return call()
        except Exception as error:  # noqa: BLE001 - the test looks at each
            return error

    with ThreadPoolExecutor(len(calls)) as pool:
        return [done.result() for done in [pool.submit(run, call) for call in calls]]


def run_waiting(transactions: Transactions) -> None:
    """What a worker does."""
    for _ in range(20):
        with transactions() as session:
            waiting = list(session.scalars(text("SELECT id FROM events.outbox WHERE status = 'pending'")))
        if not waiting:
            return
        for row_id in waiting:
            run_row(transactions.platform, transactions.actor.organisation_id, row_id)


def wait_for_deliveries(fake: FakeStripe) -> None:
    until = time.monotonic() + 30
    while any(each["state"] == "pending" for each in fake.deliveries()):
        assert time.monotonic() < until, fake.deliveries()
        time.sleep(0.05)


def total(transactions: Transactions, table: type[Any]) -> int:
    with transactions() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def states(transactions: Transactions) -> list[str]:
    with transactions() as session:
        return list(session.scalars(select(Payable.state)))


class TestSettling:
    def test_webhook_return_page_and_mop_up_at_once(self, live: Transactions, live_fake: FakeStripe) -> None:
        payable = owe(live)
        started = start_checkout(live, payable=payable)
        live_fake.act(started.url, "pay")
        wait_for_deliveries(live_fake)
        with live() as session:
            events = list(session.scalars(select(WebhookEvent.id)))
        assert len(events) == 4

        def by_event(event_id: uuid.UUID) -> Callable[[], object]:
            return lambda: tasks.process_event(live, event_id=event_id)

        answers = at_once(
            *[by_event(event_id) for event_id in events],
            lambda: settle(live, attempt_id=started.attempt_id),
            lambda: confirm_attempt(live, attempt_id=started.attempt_id),
            lambda: tasks.settle_attempt(live, attempt_id=started.attempt_id),
        )
        assert [answer for answer in answers if isinstance(answer, Exception)] == []
        run_waiting(live)
        assert states(live) == [Money.PAID]
        assert total(live, Payment) == total(live, Receipt) == 1
        with live() as session:
            heard = "SELECT count(*) FROM events.outbox WHERE name = 'payments.payment_settled'"
            assert session.scalar(text(heard)) == 1
            mails = "SELECT count(*) FROM notifications.messages"
            assert session.scalar(text(mails)) == 1

    @pytest.mark.parametrize(
        "fault",
        [
            {"fault": "duplicate", "copies": 3, "count": 9},
            {"fault": "concurrent", "copies": 6, "count": 9},
            {"fault": "reordered", "count": 9},
            {"fault": "delayed", "seconds": 0.5, "count": 2},
        ],
        ids=lambda fault: str(fault["fault"]),
    )
    def test_whatever_the_network_does_to_webhooks(
        self, live: Transactions, live_fake: FakeStripe, fault: dict[str, Any]
    ) -> None:
        payable = owe(live)
        started = start_checkout(live, payable=payable)
        live_fake.fault(fault.pop("fault"), **fault)
        live_fake.act(started.url, "decline")
        live_fake.act(started.url, "pay")
        wait_for_deliveries(live_fake)
        run_waiting(live)
        assert states(live) == [Money.PAID]
        assert total(live, WebhookEvent) == len(live_fake.events())
        assert total(live, Payment) == total(live, Receipt) == 1

    def test_webhooks_that_are_dropped_or_signed_wrongly_are_made_up_for(
        self, live: Transactions, live_fake: FakeStripe
    ) -> None:
        payable = owe(live)
        started = start_checkout(live, payable=payable)
        live_fake.fault("wrong_secret", count=2)
        live_fake.fault("dropped", count=9)
        live_fake.act(started.url, "pay")
        wait_for_deliveries(live_fake)
        run_waiting(live)
        assert states(live) == [Money.AWAITING_PAYMENT]
        assert {each["last_answer"] for each in live_fake.deliveries()} == {"400"}
        tasks.list_events(live)
        run_waiting(live)
        assert states(live) == [Money.PAID]


class TestStarting:
    def test_a_double_click_is_one_page(self, live: Transactions, live_fake: FakeStripe) -> None:
        payable = owe(live)
        answers = at_once(*[lambda: start_checkout(live, payable=payable)] * 4)
        assert len({repr(answer) for answer in answers}) == 1
        assert len(live_fake.sessions()) == total(live, PaymentAttempt) == 1

    def test_a_double_click_on_the_hosted_page_is_one_payment(self, live: Transactions, live_fake: FakeStripe) -> None:
        started = start_checkout(live, payable=owe(live))
        at_once(*[lambda: live_fake.act(started.url, "pay")] * 4)
        assert len(live_fake.events("checkout.session.completed")) == 1


class TestRule11CounterAndCard:
    @pytest.mark.parametrize("round_", range(4))
    def test_counter_and_card_at_once(self, live: Transactions, live_fake: FakeStripe, round_: int) -> None:
        payable = owe(live)
        started = start_checkout(live, payable=payable)

        def clerk() -> object:
            time.sleep(0.01 * round_)
            return take_counter_payment(live, payable=payable, parts=[CounterPart("cash", 6900)])

        at_once(lambda: live_fake.act(started.url, "pay"), clerk)
        wait_for_deliveries(live_fake)
        settle(live, attempt_id=started.attempt_id)
        run_waiting(live)
        page = live_fake.sessions()[0]
        with live() as session:
            money = money_of(session, [payable])[payable]
            methods = list(session.scalars(select(Payment.method).where(Payment.applied)))
        assert (money.state, money.paid_cents) == (Money.PAID, 6900)
        assert methods == (["card"] if page["payment_status"] == "paid" else ["cash"])
        assert total(live, Receipt) == 1
        assert total(live, ReviewCase) == 0

    def test_two_clerks_at_once(self, live: Transactions, live_fake: FakeStripe) -> None:
        payable = owe(live)
        parts = [CounterPart("cash", 6900)]
        answers = at_once(*[lambda: take_counter_payment(live, payable=payable, parts=parts)] * 3)
        refused = [answer for answer in answers if isinstance(answer, Exception)]
        assert len(refused) == 2
        assert all(isinstance(answer, AlreadyPaid | BeingPaidAtCounter) for answer in refused)
        assert total(live, Payment) == 1
        assert live_fake.sessions() == []

    def test_a_page_that_is_being_made_while_a_clerk_takes_the_money_is_closed(
        self, live: Transactions, live_fake: FakeStripe
    ) -> None:
        payable = owe(live)
        live_fake.fault("lost_answer", seconds=1.5, method="POST", path="/v1/checkout/sessions")
        page: list[object] = []
        customer = threading.Thread(target=lambda: page.extend(at_once(lambda: start_checkout(live, payable=payable))))
        customer.start()
        time.sleep(0.7)
        take_counter_payment(live, payable=payable, parts=[CounterPart("cash", 6900)])
        customer.join()
        assert isinstance(page[0], AlreadyPaid)
        assert [each["status"] for each in live_fake.sessions()] == ["expired"]
        assert states(live) == [Money.PAID]


class TestRule12TwoRefunds:
    def test_two_refunds_at_once(self, live: Transactions, live_fake: FakeStripe) -> None:
        payable = owe(live)
        started = start_checkout(live, payable=payable)
        live_fake.act(started.url, "pay")
        settle(live, attempt_id=started.attempt_id)

        def officer() -> int:
            with live() as session:
                wish = RefundWish("Wrong lot", 6900)
                return len(refund(session, live.actor, payable=payable, wish=wish))

        answers = at_once(officer, officer, officer)
        assert answers.count(1) == 1
        refused = [answer for answer in answers if isinstance(answer, Exception)]
        assert all(isinstance(answer, NothingToRefund | RefundableChanged) for answer in refused)
        run_waiting(live)
        assert [each["amount"] for each in live_fake.refunds()] == [6900]

    def test_two_parts_at_once_from_one_screen(self, live: Transactions, live_fake: FakeStripe) -> None:
        payable = owe(live)
        started = start_checkout(live, payable=payable)
        live_fake.act(started.url, "pay")
        settle(live, attempt_id=started.attempt_id)

        def officer() -> int:
            with live() as session:
                wish = RefundWish("Half of it was wrong", 6900, amount_cents=3500)
                return len(refund(session, live.actor, payable=payable, wish=wish))

        answers = at_once(officer, officer, officer)
        assert answers.count(1) == 1
        assert all(isinstance(answer, RefundableChanged) for answer in answers if answer != 1)
        run_waiting(live)
        assert [each["amount"] for each in live_fake.refunds()] == [3500]
        assert states(live) == [Money.PART_REFUNDED]

    def test_the_database_itself_lets_only_one_through(self, live: Transactions, live_fake: FakeStripe) -> None:
        payable = owe(live)
        assert live_fake.sessions() == []
        take_counter_payment(live, payable=payable, parts=[CounterPart("cash", 6900)])
        with live() as session:
            payment = session.scalars(select(Payment)).one()

        def script() -> None:
            with live() as session:
                session.add(
                    Refund(
                        organisation_id=payment.organisation_id,
                        payable_id=payment.payable_id,
                        payment_id=payment.id,
                        amount_cents=6900,
                        state="succeeded",
                        reason="By hand",
                        method="cash",
                        requested_by_name="A script",
                    )
                )
                session.flush()
                time.sleep(0.2)  # both have inserted before either commits

        answers = at_once(script, script)
        assert sum(isinstance(answer, IntegrityError) for answer in answers) == 1
        assert total(live, Refund) == 1


class TestRule22ReceiptNumbers:
    def test_numbers_have_no_gaps_when_many_pay_at_once(self, live: Transactions, live_fake: FakeStripe) -> None:
        payables = [owe(live, reference=f"BH-{number}", email=None) for number in range(12)]
        assert live_fake.sessions() == []

        def clerk(mine: Sequence[tuple[str, uuid.UUID]]) -> Callable[[], None]:
            def work() -> None:
                for payable in mine:
                    take_counter_payment(live, payable=payable, parts=[CounterPart("cash", 6900)])

            return work

        answers = at_once(*[clerk(payables[start::4]) for start in range(4)])
        assert answers == [None] * 4
        with live() as session:
            numbers = list(session.scalars(select(Receipt.number).order_by(Receipt.number)))
        assert numbers == list(range(1, 13))
