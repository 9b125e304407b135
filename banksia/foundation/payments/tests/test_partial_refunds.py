"""Refunds of a part: how they are shared out over payments and lines, and that no cent goes back twice."""

import uuid
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from banksia.foundation.payments.errors import (
    RefundableChanged,
    RefundLinesDoNotAddUp,
    RefundTooLarge,
)
from banksia.foundation.payments.models import Money, Payable, PayableLine, Payment, Refund, RefundLine
from banksia.foundation.payments.public import CounterPart, RefundWish, money_of, refund, take_counter_payment
from banksia.foundation.payments.service.raising import gst_in
from banksia.foundation.payments.service.reading import payable_read
from banksia.foundation.payments.service.refund_sharing import (
    LineLeft,
    LineWish,
    in_proportion,
    over_payments,
    refund_lines,
    wanted_parts,
)
from banksia.foundation.payments.tests.factories import COPY, PLANNING, make_payable, ref_of
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.kit.models import new_id

ActorWith = Callable[..., Actor]
CENTS = st.integers(0, 500_000)


@pytest.fixture
def finance(actor_with: ActorWith) -> Actor:
    return actor_with("finance_officer")


@pytest.fixture
def paid(session: Session, transactions: Transactions) -> Payable:
    """$91.00 over two lines, paid in cash and by the terminal."""
    owed = make_payable(session, lines=[PLANNING, COPY], email=None)
    session.commit()
    parts = [CounterPart("cash", 5000), CounterPart("eftpos", 4100, reference="T9")]
    take_counter_payment(transactions, payable=ref_of(owed), parts=parts)
    session.expire_all()
    return owed


def back(reason: str, seen_cents: int, amount_cents: int | None = None, *lines: LineWish) -> RefundWish:
    return RefundWish(reason, seen_cents, "T10", amount_cents=amount_cents, lines=lines)


def refunded_lines(session: Session) -> list[tuple[int, int]]:
    session.flush()
    rows = session.scalars(select(RefundLine).order_by(RefundLine.id))
    return [(row.amount_cents, row.gst_cents) for row in rows]


def line(cents: int, treatment: str) -> PayableLine:
    gst_cents = gst_in(cents, "taxable" if treatment == "taxable" else "exempt")
    return PayableLine(id=new_id(), amount_cents=cents, gst_cents=gst_cents, gst_treatment=treatment, description="x")


