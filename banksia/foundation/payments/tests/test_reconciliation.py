"""Reconciliation: every line of the provider's books belongs to one entry of ours, and what does not is found."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from banksia.foundation.payments.adapters.provider import ProviderDown
from banksia.foundation.payments.errors import ResolutionNotPossible
from banksia.foundation.payments.errors.provider import ReconciliationRunning
from banksia.foundation.payments.models import (
    LedgerEntry,
    Payable,
    Payment,
    Payout,
    ProviderTransaction,
    ReconciliationRun,
    Resolution,
    ReviewCase,
)
from banksia.foundation.payments.public import CheckoutStarted, RefundWish, refund
from banksia.foundation.payments.queries import matching
from banksia.foundation.payments.service import comparing, reconciling
from banksia.foundation.payments.service.disputing import follow_dispute
from banksia.foundation.payments.service.posting import Posting, post_movement
from banksia.foundation.payments.service.reconciling import reconcile, request_run
from banksia.foundation.payments.service.reviewing import resolve_case
from banksia.foundation.payments.tests.factories import FakeStripe, ref_of
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions
from banksia.kit.models import new_id

ActorWith = Callable[..., Actor]
LONG_AGO_S = 2 * 86400


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What does not fit is shown at once and not after a day."""
    monkeypatch.setattr(comparing, "WAIT", -datetime.timedelta(minutes=1))


def one_payment(session: Session) -> Payment:
    return session.scalars(select(Payment)).one()


def compare(session: Session, transactions: Transactions) -> dict[str, Any]:
    reconcile(transactions)
    session.expire_all()
    run = session.scalars(select(ReconciliationRun).order_by(ReconciliationRun.id.desc()).limit(1)).one()
    assert run.state == "finished"
    return run.counts


def cases(session: Session) -> list[tuple[str, str, int]]:
    session.expire_all()
    found = session.scalars(select(ReviewCase).where(ReviewCase.kind.like("not_%")).order_by(ReviewCase.id))
    return [(case.kind, case.evidence["kind"], case.evidence["amount_cents"]) for case in found]


def unmatched(session: Session) -> tuple[int, int]:
    organisation_id = session.info["organisation_id"]
    lines = session.scalars(matching.unmatched_transactions(organisation_id, "stripe")).all()
    entries = session.scalars(matching.unmatched_entries(organisation_id)).all()
    return len(lines), len(entries)


class TestRule15Matching:
    def test_all_that_fits_is_paired_and_nothing_else_happens(
        self,
        session: Session,
        transactions: Transactions,
        paid: Payable,
        fake: FakeStripe,
        actor_with: ActorWith,
        run_outbox: Callable[[], int],
    ) -> None:
        wish = RefundWish("Half was wrong", 6900, amount_cents=1000)
        refund(session, actor_with("finance_officer"), payable=ref_of(paid), wish=wish)
        session.commit()
        run_outbox()
        dispute_id = fake.dispute(one_payment(session).provider_payment_id or "")
        fake.act_on_dispute(dispute_id, "win")
        follow_dispute(transactions, dispute_id=dispute_id)
        counts = compare(session, transactions)
        assert (counts["listed"], counts["matched"], cases(session), unmatched(session)) == (4, 4, [], (0, 0))

    def test_a_second_run_changes_nothing(
        self, session: Session, transactions: Transactions, paid: Payable, fake: FakeStripe
    ) -> None:
        assert paid.state == "paid"
        fake.add_to_books({"source": "pi_nobody", "amount": 500, "metadata": mark(session)})
        compare(session, transactions)
        before = snapshot(session)
        counts = compare(session, transactions)
        assert {name: counts[name] for name in ("new", "matched", "fees", "not_in_ledger", "closed")} == dict.fromkeys(
            ("new", "matched", "fees", "not_in_ledger", "closed"), 0
        )
        assert snapshot(session) == before

    def test_alike_movements_are_paired_one_to_one(
        self, session: Session, transactions: Transactions, paid: Payable, fake: FakeStripe
    ) -> None:
        payment = one_payment(session)
        fake.add_to_books({"source": payment.provider_payment_id, "amount": 6900, "metadata": mark(session)})
        compare(session, transactions)
        assert cases(session) == [("not_in_ledger", "charge", 6900)]
        assert unmatched(session) == (1, 0)
        assert paid.state == "paid"


def mark(session: Session) -> dict[str, str]:
    """Our mark on what is ours in an account that several councils share."""
    return {"organisation_id": str(session.info["organisation_id"])}


def snapshot(session: Session) -> list[Any]:
    session.expire_all()
    return [
        session.execute(select(table.__table__).order_by(table.id)).all()
        for table in (LedgerEntry, ProviderTransaction, ReviewCase, Payout)
    ]


