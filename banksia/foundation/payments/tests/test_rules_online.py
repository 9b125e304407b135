"""The rules for money that concern paying online. Each test's name begins with its rule's number."""

import datetime
import re
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

import banksia
from banksia.foundation.payments.errors import AlreadyPaid, NotPayable, PaymentPageUnavailable
from banksia.foundation.payments.models import (
    Attempt,
    LedgerEntry,
    Money,
    Payable,
    Payment,
    PaymentAttempt,
    Receipt,
    ReviewCase,
    WebhookEvent,
)
from banksia.foundation.payments.public import (
    CheckoutStarted,
    CounterPart,
    LineOwed,
    cancel_payable,
    is_paid,
    money_of,
    start_checkout,
    take_counter_payment,
)
from banksia.foundation.payments.service.returning import confirm_attempt
from banksia.foundation.payments.service.settling import settle
from banksia.foundation.payments.tests.factories import PLANNING, FakeStripe, make_payable, ref_of
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions

pytestmark = pytest.mark.usefixtures("fake")


def fresh(session: Session, owed: Payable) -> Payable:
    session.expire_all()
    return session.scalars(select(Payable).where(Payable.id == owed.id)).one()


def attempt_of(session: Session, started: CheckoutStarted) -> PaymentAttempt:
    session.expire_all()
    return session.scalars(select(PaymentAttempt).where(PaymentAttempt.id == started.attempt_id)).one()


