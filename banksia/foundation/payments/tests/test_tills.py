"""Tills: opening with a float, taking money into them, closing with a count, and taking it to the bank."""

import csv
import io
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from banksia.foundation.payments.errors.counter import (
    AlreadyAtTill,
    BankingChanged,
    NameTaken,
    NotEnoughInTill,
    NothingToBank,
    NotToBank,
    NotYourTill,
    TillInUse,
    TillNotOpen,
    TillSessionClosed,
    TillTakenAway,
    VarianceNeedsReason,
)
from banksia.foundation.payments.models import Payable, Payment, Refund, Till, TillCount, TillSession
from banksia.foundation.payments.public import CounterPart, LineOwed, RefundWish, refund, take_counter_payment
from banksia.foundation.payments.schemas.tills import BankingDetail
from banksia.foundation.payments.service import till_reading
from banksia.foundation.payments.service.accounts import balance_of
from banksia.foundation.payments.service.banking import bank_sessions
from banksia.foundation.payments.service.refunding import approve_refund
from banksia.foundation.payments.service.till_sessions import Counted, close_till, open_till
from banksia.foundation.payments.service.tills import add_location, add_till, update_till
from banksia.foundation.payments.tests.factories import make_account, make_payable, make_till, ref_of
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions

API = "/api/payments"
FLOAT = 20000
ActorWith = Callable[..., Actor]
SignIn = Callable[..., TestClient]


@pytest.fixture
def till(session: Session) -> Till:
    made = make_till(session)
    session.commit()
    return made


@pytest.fixture
def clerk(actor_with: ActorWith) -> Actor:
    return actor_with("counter_clerk")


@pytest.fixture
def finance(actor_with: ActorWith) -> Actor:
    return actor_with("finance_officer")


@pytest.fixture
def opened(session: Session, till: Till, clerk: Actor) -> TillSession:
    made = open_till(session, clerk, till_id=till.id, float_cents=FLOAT)
    session.commit()
    return made


@pytest.fixture
def take(transactions: Transactions, clerk: Actor, session: Session) -> Callable[..., Payable]:
    """Let the clerk take these parts for something that costs as much."""

    def taken(*parts: CounterPart, by: Actor = clerk) -> Payable:
        owed = make_payable(session)
        session.commit()
        take_counter_payment(Transactions(transactions.platform, by), payable=ref_of(owed), parts=parts)
        session.expire_all()
        return owed

    return taken


CASH = CounterPart("cash", 6900, tendered_cents=10000)
SPLIT = (
    CounterPart("cash", 2900, tendered_cents=5000),
    CounterPart("eftpos", 3000, reference="004512"),
    CounterPart("cheque", 1000, reference="100123", drawer="Dale & Kaur"),
)


def sums(session: Session, found: TillSession) -> dict[str, int]:
    read = till_reading.session_read(session, session_id=found.id)
    return {each.method: each.expected_cents for each in read.sums}


class TestKeepingTills:
    def test_names_are_unique_at_a_counter(self, session: Session, administrator: Actor) -> None:
        front = add_location(session, administrator, name="Front counter")
        library = add_location(session, administrator, name="Library")
        add_till(session, administrator, location_id=front.id, name="Till 1")
        add_till(session, administrator, location_id=library.id, name="Till 1")
        with pytest.raises(NameTaken):
            add_till(session, administrator, location_id=front.id, name="Till 1")
        with pytest.raises(NameTaken):
            add_location(session, administrator, name="Library")

    def test_an_open_till_is_not_taken_away(
        self, session: Session, administrator: Actor, opened: TillSession, till: Till
    ) -> None:
        with pytest.raises(TillInUse):
            update_till(session, administrator, till_id=till.id, closed=True)
        close_till(session, administrator, session_id=opened.id, counted=Counted(FLOAT, 0, 0))
        assert update_till(session, administrator, till_id=till.id, closed=True).closed_at is not None

    def test_only_an_administrator_keeps_them(self, signed_in_as: SignIn, till: Till) -> None:
        body = {"name": "Till 9"}
        assert signed_in_as("finance_officer").patch(f"{API}/tills/{till.id}", json=body).status_code == 403
        assert signed_in_as("administrator").patch(f"{API}/tills/{till.id}", json=body).json()["name"] == "Till 9"