class TestSharingOut:
    @given(st.lists(CENTS, max_size=12), st.floats(0, 1))
    def test_shares_add_up_and_stay_within_their_weights(self, weights: list[int], part: float) -> None:
        amount_cents = int(sum(weights) * part)
        shares = in_proportion(amount_cents, weights)
        assert sum(shares) == amount_cents
        for share, weight in zip(shares, weights, strict=True):
            assert 0 <= share <= weight
            assert sum(weights) == 0 or abs(share - amount_cents * weight / sum(weights)) < 1

    @given(st.lists(st.integers(1, 100_000), min_size=1, max_size=6), st.floats(0.0001, 1))
    def test_an_amount_comes_out_of_payments_exactly(self, payments: list[int], part: float) -> None:
        left = {uuid.UUID(int=number): cents for number, cents in enumerate(payments)}
        amount_cents = max(1, int(sum(payments) * part))
        taken = over_payments(amount_cents, left)
        assert sum(taken.values()) == amount_cents
        assert all(0 < cents <= left[payment_id] for payment_id, cents in taken.items())

    @given(
        st.lists(st.tuples(st.integers(0, 50_000), st.sampled_from(["taxable", "exempt"])), min_size=1, max_size=6),
        st.lists(st.integers(1, 40_000), min_size=1, max_size=12),
        st.integers(0, 500),
    )
    def test_refunds_one_after_another_give_back_each_line_and_its_gst_and_no_more(
        self, lines: list[tuple[int, str]], amounts: list[int], surcharge_cents: int
    ) -> None:
        left = [LineLeft(line(*each), 0, 0) for each in lines]
        available_cents = sum(each.left_cents for each in left) + surcharge_cents
        for wanted_cents in [*amounts, available_cents]:
            amount_cents = min(wanted_cents, available_cents)
            if amount_cents == 0:
                break
            _, parts = wanted_parts([], amount_cents, available_cents, left)
            halves = [amount_cents // 2, amount_cents - amount_cents // 2]
            refunds = [Refund(id=new_id(), amount_cents=half) for half in halves if half]
            rows = list(refund_lines(refunds, left, parts))
            for each in refunds:
                assert sum(row.amount_cents for row in rows if row.refund_id == each.id) <= each.amount_cents
            assert all(0 <= row.gst_cents <= row.amount_cents for row in rows)
            available_cents -= amount_cents
            left = [
                each.after(
                    sum(row.amount_cents for row in rows if row.payable_line_id == each.line.id),
                    sum(row.gst_cents for row in rows if row.payable_line_id == each.line.id),
                )
                for each in left
            ]
            assert all(each.left_cents >= 0 for each in left)
        if sum(amounts) >= sum(cents for cents, _ in lines) + surcharge_cents:
            assert [each.held_gst_cents for each in left] == [each.line.gst_cents for each in left]

    def test_the_whole_of_what_is_left_carries_the_rest_of_the_gst(self) -> None:
        left = LineLeft(line(2200, "taxable"), 0, 0)
        first = left.gst_in_part(50)
        rest = left.after(50, first)
        assert (first, rest.gst_in_part(2150)) == (5, 195)


class TestRule12PartialRefunds:
    def test_a_part_is_shared_out_over_the_lines(self, session: Session, paid: Payable, finance: Actor) -> None:
        done = refund(session, finance, payable=ref_of(paid), wish=back("Half was wrong", 9100, 6000))
        assert [(each.method, each.amount_cents) for each in done] == [("cash", 5000), ("eftpos", 1000)]
        assert sorted(cents for cents, _ in refunded_lines(session)) == [451, 1000, 4549]
        assert sum(gst for _, gst in refunded_lines(session)) == 132  # an eleventh of $14.51
        money = money_of(session, [ref_of(paid)])[ref_of(paid)]
        assert (money.state, money.refunded_cents) == (Money.PART_REFUNDED, 6000)

    def test_the_rest_can_follow_and_ends_it(self, session: Session, paid: Payable, finance: Actor) -> None:
        refund(session, finance, payable=ref_of(paid), wish=back("Half was wrong", 9100, 6000))
        refund(session, finance, payable=ref_of(paid), wish=back("And the rest", 3100))
        assert money_of(session, [ref_of(paid)])[ref_of(paid)].state == Money.REFUNDED
        assert sum(cents for cents, _ in refunded_lines(session)) == 9100
        assert sum(gst for _, gst in refunded_lines(session)) == 200

    def test_given_lines_are_taken_as_given(self, session: Session, paid: Payable, finance: Actor) -> None:
        copy = LineWish(paid.lines[1].id, 2200)
        refund(session, finance, payable=ref_of(paid), wish=back("The copy was not made", 9100, None, copy))
        assert refunded_lines(session) == [(2200, 200)]
        seen = payable_read(session, payable_id=paid.id)
        assert [each.refundable_cents for each in seen.lines] == [6900, 0]
        assert (seen.refundable_cents, seen.state) == (6900, "part_refunded")

    def test_never_more_than_is_left(self, session: Session, paid: Payable, finance: Actor) -> None:
        with pytest.raises(RefundTooLarge):
            refund(session, finance, payable=ref_of(paid), wish=back("Too much", 9100, 9101))
        wish = back("More than the line", 9100, None, LineWish(paid.lines[1].id, 2201))
        with pytest.raises(RefundTooLarge, match="Certified copy"):
            refund(session, finance, payable=ref_of(paid), wish=wish)

    @pytest.mark.parametrize("case", ["another sum", "a line of somebody else", "a line twice"])
    def test_lines_that_do_not_add_up_are_refused(
        self, session: Session, paid: Payable, finance: Actor, case: str
    ) -> None:
        copy = paid.lines[1].id
        lines = {
            "another sum": [LineWish(copy, 2200)],
            "a line of somebody else": [LineWish(new_id(), 3000)],
            "a line twice": [LineWish(copy, 1500), LineWish(copy, 1500)],
        }[case]
        with pytest.raises(RefundLinesDoNotAddUp):
            refund(session, finance, payable=ref_of(paid), wish=back("Wrong", 9100, 3000, *lines))

    def test_a_rejected_part_frees_its_lines(self, session: Session, paid: Payable, finance: Actor) -> None:
        rejected = Refund(
            id=new_id(),
            organisation_id=paid.organisation_id,
            payable_id=paid.id,
            payment_id=session.scalars(select(Payment.id).limit(1)).one(),
            amount_cents=1000,
            state="rejected",
            reason="No",
            method="cash",
            requested_by_name="A script",
        )
        session.add(rejected)
        session.flush()
        session.add_all(refund_lines([rejected], [LineLeft(line, 0, 0) for line in paid.lines], [1000, 0]))
        done = refund(session, finance, payable=ref_of(paid), wish=back("All of it", 9100))
        ids = [each.id for each in done]
        rows = session.scalars(select(RefundLine).where(RefundLine.refund_id.in_(ids)))
        assert sum(row.amount_cents for row in rows) == 9100

    def test_parts_of_a_large_refund_still_need_a_second_person(
        self, session: Session, paid: Payable, finance: Actor
    ) -> None:
        session.execute(
            text(
                "INSERT INTO organisations.module_settings (id, created_at, organisation_id, module, values)"
                " VALUES (gen_random_uuid(), now(), :id, 'payments', '{\"refund_approval_from_cents\": 5000}')"
            ),
            {"id": paid.organisation_id},
        )
        [first] = refund(session, finance, payable=ref_of(paid), wish=back("A first part", 9100, 4000))
        seen = payable_read(session, payable_id=paid.id).second_person_from_cents
        waiting = refund(session, finance, payable=ref_of(paid), wish=back("A second part", 5100, 1000))
        assert (first.state, seen, {each.state for each in waiting}) == ("succeeded", 1000, {"awaiting_approval"})

    def test_the_amount_that_was_seen_still_counts(self, session: Session, paid: Payable, finance: Actor) -> None:
        refund(session, finance, payable=ref_of(paid), wish=back("A part", 9100, 100))
        with pytest.raises(RefundableChanged):
            refund(session, finance, payable=ref_of(paid), wish=back("The same screen", 9100, 100))

    def test_the_database_refuses_lines_above_the_refund(self, session: Session, paid: Payable, finance: Actor) -> None:
        planning = LineWish(paid.lines[0].id, 4000)
        [done] = refund(session, finance, payable=ref_of(paid), wish=back("A part", 9100, None, planning))
        row = RefundLine(
            organisation_id=paid.organisation_id,
            refund_id=done.id,
            payable_line_id=paid.lines[1].id,
            amount_cents=1,
            gst_cents=0,
        )

        def write() -> None:
            with session.begin_nested():
                session.add(row)
                session.flush()
                session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))

        with pytest.raises(IntegrityError, match="refund lines of 4001 cents for a refund of 4000"):
            write()
