"""Cheques that come back: what they paid is owed again, and paid again it gets a second receipt."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from banksia.foundation.payments import tasks
from banksia.foundation.payments.errors.counter import NotADishonourableCheque
from banksia.foundation.payments.models import LedgerEntry, Money, Payable, Payment, Receipt
from banksia.foundation.payments.public import (
    CounterPart,
    LineOwed,
    PartsDoNotAddUp,
    RefundWish,
    money_of,
    refund,
    start_checkout,
    take_counter_payment,
)
from banksia.foundation.payments.service.dishonouring import dishonour_cheque
from banksia.foundation.payments.service.refunding import reject_refund
from banksia.foundation.payments.tests.factories import FakeStripe, make_payable, ref_of
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions

API = "/api/payments"
ActorWith = Callable[..., Actor]
REASON = "Insufficient funds"
CHEQUE = CounterPart("cheque", 4900, reference="100123", drawer="Dale & Kaur")
CASH = CounterPart("cash", 2000)


@pytest.fixture
def finance(actor_with: ActorWith) -> Actor:
    return actor_with("finance_officer")


@pytest.fixture
def split(session: Session, transactions: Transactions, owed: Payable) -> Payable:
    """$49.00 by cheque and $20.00 in cash."""
    take_counter_payment(transactions, payable=ref_of(owed), parts=[CHEQUE, CASH])
    session.expire_all()
    return owed


def cheque_of(session: Session) -> Payment:
    session.flush()
    session.expire_all()
    return session.scalars(select(Payment).where(Payment.method == "cheque")).one()


class TestDishonour:
    def test_only_what_the_cheque_paid_is_owed_again(
        self, session: Session, split: Payable, finance: Actor, transactions: Transactions
    ) -> None:
        dishonour_cheque(session, finance, payment_id=cheque_of(session).id, reason=REASON)
        session.commit()
        money = money_of(session, [ref_of(split)])[ref_of(split)]
        assert (money.state, money.paid_cents, money.settled_at) == (Money.AWAITING_PAYMENT, 2000, None)
        entries = [
            (each.kind, each.amount_cents) for each in session.scalars(select(LedgerEntry).order_by(LedgerEntry.id))
        ]
        assert entries[-1] == ("reversal", -4900)
        heard = "SELECT payload FROM events.outbox WHERE name = 'payments.payment_reopened'"
        assert session.execute(text(heard)).scalar_one()["reason"] == REASON
        with pytest.raises(PartsDoNotAddUp):
            take_counter_payment(transactions, payable=ref_of(split), parts=[CounterPart("cash", 6900)])
        take_counter_payment(transactions, payable=ref_of(split), parts=[CounterPart("cash", 4900)])
        session.expire_all()
        first, second = session.scalars(select(Receipt).order_by(Receipt.number)).all()
        assert (split.state, first.part, second.part) == (Money.PAID, 1, 2)
        assert second.snapshot["replaces"] == first.snapshot["number"]

    def test_the_rest_can_be_paid_online(
        self, session: Session, split: Payable, finance: Actor, transactions: Transactions, fake: FakeStripe
    ) -> None:
        dishonour_cheque(session, finance, payment_id=cheque_of(session).id, reason=REASON)
        session.commit()
        started = start_checkout(transactions, payable=ref_of(split))
        assert fake.act(started.url, "pay")["amount_total"] == 4900
        tasks.settle_attempt(transactions, attempt_id=started.attempt_id)
        session.expire_all()
        assert split.state == Money.PAID

    def test_it_comes_back_once_and_only_a_cheque_does(self, session: Session, split: Payable, finance: Actor) -> None:
        cheque = cheque_of(session)
        cash = session.scalars(select(Payment).where(Payment.method == "cash")).one()
        with pytest.raises(NotADishonourableCheque):
            dishonour_cheque(session, finance, payment_id=cash.id, reason=REASON)
        dishonour_cheque(session, finance, payment_id=cheque.id, reason=REASON)
        with pytest.raises(NotADishonourableCheque):
            dishonour_cheque(session, finance, payment_id=cheque.id, reason=REASON)
        assert split.state == Money.AWAITING_PAYMENT

    def test_a_refund_that_waits_stands_in_the_way(
        self, session: Session, transactions: Transactions, finance: Actor, actor_with: ActorWith
    ) -> None:
        owed = make_payable(session, lines=[LineOwed("Many certificates", 60_000, "exempt", "4100.101")])
        session.commit()
        part = CounterPart("cheque", 60_000, reference="100124", drawer="Dale & Kaur")
        take_counter_payment(transactions, payable=ref_of(owed), parts=[part])
        wish = RefundWish("Wrong lot", 60_000, counter_reference="200001")
        [waiting] = refund(session, finance, payable=ref_of(owed), wish=wish)
        assert waiting.state == "awaiting_approval"
        with pytest.raises(NotADishonourableCheque, match="refund"):
            dishonour_cheque(session, finance, payment_id=cheque_of(session).id, reason=REASON)
        reject_refund(session, actor_with("administrator"), refund_id=waiting.id, reason="The cheque bounced")
        dishonour_cheque(session, finance, payment_id=cheque_of(session).id, reason=REASON)

    def test_what_is_owed_again_does_not_expire(
        self, session: Session, split: Payable, finance: Actor, transactions: Transactions
    ) -> None:
        dishonour_cheque(session, finance, payment_id=cheque_of(session).id, reason=REASON)
        session.execute(update(Payable).values(created_at=utc_now() - timedelta(days=90)))
        session.commit()
        tasks.mop_up(transactions)
        session.expire_all()
        assert split.state == Money.AWAITING_PAYMENT

    def test_over_http(self, session: Session, split: Payable, signed_in_as: Callable[..., TestClient]) -> None:
        address = f"{API}/payments/{cheque_of(session).id}/dishonour"
        assert signed_in_as("certificate_officer").post(address, json={"reason": REASON}).status_code == 403
        answer = signed_in_as("counter_clerk").post(address, json={"reason": REASON})
        assert (answer.status_code, answer.json()["dishonoured_reason"]) == (200, REASON)
        read = signed_in_as("finance_officer").get(f"{API}/payables/{split.id}").json()
        assert (read["state"], read["paid_cents"]) == ("awaiting_payment", 2000)