class TestOpening:
    def test_one_clerk_at_a_till_and_one_till_for_a_clerk(
        self, session: Session, opened: TillSession, till: Till, clerk: Actor, finance: Actor
    ) -> None:
        other = make_till(session, name="Till 3")
        with pytest.raises(AlreadyAtTill):
            open_till(session, clerk, till_id=other.id, float_cents=0)
        with pytest.raises(AlreadyAtTill):
            open_till(session, clerk, till_id=till.id, float_cents=0)
        with pytest.raises(TillInUse, match=opened.cashier_name):
            open_till(session, finance, till_id=till.id, float_cents=0)

    def test_a_till_out_of_use_stays_shut(
        self, session: Session, till: Till, clerk: Actor, administrator: Actor
    ) -> None:
        update_till(session, administrator, till_id=till.id, closed=True)
        with pytest.raises(TillTakenAway):
            open_till(session, clerk, till_id=till.id, float_cents=0)

    def test_over_http_with_where_it_stands(self, signed_in_as: SignIn, till: Till) -> None:
        client = signed_in_as("counter_clerk")
        assert client.get(f"{API}/current-till").json() == {"required": True, "session": None}
        answer = client.post(f"{API}/till-sessions", json={"till_id": str(till.id), "float_cents": FLOAT})
        assert answer.status_code == 201
        current = client.get(f"{API}/current-till").json()["session"]
        assert (current["location_name"], current["till_name"]) == ("Front counter", "Till 2")
        assert current["sums"][0] == {"method": "cash", "expected_cents": FLOAT, "counted_cents": None}


class TestTaking:
    def test_a_council_without_tills_needs_none(self, session: Session, take: Callable[..., Payable]) -> None:
        take(CASH)
        assert session.scalars(select(Payment.till_session_id)).all() == [None]

    def test_with_a_till_in_use_the_clerk_needs_an_open_one(
        self, session: Session, till: Till, take: Callable[..., Payable], finance: Actor, clerk: Actor
    ) -> None:
        with pytest.raises(TillNotOpen):
            take(CASH)
        assert session.scalars(select(Payment)).all() == []
        open_till(session, finance, till_id=till.id, float_cents=0)
        session.commit()
        with pytest.raises(TillNotOpen):  # somebody else's till is not the clerk's
            take(CASH)
        take(CASH, by=finance)
        locked = session.scalars(select(Payable.counter_lock)).all()
        assert set(locked) == {None}
        assert clerk.name != finance.name

    def test_the_answer_says_where_to_open_it(self, signed_in_as: SignIn, session: Session, till: Till) -> None:
        owed = make_payable(session)
        session.commit()
        body = {"parts": [{"method": "cash", "amount_cents": 6900}]}
        answer = signed_in_as("counter_clerk").post(f"{API}/payables/{owed.id}/counter-payment", json=body)
        assert (answer.status_code, answer.json()["open_at"]) == (409, "/payments/staff/till")
        assert till.closed_at is None

    def test_what_should_lie_in_it(self, session: Session, opened: TillSession, take: Callable[..., Payable]) -> None:
        take(CASH)
        take(*SPLIT)
        assert sums(session, opened) == {"cash": FLOAT + 6900 + 2900, "eftpos": 3000, "cheque": 1000}
        takings = till_reading.taking_page(session, session_id=opened.id, cursor=None, limit=2)
        assert [(each.method, each.amount_cents) for each in takings.results] == [("cheque", 1000), ("eftpos", 3000)]
        assert takings.results[0].detail == "100123, Dale & Kaur"
        rest = till_reading.taking_page(session, session_id=opened.id, cursor=takings.next_cursor, limit=9)
        assert [each.change_cents for each in rest.results] == [2100, 3100]

    def test_another_council_s_tills_are_not_ours(self, opened: TillSession, neighbour_signed_in_as: SignIn) -> None:
        client = neighbour_signed_in_as("administrator")
        for path in ("", "/takings"):
            assert client.get(f"{API}/till-sessions/{opened.id}{path}").status_code == 404


