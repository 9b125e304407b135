"""The queue: what payment puts into it, in which order it is worked, and who has what."""

import re
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from banksia.foundation.payments.public import PaymentFailed, PaymentRefunded, PaymentSettled
from banksia.kit.actor import Actor
from banksia.modules.certificates.errors import LineNotFound, OfficerNotFound, TransitionRefused
from banksia.modules.certificates.errors.acting import OfficerChanged
from banksia.modules.certificates.models import Order, OrderLine
from banksia.modules.certificates.queries.orders import order_with_id
from banksia.modules.certificates.schemas.lines import QueueFilter
from banksia.modules.certificates.service.assigning import assign_line, assign_lines, next_line
from banksia.modules.certificates.service.holding import hold_line, refuse_line, resume_line
from banksia.modules.certificates.service.queue import count_lines, find_line, list_lines, list_officers
from banksia.modules.certificates.service.working import expire_order, start_work, stop_work
from banksia.modules.certificates.service.working_days import SYDNEY, WorkingCalendar, local_day
from banksia.modules.certificates.tests.factories import make_order, pay

TODAY = local_day(datetime.now(UTC), SYDNEY)


def ids(session: Session, actor: Actor, **wanted: Any) -> list[uuid.UUID]:
    page = list_lines(session, actor, wanted=QueueFilter(**{"view": "all_open", **wanted}))
    return [line.id for line in page.results]


@pytest.fixture
def paid_order(
    session: Session, guest: Actor, actor_with: Callable[..., Actor], run_outbox: Callable[[], int]
) -> Callable[..., Order]:
    """Place an order, pay it in cash and run what follows."""
    clerk = actor_with("counter_clerk")

    def make(*products: str, **changes: Any) -> Order:
        order = make_order(session, guest, *products, **changes)
        pay(session, clerk, order, run_outbox)
        return session.scalars(order_with_id(guest.organisation_id, order.id)).one()

    return make


def due(session: Session, order: Order, day: date) -> OrderLine:
    line = order.lines[0]
    line.due_on = day
    session.flush()
    return line


class TestStartWork:
    def test_a_paid_order_is_queued_once(self, session: Session, paid_order: Callable[..., Order]) -> None:
        order = paid_order("603", "735A")
        assert [line.state for line in order.lines] == ["queued", "queued"]
        queued_at = order.queued_at
        event_again = PaymentSettled(
            payable_kind="certificates.order", payable_id=order.id, method="card", total_cents=1
        )
        start_work(session, event_again)
        assert order.queued_at == queued_at

    def test_nothing_is_queued_that_payments_does_not_call_paid(self, session: Session, guest: Actor) -> None:
        order = make_order(session, guest)
        forged = PaymentSettled(payable_kind="certificates.order", payable_id=order.id, method="card", total_cents=1)
        start_work(session, forged)
        assert order.lines[0].state == "awaiting_payment"

    def test_another_workflows_payment_is_nothing_to_us(self, session: Session) -> None:
        start_work(
            session, PaymentSettled(payable_kind="pools.order", payable_id=uuid.uuid4(), method="card", total_cents=1)
        )

    def test_who_pays_late_is_promised_from_then(
        self, session: Session, guest: Actor, actor_with: Callable[..., Actor], run_outbox: Callable[[], int]
    ) -> None:
        order = make_order(session, guest, "603")
        order.lines[0].due_on = TODAY - timedelta(days=30)
        pay(session, actor_with("counter_clerk"), order, run_outbox)
        line = session.scalars(order_with_id(guest.organisation_id, order.id)).one().lines[0]
        assert line.due_on > TODAY


