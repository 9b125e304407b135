"""Refunds that fail or that nobody hears of again: what is sent once more, what stays open, and who is told."""

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from banksia.foundation.payments import tasks
from banksia.foundation.payments.adapters.provider import ProviderDown
from banksia.foundation.payments.errors import NothingToRefund, ResolutionNotPossible
from banksia.foundation.payments.errors.provider import ProviderKeyRefused, RefundsUnderWay
from banksia.foundation.payments.models import (
    Money,
    Payable,
    PayableLine,
    Payment,
    Refund,
    RefundLine,
    RefundState,
    Resolution,
    ReviewCase,
)
from banksia.foundation.payments.public import RefundWish, cancel_payable, refund, start_checkout
from banksia.foundation.payments.service.provider_accounts import save_provider_account
from banksia.foundation.payments.service.refund_sharing import LineLeft, LineWish, part_again
from banksia.foundation.payments.service.refunding import approve_refund, reject_refund
from banksia.foundation.payments.service.reviewing import resolve_case
from banksia.foundation.payments.service.settling import settle
from banksia.foundation.payments.tests.conftest import talk_to
from banksia.foundation.payments.tests.factories import COPY, PLANNING, FakeStripe, make_payable, ref_of
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.kit.models import new_id
from banksia.kit.platform import Platform

ActorWith = Callable[..., Actor]
Run = Callable[[], int]
TOTAL_CENTS = 9100


@pytest.fixture
def finance(actor_with: ActorWith) -> Actor:
    return actor_with("finance_officer")


@pytest.fixture
def paid(session: Session, transactions: Transactions, fake: FakeStripe) -> Payable:
    """$91.00 over two lines, paid by card."""
    owed = make_payable(session, lines=[PLANNING, COPY], email=None)
    session.commit()
    started = start_checkout(transactions, payable=ref_of(owed))
    fake.act(started.url, "pay")
    settle(transactions, attempt_id=started.attempt_id)
    session.expire_all()
    return owed


Failing = Callable[..., Refund]


@pytest.fixture
def failing(session: Session, transactions: Transactions, paid: Payable, finance: Actor, fake: FakeStripe) -> Failing:
    """Ask for a refund, which the payer's bank sends back after it was done."""

    def fail(seen_cents: int, *lines: LineWish, amount_cents: int | None = None) -> Refund:
        wish = RefundWish("Not made", seen_cents, amount_cents=amount_cents, lines=lines)
        [wanted] = refund(session, finance, payable=ref_of(paid), wish=wish)
        session.commit()
        tasks.send_refund(transactions, refund_id=wanted.id)
        session.expire_all()
        fake.act_on_refund(wanted.provider_refund_id or "", "fail")
        tasks.send_refund(transactions, refund_id=wanted.id)
        session.expire_all()
        assert wanted.state == "failed"
        return wanted

    return fail


def open_case_of(session: Session) -> ReviewCase:
    session.flush()
    session.expire_all()
    return session.scalars(select(ReviewCase).where(ReviewCase.resolved_at.is_(None))).one()


def refund_case(session: Session, actor: Actor) -> Refund:
    """Press Refund in the open case."""
    case = open_case_of(session)
    resolve_case(session, actor, case_id=case.id, resolution=Resolution.REFUND, reason="Once more")
    made = select(Refund).where(Refund.review_case_id == case.id).order_by(Refund.id)
    return session.scalars(made).all()[-1]


def lines_of(session: Session, wanted: Refund) -> list[tuple[Any, int]]:
    rows = session.scalars(select(RefundLine).where(RefundLine.refund_id == wanted.id).order_by(RefundLine.id))
    return [(row.payable_line_id, row.amount_cents) for row in rows]


