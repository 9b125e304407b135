"""Reports: periods end at the council's midnight, products add up, and the cost follows the period."""

import csv
import io
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from banksia.foundation.payments import public as payments
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions, platform_of
from banksia.modules.certificates.models import Order, OrderLine
from banksia.modules.certificates.queries import reports as queries
from banksia.modules.certificates.schemas.reports import ProductReport
from banksia.modules.certificates.service import reports as service
from banksia.modules.certificates.service.reports import read_report
from banksia.modules.certificates.service.states import move
from banksia.modules.certificates.service.working_days import SYDNEY, WorkingCalendar, local_day
from banksia.modules.certificates.tests.factories import make_certificate, make_land, make_order, pay

JULY, END_OF_JUNE = date(2026, 7, 1), date(2026, 6, 30)
NEW_YEAR = datetime(2026, 6, 30, 14, tzinfo=UTC)
"""Midnight in New South Wales at which the financial year begins."""
SECOND = timedelta(seconds=1)


@pytest.fixture
def lines(session: Session, guest: Actor) -> Callable[..., list[OrderLine]]:
    """Place an order at a moment."""
    property_id = make_land(session)

    def make(*products: str, placed_at: datetime) -> list[OrderLine]:
        order = make_order(session, guest, *products, property_id=property_id)
        order.created_at = placed_at
        for line in order.lines:
            line.created_at = placed_at
        session.flush()
        return list(order.lines)

    return make


def issue(session: Session, officer: Actor, line: OrderLine, queued_at: datetime, at: datetime, **changes: Any) -> Any:
    line.state, line.queued_at, line.issued_at = "issued", queued_at, at
    line.due_on = changes.pop("due_on", line.due_on)
    return make_certificate(session, line, officer, number=str(uuid.uuid4()), issued_at=at, **changes)


def of(rows: list[ProductReport], product: str) -> ProductReport:
    return next(row for row in rows if row.product == product)


@contextmanager
def counted(session: Session) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    engine = session.connection().engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


class TestCertificates:
    def test_a_period_begins_and_ends_at_midnight_in_the_council(
        self, session: Session, lines: Callable[..., list[OrderLine]]
    ) -> None:
        lines("603", "735A", placed_at=NEW_YEAR)
        lines("603", placed_at=NEW_YEAR - SECOND)
        july = read_report(session, from_on=JULY, until_on=JULY)
        assert (july.orders, july.total.ordered) == (1, 2)
        assert {row.product: row.ordered for row in july.products} == {"603": 1, "735A": 1}
        june = read_report(session, from_on=END_OF_JUNE, until_on=END_OF_JUNE)
        assert (june.orders, june.total.ordered) == (1, 1)
        assert [(row.began_on, row.ordered) for row in june.times] == [(END_OF_JUNE, 1)]

    def test_shows_each_month_once_though_nothing_happened_in_it(
        self, session: Session, lines: Callable[..., list[OrderLine]]
    ) -> None:
        lines("603", placed_at=NEW_YEAR)
        year = read_report(session, from_on=JULY, until_on=date(2027, 6, 30))
        assert year.step == "month"
        assert [row.ordered for row in year.times] == [1] + [0] * 11
        assert [row.began_on.month for row in year.times] == [7, 8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6]

    def test_counts_what_ended_without_a_certificate_while_it_stands_so(
        self, session: Session, officer: Actor, lines: Callable[..., list[OrderLine]]
    ) -> None:
        cancelled, revived = (lines("603", placed_at=NEW_YEAR)[0] for _ in range(2))
        for line in (cancelled, revived):
            move(session, officer, line, "cancel")
        move(session, officer, revived, "queue")
        refused = lines("735A", placed_at=NEW_YEAR)[0]
        refused.state = "queued"
        move(session, officer, refused, "refuse to issue", note="No such land")
        session.flush()
        today = local_day(utc_now(), SYDNEY)
        report = read_report(session, from_on=today, until_on=today)
        assert (of(report.products, "603").cancelled, of(report.products, "735A").cannot_issue) == (1, 1)
        assert (report.total.cancelled, report.total.cannot_issue) == (1, 1)


