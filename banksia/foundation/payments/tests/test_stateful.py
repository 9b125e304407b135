"""Anything in any order: payers, clerks, banks, the provider and the network, on a PostgreSQL that commits.

Hypothesis chooses what happens. Afterwards everything is delivered and swept, and then the books, what is owed and the
provider have to agree. `BANKSIA_STATEFUL_EXAMPLES` asks for more than what fits in a minute.
"""

import datetime
import os
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
import requests
import stripe
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from sqlalchemy import select, text

from banksia.foundation.events.public import run_row
from banksia.foundation.organisations.public import Council, council_day, update_module_settings
from banksia.foundation.payments.adapters.fake_stripe import DEMO_KEY, create_fake_stripe
from banksia.foundation.payments.adapters.fake_stripe.serving import served
from banksia.foundation.payments.adapters.provider import ProviderDown, ProviderRefused
from banksia.foundation.payments.models import (
    OPEN_ATTEMPTS,
    OPEN_DISPUTES,
    RESOLUTIONS,
    Dispute,
    DisputeState,
    LedgerEntry,
    Money,
    Payable,
    Payment,
    PaymentAttempt,
    Receipt,
    Refund,
    RefundState,
    Resolution,
    ReviewCase,
    ReviewKind,
    WebhookEvent,
)
from banksia.foundation.payments.public import (
    CounterPart,
    RefundWish,
    cancel_payable,
    refund,
    start_checkout,
    take_counter_payment,
)
from banksia.foundation.payments.schemas.paying import SurchargeCreate
from banksia.foundation.payments.service import checkout, intake, returning, surcharges, sweeping
from banksia.foundation.payments.service.dishonouring import dishonour_cheque
from banksia.foundation.payments.service.raising import outstanding_cents
from banksia.foundation.payments.service.refunding import approve_refund, refundable, refundable_payments, reject_refund
from banksia.foundation.payments.service.reviewing import resolve_case
from banksia.foundation.payments.tests.conftest import talk_to
from banksia.foundation.payments.tests.factories import COPY, PLANNING, FakeStripe, make_payable, signed
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.kit.errors import Problem
from banksia.kit.ports import free_port

EXAMPLES = int(os.environ.get("BANKSIA_STATEFUL_EXAMPLES", "12"))
STEPS = 30
SECOND_PERSON_FROM = 5000
RATE = 85
FAULTS = [
    *({"fault": kind} for kind in ("amount_mismatch", "currency_mismatch", "reference_mismatch", "livemode_mismatch")),
    {"fault": "refund_pending"},
    *(
        # The client tries a failed call once more by itself.
        {"fault": kind, "method": method, "path": path, "count": count}
        for kind in ("error_before_effect", "error_after_effect")
        for method, path in (("POST", "/v1/checkout"), ("POST", "/v1/refunds"), ("GET", "/v1/checkout"))
        for count in (1, 3)
    ),
]
Ref = tuple[str, uuid.UUID]

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120 + 20 * EXAMPLES)]


@pytest.fixture
def fake(tmp_path: Path) -> Iterator[FakeStripe]:
    """The provider; the machine brings its messages, so that Hypothesis chooses when and how often."""
    port = free_port()
    app = create_fake_stripe(tmp_path / "stripe.sqlite3", "", (), page_url=f"http://127.0.0.1:{port}")
    with served(app, port=port) as url:
        yield FakeStripe(url, stripe.StripeClient(DEMO_KEY, base_addresses={"api": url}))


@pytest.fixture
def live(live_platform: Any, live_organisation: Council, fake: FakeStripe) -> Transactions:
    """The council: cards and EFTPOS cost something on top, and larger refunds need two people."""
    talk_to(live_platform, fake.url)
    transactions = Transactions(live_platform, Actor.system(live_organisation.id))
    with transactions() as session:
        values = {"refund_approval_from_cents": SECOND_PERSON_FROM}
        update_module_settings(session, transactions.actor, name="payments", values=values)
        today = council_day(session)
        for method in ("card", "eftpos"):
            wish = SurchargeCreate(method=method, basis_points=RATE, from_on=today)
            surcharges.add_surcharge(session, transactions.actor, wish=wish)
    return transactions


