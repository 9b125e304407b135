"""Due days count from the payment, however late it is heard; a clock that stood still goes on with what was left."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.foundation.events.public import ring_waiting
from banksia.foundation.organisations.public import Council, set_module_enabled
from banksia.foundation.payments.public import money_of
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import platform_of
from banksia.modules.certificates.models import Order
from banksia.modules.certificates.queries.orders import order_with_id
from banksia.modules.certificates.service import holding, numbering, working
from banksia.modules.certificates.service.catalogue import calendar_of, offers_at
from banksia.modules.certificates.service.holding import hold_line, resume_line
from banksia.modules.certificates.service.printing import issuer_of
from banksia.modules.certificates.service.working_days import SYDNEY, clock_starts_on, due_on
from banksia.modules.certificates.tests.factories import make_order, pay


@pytest.fixture
def clerk(actor_with: Callable[..., Actor]) -> Actor:
    return actor_with("counter_clerk")


@pytest.fixture
def worker_is_late(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let payments be heard three weeks after they were made."""
    monkeypatch.setattr(working, "utc_now", lambda: utc_now() + timedelta(weeks=3))


def fresh(session: Session, order: Order) -> Order:
    session.expire_all()
    return session.scalars(order_with_id(order.organisation_id, order.id)).one()


@pytest.mark.usefixtures("worker_is_late")
class TestHeardLate:
    def test_an_order_is_due_as_from_its_payment(
        self, session: Session, customer: Actor, clerk: Actor, run_outbox: Callable[[], int]
    ) -> None:
        order = make_order(session, customer, "603")
        pay(session, clerk, order, run_outbox)
        order = fresh(session, order)
        line, paid_at = order.lines[0], money_of(session, [order.payable])[order.payable].settled_at
        assert paid_at
        due = due_on(calendar_of(session), paid_at, turnaround_days=line.turnaround_days, cut_off=line.cut_off)
        assert (line.due_on, order.due_on, line.queued_at, order.queued_at) == (due, due, paid_at, paid_at)


class TestWhileTheModuleIsOff:
    def test_a_payment_is_kept_and_queues_the_order_once_it_is_on_again(
        self, session: Session, customer: Actor, administrator: Actor, clerk: Actor, run_outbox: Callable[[], int]
    ) -> None:
        order = make_order(session, customer, "603")
        set_module_enabled(session, administrator, name="certificates", enabled=False)
        pay(session, clerk, order, run_outbox)
        assert fresh(session, order).lines[0].state == "awaiting_payment"
        set_module_enabled(session, administrator, name="certificates", enabled=True)
        session.commit()
        ring_waiting(platform_of(session), order.organisation_id)
        run_outbox()
        order = fresh(session, order)
        assert order.lines[0].state == "queued"
        assert order.queued_at == money_of(session, [order.payable])[order.payable].settled_at


class TestHeldOnItsDueDay:
    @pytest.mark.parametrize(
        ("goes_on", "due"),
        [
            (datetime(2026, 12, 1, 16, tzinfo=SYDNEY), date(2026, 12, 1)),  # the same day
            (datetime(2026, 12, 3, 10, tzinfo=SYDNEY), date(2026, 12, 3)),
            (datetime(2026, 12, 5, 10, tzinfo=SYDNEY), date(2026, 12, 7)),  # a Saturday
        ],
    )
    def test_it_is_due_on_the_day_on_which_it_goes_on(
        self,
        session: Session,
        officer: Actor,
        clerk: Actor,
        run_outbox: Callable[[], int],
        monkeypatch: pytest.MonkeyPatch,
        goes_on: datetime,
        due: date,
    ) -> None:
        order = make_order(session, officer, "603")
        pay(session, clerk, order, run_outbox)
        order = fresh(session, order)
        line = order.lines[0]
        line.due_on = order.due_on = date(2026, 12, 1)
        monkeypatch.setattr(holding, "utc_now", lambda: datetime(2026, 12, 1, 10, tzinfo=SYDNEY))
        hold_line(session, officer, line_id=line.id, question="Which shed?")
        assert line.held_days_left == 0
        monkeypatch.setattr(holding, "utc_now", lambda: goes_on)
        resume_line(session, officer, line_id=line.id)
        assert (line.due_on, order.due_on) == (due, due)


class TestInTheCouncilsOwnTime:
    """Perth is three hours behind Sydney in summer, so the days of the two begin and end apart."""

    @pytest.fixture(autouse=True)
    def perth(self, session: Session, organisation: Council) -> None:
        moved = "UPDATE organisations.organisations SET time_zone = 'Australia/Perth' WHERE id = :id"
        session.execute(text(moved), {"id": organisation.id})
        session.expire_all()

    def test_the_cut_off_and_the_due_day(self, session: Session) -> None:
        at = datetime(2026, 12, 1, 17, 30, tzinfo=SYDNEY)  # half past two in Perth
        offer = offers_at(session, at)["603"]
        days = offer.product.turnaround_days
        assert offer.standard_due_on == calendar_of(session).add(date(2026, 12, 1), days)
        assert clock_starts_on(calendar_of(session), at + timedelta(hours=1), time(15)) == date(2026, 12, 2)

    def test_the_year_of_a_number(self, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(numbering, "utc_now", lambda: datetime(2027, 1, 1, 2, tzinfo=SYDNEY))
        assert "-2026-" in numbering.next_order_number(session)
        assert numbering.next_certificate_number(session, "603") == "603/2026/0001"

    def test_the_clock_of_a_line_that_is_held(
        self, session: Session, customer: Actor, officer: Actor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        line = make_order(session, customer, "603").lines[0]
        line.state, line.due_on = "queued", date(2026, 12, 3)
        monkeypatch.setattr(holding, "utc_now", lambda: datetime(2026, 12, 2, 1, tzinfo=SYDNEY))  # still the first
        hold_line(session, officer, line_id=line.id, question="Which shed?")
        assert line.held_days_left == 2

    def test_what_is_printed(self, session: Session) -> None:
        assert issuer_of(session).time_zone == "Australia/Perth"