class TestTurnaround:
    def test_counts_working_days_and_keeps_to_the_promise(
        self, session: Session, officer: Actor, lines: Callable[..., list[OrderLine]]
    ) -> None:
        # Friday 2 October 2026, late in the evening; Monday is Labour Day.
        queued = datetime(2026, 10, 2, 13, 30, tzinfo=UTC)
        for issued_on in (3, 6, 7, 8):
            line = lines("603", placed_at=queued)[0]
            at = datetime(2026, 10, issued_on, 1, tzinfo=UTC)
            first = issue(session, officer, line, queued, at, due_on=date(2026, 10, 7))
        # What replaces a certificate later is not issued once more.
        issue(session, officer, line, queued, datetime(2026, 10, 30, tzinfo=UTC), supersedes_id=first.id)
        row = of(read_report(session, from_on=date(2026, 10, 1), until_on=date(2026, 10, 31)).products, "603")
        assert (row.issued, row.in_time) == (4, 3)
        assert (row.median_days, row.ninety_percent_days) == (1, 3)

    def test_an_issue_at_the_end_of_the_due_day_is_in_time_and_a_second_later_is_not(
        self, session: Session, officer: Actor, lines: Callable[..., list[OrderLine]]
    ) -> None:
        for at in (NEW_YEAR - SECOND, NEW_YEAR):
            line = lines("603", placed_at=NEW_YEAR - timedelta(days=3))[0]
            issue(session, officer, line, NEW_YEAR - timedelta(days=3), at, due_on=END_OF_JUNE)
        total = read_report(session, from_on=END_OF_JUNE, until_on=JULY).total
        assert (total.issued, total.in_time) == (2, 1)


class TestRevenue:
    def test_is_what_payments_took_for_certificates_and_nothing_else(
        self, session: Session, guest: Actor, actor_with: Callable[..., Actor], run_outbox: Callable[[], int]
    ) -> None:
        clerk, finance = actor_with("counter_clerk"), actor_with("finance_officer")
        order = make_order(session, guest, "603", urgent=True)
        pay(session, clerk, order, run_outbox)
        other = ("files.copy", uuid.uuid4())
        owed = [payments.LineOwed("Certified copy, Lot 1 DP 1", 2200, "taxable", "4100.300")]
        payments.raise_payable(
            session,
            clerk,
            payable=other,
            title="Copy",
            reference="C-1",
            lines=owed,
            pages=payments.Pages("/"),
            payer=payments.Payer("Mei", None, "/"),
        )
        session.flush()
        payments.take_counter_payment(
            Transactions(platform_of(session), clerk), payable=other, parts=[payments.CounterPart("cash", 2200)]
        )
        session.expire_all()
        line = session.get_one(Order, order.id).lines[0]
        wish = payments.RefundWish("Wrong lot", line.total_cents, counter_reference="cash")
        payments.refund(session, finance, payable=order.payable, wish=wish)
        today = local_day(utc_now(), SYDNEY)
        report = read_report(session, from_on=today, until_on=today)
        urgent = f"Urgent service, {line.product_snapshot['short_title']}"
        assert {row.title: (row.taken_cents, row.back_cents) for row in report.revenue} == {
            line.product_title: (line.fee_cents, line.fee_cents),
            urgent: (line.urgent_fee_cents, line.urgent_fee_cents),
        }
        assert (report.revenue_total.taken_cents, report.revenue_total.net_cents) == (line.total_cents, 0)


class TestBacklog:
    def test_sorts_what_is_open_by_age_and_by_when_it_is_due(
        self, session: Session, lines: Callable[..., list[OrderLine]]
    ) -> None:
        now = datetime(2026, 11, 25, 1, tzinfo=UTC)  # a Wednesday
        today = date(2026, 11, 25)
        for state, due_on, waited in (
            ("queued", today - timedelta(days=1), 3),
            ("assigned", today, 7),
            ("drafted", date(2026, 12, 2), 0),
            ("drafted", date(2026, 12, 3), 0),
            ("on_hold", today - timedelta(days=9), 60),
        ):
            line = lines("603", placed_at=now)[0]
            line.state, line.due_on, line.queued_at = state, due_on, now - timedelta(days=waited)  # type: ignore[assignment]
        session.flush()
        with patch.object(service, "utc_now", lambda: now):
            report = read_report(session, from_on=today, until_on=today)
        total = report.backlog_total
        assert (total.late, total.today, total.soon, total.later, total.stopped, total.open) == (1, 1, 1, 1, 1, 5)
        assert [(row.title, row.open) for row in report.ages] == [
            ("0 to 2 working days", 2),
            ("3 to 5 working days", 2),
            ("6 to 10 working days", 0),
            ("11 to 20 working days", 0),
            ("Over 20 working days", 1),
        ]
        assert [row.key for row in report.backlog] == ["603"]