def count(session: Session, table: type[Any]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def make_older(session: Session, started: CheckoutStarted, seconds: int) -> None:
    moment = utc_now() - datetime.timedelta(seconds=seconds)
    session.execute(
        update(PaymentAttempt).where(PaymentAttempt.id == started.attempt_id).values(created_at=moment, asked_at=moment)
    )
    session.commit()


class TestRule01OrderBeforePage:
    def test_everything_is_written_before_the_payer_leaves(
        self, session: Session, transactions: Transactions, owed: Payable, fake: FakeStripe
    ) -> None:
        assert (owed.state, owed.total_cents, owed.gst_cents) == ("awaiting_payment", 6900, 0)
        assert [(line.amount_cents, line.gst_treatment, line.gl_code) for line in owed.lines] == [
            (6900, "exempt", "4100.101")
        ]
        fake.fault("error_before_effect", method="POST", path="/v1/checkout/sessions", count=5)
        with pytest.raises(PaymentPageUnavailable):
            start_checkout(transactions, payable=ref_of(owed))
        assert fresh(session, owed).state == Money.AWAITING_PAYMENT
        assert count(session, PaymentAttempt) == 1  # the attempt stays too: the next press goes on with it

    def test_a_webhook_never_creates_an_order(
        self,
        session: Session,
        fake: FakeStripe,
        tell: Callable[[dict[str, Any]], int],
        run_outbox: Callable[[], int],
    ) -> None:
        stranger = fake.client.v1.checkout.sessions.create(
            {
                "mode": "payment",
                "success_url": "http://localhost/",
                "client_reference_id": str(uuid.uuid4()),
                "line_items": [
                    {
                        "quantity": 1,
                        "price_data": {"currency": "aud", "unit_amount": 900, "product_data": {"name": "Tea"}},
                    }
                ],
            }
        )
        fake.act(stranger["id"], "pay")
        for event in fake.events():
            assert tell(event) == 204
        run_outbox()
        assert count(session, Payable) == count(session, Payment) == 0
        outcomes = set(session.scalars(select(WebhookEvent.outcome)))
        assert outcomes == {"nothing of ours"}


class TestRule02AmountFromSnapshot:
    def test_the_amount_comes_from_the_orders_own_lines(
        self, session: Session, transactions: Transactions, fake: FakeStripe
    ) -> None:
        owed = make_payable(session, lines=(PLANNING, LineOwed("Certified copy", 6600, "taxable", "4100.300", 3)))
        session.commit()
        started = start_checkout(transactions, payable=ref_of(owed))
        page = fake.client.v1.checkout.sessions.retrieve(
            attempt_of(session, started).checkout_id or "", {"expand": ["line_items"]}
        ).to_dict()
        assert (page["amount_total"], page["currency"]) == (13500, "aud")
        lines = [(line["description"], line["amount_total"]) for line in page["line_items"]["data"]]
        assert lines == [(PLANNING.description, 6900), ("3 x Certified copy", 6600)]
        assert page["client_reference_id"] == str(started.attempt_id)


class TestRule03OneOpenAttempt:
    def test_the_database_refuses_a_second_open_attempt(self, session: Session, started: CheckoutStarted) -> None:
        first = attempt_of(session, started)
        columns = {
            column.name: getattr(first, column.name)
            for column in PaymentAttempt.__table__.columns
            if column.name not in ("id", "checkout_id")
        }
        session.add(PaymentAttempt(**columns))
        with pytest.raises(IntegrityError, match="uq_attempts_one_open"):
            session.flush()
        session.rollback()

    def test_a_second_press_gets_the_same_page(
        self, transactions: Transactions, owed: Payable, started: CheckoutStarted, fake: FakeStripe
    ) -> None:
        assert start_checkout(transactions, payable=ref_of(owed)) == started
        assert len(fake.sessions()) == 1

    def test_starting_another_first_expires_the_old_one(
        self, session: Session, transactions: Transactions, owed: Payable, started: CheckoutStarted, fake: FakeStripe
    ) -> None:
        make_older(session, started, 300)
        second = start_checkout(transactions, payable=ref_of(owed))
        assert second.attempt_id != started.attempt_id
        assert [page["status"] for page in fake.sessions()] == ["open", "expired"]
        assert attempt_of(session, started).state == Attempt.EXPIRED

    def test_when_the_old_one_turns_out_to_be_paid_that_is_settled(
        self, session: Session, transactions: Transactions, owed: Payable, started: CheckoutStarted, fake: FakeStripe
    ) -> None:
        make_older(session, started, 300)
        fake.act(started.url, "pay")
        with pytest.raises(AlreadyPaid):
            start_checkout(transactions, payable=ref_of(owed))
        assert fresh(session, owed).state == Money.PAID
        assert len(fake.sessions()) == 1


class TestPagesOfAnotherAccount:
    """The keys were changed, or the demo was reset: the provider knows nothing of an open page."""

    def test_paying_goes_on_with_a_new_page(
        self, session: Session, transactions: Transactions, owed: Payable, started: CheckoutStarted
    ) -> None:
        make_older(session, started, 300)
        session.execute(update(PaymentAttempt).values(checkout_id="cs_test_of_another_account"))
        session.commit()
        assert start_checkout(transactions, payable=ref_of(owed)).attempt_id != started.attempt_id
        assert attempt_of(session, started).state == Attempt.EXPIRED

    def test_the_clerk_can_take_the_money(
        self, session: Session, transactions: Transactions, owed: Payable, started: CheckoutStarted
    ) -> None:
        session.execute(update(PaymentAttempt).values(checkout_id="cs_test_of_another_account"))
        session.commit()
        take_counter_payment(transactions, payable=ref_of(owed), parts=[CounterPart("cash", 6900)])
        assert fresh(session, owed).state == Money.PAID
        assert attempt_of(session, started).state == Attempt.EXPIRED

    def test_the_mop_up_lets_it_go_when_its_time_is_over(
        self, session: Session, transactions: Transactions, started: CheckoutStarted
    ) -> None:
        session.execute(update(PaymentAttempt).values(checkout_id="cs_test_of_another_account"))
        session.commit()
        settle(transactions, attempt_id=started.attempt_id)
        assert attempt_of(session, started).state == Attempt.OPEN
        session.execute(update(PaymentAttempt).values(expires_at=utc_now()))
        session.commit()
        settle(transactions, attempt_id=started.attempt_id)
        assert attempt_of(session, started).state == Attempt.EXPIRED


class TestRule04IdempotencyKeys:
    def test_an_answer_that_was_lost_makes_no_second_page(
        self, session: Session, transactions: Transactions, owed: Payable, fake: FakeStripe
    ) -> None:
        provider_calls = {"method": "POST", "path": "/v1/checkout/sessions"}
        fake.fault("error_after_effect", **provider_calls)
        started = start_checkout(transactions, payable=ref_of(owed))
        assert [page["status"] for page in fake.sessions()] == ["open"]
        assert attempt_of(session, started).checkout_id == fake.sessions()[0]["id"]

    def test_a_call_that_was_never_heard_of_is_repeated_with_the_same_key(
        self, session: Session, transactions: Transactions, owed: Payable, started: CheckoutStarted, fake: FakeStripe
    ) -> None:
        # As after a kill between the provider's answer and our second transaction: the row knows of no page.
        forgotten = {"state": "created", "checkout_id": None, "url": None}
        session.execute(update(PaymentAttempt).where(PaymentAttempt.id == started.attempt_id).values(**forgotten))
        session.commit()
        assert start_checkout(transactions, payable=ref_of(owed)) == started
        assert len(fake.sessions()) == 1


class TestRule07PaidMeansEverythingFits:
    def test_paid_is_paid(
        self, session: Session, transactions: Transactions, owed: Payable, started: CheckoutStarted, fake: FakeStripe
    ) -> None:
        fake.act(started.url, "pay")
        settle(transactions, attempt_id=started.attempt_id)
        assert is_paid(session, ref_of(owed))
        session.expire_all()
        money = money_of(session, [ref_of(owed)])[ref_of(owed)]
        assert (money.state, money.paid_cents, money.refunded_cents) == (Money.PAID, 6900, 0)
        assert [receipt.number for receipt in money.receipts] == ["R-000001"]

    @pytest.mark.parametrize(
        ("fault", "difference", "recorded"),
        [
            ("amount_mismatch", "amount", 1),
            ("currency_mismatch", "currency", 0),
            ("reference_mismatch", "reference", 0),
            ("livemode_mismatch", "livemode", 0),
        ],
    )
    def test_anything_that_does_not_fit_needs_review(
        self,
        session: Session,
        transactions: Transactions,
        owed: Payable,
        started: CheckoutStarted,
        fake: FakeStripe,
        fault: str,
        difference: str,
        recorded: int,
    ) -> None:
        fake.fault(fault)
        fake.act(started.url, "pay")
        settle(transactions, attempt_id=started.attempt_id)
        assert fresh(session, owed).state == Money.NEEDS_REVIEW
        assert not is_paid(session, ref_of(owed))
        assert count(session, Receipt) == 0
        assert count(session, Payment) == recorded
        case = session.scalars(select(ReviewCase)).one()
        assert (case.kind, case.evidence["differences"]) == ("mismatch", [difference])
        with pytest.raises(NotPayable):
            start_checkout(transactions, payable=ref_of(owed))

    def test_a_page_that_is_not_paid_settles_nothing(
        self, session: Session, transactions: Transactions, owed: Payable, started: CheckoutStarted, fake: FakeStripe
    ) -> None:
        fake.act(started.url, "decline")
        settle(transactions, attempt_id=started.attempt_id)
        assert fresh(session, owed).state == Money.AWAITING_PAYMENT
        session.expire_all()
        assert money_of(session, [ref_of(owed)])[ref_of(owed)].declined


class TestRule08OneSettle:
    def test_settling_again_changes_nothing(
        self,
        session: Session,
        transactions: Transactions,
        owed: Payable,
        started: CheckoutStarted,
        fake: FakeStripe,
        tell: Callable[[dict[str, Any]], int],
        run_outbox: Callable[[], int],
    ) -> None:
        fake.act(started.url, "pay")
        make_older(session, started, 30)
        assert confirm_attempt(transactions, attempt_id=started.attempt_id).shown == "paid"
        for event in fake.events():
            tell(event)
            tell(event)
        run_outbox()
        settle(transactions, attempt_id=started.attempt_id)
        assert count(session, Payment) == count(session, Receipt) == 1
        assert sorted(session.scalars(select(LedgerEntry.kind))) == ["charge", "fee"]
        settled = "SELECT count(*) FROM events.outbox WHERE name = 'payments.payment_settled'"
        assert session.scalar(text(settled)) == 1
        assert fresh(session, owed).state == Money.PAID

    def test_the_return_page_never_says_paid_by_its_address(
        self, transactions: Transactions, started: CheckoutStarted, fake: FakeStripe, session: Session
    ) -> None:
        make_older(session, started, 30)
        assert confirm_attempt(transactions, attempt_id=started.attempt_id).shown == "confirming"
        fake.fault("error_before_effect", method="GET", count=10)
        make_older(session, started, 30)
        assert confirm_attempt(transactions, attempt_id=started.attempt_id).shown == "confirming"

    def test_the_return_page_tells_of_failure(
        self, transactions: Transactions, started: CheckoutStarted, fake: FakeStripe, session: Session
    ) -> None:
        fake.client.v1.checkout.sessions.expire(attempt_of(session, started).checkout_id or "")
        make_older(session, started, 30)
        assert confirm_attempt(transactions, attempt_id=started.attempt_id).shown == "failed"


class TestRule10Transitions:
    def test_a_late_expired_after_paid_is_recorded_and_ignored(
        self,
        session: Session,
        transactions: Transactions,
        owed: Payable,
        started: CheckoutStarted,
        fake: FakeStripe,
        tell: Callable[[dict[str, Any]], int],
        run_outbox: Callable[[], int],
    ) -> None:
        fake.act(started.url, "pay")
        settle(transactions, attempt_id=started.attempt_id)
        late = {**fake.events("checkout.session.completed")[0], "id": "evt_late", "type": "checkout.session.expired"}
        assert tell(late) == 204
        run_outbox()
        event = session.scalars(select(WebhookEvent).where(WebhookEvent.event_id == "evt_late")).one()
        assert event.outcome == "ignored, paid already"
        assert fresh(session, owed).state == Money.PAID

    def test_paid_after_expired_goes_to_review(
        self, session: Session, transactions: Transactions, owed: Payable, started: CheckoutStarted, fake: FakeStripe
    ) -> None:
        fake.client.v1.checkout.sessions.expire(attempt_of(session, started).checkout_id or "")
        settle(transactions, attempt_id=started.attempt_id)
        assert attempt_of(session, started).state == Attempt.EXPIRED
        fake.act(started.url, "pay-although-expired")
        settle(transactions, attempt_id=started.attempt_id)
        assert fresh(session, owed).state == Money.NEEDS_REVIEW
        assert session.scalars(select(ReviewCase.kind)).all() == ["paid_late"]
        assert count(session, Receipt) == 0

    def test_paid_after_cancelled_goes_to_review(
        self, session: Session, transactions: Transactions, owed: Payable, started: CheckoutStarted, fake: FakeStripe
    ) -> None:
        cancel_payable(session, Actor.guest(owed.organisation_id), payable=ref_of(owed), reason="wrong lot")
        session.commit()
        fake.act(started.url, "pay")
        settle(transactions, attempt_id=started.attempt_id)
        assert fresh(session, owed).state == Money.NEEDS_REVIEW
        assert not is_paid(session, ref_of(owed))

    def test_cancelling_closes_the_page(
        self, session: Session, owed: Payable, started: CheckoutStarted, fake: FakeStripe, run_outbox: Callable[[], int]
    ) -> None:
        cancel_payable(session, Actor.guest(owed.organisation_id), payable=ref_of(owed), reason="wrong lot")
        session.commit()
        run_outbox()
        assert [page["status"] for page in fake.sessions()] == ["expired"]
        assert attempt_of(session, started).state == Attempt.EXPIRED


class TestRule11SecondSuccess:
    def test_counter_payment_expires_the_page_first(
        self, session: Session, transactions: Transactions, owed: Payable, started: CheckoutStarted, fake: FakeStripe
    ) -> None:
        paid = take_counter_payment(
            transactions, payable=ref_of(owed), parts=[CounterPart("cash", 6900, tendered_cents=7000)]
        )
        assert paid.change_cents == 100
        assert [page["status"] for page in fake.sessions()] == ["expired"]
        assert attempt_of(session, started).state == Attempt.EXPIRED

    def test_counter_payment_is_refused_when_it_was_just_paid_online(
        self, session: Session, transactions: Transactions, owed: Payable, started: CheckoutStarted, fake: FakeStripe
    ) -> None:
        fake.act(started.url, "pay")
        with pytest.raises(AlreadyPaid):
            take_counter_payment(transactions, payable=ref_of(owed), parts=[CounterPart("cash", 6900)])
        assert fresh(session, owed).state == Money.PAID
        assert session.scalars(select(Payment.method)).all() == ["card"]

    def test_a_second_success_is_a_duplicate_for_a_person_and_never_fulfilled(
        self, session: Session, transactions: Transactions, owed: Payable, started: CheckoutStarted, fake: FakeStripe
    ) -> None:
        take_counter_payment(transactions, payable=ref_of(owed), parts=[CounterPart("eftpos", 6900, reference="T1")])
        fake.act(started.url, "pay-although-expired")
        settle(transactions, attempt_id=started.attempt_id)
        assert fresh(session, owed).state == Money.PAID
        case = session.scalars(select(ReviewCase)).one()
        assert case.kind == "duplicate"
        assert attempt_of(session, started).state == Attempt.DUPLICATE
        assert count(session, Receipt) == 1
        money = money_of(session, [ref_of(owed)])[ref_of(owed)]
        assert money.paid_cents == 6900
        assert sorted(session.scalars(select(LedgerEntry.kind))) == ["charge", "counter_taking", "fee"]


NAMES_A_PROVIDER = re.compile(r"^\s*(import|from) (stripe|\S+\.adapters\.stripe)\b", re.MULTILINE)


class TestRule19ProviderIsAnInterface:
    def test_nobody_but_the_adapters_names_a_provider(self) -> None:
        root = Path(banksia.__file__).parent
        named = [
            str(path.relative_to(root))
            for path in sorted(root.rglob("*.py"))
            if not {"adapters", "tests", "demo"} & set(path.parts) and NAMES_A_PROVIDER.search(path.read_text("utf-8"))
        ]
        assert named == []
