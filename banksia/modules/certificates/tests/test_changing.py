"""Changing a paid order: cancelled by the council's rules, and certificates upgraded before work on them starts."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import update_module_settings
from banksia.foundation.payments.public import CounterPart, PaymentSettled, money_of, take_counter_payment
from banksia.kit.actor import Actor, PermissionMissing
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions, platform_of
from banksia.modules.certificates.errors import OrderNotCancellable
from banksia.modules.certificates.errors.changing import CancellationChanged, UpgradeFeeChanged, UpgradeNotOffered
from banksia.modules.certificates.models import LineUpgrade, Order
from banksia.modules.certificates.queries.orders import order_with_id
from banksia.modules.certificates.queries.upgrades import upgrades_of
from banksia.modules.certificates.schemas.changing import OrderCancel, StaffCancel, UpgradeAsk
from banksia.modules.certificates.schemas.orders import OrderRead
from banksia.modules.certificates.service import upgraded
from banksia.modules.certificates.service.access import find_order
from banksia.modules.certificates.service.assigning import assign_line
from banksia.modules.certificates.service.cancelling import cancel_order, cancel_paid_order
from banksia.modules.certificates.service.catalogue import calendar_of
from banksia.modules.certificates.service.reading import read_order
from banksia.modules.certificates.service.upgrading import upgrade_line
from banksia.modules.certificates.service.working import start_work
from banksia.modules.certificates.service.working_days import due_on
from banksia.modules.certificates.tests.factories import complete_draft, make_order, pay

Rules = Callable[..., None]


@pytest.fixture
def rules(session: Session, administrator: Actor) -> Rules:
    """Set what the council allows."""

    def set_rules(**values: Any) -> None:
        update_module_settings(session, administrator, name="certificates", values=values)
        session.flush()

    return set_rules


@pytest.fixture
def paid(
    session: Session, customer: Actor, actor_with: Callable[..., Actor], run_outbox: Callable[[], int]
) -> Callable[..., Order]:
    """Place an order of the customer and have it paid, as if by card."""

    def place_and_pay(*products: str) -> Order:
        order = make_order(session, customer, *products)
        pay(session, actor_with("counter_clerk"), order, run_outbox)
        return by_card(session, order)

    return place_and_pay


def by_card(session: Session, order: Order) -> Order:
    """What was paid in cash was paid by card: then the money goes back without a counter."""
    session.flush()
    session.execute(text("UPDATE payments.payments SET method = 'card', provider = 'stripe', till_session_id = NULL"))
    return fresh(session, order)


def fresh(session: Session, order: Order) -> Order:
    session.expire_all()
    return session.scalars(order_with_id(order.organisation_id, order.id)).one()


def refunds(session: Session) -> list[tuple[int, str]]:
    found = session.execute(text("SELECT amount_cents, state FROM payments.refunds ORDER BY id")).all()
    return [(row.amount_cents, row.state) for row in found]


class TestACustomerCancels:
    def test_a_paid_order_when_the_council_lets_them_and_hears_what_comes_back(
        self, session: Session, customer: Actor, rules: Rules, paid: Callable[..., Order]
    ) -> None:
        order = paid("603", "735A")
        never = read_order(session, customer, order).cancellation
        assert never
        assert not never.by_customer
        rules(customers_cancel_until="work_starts", cancellation_fee_cents=1000)
        offered = read_order(session, customer, order).cancellation
        assert offered
        assert (offered.by_customer, offered.kept_cents) == (True, 2000)
        assert offered.refund_cents == order.total_cents - 2000
        with pytest.raises(CancellationChanged):
            cancel_order(session, customer, order=order, cancel=OrderCancel(seen_refund_cents=order.total_cents))
        assert refunds(session) == []
        wish = OrderCancel(seen_refund_cents=offered.refund_cents, reason="Sale fell through")
        read = cancel_order(session, customer, order=order, cancel=wish)
        assert (read.work, read.kept_cents, {line.state for line in read.lines}) == ("cancelled", 2000, {"cancelled"})
        assert "less $20.00" in (read.timeline[-1].detail or "")
        assert refunds(session) == [(offered.refund_cents, "pending")]
        again = cancel_order(session, customer, order=order, cancel=wish)
        assert (again.work, len(refunds(session))) == ("cancelled", 1)
        # Part of the money was kept, so payments call it paid: all the same nothing is queued again.
        start_work(session, settled(order.payable, order.total_cents))
        assert {line.state for line in fresh(session, order).lines} == {"cancelled"}

    @pytest.mark.parametrize(("until", "allowed"), [("never", False), ("work_starts", False), ("issued", True)])
    def test_no_longer_than_the_rule_says(
        self,
        session: Session,
        customer: Actor,
        officer: Actor,
        rules: Rules,
        paid: Callable[..., Order],
        until: str,
        allowed: bool,
    ) -> None:
        order = paid("603")
        assign_line(session, officer, line_id=order.lines[0].id, officer_id=officer.user_id)
        rules(customers_cancel_until=until)
        offered = read_order(session, customer, order).cancellation
        assert offered
        assert offered.by_customer == allowed
        wish = OrderCancel(seen_refund_cents=order.total_cents)
        if allowed:
            assert cancel_order(session, customer, order=order, cancel=wish).work == "cancelled"
        else:
            with pytest.raises(OrderNotCancellable):
                cancel_order(session, customer, order=order, cancel=wish)

    def test_not_what_was_paid_at_the_counter(
        self,
        session: Session,
        customer: Actor,
        rules: Rules,
        actor_with: Callable[..., Actor],
        run_outbox: Callable[[], int],
    ) -> None:
        order = make_order(session, customer)
        pay(session, actor_with("counter_clerk"), order, run_outbox)
        rules(customers_cancel_until="issued")
        with pytest.raises(OrderNotCancellable, match="at the counter"):
            cancel_order(session, customer, order=fresh(session, order), cancel=OrderCancel(seen_refund_cents=10000))


class TestStaffCancel:
    def test_with_a_reason_until_a_certificate_is_issued(
        self, session: Session, officer: Actor, customer: Actor, rules: Rules, paid: Callable[..., Order]
    ) -> None:
        wish = StaffCancel(reason="Ordered for the wrong lot", seen_refund_cents=10000, waive_fee=True)
        issued, order = paid("603"), paid("603")
        issued.lines[0].state = "issued"
        rules(cancellation_fee_cents=1000)
        with pytest.raises(OrderNotCancellable, match="issued"):
            cancel_paid_order(session, officer, order=issued, cancel=wish)
        with pytest.raises(PermissionMissing):
            cancel_paid_order(session, customer, order=order, cancel=wish)
        read = cancel_paid_order(session, officer, order=order, cancel=wish)
        assert (read.work, read.kept_cents, refunds(session)) == ("cancelled", 0, [(10000, "pending")])
        assert (read.timeline[-1].detail or "").startswith("Ordered for the wrong lot. ")


def settled(payable: tuple[str, Any], cents: int) -> PaymentSettled:
    return PaymentSettled(payable_kind=payable[0], payable_id=payable[1], method="card", total_cents=cents)


@pytest.fixture
def asked(session: Session, customer: Actor, monkeypatch: pytest.MonkeyPatch) -> Callable[..., LineUpgrade]:
    """Ask for an upgrade of an order's only line; the payment page is somebody else's test."""

    class Page:
        url = "https://pay.example/1"

    monkeypatch.setattr("banksia.foundation.payments.public.start_checkout", lambda *_, **__: Page)

    def ask(order: Order, product: str, cents: int, *, urgent: bool = False) -> LineUpgrade:
        session.flush()
        wish = UpgradeAsk(product=product, urgent=urgent, seen_amount_cents=cents)
        transactions = Transactions(platform_of(session), customer)
        line = order.lines[0].id
        assert upgrade_line(transactions, order_id=order.id, line_id=line, ask=wish, token=None).url == Page.url
        session.expire_all()
        return session.scalars(upgrades_of(order.organisation_id, [order.id])).all()[-1]

    return ask


@pytest.fixture
def pay_upgrade(session: Session, actor_with: Callable[..., Actor]) -> Callable[[LineUpgrade, Order], None]:
    """Pay the difference, as if by card, and tell certificates."""

    def paid_upgrade(upgrade: LineUpgrade, order: Order) -> None:
        session.flush()
        cash = CounterPart("cash", upgrade.amount_cents, tendered_cents=upgrade.amount_cents)
        clerk = actor_with("counter_clerk")
        session.flush()
        take_counter_payment(Transactions(platform_of(session), clerk), payable=upgrade.payable, parts=[cash])
        by_card(session, order)
        for _ in range(2):  # told twice, it is heard once
            start_work(session, settled(upgrade.payable, upgrade.amount_cents))
        session.expire_all()

    return paid_upgrade


class TestUpgrades:
    def test_are_offered_for_the_difference_where_the_council_does(
        self, session: Session, customer: Actor, rules: Rules, paid: Callable[..., Order]
    ) -> None:
        order = paid("10.7-2")
        assert read_order(session, customer, order).upgrade_offers == []
        rules(offers_upgrades=True)
        offers = read_order(session, customer, order).upgrade_offers
        assert [(each.product, each.urgent, each.amount_cents) for each in offers] == [
            ("10.7-2", True, 6000),
            ("10.7-2-5", False, 10500),
            ("10.7-2-5", True, 16500),
        ]

    def test_change_the_line_only_when_the_difference_is_paid(
        self,
        session: Session,
        customer: Actor,
        officer: Actor,
        rules: Rules,
        paid: Callable[..., Order],
        asked: Callable[..., LineUpgrade],
        pay_upgrade: Callable[[LineUpgrade, Order], None],
    ) -> None:
        rules(offers_upgrades=True)
        order = paid("10.7-2")
        with pytest.raises(UpgradeFeeChanged):
            asked(order, "10.7-2-5", 1)
        with pytest.raises(UpgradeNotOffered):
            asked(order, "603", 3100)
        first = asked(order, "10.7-2-5", 10500)
        assert asked(order, "10.7-2-5", 10500).id == first.id
        upgrade = asked(order, "10.7-2-5", 16500, urgent=True)
        assert (session.get_one(LineUpgrade, first.id).state, order.lines[0].product_code) == ("cancelled", "10.7-2")
        # An officer who has only taken the line finds it changed.
        assign_line(session, officer, line_id=order.lines[0].id, officer_id=officer.user_id)
        pay_upgrade(upgrade, order)
        read: OrderRead = read_order(session, customer, fresh(session, order))
        line = read.lines[0]
        assert (line.product, line.urgent, line.total_cents) == ("10.7-2-5", True, 6900 + 16500)
        assert (read.total_cents, read.paid_cents, len(read.receipts)) == (23400, 23400, 2)
        assert [step.kind for step in read.timeline if step.state == "done"][-1] == "upgraded"
        owed = money_of(session, [order.payable, upgrade.payable])
        assert [owed[ref].total_cents for ref in (order.payable, upgrade.payable)] == [6900, 16500]
        # Both payments go back when it is cancelled, the upgrade's first.
        wish = StaffCancel(reason="Sale fell through", seen_refund_cents=23400)
        cancel_paid_order(session, officer, order=find_order(session, officer, order.id, None), cancel=wish)
        assert sorted(cents for cents, _ in refunds(session)) == [6900, 16500]

    def test_that_come_after_drafting_change_nothing_and_go_back(
        self,
        session: Session,
        customer: Actor,
        officer: Actor,
        rules: Rules,
        paid: Callable[..., Order],
        asked: Callable[..., LineUpgrade],
        pay_upgrade: Callable[[LineUpgrade, Order], None],
    ) -> None:
        rules(offers_upgrades=True)
        order = paid("10.7-2")
        upgrade = asked(order, "10.7-2-5", 10500)
        complete_draft(session, officer, order.lines[0])
        pay_upgrade(upgrade, order)
        read = read_order(session, customer, fresh(session, order))
        assert (read.lines[0].product, read.total_cents, read.upgrades[0].state) == ("10.7-2", 6900, "too_late")
        assert refunds(session) == [(10500, "pending")]
        assert "upgrade_too_late" in [step.kind for step in read.timeline]

    def test_are_due_as_from_their_payment_however_late_it_is_heard(
        self,
        session: Session,
        rules: Rules,
        paid: Callable[..., Order],
        asked: Callable[..., LineUpgrade],
        pay_upgrade: Callable[[LineUpgrade, Order], None],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        rules(offers_upgrades=True)
        order = paid("10.7-2")
        upgrade = asked(order, "10.7-2", 6000, urgent=True)
        monkeypatch.setattr(upgraded, "utc_now", lambda: utc_now() + timedelta(weeks=3))
        pay_upgrade(upgrade, order)
        line, paid_at = fresh(session, order).lines[0], money_of(session, [upgrade.payable])[upgrade.payable].settled_at
        assert paid_at
        due = due_on(calendar_of(session), paid_at, turnaround_days=line.turnaround_days, cut_off=line.cut_off)
        assert (line.urgent, line.due_on) == (True, due)