class TestRefundingAFailedRefund:
    def test_sends_back_its_amount_and_its_lines_and_no_more(
        self, session: Session, paid: Payable, finance: Actor, failing: Failing
    ) -> None:
        copy = paid.lines[1].id
        failing(TOTAL_CENTS, LineWish(copy, 2200))
        again = refund_case(session, finance)
        assert (again.amount_cents, again.state) == (2200, "pending")
        assert lines_of(session, again) == [(copy, 2200)]

    def test_a_part_of_a_line_stays_a_part(self, session: Session, finance: Actor, failing: Failing) -> None:
        first = failing(TOTAL_CENTS, amount_cents=5000)
        again = refund_case(session, finance)
        assert again.amount_cents == 5000
        assert lines_of(session, again) == lines_of(session, first)

    def test_is_refused_when_somebody_has_refunded_it_by_hand(
        self, session: Session, paid: Payable, finance: Actor, failing: Failing
    ) -> None:
        copy = paid.lines[1].id
        failing(TOTAL_CENTS, LineWish(copy, 1000))
        by_hand = RefundWish("It had failed", TOTAL_CENTS, lines=[LineWish(copy, 1000)])
        refund(session, finance, payable=ref_of(paid), wish=by_hand)
        with pytest.raises(ResolutionNotPossible, match=rf"{finance.name} asked for \$10\.00 to go back"):
            refund_case(session, finance)
        assert open_case_of(session).resolution is None

    def test_another_line_that_was_refunded_meanwhile_is_other_money(
        self, session: Session, paid: Payable, finance: Actor, failing: Failing
    ) -> None:
        failing(TOTAL_CENTS, LineWish(paid.lines[1].id, 2200))
        other = RefundWish("Wrong lot", TOTAL_CENTS, lines=[LineWish(paid.lines[0].id, 6900)])
        refund(session, finance, payable=ref_of(paid), wish=other)
        assert refund_case(session, finance).amount_cents == 2200

    def test_what_is_all_gone_back_is_refused(
        self, session: Session, paid: Payable, finance: Actor, failing: Failing
    ) -> None:
        failed = failing(TOTAL_CENTS, LineWish(paid.lines[1].id, 2200))
        rest = RefundWish("All of it", TOTAL_CENTS)
        refund(session, finance, payable=ref_of(paid), wish=rest)
        session.execute(update(Refund).where(Refund.id != failed.id).values(created_at=failed.created_at))
        with pytest.raises(NothingToRefund):
            refund_case(session, finance)

    def test_a_duplicate_s_refund_that_failed_goes_back_whole(
        self, session: Session, transactions: Transactions, finance: Actor, fake: FakeStripe
    ) -> None:
        owed = make_payable(session, email=None)
        session.commit()
        started = start_checkout(transactions, payable=ref_of(owed))
        cancel_payable(session, transactions.actor, payable=ref_of(owed), reason="Wrong lot")
        session.commit()
        fake.act(started.url, "pay")
        settle(transactions, attempt_id=started.attempt_id)
        for _ in range(2):  # refunded as paid late, sent back by the bank, refunded again from the case of that
            wanted = refund_case(session, finance)
            session.commit()
            assert wanted.amount_cents == 6900
            tasks.send_refund(transactions, refund_id=wanted.id)
            session.expire_all()
            fake.act_on_refund(wanted.provider_refund_id or "", "fail")
            tasks.send_refund(transactions, refund_id=wanted.id)


class TestPartAgain:
    @pytest.mark.parametrize(
        ("failed_cents", "line_cents", "held_cents", "available_cents", "expected"),
        [
            (1000, 1000, 0, 5000, (1000, [1000])),
            (1059, 1000, 4000, 1059, (1059, [1000])),  # with its surcharge
            (1000, 1000, 4400, 5000, (600, [600])),  # what is left of the line caps it
            (1000, 1000, 0, 700, (700, [])),  # and so does what is left of the payment
            (1000, 1000, 5000, 5000, (0, [])),
            (1000, 0, 0, 400, (400, [])),
        ],
    )
    def test_is_capped_by_what_is_left(
        self,
        failed_cents: int,
        line_cents: int,
        held_cents: int,
        available_cents: int,
        expected: tuple[int, list[int]],
    ) -> None:
        line = PayableLine(id=new_id(), amount_cents=5000, gst_cents=0, gst_treatment="exempt", description="x")
        rows = [RefundLine(payable_line_id=line.id, amount_cents=line_cents, gst_cents=0)] if line_cents else []
        amount_cents, wishes = part_again(failed_cents, rows, available_cents, [LineLeft(line, held_cents, 0)])
        assert (amount_cents, [wish.amount_cents for wish in wishes]) == expected


