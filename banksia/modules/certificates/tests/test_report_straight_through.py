"""The report of what went out without an officer: the share, the reasons, how soon, and the working hours saved."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.kit.models import new_id
from banksia.modules.certificates.models import Issuance, OrderLine, StraightThroughDecision
from banksia.modules.certificates.schemas.reports import StraightThroughReport
from banksia.modules.certificates.service.report_files import report_csv
from banksia.modules.certificates.service.reports import read_report
from banksia.modules.certificates.tests.factories import make_certificate, make_land, make_order

FRIDAY = datetime(2026, 10, 2, 6, tzinfo=UTC)
"""4 pm in New South Wales, an hour before the working day ends; Monday is Labour Day."""
SOON = timedelta(minutes=3)


@pytest.fixture
def issued(session: Session, guest: Actor, officer: Actor) -> Callable[..., OrderLine]:
    """Issue a certificate that was paid at a moment, and say how."""
    property_id = make_land(session)

    def make(
        product: str, at: datetime, *, paid_at: datetime = FRIDAY, alone: bool = False, why: str = ""
    ) -> OrderLine:
        line = make_order(session, guest, product, property_id=property_id).lines[0]
        line.state, line.queued_at, line.issued_at = "issued", paid_at, at
        number = str(new_id())
        make_certificate(session, line, officer, number=number, issued_at=at)
        common = {"id": new_id(), "organisation_id": line.organisation_id, "line_id": line.id}
        session.add(
            Issuance(
                **common,
                number=number,
                code="ABCD-EFGH",
                issued_at=at,
                issued_by_name=officer.name,
                document={},
                finished_at=at,
                without_officer=alone,
            )
        )
        if alone or why:
            decision = StraightThroughDecision(
                **common, issued=alone, reason=why or None, reasons=[], known_on=at.date()
            )
            session.add(decision)
        session.flush()
        return line

    return make


def read(session: Session) -> StraightThroughReport:
    return read_report(session, from_on=date(2026, 10, 1), until_on=date(2026, 10, 31)).straight_through


def test_an_empty_period_has_no_median_and_saved_nothing(session: Session) -> None:
    total = read(session).total
    assert (total.issued, total.without_officer, total.median_minutes, total.saved_hours) == (0, 0, None, 0)


def test_time_saved_is_counted_against_what_officers_took(session: Session, issued: Callable[..., OrderLine]) -> None:
    issued("603", FRIDAY + SOON, alone=True)
    issued("603", FRIDAY + SOON, alone=True)
    # Tuesday 10 am: an hour on Friday and one on Tuesday, nothing on Labour Day and no night.
    issued("603", datetime(2026, 10, 5, 23, tzinfo=UTC), why="stale")
    report = read(session)
    (row,) = report.products
    assert (row.product, row.issued, row.without_officer, row.saved_against) == ("603", 3, 2, "officers")
    assert (row.median_minutes, row.officer_median_hours) == (3.0, 2.0)
    assert row.officer_median_minutes == (datetime(2026, 10, 5, 23, tzinfo=UTC) - FRIDAY).total_seconds() / 60
    assert row.saved_hours == 3.9, "two hours for each, less the three minutes that each took"
    assert [(each.title, each.count) for each in report.reasons] == [("An answer was too old", 1)]


def test_where_officers_issued_none_the_promise_counts(session: Session, issued: Callable[..., OrderLine]) -> None:
    line = issued("603", FRIDAY, alone=True)
    issued("735A", FRIDAY + timedelta(hours=1))
    report = read(session)
    rates, notices = report.products
    assert (rates.saved_hours, rates.saved_against) == (8.0 * line.turnaround_days, "promise")
    assert (notices.saved_hours, notices.saved_against, notices.median_minutes) == (0, None, None)
    assert (report.total.issued, report.total.without_officer, report.total.saved_against) == (2, 1, None)
    assert report.total.saved_hours == rates.saved_hours
    assert [(each.code, each.title) for each in report.reasons] == [("not_asked", "It was not set to go out by itself")]


def test_the_period_is_that_of_the_issue(session: Session, issued: Callable[..., OrderLine]) -> None:
    issued("603", datetime(2026, 11, 3, tzinfo=UTC), alone=True)
    assert read(session).total.issued == 0


def test_its_tables_are_files(session: Session, issued: Callable[..., OrderLine]) -> None:
    issued("603", FRIDAY + SOON, alone=True)
    issued("603", FRIDAY + timedelta(hours=1), why="flag")
    report = read_report(session, from_on=date(2026, 10, 1), until_on=date(2026, 10, 31))
    assert "603,603 certificate,2,1,50.0,3.0,60.0,1.0,0.9,officers" in report_csv(report, "straight_through")
    assert "The land has something an officer looks at,1" in report_csv(report, "reasons")
