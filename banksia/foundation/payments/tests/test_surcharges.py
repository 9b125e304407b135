"""Ways to pay that a council takes, and what they cost on top: dates at the council's clock, and cents."""

import datetime
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import council_day, update_module_settings
from banksia.foundation.payments.errors import MethodNotTaken, OnlinePaymentOff, SurchargeChanged
from banksia.foundation.payments.models import (
    LedgerEntry,
    Money,
    Payable,
    PayableLine,
    Payment,
    PaymentAttempt,
    Receipt,
    Refund,
    Resolution,
    ReviewCase,
    Surcharge,
)
from banksia.foundation.payments.public import (
    CounterPart,
    RefundWish,
    cancel_payable,
    money_of,
    refund,
    start_checkout,
    take_counter_payment,
)
from banksia.foundation.payments.schemas.paying import SurchargeCreate
from banksia.foundation.payments.service import surcharges
from banksia.foundation.payments.service.reviewing import resolve_case
from banksia.foundation.payments.service.settling import settle
from banksia.foundation.payments.tests.factories import COPY, PLANNING, FakeStripe, make_payable, ref_of
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions
from banksia.kit.models import new_id

SignIn = Callable[..., TestClient]
API = "/api/payments"
RATE = 85


@pytest.fixture
def charged(session: Session, transactions: Transactions) -> Transactions:
    """Cards and EFTPOS cost 0.85 % from today on."""
    today = council_day(session)
    for method in ("card", "eftpos"):
        wish = SurchargeCreate(method=method, basis_points=RATE, from_on=today)
        surcharges.add_surcharge(session, transactions.actor, wish=wish)
    session.commit()
    return transactions


def switch_off(session: Session, transactions: Transactions, method: str) -> None:
    update_module_settings(session, transactions.actor, name="payments", values={f"takes_{method}": False})
    session.commit()


class TestSums:
    @pytest.mark.parametrize(
        ("amount_cents", "basis_points", "on_top_cents"),
        [(6900, 85, 59), (10_000, 85, 85), (1000, 85, 9), (1000, 84, 8), (1000, 5, 1), (990, 5, 0), (6900, 0, 0)],
    )
    def test_half_a_cent_is_rounded_up(self, amount_cents: int, basis_points: int, on_top_cents: int) -> None:
        assert surcharges.surcharge_cents(amount_cents, basis_points) == on_top_cents

    @given(st.integers(1, 10**7), st.integers(1, 1000))
    def test_never_more_than_half_a_cent_off(self, amount_cents: int, basis_points: int) -> None:
        off = surcharges.surcharge_cents(amount_cents, basis_points) * 10_000 - amount_cents * basis_points
        assert abs(off) <= 5000

    @pytest.mark.parametrize(
        ("lines", "on_top_cents", "gst_cents"),
        [
            ([(6900, "exempt")], 59, 0),
            ([(2200, "taxable")], 19, 2),  # 19 / 11 = 1.73
            ([(6900, "exempt"), (2200, "taxable")], 77, 2),  # 77 x 2200 / 9100 / 11 = 1.69
            ([(5000, "taxable"), (5000, "out_of_scope")], 121, 6),  # 5.5, half a cent up
            ([(1, "taxable")], 1, 0),
        ],
    )
    def test_gst_follows_what_is_paid_for_and_is_rounded_once(
        self, lines: list[tuple[int, str]], on_top_cents: int, gst_cents: int
    ) -> None:
        rows = [PayableLine(amount_cents=cents, gst_treatment=treatment) for cents, treatment in lines]
        owed = Payable(lines=rows, total_cents=sum(cents for cents, _ in lines))
        assert surcharges.surcharge_gst_cents(on_top_cents, owed) == gst_cents


