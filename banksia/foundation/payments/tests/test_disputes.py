"""Disputes: followed, booked once, their refunds stopped, their evidence gathered."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from banksia.foundation.payments.errors import IllegalTransition, NothingToRefund, RefundBlockedByDispute
from banksia.foundation.payments.models import (
    DISPUTE_TRANSITIONS,
    Dispute,
    DisputeState,
    LedgerEntry,
    Payable,
    Payment,
    Refund,
    ReviewCase,
)
from banksia.foundation.payments.public import (
    RefundWish,
    add_evidence_subjects,
    money_of,
    refund,
)
from banksia.foundation.payments.service.dispute_evidence import detail_in_words
from banksia.foundation.payments.service.disputing import follow_dispute
from banksia.foundation.payments.service.refunding import approve_refund
from banksia.foundation.payments.service.transitions import move_dispute
from banksia.foundation.payments.tests.factories import FakeStripe, ref_of
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions

ActorWith = Callable[..., Actor]
Tell = Callable[[dict[str, Any]], int]
ALL_OF_IT = RefundWish("The lot was wrong.", 6900)
FEE_CENTS = 2500


@pytest.mark.parametrize(
    ("detail", "words"),
    [
        ({"amount_cents": 6900, "reason": "The lot was wrong."}, "amount: $69.00, reason: The lot was wrong."),
        ({"total_cents": -5, "payment_id": "01a2", "line_ids": ["01a3"], "till": None}, "total: -$0.05"),
        ({"counted_cents": {"cash": 100, "eftpos": 0}}, "counted: cash $1.00, eftpos $0.00"),
        ({"until_on": "2026-07-01", "again": True}, "until on: 1 July 2026, again: yes"),
        ({"stopped_at": "2026-06-30T14:05:00+00:00"}, "stopped at: 1 July 2026, 00:05"),
        ({"lines": ["2026-13-01 is no day", 3]}, "lines: 2026-13-01 is no day, 3"),
        ({}, ""),
    ],
)
def test_what_the_log_notes_is_told_in_words_and_dollars(detail: dict[str, Any], words: str) -> None:
    assert detail_in_words(detail, ZoneInfo("Australia/Sydney")) == words


@pytest.fixture
def disputed(session: Session, paid: Payable, fake: FakeStripe, tell: Tell, run_outbox: Callable[[], int]) -> Dispute:
    """The payer's bank has taken it back, and we were told."""
    payment = session.scalars(select(Payment)).one()
    fake.dispute(payment.provider_payment_id or "")
    for event in fake.events("charge.dispute.created", "charge.dispute.funds_withdrawn"):
        assert tell(event) == 204
    run_outbox()
    session.expire_all()
    return session.scalars(select(Dispute).where(Dispute.payable_id == paid.id)).one()


def booked(session: Session) -> list[tuple[str, int]]:
    session.expire_all()
    entries = session.scalars(
        select(LedgerEntry).where(LedgerEntry.provider_id.startswith("du_")).order_by(LedgerEntry.id)
    )
    return [(entry.kind, entry.amount_cents) for entry in entries]


class TestTransitions:
    @pytest.mark.parametrize("before", DisputeState)
    @pytest.mark.parametrize("after", DisputeState)
    def test_every_edge_and_no_other(self, before: DisputeState, after: DisputeState) -> None:
        dispute = Dispute(state=before.value)
        if after in DISPUTE_TRANSITIONS[before]:
            move_dispute(dispute, after)
            assert dispute.state == after
        else:
            with pytest.raises(IllegalTransition):
                move_dispute(dispute, after)