class TestExpireOrder:
    def test_an_order_not_paid_in_time_ends(self, session: Session, guest: Actor) -> None:
        order = make_order(session, guest)
        failed = PaymentFailed(payable_kind="certificates.order", payable_id=order.id, reason="expired")
        expire_order(session, failed)
        assert order.lines[0].state == "awaiting_payment", "one attempt that ended leaves another"
        for _ in range(2):
            expire_order(session, failed.model_copy(update={"reason": "not_paid_in_time"}))
        assert (order.lines[0].state, order.cancelled_at is not None) == ("cancelled", True)

    def test_it_comes_back_when_late_money_is_accepted(self, session: Session, guest: Actor) -> None:
        order = make_order(session, guest)
        expire_order(
            session,
            PaymentFailed(payable_kind="certificates.order", payable_id=order.id, reason="not_paid_in_time"),
        )
        session.execute(text("UPDATE payments.payables SET state = 'paid'"))
        accepted = PaymentSettled(payable_kind="certificates.order", payable_id=order.id, method="card", total_cents=1)
        start_work(session, accepted)
        assert (order.lines[0].state, order.cancelled_at) == ("queued", None)

    def test_a_paid_one_stays(self, session: Session, paid_order: Callable[..., Order]) -> None:
        order = paid_order()
        late = PaymentFailed(payable_kind="certificates.order", payable_id=order.id, reason="not_paid_in_time")
        expire_order(session, late)
        assert order.lines[0].state == "queued"


class TestStopWork:
    def test_a_full_refund_takes_unissued_lines_out(self, session: Session, paid_order: Callable[..., Order]) -> None:
        order = paid_order("603")
        refunded = PaymentRefunded(
            payable_kind="certificates.order", payable_id=order.id, refunded_cents=1, in_full=False
        )
        stop_work(session, refunded)
        assert order.lines[0].state == "queued"
        for _ in range(2):
            stop_work(session, refunded.model_copy(update={"in_full": True}))
        assert (order.lines[0].state, order.lines[0].reason) == ("cannot_issue", "The payment was refunded.")


class TestListLines:
    def test_what_is_late_comes_first(self, session: Session, officer: Actor, paid_order: Callable[..., Order]) -> None:
        later = due(session, paid_order(), TODAY + timedelta(days=9))
        late = due(session, paid_order(), TODAY - timedelta(days=9))
        today = due(session, paid_order(), TODAY)
        assert ids(session, officer) == [late.id, today.id, later.id]
        assert ids(session, officer, sort="-due") == [later.id, today.id, late.id]
        shown = list_lines(session, officer, wanted=QueueFilter(view="overdue")).results
        assert [line.working_days_left < 0 for line in shown] == [True]
        assert ids(session, officer, view="due_today") == [today.id]

    def test_unpaid_lines_are_not_in_it(self, session: Session, guest: Actor, officer: Actor) -> None:
        make_order(session, guest)
        assert ids(session, officer) == []

    def test_filters(self, session: Session, officer: Actor, paid_order: Callable[..., Order]) -> None:
        rates = paid_order("603", urgent=True).lines[0]
        notices = paid_order("735A", reference="77/1").lines[0]
        assert ids(session, officer, product="603") == [rates.id]
        assert ids(session, officer, urgent=True) == [rates.id]
        assert ids(session, officer, q="77/1") == [notices.id]
        assert ids(session, officer, q=notices.order_number) == [notices.id]
        for signs in ("%", '"', "🏠", "' --"):
            assert ids(session, officer, q=signs) == []
        assert len(ids(session, officer, q=" ")) == 2
        assert ids(session, officer, state="drafted") == []

    def test_pages_go_on_where_they_stopped(
        self, session: Session, officer: Actor, paid_order: Callable[..., Order]
    ) -> None:
        made = {paid_order("735A").lines[0].id for _ in range(3)}
        first = list_lines(session, officer, wanted=QueueFilter(view="all_open", limit=2))
        second = list_lines(session, officer, wanted=QueueFilter(view="all_open", limit=2, cursor=first.next_cursor))
        assert {line.id for line in first.results + second.results} == made
        assert second.next_cursor is None

    def test_costs_the_same_however_many_there_are(
        self, session: Session, officer: Actor, paid_order: Callable[..., Order]
    ) -> None:
        def statements() -> int:
            session.expire_all()
            seen: list[str] = []

            def note(*event_arguments: Any) -> None:
                seen.append(event_arguments[2])

            event.listen(session.connection(), "before_cursor_execute", note)
            ids(session, officer)
            event.remove(session.connection(), "before_cursor_execute", note)
            return len(seen)

        paid_order("603")
        of_one = statements()
        paid_order("603", "735A", "10.7-2")
        assert statements() == of_one

    def test_another_councils_queue_is_empty(
        self, session: Session, other_session: Session, other_organisation: Any, paid_order: Callable[..., Order]
    ) -> None:
        line = paid_order().lines[0]
        stranger = Actor.system(other_organisation.id)
        assert ids(other_session, stranger) == []
        with pytest.raises(LineNotFound):
            find_line(other_session, stranger, line.id)