class TestRefundsInCash:
    WISH = RefundWish("The lot was wrong.", 6900, counter_reference="Cash")

    def test_they_come_out_of_the_open_till(
        self, session: Session, opened: TillSession, take: Callable[..., Payable], clerk: Actor
    ) -> None:
        owed = take(CASH)
        [wanted] = refund(session, clerk, payable=ref_of(owed), wish=self.WISH)
        assert (wanted.state, wanted.till_session_id) == ("succeeded", opened.id)
        assert sums(session, opened)["cash"] == FLOAT
        newest = till_reading.taking_page(session, session_id=opened.id, cursor=None, limit=1).results[0]
        assert (newest.kind, newest.amount_cents) == ("refund", -6900)

    def test_what_came_by_terminal_and_goes_back_in_cash_leaves_the_till(
        self, session: Session, opened: TillSession, take: Callable[..., Payable], clerk: Actor
    ) -> None:
        owed = take(CounterPart("eftpos", 6900, reference="004512"))
        refund(session, clerk, payable=ref_of(owed), wish=self.WISH)
        assert sums(session, opened) == {"cash": FLOAT - 6900, "eftpos": 6900, "cheque": 0}

    def test_by_the_terminal_they_do_not(
        self, session: Session, opened: TillSession, take: Callable[..., Payable], clerk: Actor
    ) -> None:
        owed = take(CounterPart("eftpos", 6900, reference="004512"))
        wish = RefundWish("Wrong lot", 6900, counter_reference="004513")
        [wanted] = refund(session, clerk, payable=ref_of(owed), wish=wish)
        assert (wanted.method, wanted.till_session_id) == ("eftpos", None)
        assert sums(session, opened)["eftpos"] == 6900

    def test_what_was_charged_to_an_account_goes_back_there_and_leaves_the_till_alone(
        self, session: Session, opened: TillSession, take: Callable[..., Payable], clerk: Actor
    ) -> None:
        firm = make_account(session)
        session.commit()
        owed = take(CounterPart("account", 4000, account_id=firm.id), CounterPart("cash", 2900, tendered_cents=2900))
        assert (balance_of(session, firm.id), sums(session, opened)["cash"]) == (4000, FLOAT + 2900)
        refunds = refund(session, clerk, payable=ref_of(owed), wish=self.WISH)
        assert {(each.method, each.reference, each.till_session_id) for each in refunds} == {
            ("account", None, None),
            ("cash", "Cash", opened.id),
        }
        assert (balance_of(session, firm.id), sums(session, opened)["cash"]) == (0, FLOAT)

    def test_nothing_goes_back_without_an_open_till_or_enough_in_it(
        self, session: Session, opened: TillSession, take: Callable[..., Payable], clerk: Actor, finance: Actor
    ) -> None:
        owed = take(CounterPart("eftpos", 6900, reference="004512"))
        with pytest.raises(TillNotOpen):
            refund(session, finance, payable=ref_of(owed), wish=self.WISH)
        session.rollback()
        close_till(session, clerk, session_id=opened.id, counted=Counted(FLOAT, 6900, 0))
        open_till(session, clerk, till_id=opened.till_id, float_cents=6899)
        with pytest.raises(NotEnoughInTill):
            refund(session, clerk, payable=ref_of(owed), wish=self.WISH)

    def test_a_large_one_comes_out_of_the_till_of_whoever_asked(
        self,
        session: Session,
        transactions: Transactions,
        opened: TillSession,
        clerk: Actor,
        finance: Actor,
    ) -> None:
        lines_cents = 60_000
        owed = make_large(session, lines_cents)
        at_counter = Transactions(transactions.platform, clerk)
        take_counter_payment(at_counter, payable=ref_of(owed), parts=[CounterPart("cash", lines_cents)])
        wish = RefundWish("The lot was wrong.", lines_cents, counter_reference="cash")
        [wanted] = refund(session, clerk, payable=ref_of(owed), wish=wish)
        assert (wanted.state, sums(session, opened)["cash"]) == ("awaiting_approval", FLOAT + lines_cents)
        approve_refund(session, finance, refund_id=wanted.id)
        session.expire_all()
        assert session.scalars(select(Refund.till_session_id)).one() == opened.id
        assert sums(session, opened)["cash"] == FLOAT


