"""Waivers: asked by one person, allowed by another, and settled without money."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from banksia.foundation.payments.errors import AlreadyPaid
from banksia.foundation.payments.errors.counter import (
    SecondPersonForWaiver,
    WaiverAsked,
    WaiverDecided,
)
from banksia.foundation.payments.models import LedgerEntry, Money, Payable, Payment, Receipt
from banksia.foundation.payments.public import (
    CheckoutStarted,
    CounterPart,
    RefundWish,
    money_of,
    refund,
    take_counter_payment,
)
from banksia.foundation.payments.service.settling import settle
from banksia.foundation.payments.service.waiving import approve_waiver, ask_waiver, reject_waiver
from banksia.foundation.payments.tests.factories import COPY, FakeStripe, make_payable, ref_of
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions

API = "/api/payments"
ActorWith = Callable[..., Actor]
REASON = "Council’s own mistake in the first certificate"


@pytest.fixture
def clerk(actor_with: ActorWith) -> Actor:
    return actor_with("counter_clerk")


@pytest.fixture
def approver(transactions: Transactions, actor_with: ActorWith) -> Transactions:
    return Transactions(transactions.platform, actor_with("finance_officer"))


class TestWaivers:
    def test_one_asks_and_another_approves(self, session: Session, clerk: Actor, approver: Transactions) -> None:
        owed = make_payable(session, lines=[COPY])
        waiver = ask_waiver(session, clerk, payable_id=owed.id, reason=REASON)
        session.commit()
        assert approve_waiver(approver, waiver_id=waiver.id).decided_by_name == approver.actor.name
        session.expire_all()
        money = money_of(session, [ref_of(owed)])[ref_of(owed)]
        assert (money.state, money.paid_cents) == (Money.PAID, 2200)
        payment = session.scalars(select(Payment)).one()
        assert (payment.method, payment.amount_cents, payment.reference) == ("waiver", 2200, REASON)
        entry = session.scalars(select(LedgerEntry)).one()
        assert (entry.kind, entry.amount_cents, entry.method) == ("waiver", 2200, "waiver")
        receipt = session.scalars(select(Receipt)).one()
        assert not receipt.is_tax_invoice

    def test_nobody_approves_or_rejects_their_own(
        self, session: Session, owed: Payable, approver: Transactions
    ) -> None:
        waiver = ask_waiver(session, approver.actor, payable_id=owed.id, reason=REASON)
        session.commit()
        with pytest.raises(SecondPersonForWaiver):
            approve_waiver(approver, waiver_id=waiver.id)
        with pytest.raises(SecondPersonForWaiver):
            reject_waiver(session, approver.actor, waiver_id=waiver.id, reason="No")
        session.expire_all()
        assert (owed.state, owed.counter_lock) == (Money.AWAITING_PAYMENT, None)

    def test_one_waits_at_a_time_and_is_decided_once(
        self, session: Session, owed: Payable, clerk: Actor, approver: Transactions
    ) -> None:
        waiver = ask_waiver(session, clerk, payable_id=owed.id, reason=REASON)
        with pytest.raises(WaiverAsked, match=clerk.name):
            ask_waiver(session, clerk, payable_id=owed.id, reason=REASON)
        reject_waiver(session, approver.actor, waiver_id=waiver.id, reason="It is not our mistake.")
        session.commit()
        with pytest.raises(WaiverDecided):
            approve_waiver(approver, waiver_id=waiver.id)
        ask_waiver(session, clerk, payable_id=owed.id, reason=REASON)

    def test_what_was_paid_meanwhile_stays_paid(
        self, session: Session, owed: Payable, clerk: Actor, approver: Transactions
    ) -> None:
        waiver = ask_waiver(session, clerk, payable_id=owed.id, reason=REASON)
        session.commit()
        take_counter_payment(approver, payable=ref_of(owed), parts=[CounterPart("cash", 6900)])
        with pytest.raises(AlreadyPaid):
            approve_waiver(approver, waiver_id=waiver.id)
        assert [each.method for each in session.scalars(select(Payment))] == ["cash"]

    def test_the_payment_page_is_closed_first(
        self,
        session: Session,
        owed: Payable,
        started: CheckoutStarted,
        clerk: Actor,
        approver: Transactions,
        fake: FakeStripe,
    ) -> None:
        waiver = ask_waiver(session, clerk, payable_id=owed.id, reason=REASON)
        session.commit()
        approve_waiver(approver, waiver_id=waiver.id)
        assert [each["status"] for each in fake.sessions()] == ["expired"]
        settle(approver, attempt_id=started.attempt_id)
        assert [each.method for each in session.scalars(select(Payment))] == ["waiver"]

    def test_nothing_of_it_is_refunded(
        self, session: Session, owed: Payable, clerk: Actor, approver: Transactions
    ) -> None:
        waiver = ask_waiver(session, clerk, payable_id=owed.id, reason=REASON)
        session.commit()
        approve_waiver(approver, waiver_id=waiver.id)
        session.expire_all()
        with pytest.raises(Exception, match="left to refund"):
            refund(session, clerk, payable=ref_of(owed), wish=RefundWish("Again", 6900, counter_reference="cash"))

    def test_over_http(self, session: Session, owed: Payable, signed_in_as: Callable[..., TestClient]) -> None:
        clerk = signed_in_as("counter_clerk")
        asked = clerk.post(f"{API}/payables/{owed.id}/waivers", json={"reason": REASON})
        assert (asked.status_code, asked.json()["amount_cents"]) == (201, 6900)
        address = f"{API}/waivers/{asked.json()['id']}"
        assert clerk.post(f"{address}/approve").status_code == 403
        waiting = clerk.get(f"{API}/waivers", params={"state": "awaiting_approval"}).json()["results"]
        assert [each["reference"] for each in waiting] == ["BH-2026-00001"]
        assert signed_in_as("administrator").post(f"{address}/approve").json()["state"] == "approved"
        assert signed_in_as("finance_officer").post(f"{address}/reject", json={"reason": "x"}).status_code == 409