class TestAssigning:
    def test_mine_and_unassigned_and_their_counts(
        self, session: Session, officer: Actor, paid_order: Callable[..., Order]
    ) -> None:
        mine, free = paid_order().lines[0], paid_order().lines[0]
        read = assign_line(session, officer, line_id=mine.id, officer_id=officer.user_id)
        assert (read.state, read.assigned_to_name) == ("assigned", officer.name)
        assert (ids(session, officer, view="mine"), ids(session, officer, view="unassigned")) == ([mine.id], [free.id])
        counts = count_lines(session, officer)
        assert (counts.mine, counts.unassigned, counts.all_open, counts.on_hold) == (1, 1, 2, 0)
        assign_line(session, officer, line_id=mine.id, officer_id=None)
        assert len(ids(session, officer, view="unassigned")) == 2

    def test_only_to_who_prepares_certificates(
        self, session: Session, officer: Actor, actor_with: Callable[..., Actor], paid_order: Callable[..., Order]
    ) -> None:
        line = paid_order().lines[0]
        clerk = actor_with("counter_clerk")
        assert clerk.user_id not in {each.id for each in list_officers(session).officers}
        for nobody in (clerk.user_id, uuid.uuid4()):
            with pytest.raises(OfficerNotFound):
                assign_line(session, officer, line_id=line.id, officer_id=nobody)

    def test_not_what_another_took_meanwhile(
        self, session: Session, officer: Actor, actor_with: Callable[..., Actor], paid_order: Callable[..., Order]
    ) -> None:
        line, other = paid_order().lines[0], actor_with("certificate_officer")
        me, them = officer.user_id, other.user_id
        assign_line(session, officer, line_id=line.id, officer_id=me, seen_officer_id=None)
        with pytest.raises(OfficerChanged, match=rf"^{re.escape(officer.name)} took this at \d+:\d\d [ap]m\.$") as told:
            assign_line(session, other, line_id=line.id, officer_id=them, seen_officer_id=None)
        assert told.value.extra == {"officer_id": str(me)}
        refused = assign_lines(session, other, line_ids=[line.id], officer_id=them, seen={line.id: None})
        assert (refused.assigned, refused.refused[0].reason) == ([], told.value.detail)
        assert assign_line(session, officer, line_id=line.id, officer_id=me, seen_officer_id=None).assigned_to_id == me
        taken = assign_line(session, other, line_id=line.id, officer_id=them, seen_officer_id=me)
        assert taken.assigned_to_id == them
        assign_line(session, other, line_id=line.id, officer_id=me, seen_officer_id=them)
        with pytest.raises(OfficerChanged, match=f" gave this to {re.escape(officer.name)} at "):
            assign_line(session, other, line_id=line.id, officer_id=None, seen_officer_id=them)

    def test_many_at_once_and_what_cannot_be_given_stops_no_other(
        self, session: Session, other_session: Session, officer: Actor, guest: Actor, paid_order: Callable[..., Order]
    ) -> None:
        first, second = paid_order().lines[0], paid_order().lines[0]
        unpaid = make_order(session, guest).lines[0]
        nobodys = uuid.uuid4()
        wanted = [first.id, unpaid.id, second.id, nobodys, first.id]
        told = assign_lines(session, officer, line_ids=wanted, officer_id=officer.user_id)
        assert told.assigned == [first.id, second.id]
        assert [(each.line_id, each.address) for each in told.refused] == [(unpaid.id, unpaid.address), (nobodys, "")]
        assert "not paid" in told.refused[0].reason
        assert ids(session, officer, view="mine") == sorted([first.id, second.id])
        noted = "SELECT count(*) FROM audit.entries WHERE action = 'certificates.line_assigned'"
        session.commit()
        assert session.execute(text(noted)).scalar_one() == 2
        back = assign_lines(session, officer, line_ids=[first.id, second.id], officer_id=None)
        assert (back.assigned, ids(session, officer, view="mine")) == ([first.id, second.id], [])
        session.flush()
        neighbour = Actor.system(other_session.info["organisation_id"])
        refused = assign_lines(other_session, neighbour, line_ids=[first.id], officer_id=None).refused
        assert [each.address for each in refused] == [""]
        with pytest.raises(OfficerNotFound):
            assign_lines(session, officer, line_ids=[first.id], officer_id=uuid.uuid4())

    def test_the_next_one_is_begun_work_before_new_work_and_late_before_early(
        self, session: Session, officer: Actor, paid_order: Callable[..., Order]
    ) -> None:
        early = due(session, paid_order(), TODAY + timedelta(days=5))
        late = due(session, paid_order(), TODAY - timedelta(days=5))
        assert next_line(session, officer).line_id == late.id
        assert late.assigned_to_id == officer.user_id
        assert next_line(session, officer).line_id == late.id
        refuse_line(session, officer, line_id=late.id, reason="No such land.")
        assert next_line(session, officer).line_id == early.id

    def test_nothing_waits(self, session: Session, officer: Actor) -> None:
        assert next_line(session, officer).line_id is None