class TestRule15Differences:
    def test_what_only_the_provider_lists_can_be_recorded(
        self, session: Session, transactions: Transactions, paid: Payable, fake: FakeStripe, actor_with: ActorWith
    ) -> None:
        fake.add_to_books({"source": "pi_nobody", "amount": 500, "fee": 39, "metadata": mark(session)})
        compare(session, transactions)
        assert cases(session) == [("not_in_ledger", "charge", 500)]
        case = session.scalars(select(ReviewCase)).one()
        finance = actor_with("finance_officer")
        resolve_case(session, finance, case_id=case.id, resolution=Resolution.RECORD, reason="Paid by phone")
        entries = session.execute(
            select(LedgerEntry.kind, LedgerEntry.amount_cents).where(LedgerEntry.provider_id == "pi_nobody")
        ).all()
        assert sorted(map(tuple, entries)) == [("charge", 500), ("fee", -39)]
        assert unmatched(session) == (0, 0)
        assert paid.state == "paid"

    def test_what_only_we_have_is_found(
        self, session: Session, transactions: Transactions, paid: Payable, fake: FakeStripe, actor_with: ActorWith
    ) -> None:
        fake.remove_from_books(one_payment(session).provider_payment_id or "")
        compare(session, transactions)
        assert cases(session) == [("not_at_provider", "charge", 6900)]
        case = session.scalars(select(ReviewCase)).one()
        assert (case.payable_id, case.evidence["provider_has"]) == (paid.id, None)
        finance = actor_with("finance_officer")
        with pytest.raises(ResolutionNotPossible):
            resolve_case(session, finance, case_id=case.id, resolution=Resolution.RECORD, reason="No")

    def test_another_amount_is_found_from_both_sides(
        self, session: Session, transactions: Transactions, paid: Payable, fake: FakeStripe
    ) -> None:
        payment_id = one_payment(session).provider_payment_id or ""
        fake.remove_from_books(payment_id)
        fake.add_to_books({"source": payment_id, "amount": 6800, "metadata": mark(session)})
        compare(session, transactions)
        found = cases(session)
        assert sorted(found) == [("not_at_provider", "charge", 6900), ("not_in_ledger", "charge", 6800)]
        seen = session.scalars(select(ReviewCase).where(ReviewCase.kind == "not_in_ledger")).one()
        assert (seen.evidence["ledger_has"], seen.payable_id) == ("charge 69.00, fee -1.47", paid.id)

    def test_a_fee_that_we_did_not_know_is_posted(
        self, session: Session, transactions: Transactions, paid: Payable
    ) -> None:
        payment = one_payment(session)
        charge = session.scalars(select(LedgerEntry).where(LedgerEntry.kind == "charge")).one()
        fresh = new_id()  # a charge whose fee the provider had not settled when it was booked
        posting = Posting("charge", fresh, 6900, paid.reference, f"{payment.provider_payment_id}-2", paid.id)
        post_movement(session, Actor.system(paid.organisation_id), posting)
        entry = session.scalars(select(LedgerEntry).where(LedgerEntry.source_id == fresh)).one()
        session.add(
            ProviderTransaction(
                organisation_id=paid.organisation_id,
                provider="stripe",
                transaction_id="txn_late_fee",
                kind="charge",
                amount_cents=6900,
                fee_cents=147,
                source=entry.provider_id or "",
                payout_id=None,
                happened_at=utc_now(),
                ledger_entry_id=None,
            )
        )
        session.commit()
        counts = compare(session, transactions)
        fees = session.scalars(select(LedgerEntry).where(LedgerEntry.kind == "fee", LedgerEntry.source_id == fresh))
        assert (counts["fees"], [fee.amount_cents for fee in fees]) == (1, [-147])
        assert charge.amount_cents == 6900

    def test_another_fee_is_put_before_a_person(
        self, session: Session, transactions: Transactions, paid: Payable, fake: FakeStripe
    ) -> None:
        payment_id = one_payment(session).provider_payment_id or ""
        fake.remove_from_books(payment_id)
        fake.add_to_books({"source": payment_id, "amount": 6900, "fee": 200, "metadata": mark(session)})
        compare(session, transactions)
        assert cases(session) == [("not_in_ledger", "fee", -200)]
        assert paid.state == "paid"

    def test_a_case_whose_other_side_turns_up_closes_by_itself(
        self, session: Session, transactions: Transactions, paid: Payable, fake: FakeStripe
    ) -> None:
        fake.add_to_books({"source": "pi_later", "amount": 500, "metadata": mark(session)})
        compare(session, transactions)
        posting = Posting("charge", new_id(), 500, "BH-LATE", "pi_later")
        post_movement(session, Actor.system(paid.organisation_id), posting)
        session.commit()
        assert compare(session, transactions)["closed"] == 1
        case = session.scalars(select(ReviewCase)).one()
        session.refresh(case)
        assert (case.resolution, case.resolved_by_name) == ("dismiss", "Reconciliation")

    def test_a_lost_charge_of_ours_is_settled_first(
        self,
        session: Session,
        transactions: Transactions,
        started: CheckoutStarted,
        fake: FakeStripe,
        run_outbox: Callable[[], int],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(comparing, "WAIT", datetime.timedelta(days=1))
        fake.act(started.url, "pay")
        compare(session, transactions)
        run_outbox()
        compare(session, transactions)
        assert (cases(session), unmatched(session)) == ([], (0, 0))

    def test_another_councils_lines_of_a_shared_account_are_left_alone(
        self, session: Session, transactions: Transactions, paid: Payable, fake: FakeStripe
    ) -> None:
        fake.add_to_books(
            {"source": "pi_neighbour", "amount": 500, "metadata": {"organisation_id": str(new_id())}},
            {"source": "pi_unmarked", "amount": 700},
            {"type": "stripe_fee", "amount": -300},
        )
        assert compare(session, transactions)["listed"] == 1
        assert (cases(session), paid.state) == ([], "paid")


class TestPayouts:
    def test_one_that_arrives_is_out_of_the_ledger_with_all_that_it_is_made_of(
        self,
        session: Session,
        transactions: Transactions,
        paid: Payable,
        fake: FakeStripe,
        signed_in_as: Callable[..., TestClient],
    ) -> None:
        payout_id = fake.payout()
        compare(session, transactions)
        assert (entries_of(session, payout_id), cases(session)) == ([], [])  # on its way: no entry and no case
        fake.act_on_payout(payout_id, "pay")
        compare(session, transactions)
        assert entries_of(session, payout_id) == [("payout", -6753)]
        assert (cases(session), unmatched(session)) == ([], (0, 0))
        client = signed_in_as("finance_officer")
        [row] = client.get("/api/payments/reconciliation/payouts").json()["results"]
        assert (row["amount_cents"], row["status"]) == (6753, "paid")
        lines = client.get(f"/api/payments/reconciliation/payouts/{row['id']}/transactions").json()["results"]
        assert sorted(line["kind"] for line in lines) == ["charge", "payout"]
        assert paid.state == "paid"

    def test_one_that_comes_back_is_in_it_again(
        self, session: Session, transactions: Transactions, paid: Payable, fake: FakeStripe
    ) -> None:
        payout_id = fake.payout()
        fake.act_on_payout(payout_id, "pay")
        compare(session, transactions)
        fake.act_on_payout(payout_id, "fail")
        compare(session, transactions)
        compare(session, transactions)
        assert entries_of(session, payout_id) == [("payout", -6753), ("reversal", 6753)]
        assert (unmatched(session), session.scalars(select(Payout)).one().status) == ((0, 0), "failed")
        assert paid.state == "paid"


def entries_of(session: Session, provider_id: str) -> list[tuple[str, int]]:
    session.expire_all()
    found = session.scalars(select(LedgerEntry).where(LedgerEntry.provider_id == provider_id).order_by(LedgerEntry.id))
    return [(entry.kind, entry.amount_cents) for entry in found]


class TestRuns:
    def test_it_goes_on_where_the_last_one_ended_and_a_little_before(
        self, session: Session, transactions: Transactions, paid: Payable
    ) -> None:
        for _ in range(2):
            compare(session, transactions)
        first, second = session.scalars(select(ReconciliationRun).order_by(ReconciliationRun.id))
        assert second.listed_from == first.listed_until - reconciling.OVERLAP
        assert paid.state == "paid"

    def test_a_provider_that_does_not_answer_fails_the_run_and_the_next_lists_again(
        self, session: Session, transactions: Transactions, paid: Payable, fake: FakeStripe
    ) -> None:
        fake.fault("error_before_effect", method="GET", path="/v1/balance_transactions", count=3)
        with pytest.raises(ProviderDown):
            reconcile(transactions)
        run = session.scalars(select(ReconciliationRun)).one()
        assert (run.state, bool(run.failure)) == ("failed", True)
        assert compare(session, transactions)["matched"] == 1
        assert paid.state == "paid"

    def test_one_at_a_time(self, session: Session, transactions: Transactions, actor_with: ActorWith) -> None:
        finance = actor_with("finance_officer")
        run = request_run(session, finance, online=True)
        with pytest.raises(ReconciliationRunning):
            request_run(session, finance, online=True)
        session.commit()
        reconcile(transactions, run_id=run.id)
        request_run(session, finance, online=True)

    def test_asked_for_on_the_page_it_runs_in_the_background(
        self,
        session: Session,
        transactions: Transactions,
        paid: Payable,
        signed_in_as: Callable[..., TestClient],
        run_outbox: Callable[[], int],
    ) -> None:
        client = signed_in_as("finance_officer")
        assert client.post("/api/payments/reconciliation/runs").status_code == 202
        run_outbox()
        now = client.get("/api/payments/reconciliation").json()
        assert (now["latest"]["state"], now["unmatched_transactions"], now["unmatched_entries"]) == ("finished", 0, 0)
        assert transactions.actor.organisation_id == paid.organisation_id
        assert session.scalars(select(func.count(ReconciliationRun.id))).one() == 1
