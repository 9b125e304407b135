"""Real races at the counter: threads on a PostgreSQL that commits."""

import threading
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from banksia.foundation.payments.errors import AlreadyPaid, BeingPaidAtCounter, NothingToRefund
from banksia.foundation.payments.errors.counter import (
    AlreadyAtTill,
    NotADishonourableCheque,
    NotToBank,
    TillInUse,
    TillNotOpen,
    VarianceNeedsReason,
)
from banksia.foundation.payments.models import Banking, LedgerEntry, Payable, Payment, Receipt, Till, TillSession
from banksia.foundation.payments.public import CounterPart, RefundWish, refund, take_counter_payment
from banksia.foundation.payments.service import counter
from banksia.foundation.payments.service.banking import bank_sessions
from banksia.foundation.payments.service.dishonouring import dishonour_cheque
from banksia.foundation.payments.service.till_sessions import Counted, close_till, open_till
from banksia.foundation.payments.service.till_sums import expected_in
from banksia.foundation.payments.service.waiving import approve_waiver, ask_waiver
from banksia.foundation.payments.tests.factories import make_till
from banksia.foundation.payments.tests.test_races import at_once, live, owe, total
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions

__all__ = ["live"]
FLOAT = 20000


@pytest.fixture
def person(live: Transactions, actor_in: Callable[..., Actor]) -> Callable[[str], Transactions]:
    """Somebody with a role, and transactions of theirs."""

    def made(role: str) -> Transactions:
        with live() as session:
            return Transactions(live.platform, actor_in(session, live.actor.organisation_id, (role,)))

    return made


@pytest.fixture
def clerk(person: Callable[[str], Transactions]) -> Transactions:
    return person("counter_clerk")


def opened(by: Transactions, *, name: str = "Till 2") -> uuid.UUID:
    with by() as session:
        till_id = make_till(session, name=name).id
    with by() as session:
        return open_till(session, by.actor, till_id=till_id, float_cents=FLOAT).id


def refused(answers: list[object]) -> list[Exception]:
    return [answer for answer in answers if isinstance(answer, Exception)]


class TestTwoClerks:
    def test_two_clerks_with_tills_pay_one_payable(
        self, live: Transactions, clerk: Transactions, person: Callable[[str], Transactions]
    ) -> None:
        other = person("finance_officer")
        sessions = [opened(clerk), opened(other, name="Till 3")]
        payable = owe(live)

        def taken(by: Transactions) -> Callable[[], object]:
            return lambda: take_counter_payment(by, payable=payable, parts=[CounterPart("cash", 6900)])

        answers = at_once(taken(clerk), taken(other), taken(clerk))
        assert len(refused(answers)) == 2
        assert all(isinstance(answer, AlreadyPaid | BeingPaidAtCounter) for answer in refused(answers))
        with live() as session:
            rows = list(session.scalars(select(TillSession).where(TillSession.id.in_(sessions))))
            cash = [each["cash"] for each in expected_in(session, rows).values()]  # type: ignore[index]
        assert sorted(cash) == [FLOAT, FLOAT + 6900]
        assert total(live, Payment) == total(live, Receipt) == 1

    def test_one_clerk_opens_two_tills_and_two_clerks_open_one(
        self, live: Transactions, clerk: Transactions, person: Callable[[str], Transactions]
    ) -> None:
        other = person("finance_officer")
        with live() as session:
            first, second = make_till(session).id, make_till(session, name="Till 3").id

        def open_(by: Transactions, till_id: uuid.UUID) -> Callable[[], object]:
            def act() -> uuid.UUID:
                with by() as session:
                    return open_till(session, by.actor, till_id=till_id, float_cents=FLOAT).id

            return act

        answers = at_once(open_(clerk, first), open_(clerk, second), open_(other, first), open_(other, second))
        assert len(refused(answers)) == 2, answers
        assert all(isinstance(answer, AlreadyAtTill | TillInUse) for answer in refused(answers))
        assert total(live, TillSession) == 2