class TestHolding:
    def test_the_clock_stands_still_and_goes_on(
        self, session: Session, officer: Actor, paid_order: Callable[..., Order]
    ) -> None:
        calendar = WorkingCalendar()
        line = due(session, paid_order(), calendar.add(TODAY, 3))
        held = hold_line(session, officer, line_id=line.id, question="Has the shed been removed?")
        assert (held.line.state, held.line.clock_stopped, held.reason) == (
            "on_hold",
            True,
            "Has the shed been removed?",
        )
        assert ids(session, officer, view="overdue") == []
        line.due_on = TODAY - timedelta(days=20)  # time goes by
        resumed = resume_line(session, officer, line_id=line.id)
        assert (resumed.line.state, resumed.line.due_on) == ("queued", calendar.add(TODAY, 3))

    def test_what_was_late_stays_late(self, session: Session, officer: Actor, paid_order: Callable[..., Order]) -> None:
        line = due(session, paid_order(), TODAY - timedelta(days=10))
        hold_line(session, officer, line_id=line.id, question="Which shed?")
        assert resume_line(session, officer, line_id=line.id).line.due_on == TODAY - timedelta(days=10)

    def test_the_customer_is_asked_once_by_mail(
        self, session: Session, officer: Actor, paid_order: Callable[..., Order]
    ) -> None:
        line = paid_order().lines[0]
        hold_line(session, officer, line_id=line.id, question="Which <shed>?")
        with pytest.raises(TransitionRefused, match="that is on hold"):
            hold_line(session, officer, line_id=line.id, question="Which shed?")
        sent = (
            session.connection()
            .exec_driver_sql(
                "SELECT text, html FROM notifications.messages WHERE template = 'certificates/line_on_hold'"
            )
            .all()
        )
        assert len(sent) == 1
        assert "Which <shed>?" in sent[0].text
        assert "Which &lt;shed&gt;?" in sent[0].html

    def test_a_refusal_says_why(self, session: Session, officer: Actor, paid_order: Callable[..., Order]) -> None:
        line = paid_order().lines[0]
        refused = refuse_line(session, officer, line_id=line.id, reason="The land is not in this council's area.")
        assert refused.line.state == "cannot_issue"
        assert [step.note for step in refused.history][-1] == "The land is not in this council's area."
        assert ids(session, officer) == []
