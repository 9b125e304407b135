"""The mail to a guest who placed an order and left its payment page."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.modules.certificates.models import Order
from banksia.modules.certificates.service.cancelling import cancel_order
from banksia.modules.certificates.service.claiming import claim_orders
from banksia.modules.certificates.service.reminding import AFTER
from banksia.modules.certificates.tests.factories import make_order, pay

WAITING = "SELECT available_at FROM events.outbox WHERE name = 'certificates.mail_waiting_order'"
MAILS = "SELECT subject, text FROM notifications.messages WHERE template = 'certificates/order_waiting'"


def mails(session: Session) -> list[Any]:
    return list(session.execute(text(MAILS)))


@pytest.fixture
def minutes_later(session: Session, run_outbox: Callable[[], int]) -> Callable[[], None]:
    """Let the time pass after which an unpaid order is looked at again."""

    def passed() -> None:
        session.flush()
        session.execute(text("UPDATE events.outbox SET available_at = now() WHERE status = 'pending'"))
        session.commit()
        run_outbox()
        session.expire_all()

    return passed


class TestMailWaitingOrder:
    def test_a_guest_hears_the_number_once_and_not_at_once(
        self, session: Session, guest: Actor, run_outbox: Callable[[], int], minutes_later: Callable[[], None]
    ) -> None:
        order = make_order(session, guest, "603", "735A")
        session.commit()
        run_outbox()
        assert mails(session) == []
        assert session.scalar(text(WAITING)) - utc_now() > AFTER - timedelta(minutes=1)
        minutes_later()
        [(subject, words)] = mails(session)
        assert subject == f"Order {order.number} waits for payment"
        assert "(2 certificates)" in words
        assert f"/certificates/customer/orders/{order.id}#token=" in words
        minutes_later()
        assert len(mails(session)) == 1

    @pytest.mark.parametrize("ended", ["paid", "cancelled", "claimed"])
    def test_what_does_not_wait_any_more_is_not_mailed(
        self,
        session: Session,
        guest: Actor,
        customer: Actor,
        actor_with: Callable[..., Actor],
        run_outbox: Callable[[], int],
        minutes_later: Callable[[], None],
        ended: str,
    ) -> None:
        order = make_order(session, guest, email=customer.email)
        if ended == "paid":
            pay(session, actor_with("counter_clerk"), order, run_outbox)
        elif ended == "cancelled":
            cancel_order(session, actor_with("counter_clerk"), order=order)
        else:
            claim_orders(session, customer, numbers=[order.number])
        minutes_later()
        assert mails(session) == []

    def test_who_has_an_account_or_stands_at_the_counter_needs_none(
        self, session: Session, customer: Actor, actor_with: Callable[..., Actor]
    ) -> None:
        orders: list[Order] = [make_order(session, actor) for actor in (customer, actor_with("counter_clerk"))]
        assert [order.channel for order in orders] == ["online", "counter"]
        assert session.scalar(text(WAITING)) is None