@contextmanager
def whatever_comes() -> Iterator[None]:
    """Somebody is told that it cannot be done now, or the network is away: nothing else may go wrong."""
    with suppress(Problem, ProviderDown, ProviderRefused, requests.HTTPError, stripe.StripeError):
        yield


class Town(RuleBasedStateMachine):
    """What happens to a few orders."""

    live: Transactions
    fake: FakeStripe
    known_events: set[str]

    payables = Bundle("payables")

    def __init__(self) -> None:
        super().__init__()
        self.refs: list[Ref] = []
        self.session_ids: list[str] = []
        self.second = Actor(self.live.actor.organisation_id, "staff", user_id=uuid.uuid4(), name="Second person")
        self.delivered: set[str] = set()

    # The council

    @initialize(target=payables, taxed=st.booleans())
    def raise_the_first(self, taxed: bool) -> Ref:
        return self.raise_payable(taxed)

    @rule(target=payables, taxed=st.booleans())
    def raise_another(self, taxed: bool) -> Ref:
        return self.raise_payable(taxed)

    def raise_payable(self, taxed: bool) -> Ref:
        with self.live() as session:
            ref = make_payable(session, lines=(PLANNING, COPY) if taxed else (PLANNING,)).ref
        self.refs.append(ref)
        return ref

    @rule(payable=payables, again=st.booleans(), twice=st.booleans())
    def start_checkout(self, payable: Ref, again: bool, twice: bool) -> None:
        """Pay is pressed, perhaps twice, perhaps long after the page before was opened."""
        checkout.SAME_PRESS = datetime.timedelta(seconds=0 if again else 60)
        for _ in range(2 if twice else 1):
            with whatever_comes():
                url = start_checkout(self.live, payable=payable).url
                self.session_ids.append(url.rsplit("/", 1)[-1])

    @rule(payable=payables, method=st.sampled_from(["cash", "eftpos", "cheque"]), split=st.booleans())
    def pay_at_the_counter(self, payable: Ref, method: Any, split: bool) -> None:
        with self.live() as session:
            cents = outstanding_cents(session, self.owed(session, payable))
        sums = [cents // 2, cents - cents // 2] if split else [cents]
        parts = [self.part(method if place == 0 else "cash", each) for place, each in enumerate(sums) if each]
        with whatever_comes():
            take_counter_payment(self.live, payable=payable, parts=parts)

    @staticmethod
    def part(method: Any, cents: int) -> CounterPart:
        on_top = surcharges.surcharge_cents(cents, RATE) if method == "eftpos" else 0
        return CounterPart(method, cents, reference="1", drawer="D. Kaur", surcharge_cents=on_top)

    @rule(payable=payables)
    def cancel(self, payable: Ref) -> None:
        with whatever_comes(), self.live() as session:
            cancel_payable(session, self.live.actor, payable=payable, reason="Wrong lot")

    @rule(payable=payables, share=st.sampled_from([1.0, 1.0, 0.5, 0.1]), stale=st.booleans())
    def ask_for_a_refund(self, payable: Ref, share: float, stale: bool) -> None:
        with whatever_comes(), self.live() as session:
            owed = self.owed(session, payable)
            paying = refundable_payments(session.scalars(select(Payment).where(Payment.payable_id == owed.id)))
            left = sum(refundable(session, owed.organisation_id, paying).values())
            seen = left + 1 if stale else left
            part = None if share == 1.0 else max(1, int(left * share))
            wish = RefundWish("Wrong lot", seen, "cash", amount_cents=part)
            refund(session, self.live.actor, payable=payable, wish=wish)

    @rule(approve=st.booleans(), data=st.data())
    def decide_a_refund(self, approve: bool, data: st.DataObject) -> None:
        with whatever_comes(), self.live() as session:
            waiting = self.of_ours(session, Refund, Refund.state == RefundState.AWAITING_APPROVAL)
            if not waiting:
                return
            wanted = data.draw(st.sampled_from(waiting))
            if approve:
                approve_refund(session, self.second, refund_id=wanted.id)
            else:
                reject_refund(session, self.second, refund_id=wanted.id, reason="Not so")

    @rule(data=st.data())
    def resolve_a_case(self, data: st.DataObject) -> None:
        with whatever_comes(), self.live() as session:
            cases = self.of_ours(session, ReviewCase, ReviewCase.resolved_at.is_(None))
            if not cases:
                return
            case = data.draw(st.sampled_from(cases))
            resolution = data.draw(st.sampled_from(sorted(RESOLUTIONS[ReviewKind(case.kind)])))
            resolve_case(
                session, self.live.actor, case_id=case.id, resolution=Resolution(resolution), reason="So decided"
            )

    @rule(data=st.data())
    def a_cheque_comes_back(self, data: st.DataObject) -> None:
        with whatever_comes(), self.live() as session:
            cheques = self.of_ours(session, Payment, Payment.method == "cheque")
            if cheques:
                chosen = data.draw(st.sampled_from(cheques))
                dishonour_cheque(session, self.live.actor, payment_id=chosen.id, reason="No funds")

    # The payer, the bank and the provider

    @rule(action=st.sampled_from(["pay", "pay", "pay", "decline", "pay-although-expired"]), data=st.data())
    def act_on_a_page(self, action: str, data: st.DataObject) -> None:
        if self.session_ids:
            with whatever_comes():
                self.fake.act(data.draw(st.sampled_from(self.session_ids)), action)

    @rule(data=st.data())
    def a_page_runs_out(self, data: st.DataObject) -> None:
        if self.session_ids:
            with whatever_comes():
                self.fake.client.v1.checkout.sessions.expire(data.draw(st.sampled_from(self.session_ids)))

    @rule(fault=st.sampled_from(FAULTS))
    def something_will_go_wrong(self, fault: dict[str, Any]) -> None:
        requests.post(f"{self.fake.url}/__faults", json=fault, timeout=10)

    @rule(action=st.sampled_from(["settle", "fail"]), data=st.data())
    def a_bank_decides_about_a_refund(self, action: str, data: st.DataObject) -> None:
        with self.live() as session:
            sent = [row.provider_refund_id for row in self.of_ours(session, Refund) if row.provider_refund_id]
        if sent:
            with whatever_comes():
                self.fake.act_on_refund(str(data.draw(st.sampled_from(sent))), action)

    @rule(data=st.data())
    def a_bank_takes_a_payment_up(self, data: st.DataObject) -> None:
        with self.live() as session:
            cards = [row.provider_payment_id for row in self.of_ours(session, Payment, Payment.method == "card")]
        if cards:
            requests.post(f"{self.fake.url}/__payments/{data.draw(st.sampled_from(cards))}/dispute", timeout=10)

    @rule(action=st.sampled_from(["win", "lose"]), data=st.data())
    def a_bank_decides_a_dispute(self, action: str, data: st.DataObject) -> None:
        with self.live() as session:
            known = [row.provider_dispute_id for row in self.of_ours(session, Dispute)]
        if known:
            requests.post(f"{self.fake.url}/__disputes/{data.draw(st.sampled_from(known))}/{action}", timeout=10)

    # The messages and the machines

    @rule(copies=st.integers(1, 3), secret=st.sampled_from([0, 0, 0, 1, None]), data=st.data())
    def a_webhook_arrives(self, copies: int, secret: int | None, data: st.DataObject) -> None:
        """Any event that has happened, so in any order, late or never; signed with a secret in use or with none."""
        events = self.events()
        if not events:
            return
        body, header = signed(data.draw(st.sampled_from(events)), "whsec_of_nobody")
        if secret is not None:
            body, header = signed(data.draw(st.sampled_from(events)), ("whsec_test_new", "whsec_test_old")[secret])
        for _ in range(copies):
            with whatever_comes():
                intake.receive(self.live, body, header)

    @rule()
    def the_worker_works(self) -> None:
        self.work()

    @rule()
    def the_mop_up_runs(self) -> None:
        with whatever_comes():
            sweeping.mop_up(self.live)

    @rule()
    def the_daily_list_is_read(self) -> None:
        with whatever_comes():
            intake.list_events(self.live)

    @rule(data=st.data())
    def the_payer_comes_back(self, data: st.DataObject) -> None:
        with self.live() as session:
            attempts = [row.id for row in self.of_ours(session, PaymentAttempt)]
        if attempts:
            returning.confirm_attempt(self.live, attempt_id=data.draw(st.sampled_from(attempts)))

    # What the machine needs

    def owed(self, session: Any, ref: Ref) -> Payable:
        found: Payable = session.scalars(select(Payable).where(Payable.subject_id == ref[1])).one()
        return found

    def ids(self, session: Any) -> list[uuid.UUID]:
        return list(session.scalars(select(Payable.id).where(Payable.subject_id.in_([each for _, each in self.refs]))))

    def of_ours(self, session: Any, table: type[Any], *conditions: Any) -> list[Any]:
        """Rows of what this run has raised, in the order in which they were made."""
        statement = select(table).where(table.payable_id.in_(self.ids(session)), *conditions)
        return list(session.scalars(statement.order_by(table.id)))

    def events(self) -> list[dict[str, Any]]:
        """What happened at the provider in this run, the oldest first."""
        return [event for event in self.fake.events() if event["id"] not in self.known_events]

    def work(self) -> None:
        for _ in range(30):
            with self.live() as session:
                session.execute(text("UPDATE events.outbox SET available_at = now() WHERE status = 'pending'"))
                pending = text("SELECT id FROM events.outbox WHERE status = 'pending' ORDER BY id")
                waiting = list(session.scalars(pending))
            if not waiting:
                return
            for row_id in waiting:
                run_row(self.live.platform, self.live.actor.organisation_id, row_id)

    # The end

    def teardown(self) -> None:
        try:
            self.deliver_everything()
            self.expect_agreement()
        finally:
            requests.delete(f"{self.fake.url}/__faults", timeout=10)
            self.known_events.update(event["id"] for event in self.fake.events())

    def deliver_everything(self) -> None:
        requests.delete(f"{self.fake.url}/__faults", timeout=10)
        for _ in range(3):
            intake.list_events(self.live)
            sweeping.mop_up(self.live)
            self.work()

    def expect_agreement(self) -> None:
        with self.live() as session:
            for owed_id in self.ids(session):
                owed = session.get_one(Payable, owed_id)
                self.expect_sums(session, owed)
                self.expect_the_providers_sums(session, owed)
                self.expect_work_once(session, owed)
            self.expect_receipts_without_gaps(session)
            assert session.scalars(select(WebhookEvent.id).where(WebhookEvent.handled_at.is_(None))).all() == []
            assert session.execute(text("SELECT name, last_error FROM events.outbox WHERE status = 'dead'")).all() == []

    def expect_sums(self, session: Any, owed: Payable) -> None:
        """What is owed, what came in, what went back and the ledger say the same."""
        payments = session.scalars(select(Payment).where(Payment.payable_id == owed.id)).all()
        refunds = session.scalars(select(Refund).where(Refund.payable_id == owed.id)).all()
        disputes = session.scalars(select(Dispute).where(Dispute.payable_id == owed.id)).all()
        ledger: Counter[str] = Counter()
        for entry in session.scalars(select(LedgerEntry).where(LedgerEntry.payable_id == owed.id)):
            ledger[entry.kind] += entry.amount_cents
        came_in = sum(payment.amount_cents for payment in payments)
        assert ledger["charge"] + ledger["counter_taking"] == came_in
        back = sum(each.amount_cents for each in refunds if each.state == RefundState.SUCCEEDED)
        dishonoured = sum(payment.amount_cents for payment in payments if payment.dishonoured_at)
        lost = sum(each.amount_cents for each in disputes if each.state == DisputeState.LOST)
        held = sum(each.amount_cents for each in disputes if each.state in OPEN_DISPUTES)
        moved = sum(cents for kind, cents in ledger.items() if kind != "fee")
        told = (dict(ledger), came_in, back, dishonoured, lost, held)
        assert moved == came_in - back - dishonoured - lost - held, told
        paying = sum(payment.amount_cents - payment.surcharge_cents for payment in payments if payment.applied)
        if owed.state in (Money.PAID, Money.PART_REFUNDED, Money.REFUNDED) and paying:
            assert paying == owed.total_cents
        if owed.state in (Money.PAID, Money.PART_REFUNDED):
            assert paying == owed.total_cents
        if owed.state in (Money.AWAITING_PAYMENT, Money.EXPIRED, Money.CANCELLED, Money.NEEDS_REVIEW):
            assert paying < owed.total_cents
        by_payment: defaultdict[uuid.UUID, int] = defaultdict(int)
        for each in refunds:
            if each.state in (RefundState.AWAITING_APPROVAL, RefundState.PENDING, RefundState.SUCCEEDED):
                by_payment[each.payment_id] += each.amount_cents
        captured = {payment.id: payment.amount_cents for payment in payments}
        assert all(cents <= captured[payment_id] for payment_id, cents in by_payment.items())
        cases = set(session.scalars(select(ReviewCase.payment_id).where(ReviewCase.payable_id == owed.id)))
        waiting = [payment for payment in payments if not payment.applied and not payment.dishonoured_at]
        assert all(payment.id in cases for payment in waiting), "money that pays nothing is before nobody"

    def expect_the_providers_sums(self, session: Any, owed: Payable) -> None:
        """Every page that was paid is one payment of ours or before a person; every refund is there and here."""
        attempts = session.scalars(select(PaymentAttempt).where(PaymentAttempt.payable_id == owed.id)).all()
        assert sum(attempt.state in OPEN_ATTEMPTS for attempt in attempts) <= 1
        for attempt in attempts:
            payments = session.scalars(select(Payment).where(Payment.attempt_id == attempt.id)).all()
            if attempt.checkout_id is None:
                assert payments == []
                continue
            page = self.fake.client.v1.checkout.sessions.retrieve(attempt.checkout_id).to_dict()
            if page["payment_status"] != "paid":
                assert payments == [], (attempt.state, page)
                assert (page["status"] == "open") == (attempt.state in OPEN_ATTEMPTS)
                continue
            sources = select(ReviewCase).where(ReviewCase.source_id == attempt.id)
            case = session.scalars(sources).one_or_none()
            assert len(payments) == 1 or case is not None, "paid and lost"
            for payment in payments:
                assert payment.amount_cents == page["amount_total"]
                self.expect_refunds(session, payment)

    def expect_refunds(self, session: Any, payment: Payment) -> None:
        theirs = self.fake.client.v1.refunds.list({"payment_intent": str(payment.provider_payment_id), "limit": 100})
        ours = session.scalars(select(Refund).where(Refund.payment_id == payment.id)).all()
        said = Counter((each.to_dict()["status"], each.to_dict()["amount"]) for each in theirs.data)
        states = {"succeeded": RefundState.SUCCEEDED, "pending": RefundState.PENDING}
        for status, state in states.items():
            wanted = Counter(row.amount_cents for row in ours if row.state == state)
            assert wanted == Counter({cents: number for (word, cents), number in said.items() if word == status}), (
                status,
                wanted,
                said,
            )

    def expect_work_once(self, session: Any, owed: Payable) -> None:
        """Paid is said once, and once more each time that a cheque has come back; each time with a receipt."""
        counted = text(
            "SELECT name, count(*) FROM events.outbox"
            " WHERE kind = 'event' AND payload->>'payable_id' = :id GROUP BY name"
        )
        heard = dict(map(tuple, session.execute(counted, {"id": str(owed.subject_id)})))
        settled, reopened = heard.get("payments.payment_settled", 0), heard.get("payments.payment_reopened", 0)
        assert settled <= reopened + 1
        assert settled == len(session.scalars(select(Receipt).where(Receipt.payable_id == owed.id)).all())
        if owed.state in (Money.PAID, Money.PART_REFUNDED):
            assert settled == reopened + 1

    def expect_receipts_without_gaps(self, session: Any) -> None:
        numbers = list(session.scalars(select(Receipt.number).order_by(Receipt.number)))
        assert numbers == list(range(1, len(numbers) + 1))


def test_in_whatever_order_the_books_agree(
    live: Transactions, fake: FakeStripe, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the end everything is delivered and swept: ledger, what is owed and the provider agree."""
    monkeypatch.setattr(sweeping, "LEFT_ALONE_FOR", datetime.timedelta(0))
    monkeypatch.setattr(returning, "ASK_AT_MOST_EVERY", datetime.timedelta(0))
    monkeypatch.setattr(checkout, "SAME_PRESS", checkout.SAME_PRESS)
    town = type("LiveTown", (Town,), {"live": live, "fake": fake, "known_events": set()})
    run_state_machine_as_test(
        town,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            derandomize=True,
            deadline=None,
            database=None,
            # Making a failure smaller takes minutes; ask for it when there is one to understand.
            phases=[Phase.generate, *([Phase.shrink] if os.environ.get("BANKSIA_STATEFUL_SHRINK") else [])],
            suppress_health_check=list(HealthCheck),
        ),
    )
