"""Issuing without an officer: paid, known, issued, sent; or left to an officer, with the reason, once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.foundation.payments.public import PaymentSettled
from banksia.kit import kill_points
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions, platform_of
from banksia.modules.certificates.errors import IssueInProgress
from banksia.modules.certificates.models import Certificate, Order, OrderLine
from banksia.modules.certificates.queries.certificates import certificates_of
from banksia.modules.certificates.queries.orders import order_with_id
from banksia.modules.certificates.schemas.messages import MessageCreate
from banksia.modules.certificates.schemas.orders import OrderRead
from banksia.modules.certificates.service.assigning import assign_line, assign_lines, next_line
from banksia.modules.certificates.service.drafting import read_draft
from banksia.modules.certificates.service.issuing import finish_issuing
from banksia.modules.certificates.service.messaging import write_message
from banksia.modules.certificates.service.reading import read_order
from banksia.modules.certificates.service.straight_through.acting import decide, issue_without_officer
from banksia.modules.certificates.service.straight_through.reporting import read_share
from banksia.modules.certificates.service.working import start_work
from banksia.modules.certificates.tests.factories import make_known, make_land, make_order, pay, rule

BuyFixture = Callable[..., OrderLine]


@pytest.fixture
def buy(session: Session, guest: Actor, actor_with: Callable[..., Actor], run_outbox: Callable[[], int]) -> BuyFixture:
    """Order and pay a 603 for land that is known in full; `before(order)` happens between the two."""
    make_land(session)
    make_known(session)

    def make(*, product: str = "603", run: bool = True, before: Callable[[Order], object] | None = None) -> OrderLine:
        order = make_order(session, guest, product)
        if before:
            before(order)
        pay(session, actor_with("counter_clerk"), order, run_outbox if run else lambda: 0)
        return session.scalars(order_with_id(guest.organisation_id, order.id)).one().lines[0]

    return make


def certificates(session: Session) -> list[Certificate]:
    return list(session.scalars(certificates_of(session.info["organisation_id"])))


def system(session: Session) -> Transactions:
    session.flush()
    return Transactions(platform_of(session), Actor.system(session.info["organisation_id"]))


def as_read_by(session: Session, actor: Actor, line: OrderLine) -> OrderRead:
    return read_order(session, actor, session.scalars(order_with_id(line.organisation_id, line.order_id)).one())


def settle(session: Session, order: Order) -> None:
    """Hear of the payment, and leave what follows waiting."""
    session.execute(text("UPDATE payments.payables SET state = 'paid'"))
    heard = PaymentSettled(payable_kind="certificates.order", payable_id=order.id, method="card", total_cents=1)
    start_work(session, heard)
    session.flush()


class TestIssueWithoutOfficer:
    def test_a_paid_certificate_is_issued_and_sent_by_itself(
        self, session: Session, guest: Actor, officer: Actor, buy: BuyFixture
    ) -> None:
        rule(session)
        line = buy()
        (certificate,) = certificates(session)
        assert (line.state, certificate.line_id, certificate.issued_by_name) == ("issued", line.id, "Banksia")
        assert certificate.document["signatory"] == "Certificate officer"
        mails = "SELECT count(*) FROM notifications.messages WHERE template = 'certificates/certificate_ready'"
        assert session.execute(text(mails)).scalar_one() == 1
        draft = read_draft(session, officer, line_id=line.id)
        assert draft.straight_through is not None
        assert draft.straight_through.words.startswith("Issued by Banksia without an officer: every answer was known")
        assert [step.to_state for step in draft.history] == ["queued", "issued"]
        staff, customer = (
            as_read_by(session, officer, line),
            as_read_by(session, Actor.guest(line.organisation_id), line),
        )
        assert staff.timeline[-1].detail == draft.straight_through.words
        assert (customer.timeline[-1].title, customer.timeline[-1].detail) == ("603 certificate issued", None)
        assert customer.lines[0].straight_through is None

    def test_nothing_is_until_an_administrator_chooses_the_product(
        self, session: Session, officer: Actor, buy: BuyFixture
    ) -> None:
        line = buy()
        assert (line.state, read_draft(session, officer, line_id=line.id).straight_through) == ("queued", None)

    def test_what_needs_an_officer_says_why_everywhere_staff_look(
        self, session: Session, guest: Actor, officer: Actor, buy: BuyFixture
    ) -> None:
        rule(session, ages=[{"attribute": "rates_balance", "days": 3}])
        session.execute(text("UPDATE property.attribute_values SET as_at_on = as_at_on - 10 WHERE value = '41265'"))
        line = buy()
        words = "Needs an officer: Rates balance is 10 days old, 3 allowed."
        draft = read_draft(session, officer, line_id=line.id)
        assert draft.straight_through is not None
        assert (line.state, draft.open_count, draft.straight_through.words) == ("queued", 0, words)
        staff, customer = (
            as_read_by(session, officer, line),
            as_read_by(session, Actor.guest(line.organisation_id), line),
        )
        assert words in {entry.detail for entry in staff.timeline}
        assert words not in {entry.detail for entry in customer.timeline}
        session.commit()
        noted = text("SELECT detail FROM audit.entries WHERE action = 'certificates.left_to_officer'")
        assert session.execute(noted).scalar_one() == {"reasons": ["Rates balance is 10 days old, 3 allowed."]}

    def test_reads_the_facts_that_rules_ask_for(self, session: Session, guest: Actor, buy: BuyFixture) -> None:
        rule(session, most_an_hour=1)

        def doubts(order: Order) -> None:
            write_message(session, guest, order=order, written=MessageCreate(text="Is the shed on the plan?"))
            session.execute(text("UPDATE property.parcels SET area_square_metres = 612"))

        assert {each["code"] for each in decided(session, buy(before=doubts))} == {"customer_wrote", "land_changed"}
        session.execute(text("UPDATE property.parcels SET area_square_metres = NULL"))
        assert buy().state == "issued"
        assert [each["code"] for each in decided(session, buy())] == ["guard"]
        session.execute(text("UPDATE certificates.products SET needs_check = true"))
        codes = [each["code"] for each in decided(session, buy(product="603", before=end_of_land(session)))]
        assert codes[:2] == ["second_officer", "land_changed"]

    def test_decides_once_however_often_it_is_told(
        self, session: Session, buy: BuyFixture, run_outbox: Callable[[], int]
    ) -> None:
        rule(session, sample_percent=100)
        drawn = buy()
        rule(session, sample_percent=0)
        for _ in range(2):
            issue_without_officer(system(session), line_id=drawn.id)
        session.expire_all()
        assert (drawn.state, [each["code"] for each in decided(session, drawn)]) == ("queued", ["sample"])
        issued = buy()
        issue_without_officer(system(session), line_id=issued.id)
        run_outbox()
        assert [each.line_id for each in certificates(session)] == [issued.id]


def decided(session: Session, line: OrderLine) -> list[dict[str, Any]]:
    found = text("SELECT reasons FROM certificates.straight_through_decisions WHERE line_id = :id")
    return list(session.execute(found, {"id": line.id}).scalar_one())


def end_of_land(session: Session) -> Callable[[Order], object]:
    return lambda _: session.execute(text("UPDATE property.parcels SET status = 'historic'"))


class _Died(BaseException):
    """Stands for kill -9: no handler of the application may catch it."""


class TestDyingHalfWay:
    @pytest.mark.parametrize("point", ["certificates.certificate_stored", "certificates.certificate_issued"])
    def test_ends_in_one_certificate(
        self, session: Session, guest: Actor, buy: BuyFixture, monkeypatch: pytest.MonkeyPatch, point: str
    ) -> None:
        rule(session)
        order = make_order(session, guest, "603")
        settle(session, order)
        line = order.lines[0]

        def die(reached: str) -> None:
            if reached == point:
                raise _Died

        monkeypatch.setattr(kill_points, "_on_reach", die)
        with pytest.raises(_Died):
            issue_without_officer(system(session), line_id=line.id)
        monkeypatch.undo()
        session.expire_all()
        issuance_id = session.execute(text("SELECT id FROM certificates.issuances")).scalar_one()
        issue_without_officer(system(session), line_id=line.id)
        finish_issuing(system(session), issuance_id=issuance_id)
        session.expire_all()
        assert (line.state, len(certificates(session))) == ("issued", 1)

    def test_between_decision_and_certificate_nobody_else_has_the_line(
        self, session: Session, guest: Actor, officer: Actor, buy: BuyFixture
    ) -> None:
        rule(session)
        order = make_order(session, guest, "603")
        settle(session, order)
        line = order.lines[0]
        issuance_id = decide(session, system(session).actor, line.id)
        assert issuance_id is not None
        with pytest.raises(IssueInProgress, match="603/"):
            assign_line(session, officer, line_id=line.id, officer_id=officer.user_id)
        (refused,) = assign_lines(session, officer, line_ids=[line.id], officer_id=officer.user_id).refused
        assert "is being issued" in refused.reason
        assert next_line(session, officer).line_id is None
        finish_issuing(system(session), issuance_id=issuance_id)
        session.expire_all()
        assert line.state == "issued"

    def test_an_officer_who_was_first_keeps_it(
        self, session: Session, guest: Actor, officer: Actor, buy: BuyFixture
    ) -> None:
        rule(session)
        order = make_order(session, guest, "603")
        settle(session, order)
        line = order.lines[0]
        assign_line(session, officer, line_id=line.id, officer_id=officer.user_id)
        issue_without_officer(system(session), line_id=line.id)
        session.expire_all()
        assert (line.state, certificates(session)) == ("assigned", [])
        assert [each["code"] for each in decided(session, line)] == ["taken"]


class TestShare:
    def test_counts_by_product_and_reason_with_the_time_saved(
        self, session: Session, officer: Actor, buy: BuyFixture
    ) -> None:
        rule(session, products=["603", "735A"])
        issued = buy()
        issued.queued_at = issued.issued_at - timedelta(minutes=2) if issued.issued_at else None
        buy(product="735A")
        buy(product="drainage")
        share = read_share(session, officer, days=1)
        assert (share.paid_count, share.decided_count, share.issued_count) == (3, 2, 1)
        assert (share.median_minutes, share.promised_days) == (2.0, issued.turnaround_days)
        assert [(each.code, each.count) for each in share.reasons] == [("unknown", 1)]
        found = {each.product: (each.is_on, each.paid_count, each.issued_count) for each in share.products}
        assert found == {"603": (True, 1, 1), "735A": (True, 1, 0), "drainage": (False, 1, 0)}
