"""Work that does not follow the money is noticed: broken here on purpose, in each way there is."""

import datetime
from collections.abc import Callable

import pytest
from sqlalchemy import text, update
from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions, platform_of
from banksia.modules.certificates.models import Order, OrderLine
from banksia.modules.certificates.service.checks import CHECKS
from banksia.modules.certificates.service.issuing import issue_certificate
from banksia.modules.certificates.tests.factories import complete_draft, make_order, pay

FIND = {check.name: check.find for check in CHECKS}
LONG_AGO = utc_now() - datetime.timedelta(hours=1)


@pytest.fixture
def order(session: Session, customer: Actor) -> Order:
    placed = make_order(session, customer)
    session.commit()
    return placed


@pytest.fixture
def clerk(actor_with: Callable[..., Actor]) -> Actor:
    return actor_with("counter_clerk")


@pytest.fixture
def paid(session: Session, clerk: Actor, order: Order, run_outbox: Callable[[], int]) -> Order:
    pay(session, clerk, order, run_outbox)
    return order


@pytest.fixture
def issued(session: Session, officer: Actor, paid: Order) -> OrderLine:
    line = paid.lines[0]
    version = complete_draft(session, officer, line)
    session.commit()
    issue_certificate(Transactions(platform_of(session), officer), line_id=line.id, version=version)
    session.expire_all()
    return line


def test_nothing_is_found_while_work_follows_money(session: Session, issued: OrderLine) -> None:
    assert {name: find(session) for name, find in FIND.items()} == {name: [] for name in FIND}


class TestPaidHasWork:
    def test_finds_a_paid_order_that_waits_for_payment(self, session: Session, paid: Order) -> None:
        session.execute(update(OrderLine).values(state="awaiting_payment"))
        session.execute(update(Order).values(created_at=LONG_AGO))
        assert FIND["paid_has_work"](session) == []  # the payment is not ten minutes old
        session.execute(text("UPDATE payments.payables SET settled_at = :then"), {"then": LONG_AGO})
        (finding,) = FIND["paid_has_work"](session)
        assert finding.text == f"{paid.number} is paid, and its certificates are not in the queue"
        assert finding.href == f"/certificates/staff/orders/{paid.id}"

    def test_leaves_orders_alone_that_nobody_has_paid(self, session: Session, order: Order) -> None:
        session.execute(update(Order).values(created_at=LONG_AGO))
        assert FIND["paid_has_work"](session) == []


class TestIssuedIsPaid:
    def test_finds_what_was_issued_for_an_order_that_is_not_paid(self, session: Session, issued: OrderLine) -> None:
        session.execute(text("UPDATE payments.payables SET state = 'awaiting_payment'"))
        (finding,) = FIND["issued_is_paid"](session)
        assert issued.order_number in finding.text

    def test_a_refund_after_it_was_issued_is_no_breach(self, session: Session, issued: OrderLine) -> None:
        session.execute(text("UPDATE payments.payables SET state = 'refunded'"))
        assert FIND["issued_is_paid"](session) == []


class TestIssuedHasDocument:
    def test_finds_a_line_that_stands_as_issued_without_a_certificate(self, session: Session, paid: Order) -> None:
        session.execute(update(OrderLine).values(state="issued", issued_at=utc_now()))
        (finding,) = FIND["issued_has_document"](session)
        assert paid.number in finding.text

    def test_finds_a_decision_that_was_never_carried_out(self, session: Session, issued: OrderLine) -> None:
        session.execute(
            text("UPDATE certificates.issuances SET finished_at = NULL, issued_at = :then"), {"then": LONG_AGO}
        )
        (finding,) = FIND["issued_has_document"](session)
        assert "never made" in finding.text