class TestDates:
    def rows(self, session: Session, *periods: tuple[int, str, str | None]) -> None:
        for basis_points, first, last in periods:
            session.add(
                Surcharge(
                    id=new_id(),
                    created_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
                    organisation_id=session.info["organisation_id"],
                    method="card",
                    basis_points=basis_points,
                    from_on=datetime.date.fromisoformat(first),
                    until_on=datetime.date.fromisoformat(last) if last else None,
                )
            )
            session.flush()

    @pytest.mark.parametrize(
        ("at", "basis_points"),
        [
            ("2026-06-30T13:59:59+00:00", 0),  # 30 June, a second before midnight in Sydney
            ("2026-06-30T14:00:00+00:00", 85),  # 1 July in Sydney, and still June in London
            ("2026-08-31T13:59:59+00:00", 85),
            ("2026-08-31T14:00:00+00:00", 100),
            ("2026-09-30T13:59:59+00:00", 100),
            ("2026-09-30T14:00:00+00:00", 0),  # what held before does not come back
        ],
    )
    def test_a_day_begins_at_the_councils_midnight(self, session: Session, at: str, basis_points: int) -> None:
        self.rows(session, (85, "2026-07-01", None), (100, "2026-09-01", "2026-09-30"))
        moment = datetime.datetime.fromisoformat(at)
        assert surcharges.basis_points_of(session, "card", at=moment) == basis_points
        assert surcharges.basis_points_of(session, "eftpos", at=moment) == 0

    def test_is_off_until_a_council_turns_it_on(self, session: Session) -> None:
        assert surcharges.all_basis_points(session) == {}

    def test_what_was_charged_stays_explained(self, signed_in_as: SignIn, session: Session) -> None:
        administrator, today = signed_in_as("administrator"), council_day(session)
        day = datetime.timedelta(days=1)
        past = {"method": "card", "basis_points": 85, "from_on": str(today - day)}
        assert administrator.post(f"{API}/surcharges", json=past).status_code == 422
        made = administrator.post(f"{API}/surcharges", json=past | {"from_on": str(today)})
        assert (made.status_code, made.json()["holds"]) == (201, True)
        end = f"{API}/surcharges/{made.json()['id']}/end"
        assert administrator.post(end, json={"until_on": str(today - day)}).status_code == 422
        assert administrator.post(end, json={"until_on": str(today)}).json()[0]["until_on"] == str(today)
        later = administrator.post(f"{API}/surcharges", json=past | {"from_on": str(today + day)}).json()
        gone = administrator.post(f"{API}/surcharges/{later['id']}/end", json={"until_on": str(today)}).json()
        assert [row["id"] for row in gone] == [made.json()["id"]]

    def test_a_mistake_ends_at_once_and_brings_nothing_back(self, signed_in_as: SignIn, session: Session) -> None:
        administrator, today = signed_in_as("administrator"), str(council_day(session))
        wanted = {"method": "card", "basis_points": 85, "from_on": today}
        administrator.post(f"{API}/surcharges", json=wanted)
        mistake = administrator.post(f"{API}/surcharges", json=wanted | {"basis_points": 850}).json()
        session.expire_all()
        asked_before = utc_now()
        assert surcharges.all_basis_points(session) == {"card": 850}
        end = f"{API}/surcharges/{mistake['id']}/end"
        stopped = administrator.post(end, json={}).json()
        assert {row["id"]: row["stopped_at"] is not None for row in stopped}[mistake["id"]]
        assert [row["holds"] for row in stopped] == [False, False]
        session.expire_all()
        assert surcharges.all_basis_points(session) == {}
        assert surcharges.all_basis_points(session, at=asked_before) == {"card": 850}
        assert administrator.post(end, json={"until_on": today}).status_code == 422
        administrator.post(f"{API}/surcharges", json=wanted)
        session.expire_all()
        assert surcharges.all_basis_points(session) == {"card": 85}