class TestClosing:
    def test_a_till_is_not_closed_over_a_payment_that_is_being_taken(
        self, live: Transactions, clerk: Transactions, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The clerk's payment has the session; whoever closes it waits, and counts the payment."""
        session_id, payable = opened(clerk), owe(live)
        taking, go_on = threading.Event(), threading.Event()
        made = counter._payment  # what it writes after it has looked for the till

        def slowly(*given: Any) -> Payment:
            taking.set()
            go_on.wait(10)
            return made(*given)

        monkeypatch.setattr("banksia.foundation.payments.service.counter._payment", slowly)
        answers: list[object] = []

        def close() -> None:
            def act() -> object:
                with clerk() as session:
                    return close_till(session, clerk.actor, session_id=session_id, counted=Counted(FLOAT, 0, 0)).state

            answers.extend(at_once(act))

        pays = threading.Thread(
            target=lambda: take_counter_payment(clerk, payable=payable, parts=[CounterPart("cash", 6900)])
        )
        pays.start()
        assert taking.wait(10)
        closes = threading.Thread(target=close)
        closes.start()
        closes.join(0.5)
        assert closes.is_alive(), answers
        go_on.set()
        pays.join()
        closes.join()
        assert isinstance(answers[0], VarianceNeedsReason)  # the float alone is $69.00 short now

    @pytest.mark.parametrize("round_", range(4))
    def test_closing_and_taking_at_once(self, live: Transactions, clerk: Transactions, round_: int) -> None:
        session_id, payable = opened(clerk), owe(live)

        def close() -> object:
            with clerk() as session:
                counted = Counted(FLOAT, 0, 0)
                return close_till(session, clerk.actor, session_id=session_id, counted=counted).state

        def take() -> object:
            return take_counter_payment(clerk, payable=payable, parts=[CounterPart("cash", 6900)])

        answers = at_once(*((take, close) if round_ % 2 else (close, take)))
        kinds = {type(answer) for answer in refused(answers)}
        with live() as session:
            found = session.get_one(TillSession, session_id)
            paid = session.scalars(select(Payment)).all()
            lock = session.scalars(select(Payable.counter_lock)).one()
        assert lock is None
        if found.state == "closed":
            assert (kinds, paid) == ({TillNotOpen}, [])
        else:
            assert (kinds, len(paid)) == ({VarianceNeedsReason}, 1)

    def test_a_bag_is_taken_to_the_bank_once(self, live: Transactions, clerk: Transactions) -> None:
        session_id, payable = opened(clerk), owe(live)
        take_counter_payment(clerk, payable=payable, parts=[CounterPart("cash", 6900)])
        with clerk() as session:
            counted = Counted(FLOAT + 6900, 0, 0)
            till_id = close_till(session, clerk.actor, session_id=session_id, counted=counted).till_id
            location_id = session.get_one(Till, till_id).location_id

        def bank() -> object:
            with live() as session:
                return bank_sessions(
                    session,
                    live.actor,
                    location_id=location_id,
                    reference="Bag 17",
                    session_ids=[session_id],
                    seen_total_cents=6900,
                ).id

        answers = at_once(bank, bank, bank)
        assert [type(each) for each in refused(answers)] == [NotToBank] * 2
        assert total(live, Banking) == 1


class TestCheques:
    @pytest.mark.parametrize("round_", range(4))
    def test_a_cheque_comes_back_while_it_is_refunded(
        self, live: Transactions, clerk: Transactions, round_: int
    ) -> None:
        payable = owe(live)
        part = CounterPart("cheque", 6900, reference="100123", drawer="Dale & Kaur")
        take_counter_payment(live, payable=payable, parts=[part])
        with live() as session:
            payment_id = session.scalars(select(Payment.id)).one()

        def bounce() -> object:
            with clerk() as session:
                return dishonour_cheque(session, clerk.actor, payment_id=payment_id, reason="Insufficient funds").id

        def give_back() -> object:
            with live() as session:
                wish = RefundWish("Wrong lot", 6900, counter_reference="200001")
                return len(refund(session, live.actor, payable=payable, wish=wish))

        answers = at_once(*((bounce, give_back) if round_ % 2 else (give_back, bounce)))
        [said] = refused(answers)
        assert isinstance(said, NotADishonourableCheque | NothingToRefund)
        with live() as session:
            entries = session.scalars(select(LedgerEntry)).all()
        assert sum(each.amount_cents for each in entries) == 0
        assert len(entries) == 2

    def test_it_comes_back_once(self, live: Transactions, clerk: Transactions) -> None:
        part = CounterPart("cheque", 6900, reference="100123", drawer="Dale & Kaur")
        take_counter_payment(live, payable=owe(live), parts=[part])
        with live() as session:
            payment_id = session.scalars(select(Payment.id)).one()

        def bounce() -> object:
            with clerk() as session:
                return dishonour_cheque(session, clerk.actor, payment_id=payment_id, reason="Insufficient funds").id

        assert len(refused(at_once(bounce, bounce, bounce))) == 2
        with live() as session:
            assert session.scalars(select(LedgerEntry.kind).where(LedgerEntry.kind == "reversal")).all() == ["reversal"]


class TestWaivers:
    def test_it_is_approved_while_the_customer_pays(
        self, live: Transactions, clerk: Transactions, person: Callable[[str], Transactions]
    ) -> None:
        finance, payable = person("finance_officer"), owe(live)
        with clerk() as session:
            owed = session.scalars(select(Payable)).one()
            waiver_id = ask_waiver(session, clerk.actor, payable_id=owed.id, reason="The council's mistake").id
        answers = at_once(
            lambda: approve_waiver(finance, waiver_id=waiver_id),
            lambda: take_counter_payment(clerk, payable=payable, parts=[CounterPart("cash", 6900)]),
            lambda: approve_waiver(finance, waiver_id=waiver_id),
        )
        assert len(refused(answers)) == 2, answers
        assert total(live, Payment) == total(live, Receipt) == 1