class TestRule16Disputes:
    def test_it_is_written_down_and_put_before_a_person(
        self, session: Session, disputed: Dispute, paid: Payable
    ) -> None:
        assert (disputed.state, disputed.amount_cents, disputed.reason) == ("needs_response", 6900, "fraudulent")
        assert disputed.evidence_due_at is not None
        case = session.scalars(select(ReviewCase)).one()
        assert (case.kind, case.source_id, case.payable_id) == ("dispute", disputed.id, paid.id)
        heard = "SELECT payload FROM events.outbox WHERE name = 'payments.payment_disputed'"
        assert session.execute(text(heard)).scalar_one()["dispute_id"] == str(disputed.id)
        assert money_of(session, [ref_of(paid)])[ref_of(paid)].disputed

    def test_the_money_is_out_of_the_ledger_once(
        self, session: Session, transactions: Transactions, disputed: Dispute, fake: FakeStripe, tell: Tell
    ) -> None:
        for event in fake.events("charge.dispute.created"):
            tell(event)
        follow_dispute(transactions, dispute_id=disputed.provider_dispute_id)
        assert booked(session) == [("dispute", -6900), ("fee", -FEE_CENTS)]

    def test_nothing_of_it_is_refunded_while_it_is_open(
        self, session: Session, paid: Payable, disputed: Dispute, actor_with: ActorWith
    ) -> None:
        assert disputed.state == "needs_response"
        with pytest.raises(RefundBlockedByDispute):
            refund(session, actor_with("finance_officer"), payable=ref_of(paid), wish=ALL_OF_IT)
        assert session.scalars(select(Refund)).all() == []

    def test_a_refund_that_waits_for_approval_waits_on(
        self, session: Session, paid: Payable, disputed: Dispute, actor_with: ActorWith
    ) -> None:
        waiting = Refund(
            organisation_id=paid.organisation_id,
            payable_id=paid.id,
            payment_id=disputed.payment_id,
            amount_cents=100,
            state="awaiting_approval",
            reason="Asked for before",
            method="card",
            requested_by_name="Somebody",
        )
        session.add(waiting)
        session.flush()
        with pytest.raises(RefundBlockedByDispute):
            approve_refund(session, actor_with("finance_officer"), refund_id=waiting.id)
        assert waiting.state == "awaiting_approval"

    def test_won_gives_the_money_back_once_and_refunds_are_free_again(
        self,
        session: Session,
        transactions: Transactions,
        paid: Payable,
        disputed: Dispute,
        fake: FakeStripe,
        actor_with: ActorWith,
    ) -> None:
        fake.act_on_dispute(disputed.provider_dispute_id, "respond")
        fake.act_on_dispute(disputed.provider_dispute_id, "win")
        for _ in range(2):
            follow_dispute(transactions, dispute_id=disputed.provider_dispute_id)
        assert booked(session) == [("dispute", -6900), ("fee", -FEE_CENTS), ("reversal", 6900)]
        session.expire_all()
        assert (disputed.state, disputed.closed_at is not None) == ("won", True)
        [wanted] = refund(session, actor_with("finance_officer"), payable=ref_of(paid), wish=ALL_OF_IT)
        assert wanted.amount_cents == 6900

    def test_lost_leaves_nothing_to_refund(
        self,
        session: Session,
        transactions: Transactions,
        paid: Payable,
        disputed: Dispute,
        fake: FakeStripe,
        actor_with: ActorWith,
    ) -> None:
        fake.act_on_dispute(disputed.provider_dispute_id, "lose")
        follow_dispute(transactions, dispute_id=disputed.provider_dispute_id)
        session.expire_all()
        with pytest.raises(NothingToRefund):
            refund(session, actor_with("finance_officer"), payable=ref_of(paid), wish=ALL_OF_IT)
        assert booked(session) == [("dispute", -6900), ("fee", -FEE_CENTS)]

    def test_one_of_somebody_else_is_left_alone(
        self, session: Session, tell: Tell, run_outbox: Callable[[], int], paid: Payable
    ) -> None:
        event = {
            "id": "evt_stranger",
            "object": "event",
            "account": "acct_1",
            "created": 1_800_000_000,
            "livemode": False,
            "type": "charge.dispute.created",
            "data": {"object": {"id": "du_unknown", "object": "dispute", "payment_intent": "pi_of_somebody"}},
        }
        assert tell(event) == 204
        run_outbox()
        assert session.scalars(select(Dispute)).all() == []
        outcome = session.execute(text("SELECT outcome FROM payments.webhook_events WHERE event_id = 'evt_stranger'"))
        assert outcome.scalar_one() == "no such dispute"
        assert paid.state == "paid"


class TestEvidence:
    def test_it_says_who_ordered_paid_and_took_what(self, session: Session, paid: Payable, disputed: Dispute) -> None:
        done = {entry["what"] for entry in disputed.evidence["entries"]}
        assert {"payments.payable_raised", "payments.payment_settled", "payments.attempt_started"} <= done
        facts = disputed.evidence["facts"]
        assert facts["Customer"] == "Dale & Kaur Lawyers, dale@kaur.example"
        assert facts["Paid"].startswith("$69.00, ")
        assert facts["Receipt"].startswith("R-")
        assert paid.id == disputed.payable_id

    def test_a_workflow_can_add_what_it_delivered(self, session: Session, paid: Payable, disputed: Dispute) -> None:
        taken = session.scalars(text("SELECT subject_id FROM audit.entries WHERE subject_id IS NOT NULL LIMIT 1")).one()
        add_evidence_subjects(session, payable=ref_of(paid), subject_ids=[taken])
        assert disputed.evidence["subjects"] == [str(taken)]

    def test_staff_read_and_download_it(
        self, session: Session, disputed: Dispute, signed_in_as: Callable[..., TestClient]
    ) -> None:
        client = signed_in_as("finance_officer")
        [row] = client.get("/api/payments/disputes").json()["results"]
        assert (row["id"], row["reference"]) == (str(disputed.id), "BH-2026-00001")
        detail = client.get(f"/api/payments/disputes/{disputed.id}").json()
        assert (detail["withdrawn_cents"], detail["reinstated_cents"]) == (6900, 0)
        answer = client.get(f"/api/payments/disputes/{disputed.id}/evidence")
        assert "Customer: Dale & Kaur Lawyers" in answer.text
        assert answer.headers["content-disposition"].startswith('attachment; filename="evidence-BH-2026-00001-du_')
        noted = text("SELECT subject_id FROM audit.entries WHERE action = 'payments.evidence_downloaded'")
        assert session.scalars(noted).one() == disputed.id