MANY_LINES = text("""
INSERT INTO certificates.order_lines
SELECT (jsonb_populate_record(line, jsonb_build_object(
           'id', gen_random_uuid(), 'position', n, 'created_at', line.created_at - n * interval '1 hour'))).*
  FROM certificates.order_lines line, generate_series(2, 3000) n""")


class TestCost:
    def test_asks_as_often_for_many_certificates_as_for_one(
        self, session: Session, officer: Actor, lines: Callable[..., list[OrderLine]]
    ) -> None:
        def ask() -> int:
            with counted(session) as statements:
                read_report(session, from_on=JULY, until_on=JULY)
            return len(statements)

        ask()
        lines("603", placed_at=NEW_YEAR)
        first = ask()
        for _ in range(3):
            for line in lines("603", "735A", placed_at=NEW_YEAR):
                issue(session, officer, line, NEW_YEAR, NEW_YEAR + SECOND)
        assert ask() == first <= 12

    def test_finds_the_rows_of_a_period_by_index(
        self, session: Session, guest: Actor, lines: Callable[..., list[OrderLine]]
    ) -> None:
        lines("603", placed_at=NEW_YEAR)
        # Of a table of some rows any index will do.
        session.execute(MANY_LINES)
        span = queries.Span(guest.organisation_id, NEW_YEAR, NEW_YEAR + timedelta(days=30), "day", "Australia/Sydney")
        days = service._counted(WorkingCalendar(), JULY, JULY)
        session.execute(text("SET LOCAL enable_seqscan = off"))
        for statement, index in (
            (queries.placed(span), "ix_order_lines_placed"),
            (queries.issued(span, days), "ix_certificates_first_issued"),
            (queries.ended(span), "ix_line_transitions_ended"),
        ):
            with counted(session) as statements:
                session.execute(statement)
            compiled = statement.compile(session.connection().engine, compile_kwargs={"render_postcompile": True})
            assert len(statements) == 1
            plan = session.connection().exec_driver_sql(f"EXPLAIN {compiled}", compiled.params)
            assert index in "\n".join(row[0] for row in plan)


class TestRoutes:
    def test_answers_the_report_and_its_tables_to_those_who_may(
        self, session: Session, lines: Callable[..., list[OrderLine]], signed_in_as: Callable[..., Any]
    ) -> None:
        lines("603", placed_at=NEW_YEAR)
        client = signed_in_as("certificate_officer")
        days = {"from": "2026-07-01", "until": "2026-07-31"}
        assert client.get("/api/certificates/reports", params=days).json()["total"]["ordered"] == 1
        heads = set()
        tables = ("certificates", "turnaround", "straight_through", "reasons", "time", "revenue", "backlog", "ages")
        for table in tables:
            answer = client.get("/api/certificates/reports/table.csv", params={**days, "table": table})
            rows = list(csv.reader(io.StringIO(answer.text)))
            assert {len(row) for row in rows} == {len(rows[0])}
            heads.add(tuple(rows[0]))
            assert table in answer.headers["content-disposition"]
        assert len(heads) == len(tables)
        assert signed_in_as("finance_officer").get("/api/certificates/reports", params=days).status_code == 200
        too_long = client.get("/api/certificates/reports", params={**days, "until": "2028-07-01"})
        assert (too_long.status_code, too_long.json()["errors"][0]["field"]) == (422, "until")
        clerk = signed_in_as("counter_clerk")
        assert clerk.get("/api/certificates/reports", params=days).status_code == 403