def make_large(session: Session, cents: int) -> Payable:
    owed = make_payable(session, lines=[LineOwed("Many certificates", cents, "exempt", "4100.101")])
    session.commit()
    return owed


class TestClosing:
    def test_what_was_counted_is_kept_beside_what_should_be_there(
        self, session: Session, opened: TillSession, take: Callable[..., Payable], clerk: Actor
    ) -> None:
        take(*SPLIT)
        closed = close_till(session, clerk, session_id=opened.id, counted=Counted(FLOAT + 2900, 3000, 1000))
        assert (closed.state, closed.variance_cents, closed.closed_by_name) == ("closed", 0, clerk.name)
        counts = {each.method: each.expected_cents - each.counted_cents for each in session.scalars(select(TillCount))}
        assert counts == {"cash": 0, "eftpos": 0, "cheque": 0}
        with pytest.raises(TillSessionClosed):
            close_till(session, clerk, session_id=opened.id, counted=Counted(FLOAT + 2900, 3000, 1000))

    def test_a_difference_needs_a_reason(
        self, session: Session, opened: TillSession, take: Callable[..., Payable], clerk: Actor
    ) -> None:
        take(CASH)
        counted = Counted(FLOAT + 6800, 0, 0)
        with pytest.raises(VarianceNeedsReason, match=r"Cash \$1\.00 short"):
            close_till(session, clerk, session_id=opened.id, counted=counted)
        reason = "Wrong change at noon"
        closed = close_till(session, clerk, session_id=opened.id, counted=counted, variance_reason=reason)
        assert (closed.variance_cents, closed.variance_reason) == (-100, reason)

    def test_differences_that_cancel_out_need_one_too(
        self, session: Session, opened: TillSession, take: Callable[..., Payable], clerk: Actor
    ) -> None:
        take(CASH)
        with pytest.raises(VarianceNeedsReason):
            close_till(session, clerk, session_id=opened.id, counted=Counted(FLOAT, 6900, 0))

    def test_only_a_supervisor_closes_another_s(
        self, session: Session, opened: TillSession, actor_with: ActorWith, finance: Actor
    ) -> None:
        counted = Counted(FLOAT, 0, 0)
        with pytest.raises(NotYourTill):
            close_till(session, actor_with("counter_clerk"), session_id=opened.id, counted=counted)
        assert close_till(session, finance, session_id=opened.id, counted=counted).closed_by == finance.user_id

    def test_it_stands_in_the_audit_log(self, session: Session, opened: TillSession, clerk: Actor) -> None:
        close_till(session, clerk, session_id=opened.id, counted=Counted(FLOAT, 0, 0))
        session.commit()
        actions = session.scalars(text("SELECT action FROM audit.entries ORDER BY id")).all()
        assert [each for each in actions if "till_" in each] == ["payments.till_opened", "payments.till_closed"]


