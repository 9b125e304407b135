"""The cheque that paid for an upgrade comes back: the dearer certificate is not issued until the difference is paid."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import update_module_settings
from banksia.foundation.payments.public import CounterPart, Money, take_counter_payment
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions, platform_of
from banksia.modules.certificates.errors import OrderNotPaid, OrderTokenNeeded
from banksia.modules.certificates.errors.changing import UpgradeNotFound, UpgradeNotOwed
from banksia.modules.certificates.models import LineUpgrade, Order, OrderLine
from banksia.modules.certificates.queries.orders import order_with_id
from banksia.modules.certificates.queries.upgrades import upgrades_of
from banksia.modules.certificates.schemas.changing import UpgradeAsk
from banksia.modules.certificates.service.assigning import assign_line
from banksia.modules.certificates.service.checking import check_line, send_to_check
from banksia.modules.certificates.service.checks import CHECKS
from banksia.modules.certificates.service.holding import resume_line
from banksia.modules.certificates.service.issuing import issue_certificate
from banksia.modules.certificates.service.reading import read_order
from banksia.modules.certificates.service.states import UNPAID
from banksia.modules.certificates.service.upgrading import pay_again, upgrade_line
from banksia.modules.certificates.tests.factories import complete_draft, make_order

FIND = {check.name: check.find for check in CHECKS}
Do = Callable[..., None]


@pytest.fixture
def clerk(actor_with: Callable[..., Actor]) -> Actor:
    return actor_with("counter_clerk")


@pytest.fixture
def pay(session: Session, clerk: Actor, run_outbox: Callable[[], int]) -> Do:
    """Pay an order or an upgrade at the counter, by cheque."""

    def paid(owed: Order | LineUpgrade, cents: int) -> None:
        session.commit()
        part = CounterPart("cheque", cents, reference="100123", drawer="Dale & Kaur")
        take_counter_payment(Transactions(platform_of(session), clerk), payable=owed.payable, parts=[part])
        run_outbox()
        session.expire_all()

    return paid


@pytest.fixture
def bounce(session: Session, signed_in_as: Callable[..., TestClient], run_outbox: Callable[[], int]) -> Do:
    """Let the bank send the last cheque back that paid an order or an upgrade."""

    def bounced(owed: Order | LineUpgrade) -> None:
        session.commit()
        client = signed_in_as("counter_clerk")
        kind, subject_id = owed.payable
        payable = client.get(f"/api/payments/payables/by-subject/{kind}/{subject_id}").json()
        address = f"/api/payments/payments/{payable['payments'][-1]['id']}/dishonour"
        assert client.post(address, json={"reason": "Insufficient funds"}).status_code == 200
        run_outbox()
        session.expire_all()

    return bounced


@pytest.fixture
def order(session: Session, customer: Actor, administrator: Actor, pay: Do) -> Order:
    """A planning certificate, paid by one cheque and made more by another."""
    update_module_settings(session, administrator, name="certificates", values={"offers_upgrades": True})
    made = make_order(session, customer, "10.7-2")
    pay(made, made.total_cents)
    return fresh(session, made)


@pytest.fixture
def upgrade(session: Session, customer: Actor, order: Order, pay: Do, monkeypatch: pytest.MonkeyPatch) -> LineUpgrade:
    class Page:
        url = "https://pay.example/1"

    monkeypatch.setattr("banksia.foundation.payments.public.start_checkout", lambda *_, **__: Page)
    session.commit()
    ask = UpgradeAsk(product="10.7-2-5", urgent=False, seen_amount_cents=10500)
    transactions = Transactions(platform_of(session), customer)
    upgrade_line(transactions, order_id=order.id, line_id=order.lines[0].id, ask=ask, token=None)
    session.expire_all()
    asked: LineUpgrade = session.scalars(upgrades_of(order.organisation_id, [order.id])).one()
    pay(asked, asked.amount_cents)
    return asked


def fresh(session: Session, order: Order) -> Order:
    session.expire_all()
    return session.scalars(order_with_id(order.organisation_id, order.id)).one()


def line_of(session: Session, order: Order) -> OrderLine:
    return fresh(session, order).lines[0]


def seen(line: OrderLine) -> tuple[Any, ...]:
    return line.state, line.reason, line.held_from_state


class TestPauseUpgraded:
    def test_a_line_in_the_queue_is_held_and_goes_on_when_it_is_paid_again(
        self, session: Session, customer: Actor, order: Order, upgrade: LineUpgrade, bounce: Do, pay: Do
    ) -> None:
        line = line_of(session, order)
        assert (line.product_code, line.state, upgrade.state) == ("10.7-2-5", "queued", "done")
        due_on = line.due_on
        bounce(upgrade)
        assert seen(line_of(session, order)) == ("on_hold", UNPAID, "queued")
        read = read_order(session, customer, fresh(session, order))
        assert read.money == Money.PAID  # what was owed for the order never changed
        assert read.timeline[-1].detail == "Clock stopped until it is paid"
        assert FIND["paid_has_work"](session) == []
        pay(upgrade, upgrade.amount_cents)
        line = line_of(session, order)
        assert (*seen(line), line.due_on) == ("queued", None, None, due_on)

    def test_what_was_begun_goes_on_where_it_stood(
        self, session: Session, officer: Actor, order: Order, upgrade: LineUpgrade, bounce: Do, pay: Do
    ) -> None:
        assign_line(session, officer, line_id=order.lines[0].id, officer_id=officer.user_id)
        bounce(upgrade)
        assert seen(line_of(session, order)) == ("on_hold", UNPAID, "assigned")
        pay(upgrade, upgrade.amount_cents)
        assert seen(line_of(session, order)) == ("assigned", None, None)

    def test_the_customer_is_sent_where_the_difference_is_paid(
        self, session: Session, order: Order, upgrade: LineUpgrade, bounce: Do
    ) -> None:
        bounce(upgrade)
        subject = f"The upgrade in order {order.number} has to be paid again"
        mails = text("SELECT text FROM notifications.messages WHERE subject = :subject")
        (mail,) = session.scalars(mails, {"subject": subject})
        assert "$105.00" in mail
        assert "/payments/customer/pay/" in mail

    def test_the_order_says_what_is_owed_again_and_leads_to_where_it_is_paid(
        self, session: Session, customer: Actor, order: Order, upgrade: LineUpgrade, bounce: Do, pay: Do
    ) -> None:
        by_customer = Transactions(platform_of(session), customer)
        by_guest = Transactions(platform_of(session), Actor.guest(order.organisation_id))

        def pay_online(by: Transactions, upgrade_id: uuid.UUID) -> str:
            return pay_again(by, order_id=order.id, upgrade_id=upgrade_id, token=None).url

        session.commit()
        with pytest.raises(UpgradeNotOwed):
            pay_online(by_customer, upgrade.id)
        bounce(upgrade)
        (read,) = read_order(session, customer, fresh(session, order)).upgrades
        assert (read.state, read.owed_again_cents, read.pays_online) == ("done", 10500, True)
        session.commit()
        assert pay_online(by_customer, upgrade.id) == "https://pay.example/1"
        with pytest.raises(UpgradeNotFound):
            pay_online(by_customer, order.id)
        with pytest.raises(OrderTokenNeeded):
            pay_online(by_guest, upgrade.id)
        pay(upgrade, upgrade.amount_cents)
        (read,) = read_order(session, customer, fresh(session, order)).upgrades
        assert (read.state, read.owed_again_cents, read.pays_online) == ("done", 0, False)

    def test_while_both_are_owed_paying_one_is_not_enough(
        self, session: Session, order: Order, upgrade: LineUpgrade, bounce: Do, pay: Do
    ) -> None:
        bounce(order)
        bounce(upgrade)
        assert line_of(session, order).state == "awaiting_payment"
        pay(order, 6900)
        assert seen(line_of(session, order)) == ("on_hold", UNPAID, "queued")
        bounce(order)
        pay(upgrade, upgrade.amount_cents)
        assert seen(line_of(session, order)) == ("on_hold", UNPAID, "queued")
        pay(order, 6900)
        assert line_of(session, order).state == "queued"


class TestNothingIsIssuedUnpaid:
    def test_though_an_officer_lets_the_line_go_on(
        self, session: Session, officer: Actor, order: Order, upgrade: LineUpgrade, bounce: Do, pay: Do
    ) -> None:
        line = order.lines[0]
        version = complete_draft(session, officer, line)
        bounce(upgrade)
        assert not resume_line(session, officer, line_id=line.id).can_issue
        session.commit()
        by_officer = Transactions(platform_of(session), officer)
        with pytest.raises(OrderNotPaid, match=r"not paid in full"):
            issue_certificate(by_officer, line_id=line.id, version=version)
        pay(upgrade, upgrade.amount_cents)
        issue_certificate(by_officer, line_id=line.id, version=version)
        assert line_of(session, order).state == "issued"

    def test_nor_checked(
        self,
        session: Session,
        officer: Actor,
        actor_with: Callable[..., Actor],
        order: Order,
        upgrade: LineUpgrade,
        bounce: Do,
    ) -> None:
        line = order.lines[0]
        version = complete_draft(session, officer, line)
        send_to_check(session, officer, line_id=line.id, version=version)
        bounce(upgrade)
        resume_line(session, officer, line_id=line.id)
        second = actor_with("certificate_officer")
        with pytest.raises(OrderNotPaid):
            check_line(session, second, line_id=line.id)

    def test_a_difference_that_was_given_back_keeps_nothing_from_being_issued(
        self, session: Session, officer: Actor, order: Order, upgrade: LineUpgrade
    ) -> None:
        line = order.lines[0]
        version = complete_draft(session, officer, line)
        refunded = "UPDATE payments.payables SET state = 'refunded' WHERE kind = 'certificates.upgrade'"
        session.execute(text(refunded))
        session.commit()
        issue_certificate(Transactions(platform_of(session), officer), line_id=line.id, version=version)
        assert line_of(session, order).state == "issued"

    def test_and_the_books_name_what_was_issued_before_the_cheque_came_back(
        self, session: Session, officer: Actor, order: Order, upgrade: LineUpgrade, bounce: Do
    ) -> None:
        line = order.lines[0]
        version = complete_draft(session, officer, line)
        session.commit()
        issue_certificate(Transactions(platform_of(session), officer), line_id=line.id, version=version)
        assert FIND["issued_is_paid"](session) == []
        bounce(upgrade)
        assert line_of(session, order).state == "issued"
        (finding,) = FIND["issued_is_paid"](session)
        assert finding.text.startswith(order.number)
        assert finding.text.endswith("is issued, and its upgrade is not paid")
