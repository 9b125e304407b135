"""A cheque comes back: unissued work waits for payment again and goes on when it is paid, each line once."""

import datetime
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.foundation.payments.public import CounterPart, PaymentSettled, take_counter_payment
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions, platform_of
from banksia.modules.certificates.errors import OrderNotCancellable, OrderNotPaid
from banksia.modules.certificates.models import Order, OrderLine
from banksia.modules.certificates.queries.orders import order_with_id
from banksia.modules.certificates.service.assigning import assign_line
from banksia.modules.certificates.service.cancelling import cancel_order
from banksia.modules.certificates.service.holding import hold_line, resume_line
from banksia.modules.certificates.service.issuing import issue_certificate
from banksia.modules.certificates.service.reading import read_order
from banksia.modules.certificates.service.states import UNPAID
from banksia.modules.certificates.service.working import start_work
from banksia.modules.certificates.tests.factories import complete_draft, make_order


@pytest.fixture
def clerk(actor_with: Callable[..., Actor]) -> Actor:
    return actor_with("counter_clerk")


@pytest.fixture
def order(session: Session, guest: Actor, clerk: Actor, run_outbox: Callable[[], int]) -> Order:
    """Three certificates, paid by cheque."""
    made = make_order(session, guest, "603", "735A", "drainage")
    session.flush()
    part = CounterPart("cheque", made.total_cents, reference="100123", drawer="Dale & Kaur")
    take_counter_payment(Transactions(platform_of(session), clerk), payable=made.payable, parts=[part])
    run_outbox()
    return fresh(session, made)


@pytest.fixture
def bounce(
    session: Session, order: Order, signed_in_as: Callable[..., TestClient], run_outbox: Callable[[], int]
) -> Callable[[], None]:
    """Let the bank send the cheque back."""

    def bounced() -> None:
        session.commit()
        client = signed_in_as("counter_clerk")
        kind, subject_id = order.payable
        payable = client.get(f"/api/payments/payables/by-subject/{kind}/{subject_id}").json()
        address = f"/api/payments/payments/{payable['payments'][0]['id']}/dishonour"
        assert client.post(address, json={"reason": "Insufficient funds"}).status_code == 200
        run_outbox()
        session.expire_all()

    return bounced


@pytest.fixture
def pay_again(session: Session, order: Order, clerk: Actor, run_outbox: Callable[[], int]) -> Callable[[], None]:
    def paid() -> None:
        session.commit()
        cash = CounterPart("cash", order.total_cents)
        take_counter_payment(Transactions(platform_of(session), clerk), payable=order.payable, parts=[cash])
        run_outbox()
        session.expire_all()

    return paid


def fresh(session: Session, order: Order) -> Order:
    session.expire_all()
    return session.scalars(order_with_id(order.organisation_id, order.id)).one()


def states(session: Session, order: Order) -> list[str]:
    return [line.state for line in fresh(session, order).lines]


def take(session: Session, officer: Actor, line: OrderLine) -> None:
    assign_line(session, officer, line_id=line.id, officer_id=officer.user_id)


class TestPauseWork:
    def test_what_nobody_began_waits_and_what_was_begun_is_held(
        self, session: Session, order: Order, officer: Actor, bounce: Callable[[], None]
    ) -> None:
        take(session, officer, order.lines[1])
        bounce()
        assert states(session, order) == ["awaiting_payment", "on_hold", "awaiting_payment"]
        assert (order.lines[1].reason, order.lines[1].held_from_state) == (UNPAID, "assigned")
        read = read_order(session, officer, order)
        assert (read.work, read.can_pay, read.can_cancel) == ("awaiting_payment", True, False)
        assert [step.kind for step in read.timeline if step.kind == "unpaid"] == ["unpaid"]
        assert (read.timeline[-1].title, read.timeline[-1].state) == ("Waiting for payment", "current")

    def test_the_customer_hears_once(self, session: Session, order: Order, bounce: Callable[[], None]) -> None:
        bounce()
        subject = f"Order {order.number} has to be paid again"
        mails = "SELECT count(*) FROM notifications.messages WHERE subject = :subject"
        assert session.scalar(text(mails), {"subject": subject}) == 1

    def test_what_is_issued_stays_issued_and_nothing_more_is(
        self, session: Session, order: Order, officer: Actor, bounce: Callable[[], None]
    ) -> None:
        first, second = order.lines[0], order.lines[1]
        version = complete_draft(session, officer, first)
        session.commit()
        by_officer = Transactions(platform_of(session), officer)
        issue_certificate(by_officer, line_id=first.id, version=version)
        version = complete_draft(session, officer, second)
        bounce()
        assert states(session, order) == ["issued", "on_hold", "awaiting_payment"]
        resume_line(session, officer, line_id=second.id)
        session.commit()
        with pytest.raises(OrderNotPaid):
            issue_certificate(by_officer, line_id=second.id, version=version)

    def test_an_order_that_was_worked_for_is_not_cancelled(
        self, session: Session, order: Order, clerk: Actor, bounce: Callable[[], None]
    ) -> None:
        bounce()
        with pytest.raises(OrderNotCancellable):
            cancel_order(session, clerk, order=fresh(session, order))


class TestPaidAgain:
    def test_everything_goes_on_where_it_stood(
        self,
        session: Session,
        order: Order,
        officer: Actor,
        bounce: Callable[[], None],
        pay_again: Callable[[], None],
    ) -> None:
        take(session, officer, order.lines[1])
        queued_at, due_on = order.queued_at, order.lines[1].due_on
        bounce()
        pay_again()
        assert states(session, order) == ["queued", "assigned", "queued"]
        line = order.lines[1]
        assert (line.reason, line.held_days_left, line.assigned_to_id) == (None, None, officer.user_id)
        assert (order.queued_at, line.due_on) == (queued_at, due_on)

    def test_a_question_to_the_customer_stays_a_question(
        self,
        session: Session,
        order: Order,
        officer: Actor,
        bounce: Callable[[], None],
        pay_again: Callable[[], None],
    ) -> None:
        take(session, officer, order.lines[1])
        hold_line(session, officer, line_id=order.lines[1].id, question="Which year was it built?")
        bounce()
        pay_again()
        assert states(session, order) == ["queued", "on_hold", "queued"]
        assert order.lines[1].reason == "Which year was it built?"

    def test_told_twice_it_is_queued_once(
        self, session: Session, order: Order, bounce: Callable[[], None], pay_again: Callable[[], None]
    ) -> None:
        bounce()
        pay_again()
        line = fresh(session, order).lines[0]
        line.due_on += datetime.timedelta(days=90)
        session.flush()
        before = (line.queued_at, line.due_on)
        told = PaymentSettled(
            payable_kind="certificates.order", payable_id=order.id, method="counter", total_cents=order.total_cents
        )
        start_work(session, told)
        assert (line.queued_at, line.due_on) == before
        assert states(session, order) == ["queued", "queued", "queued"]

    def test_a_payment_that_is_told_late_queues_nothing_that_waits(
        self, session: Session, order: Order, bounce: Callable[[], None]
    ) -> None:
        bounce()
        told = PaymentSettled(
            payable_kind="certificates.order", payable_id=order.id, method="counter", total_cents=order.total_cents
        )
        start_work(session, told)
        assert set(states(session, order)) == {"awaiting_payment"}