class TestBanking:
    @pytest.fixture
    def closed(self, session: Session, opened: TillSession, take: Callable[..., Payable], clerk: Actor) -> TillSession:
        take(*SPLIT)
        take(CASH)
        made = close_till(session, clerk, session_id=opened.id, counted=Counted(FLOAT + 9800, 3000, 1000))
        session.commit()
        return made

    def bank(self, session: Session, actor: Actor, till: Till, *ids: uuid.UUID, seen: int = 10800) -> BankingDetail:
        bag = bank_sessions(
            session, actor, location_id=till.location_id, reference="Bag 17", session_ids=ids, seen_total_cents=seen
        )
        return till_reading.banking_detail(session, banking_id=bag.id)

    def test_a_bag_holds_the_cash_without_the_float_and_the_cheques(
        self, session: Session, closed: TillSession, till: Till, finance: Actor
    ) -> None:
        bag = self.bank(session, finance, till, closed.id)
        assert (bag.cash_cents, bag.cheque_cents, bag.total_cents) == (9800, 1000, 10800)
        assert [(each.number, each.drawer, each.amount_cents) for each in bag.cheques] == [
            ("100123", "Dale & Kaur", 1000)
        ]
        assert [each.id for each in bag.sessions] == [closed.id]

    def test_each_session_is_banked_once_and_only_when_closed(
        self, session: Session, closed: TillSession, till: Till, finance: Actor, clerk: Actor
    ) -> None:
        reopened = open_till(session, clerk, till_id=till.id, float_cents=FLOAT)
        with pytest.raises(NotToBank):
            self.bank(session, finance, till, closed.id, reopened.id)
        self.bank(session, finance, till, closed.id)
        with pytest.raises(NotToBank):
            self.bank(session, finance, till, closed.id)
        elsewhere = make_till(session, location="Library")
        with pytest.raises(NotToBank):
            self.bank(session, finance, elsewhere, closed.id)

    def test_the_sum_that_was_seen_has_to_be_true(
        self, session: Session, closed: TillSession, till: Till, finance: Actor
    ) -> None:
        with pytest.raises(BankingChanged):
            self.bank(session, finance, till, closed.id, seen=9800)

    def test_an_empty_bag_is_none(self, session: Session, opened: TillSession, till: Till, finance: Actor) -> None:
        close_till(session, finance, session_id=opened.id, counted=Counted(FLOAT, 0, 0))
        with pytest.raises(NothingToBank):
            self.bank(session, finance, till, opened.id, seen=0)

    def test_the_file_has_a_line_for_each_till_s_cash_and_each_cheque(
        self, signed_in_as: SignIn, closed: TillSession, till: Till
    ) -> None:
        client = signed_in_as("finance_officer")
        body: dict[str, Any] = {
            "location_id": str(till.location_id),
            "reference": "=1+1",
            "session_ids": [str(closed.id)],
            "seen_total_cents": 10800,
        }
        assert signed_in_as("counter_clerk").post(f"{API}/bankings", json=body).status_code == 403
        bag = client.post(f"{API}/bankings", json=body).json()
        answer = client.get(f"{API}/bankings/{bag['id']}/csv")
        assert answer.headers["content-type"].startswith("text/csv")
        head, cash, cheque = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
        assert head == ["line", "date", "counter", "till", "clerk", "reference", "drawer", "for", "amount"]
        assert (cash[0], cash[2], cash[3], cash[5], cash[8]) == ("cash", "Front counter", "Till 2", "'=1+1", "98.00")
        assert (cheque[0], cheque[5:]) == ("cheque", ["100123", "Dale & Kaur", "BH-2026-00001", "10.00"])

    def test_the_list_of_what_waits_empties(
        self, session: Session, closed: TillSession, till: Till, finance: Actor
    ) -> None:
        def waiting() -> list[uuid.UUID]:
            page = till_reading.session_page(
                session, state=None, location_id=till.location_id, unbanked=True, cursor=None, limit=9
            )
            return [each.id for each in page.results]

        assert waiting() == [closed.id]
        self.bank(session, finance, till, closed.id)
        assert waiting() == []