class TestOnline:
    def test_the_page_asks_for_it_and_it_pays_nothing_that_is_owed(
        self, session: Session, charged: Transactions, owed: Payable, fake: FakeStripe
    ) -> None:
        started = start_checkout(charged, payable=ref_of(owed))
        (page,) = fake.sessions()
        assert page["amount_total"] == 6959
        attempt = session.scalars(select(PaymentAttempt)).one()
        assert (attempt.amount_cents, attempt.surcharge_cents) == (6959, 59)
        fake.act(started.url, "pay")
        settle(charged, attempt_id=started.attempt_id)
        session.expire_all()
        payment = session.scalars(select(Payment)).one()
        assert (payment.amount_cents, payment.surcharge_cents) == (6959, 59)
        money = money_of(session, [ref_of(owed)])[ref_of(owed)]
        assert (money.state, money.paid_cents, money.surcharge_cents) == (Money.PAID, 6900, 59)
        receipt = session.scalars(select(Receipt)).one()
        assert (receipt.total_cents, receipt.gst_cents, receipt.is_tax_invoice) == (6959, 0, False)
        assert receipt.snapshot["lines"][-1]["description"] == "Card surcharge 0.85 %"

    def test_a_changed_rate_does_not_change_what_a_page_that_is_open_asks_for(
        self, session: Session, charged: Transactions, owed: Payable, fake: FakeStripe
    ) -> None:
        started = start_checkout(charged, payable=ref_of(owed))
        today = council_day(session)
        wish = SurchargeCreate(method="card", basis_points=200, from_on=today)
        surcharges.add_surcharge(session, charged.actor, wish=wish)
        session.commit()
        assert start_checkout(charged, payable=ref_of(owed)) == started
        fake.act(started.url, "pay")
        settle(charged, attempt_id=started.attempt_id)
        session.expire_all()
        receipt = session.scalars(select(Receipt)).one()
        assert receipt.snapshot["lines"][-1]["description"] == "Card surcharge 0.85 %"
        assert receipt.total_cents == 6959

    def test_gst_of_a_mixed_order_is_on_the_receipt(
        self, session: Session, charged: Transactions, fake: FakeStripe
    ) -> None:
        owed = make_payable(session, lines=(PLANNING, COPY))
        session.commit()
        started = start_checkout(charged, payable=ref_of(owed))
        fake.act(started.url, "pay")
        settle(charged, attempt_id=started.attempt_id)
        session.expire_all()
        receipt = session.scalars(select(Receipt)).one()
        assert (receipt.total_cents, receipt.gst_cents) == (9177, 202)

    def test_a_refund_of_all_gives_it_back(
        self, session: Session, charged: Transactions, owed: Payable, fake: FakeStripe, run_outbox: Callable[[], int]
    ) -> None:
        started = start_checkout(charged, payable=ref_of(owed))
        fake.act(started.url, "pay")
        settle(charged, attempt_id=started.attempt_id)
        session.expire_all()
        refund(session, charged.actor, payable=ref_of(owed), wish=RefundWish("Wrong", 6959, amount_cents=6900))
        session.commit()
        run_outbox()
        session.expire_all()
        assert owed.state == Money.PART_REFUNDED
        refund(session, charged.actor, payable=ref_of(owed), wish=RefundWish("The rest", 59))
        session.commit()
        run_outbox()
        session.expire_all()
        assert owed.state == Money.REFUNDED
        assert sum(session.scalars(select(Refund.amount_cents))) == 6959
        entries = session.scalars(select(LedgerEntry.amount_cents).where(LedgerEntry.kind != "fee")).all()
        assert sum(entries) == 0

    def test_money_that_came_late_can_count_with_its_surcharge(
        self, session: Session, charged: Transactions, owed: Payable, fake: FakeStripe
    ) -> None:
        started = start_checkout(charged, payable=ref_of(owed))
        cancel_payable(session, charged.actor, payable=ref_of(owed), reason="Wrong lot")
        session.commit()
        fake.act(started.url, "pay")
        settle(charged, attempt_id=started.attempt_id)
        session.expire_all()
        case = session.scalars(select(ReviewCase)).one()
        resolve_case(session, charged.actor, case_id=case.id, resolution=Resolution.REINSTATE, reason="They want it")
        session.commit()
        assert money_of(session, [ref_of(owed)])[ref_of(owed)].state == Money.PAID

    def test_is_off_when_the_council_takes_no_cards(
        self, session: Session, client: TestClient, transactions: Transactions, owed: Payable
    ) -> None:
        switch_off(session, transactions, "card")
        with pytest.raises(OnlinePaymentOff):
            start_checkout(transactions, payable=ref_of(owed))
        session.expire_all()
        found = client.get(f"{API}/pay/{owed.pay_token}").json()
        assert (found["online"], found["surcharge_cents"]) == (False, 0)


class TestCounter:
    def test_eftpos_takes_it_on_top(self, session: Session, charged: Transactions, owed: Payable) -> None:
        parts = [CounterPart("cash", 3000), CounterPart("eftpos", 3900, reference="T-1", surcharge_cents=33)]
        take_counter_payment(charged, payable=ref_of(owed), parts=parts)
        session.expire_all()
        taken = session.execute(select(Payment.method, Payment.amount_cents, Payment.surcharge_cents)).all()
        assert sorted(map(tuple, taken)) == [("cash", 3000, 0), ("eftpos", 3933, 33)]
        assert sum(session.scalars(select(LedgerEntry.amount_cents))) == 6933
        receipt = session.scalars(select(Receipt)).one()
        assert (receipt.total_cents, receipt.snapshot["lines"][-1]["description"]) == (6933, "EFTPOS surcharge 0.85 %")

    @pytest.mark.parametrize("seen_cents", [0, 58, 60])
    def test_another_sum_than_todays_is_refused(
        self, session: Session, charged: Transactions, owed: Payable, seen_cents: int
    ) -> None:
        parts = [CounterPart("eftpos", 6900, reference="T-1", surcharge_cents=seen_cents)]
        with pytest.raises(SurchargeChanged):
            take_counter_payment(charged, payable=ref_of(owed), parts=parts)
        session.expire_all()
        assert session.scalars(select(Payment)).all() == []

    @pytest.mark.parametrize("method", ["cash", "eftpos", "cheque"])
    def test_what_is_switched_off_is_refused_and_not_offered(
        self, session: Session, client: TestClient, transactions: Transactions, owed: Payable, method: str
    ) -> None:
        switch_off(session, transactions, method)
        part = CounterPart(method, 6900, reference="1", drawer="D. Kaur")  # type: ignore[arg-type]  # parametrized
        with pytest.raises(MethodNotTaken):
            take_counter_payment(transactions, payable=ref_of(owed), parts=[part])
        offered = [way["method"] for way in client.get(f"{API}/ways-to-pay").json()]
        assert method not in offered
        assert set(offered) == {"card", "cash", "eftpos", "cheque"} - {method}

    @pytest.mark.usefixtures("charged")
    def test_the_ways_to_pay_tell_what_they_cost(self, client: TestClient) -> None:
        ways = {way["method"]: way["surcharge_basis_points"] for way in client.get(f"{API}/ways-to-pay").json()}
        assert ways == {"card": RATE, "cash": 0, "eftpos": RATE, "cheque": 0}