class TestRejectingTheRefundOfACase:
    def test_opens_the_case_again(
        self, session: Session, paid: Payable, finance: Actor, actor_with: ActorWith, failing: Failing
    ) -> None:
        failing(TOTAL_CENTS, LineWish(paid.lines[1].id, 2200))
        session.execute(
            text(
                "INSERT INTO organisations.module_settings (id, created_at, organisation_id, module, values)"
                " VALUES (gen_random_uuid(), now(), :id, 'payments', '{\"refund_approval_from_cents\": 0}')"
            ),
            {"id": paid.organisation_id},
        )
        wanted, second = refund_case(session, finance), actor_with("finance_officer")
        assert wanted.state == RefundState.AWAITING_APPROVAL
        reject_refund(session, second, refund_id=wanted.id, reason="Ask the customer first")
        case = open_case_of(session)
        assert (case.id, case.resolution, case.resolved_by, case.resolution_reason) == (
            wanted.review_case_id,
            None,
            None,
            None,
        )
        session.commit()
        noted = "SELECT detail FROM audit.entries WHERE action = 'payments.review_reopened'"
        assert session.execute(text(noted)).scalar_one()["reason"] == "Ask the customer first"
        again = refund_case(session, finance)
        approve_refund(session, second, refund_id=again.id)
        assert (again.amount_cents, again.state) == (2200, "pending")

    def test_money_that_came_late_stays_before_a_person(
        self,
        session: Session,
        transactions: Transactions,
        finance: Actor,
        actor_with: ActorWith,
        fake: FakeStripe,
    ) -> None:
        owed = make_payable(session, lines=[PLANNING, COPY], email=None)
        session.commit()
        started = start_checkout(transactions, payable=ref_of(owed))
        cancel_payable(session, transactions.actor, payable=ref_of(owed), reason="Wrong lot")
        session.execute(
            text(
                "INSERT INTO organisations.module_settings (id, created_at, organisation_id, module, values)"
                " VALUES (gen_random_uuid(), now(), :id, 'payments', '{\"refund_approval_from_cents\": 0}')"
            ),
            {"id": owed.organisation_id},
        )
        session.commit()
        fake.act(started.url, "pay")
        settle(transactions, attempt_id=started.attempt_id)
        wanted = refund_case(session, finance)
        reject_refund(session, actor_with("finance_officer"), refund_id=wanted.id, reason="They want it after all")
        case = open_case_of(session)
        assert session.scalars(select(Payable.state).where(Payable.id == owed.id)).one() == Money.NEEDS_REVIEW
        resolve_case(session, finance, case_id=case.id, resolution=Resolution.REINSTATE, reason="They want it")
        session.expire_all()
        assert session.scalars(select(Payment.applied).where(Payment.payable_id == owed.id)).one()


class TestKeysThatAreNotTaken:
    def test_a_refund_stays_pending_and_goes_with_the_right_key(
        self,
        session: Session,
        platform: Platform,
        transactions: Transactions,
        paid: Payable,
        finance: Actor,
        fake: FakeStripe,
    ) -> None:
        [wanted] = refund(session, finance, payable=ref_of(paid), wish=RefundWish("Wrong lot", TOTAL_CENTS))
        session.commit()
        wrong = SecretStr("sk_test_that_was_revoked")
        platform.settings = platform.settings.model_copy(update={"stripe_secret_key": wrong})
        with pytest.raises(ProviderDown, match="does not accept our key"):
            tasks.send_refund(transactions, refund_id=wanted.id)
        session.expire_all()
        assert (wanted.state, session.scalars(select(ReviewCase)).all()) == ("pending", [])
        talk_to(platform, fake.url)
        tasks.send_refund(transactions, refund_id=wanted.id)
        session.expire_all()
        assert (wanted.state, [each["amount"] for each in fake.refunds()]) == ("succeeded", [TOTAL_CENTS])

    @pytest.fixture
    def under_way(
        self, session: Session, transactions: Transactions, paid: Payable, finance: Actor, fake: FakeStripe
    ) -> Refund:
        """A refund that the provider has and that has not ended."""
        fake.fault("refund_pending")
        [wanted] = refund(session, finance, payable=ref_of(paid), wish=RefundWish("Wrong lot", TOTAL_CENTS))
        session.commit()
        tasks.send_refund(transactions, refund_id=wanted.id)
        session.expire_all()
        assert wanted.provider_refund_id is not None
        return wanted

    @pytest.mark.parametrize("refusal", ["the key", "the refund"])
    def test_what_was_sent_never_fails_because_the_provider_does_not_tell(
        self, session: Session, platform: Platform, transactions: Transactions, under_way: Refund, refusal: str
    ) -> None:
        if refusal == "the key":
            wrong = SecretStr("sk_test_that_was_revoked")
            platform.settings = platform.settings.model_copy(update={"stripe_secret_key": wrong})
        else:
            under_way.provider_refund_id = "re_of_another_account"
            session.commit()
        with pytest.raises(ProviderDown):
            tasks.send_refund(transactions, refund_id=under_way.id)
        session.expire_all()
        assert (under_way.state, session.scalars(select(ReviewCase)).all()) == ("pending", [])

    def test_the_account_is_not_changed_while_a_refund_is_under_way(
        self, platform: Platform, transactions: Transactions, under_way: Refund, fake: FakeStripe
    ) -> None:
        own_key = platform.settings.stripe_secret_key.get_secret_value()
        with pytest.raises(RefundsUnderWay, match="1 refund is under way"):
            save_provider_account(transactions, secret_key=own_key, webhook_secret=None)
        fake.act_on_refund(under_way.provider_refund_id or "", "settle")
        tasks.send_refund(transactions, refund_id=under_way.id)
        assert save_provider_account(transactions, secret_key=own_key, webhook_secret=None).source == "council"

    def test_whoever_saves_a_key_is_still_told_that_it_is_not_taken(self, transactions: Transactions) -> None:
        with pytest.raises(ProviderKeyRefused):
            save_provider_account(transactions, secret_key="sk_test_nobody_knows_this", webhook_secret=None)
