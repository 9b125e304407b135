"""Why a certificate is due on its day: what its customer reads, and what it counts from."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import pytest
from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.modules.certificates.models import LineTransition, OrderLine
from banksia.modules.certificates.service.due_reasons import due_because
from banksia.modules.certificates.service.reading import read_order
from banksia.modules.certificates.service.working_days import SYDNEY, WorkingCalendar, due_on
from banksia.modules.certificates.tests.factories import make_order, pay

STATE = WorkingCalendar()
SHUTDOWN = WorkingCalendar(frozenset({date(2026, 12, 24), date(2026, 12, 29), date(2026, 12, 30), date(2026, 12, 31)}))


def line_paid(day: date, at: time, *, days: int = 5, calendar: WorkingCalendar = STATE, **changes: Any) -> OrderLine:
    queued_at = datetime.combine(day, at, SYDNEY)
    promised = due_on(calendar, queued_at, turnaround_days=days, cut_off=time(15))
    values = {"due_on": promised, "state": "queued", "product_snapshot": {"cut_off": "15:00"}}
    return OrderLine(queued_at=queued_at, turnaround_days=days, **values | changes)


def moved(line: OrderLine, to: str, day: date, note: str | None = None) -> LineTransition:
    at = datetime.combine(day, time(10), SYDNEY)
    return LineTransition(line_id=line.id, from_state="queued", to_state=to, note=note, created_at=at)


class TestDueBecause:
    @pytest.mark.parametrize(
        ("day", "at", "words"),
        [
            (
                date(2026, 11, 30),
                time(14, 10),
                "Paid Mon 30 Nov at 2:10 pm, before 3 pm, so day one is Tue 1 Dec; 5 working days.",
            ),
            (
                date(2026, 11, 30),
                time(15, 1),
                (
                    "Paid Mon 30 Nov at 3:01 pm, after 3 pm, so it counts as paid on Tue 1 Dec and day one is "
                    "Wed 2 Dec; 5 working days."
                ),
            ),
            (
                date(2026, 11, 28),
                time(9),
                (
                    "Paid Sat 28 Nov at 9 am, when council was closed, so it counts as paid on Mon 30 Nov and day one "
                    "is Tue 1 Dec; 5 working days."
                ),
            ),
        ],
    )
    def test_says_what_the_cut_off_did(self, day: date, at: time, words: str) -> None:
        assert due_because(line_paid(day, at), [], STATE) == [words]

    def test_names_the_days_that_were_skipped_with_the_weekend_between(self) -> None:
        found = due_because(line_paid(date(2026, 12, 23), time(9)), [], STATE)
        assert found[1] == "Council is closed on 25 to 28 Dec and 1 Jan."

    def test_counts_the_councils_own_shutdown_to_them(self) -> None:
        found = due_because(line_paid(date(2026, 12, 23), time(9), calendar=SHUTDOWN), [], SHUTDOWN)
        assert found[1] == "Council is closed on 24 Dec to 1 Jan."

    def test_says_when_the_clock_stood_still_and_for_what(self) -> None:
        line = line_paid(date(2026, 11, 30), time(9), state="on_hold")
        steps = [moved(line, "on_hold", date(2026, 12, 1)), moved(line, "assigned", date(2026, 12, 3))]
        steps.append(moved(line, "on_hold", date(2026, 12, 4)))
        assert due_because(line, steps, STATE)[1:] == [
            "The clock stood still from Tue 1 Dec to Thu 3 Dec, while council waited for an answer.",
            "The clock stands still since Fri 4 Dec.",
        ]

    def test_says_nothing_of_closed_days_when_the_promise_is_another(self) -> None:
        line = line_paid(date(2026, 12, 23), time(9), due_on=date(2027, 2, 1))
        assert len(due_because(line, [], STATE)) == 1

    def test_what_is_ready_or_ended_has_no_reasons(self) -> None:
        assert due_because(line_paid(date(2026, 11, 30), time(9), state="issued"), [], STATE) == []


def test_a_customer_reads_what_a_payment_would_mean(session: Session, guest: Actor) -> None:
    shown = read_order(session, guest, make_order(session, guest))
    assert shown.lines[0].due_because == [
        "3 working days from the payment. Paid after 3 pm, it counts from the next working day."
    ]


def test_a_customer_reads_why_of_what_is_paid(
    session: Session, guest: Actor, actor_with: Callable[..., Actor], run_outbox: Callable[[], int]
) -> None:
    order = make_order(session, guest)
    pay(session, actor_with("counter_clerk"), order, run_outbox)
    session.expire_all()
    assert read_order(session, guest, order).lines[0].due_because[0].startswith("Paid ")
