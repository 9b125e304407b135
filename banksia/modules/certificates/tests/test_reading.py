"""Who sees an order, and what they see of it."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.kit.errors import Unauthenticated
from banksia.modules.certificates.errors import AccountNeeded, OrderNotCancellable, OrderNotFound, OrderTokenNeeded
from banksia.modules.certificates.models import Order
from banksia.modules.certificates.schemas.history import OrderListing
from banksia.modules.certificates.schemas.orders import OrderCreate, OrderLinkRequest
from banksia.modules.certificates.service.access import find_order, give_token
from banksia.modules.certificates.service.cancelling import cancel_order
from banksia.modules.certificates.service.claiming import claim_orders, send_order_link
from banksia.modules.certificates.service.duplicates import list_earlier_lines
from banksia.modules.certificates.service.history import list_orders
from banksia.modules.certificates.service.reading import read_order
from banksia.modules.certificates.tests.factories import (
    CLIENT,
    PARCEL,
    make_land,
    make_order,
    order_body,
    order_row,
    pay,
    place,
)


def numbers(session: Session, actor: Actor, query: str = "", state: str = "all") -> list[str]:
    page = list_orders(session, actor, wanted=OrderListing.model_validate({"q": query, "state": state, "limit": 50}))
    return [order.number for order in page.results]


class TestFindOrder:
    def test_a_guest_opens_it_with_its_key(self, session: Session, guest: Actor) -> None:
        order = make_order(session, guest)
        token = give_token(session, order, purpose="test")
        assert find_order(session, guest, order.id, token) is order

    def test_a_guest_without_a_key_is_told_where_it_is(self, session: Session, guest: Actor) -> None:
        order = make_order(session, guest)
        for order_id in (order.id, uuid.uuid4()):
            with pytest.raises(OrderTokenNeeded):
                find_order(session, guest, order_id, None)

    def test_a_key_opens_its_own_order_only(self, session: Session, guest: Actor) -> None:
        one, other = make_order(session, guest), make_order(session, guest)
        token = give_token(session, other, purpose="test")
        for wrong in (token, "nonsense", "ünïcode"):
            with pytest.raises(OrderNotFound):
                find_order(session, guest, one.id, wrong)

    def test_a_customer_opens_their_own_and_no_others(self, session: Session, actor_with: Any) -> None:
        mine, theirs = actor_with("customer"), actor_with("customer")
        order = make_order(session, mine)
        assert find_order(session, mine, order.id, None) is order
        with pytest.raises(OrderNotFound):
            find_order(session, theirs, order.id, None)

    def test_staff_without_the_permission_do_not(self, session: Session, guest: Actor, actor_with: Any) -> None:
        order = make_order(session, guest)
        with pytest.raises(OrderNotFound):
            find_order(session, actor_with(), order.id, None)

    def test_another_council_does_not(
        self, session: Session, other_session: Session, guest: Actor, other_organisation: Any
    ) -> None:
        order = make_order(session, guest)
        token = give_token(session, order, purpose="test")
        session.flush()
        stranger = Actor.system(other_organisation.id)
        with pytest.raises(OrderNotFound):
            find_order(other_session, stranger, order.id, token)


class TestReadOrder:
    def test_an_unpaid_order_can_be_paid_or_cancelled(self, session: Session, guest: Actor) -> None:
        read = read_order(session, guest, make_order(session, guest, "603", "10.7-2"))
        assert (read.money, read.work, read.can_pay, read.can_cancel) == (
            "awaiting_payment", "awaiting_payment", True, True,
        )  # fmt: skip
        assert [(entry.title, entry.state) for entry in read.timeline] == [
            ("Order placed", "done"),
            ("Waiting for payment", "current"),
        ]
        assert {line.state for line in read.lines} == {"awaiting_payment"}

    def test_a_paid_order_says_what_comes_next(
        self, session: Session, guest: Actor, actor_with: Any, run_outbox: Callable[[], int]
    ) -> None:
        order = make_order(session, guest, "10.7-2", "603")
        pay(session, actor_with("counter_clerk"), order, run_outbox)
        read = read_order(session, guest, find_order(session, actor_with("administrator"), order.id, None))
        assert (read.money, read.work, read.paid_cents, read.can_pay) == ("paid", "in_work", 16900, False)
        assert [entry.title for entry in read.timeline] == [
            "Order placed",
            "Paid",
            "603 certificate being prepared",
            "Planning certificate 10.7(2)",
            "All 2 certificates issued",
        ]
        assert [line.working_days_left is not None for line in read.lines] == [True, True]
        assert len(read.receipts) == 1


class TestListOrders:
    def test_a_customer_sees_their_own_newest_first(self, session: Session, actor_with: Any) -> None:
        mine, theirs = actor_with("customer"), actor_with("customer")
        first, second = make_order(session, mine), make_order(session, mine)
        make_order(session, theirs)
        assert numbers(session, mine) == [second.number, first.number]

    def test_guest_orders_of_the_verified_address_are_there_by_themselves(
        self, session: Session, guest: Actor, customer: Actor
    ) -> None:
        order = make_order(session, guest, email=customer.email.upper())
        make_order(session, guest, email="another@example.org")
        assert numbers(session, customer) == [order.number]

    @pytest.mark.parametrize(
        ("query", "found"),
        [("williwa", 1), ("54 will", 1), ("2/2/dp2288", 1), ("dp2288", 1), ("104882", 1), ("26/1183", 1), ("1183", 1),
         ("ferris portland", 1), ("ferris lithgow", 0), ("%", 0), ('"', 0), ("🏠", 0), (" ", 1),
         ("' OR 1=1 --", 0), ("kaur", 1)],
    )  # fmt: skip
    def test_finds_by_what_a_firm_remembers(self, session: Session, customer: Actor, query: str, found: int) -> None:
        make_order(session, customer)
        assert len(numbers(session, customer, query)) == found

    def test_finds_by_number(self, session: Session, customer: Actor) -> None:
        order, _ = make_order(session, customer), make_order(session, customer)
        assert numbers(session, customer, order.number) == [order.number]

    def test_filters_by_how_far_it_is(self, session: Session, customer: Actor) -> None:
        open_order, cancelled = make_order(session, customer), make_order(session, customer)
        cancel_order(session, customer, order=cancelled)
        assert numbers(session, customer, state="open") == [open_order.number]
        assert numbers(session, customer, state="cancelled") == [cancelled.number]
        assert numbers(session, customer, state="complete") == []

    def test_pages_without_a_gap_or_a_double(self, session: Session, customer: Actor) -> None:
        made = [make_order(session, customer).number for _ in range(5)]
        seen: list[str] = []
        cursor = None
        while True:
            page = list_orders(session, customer, wanted=OrderListing(limit=2, cursor=cursor))
            seen += [order.number for order in page.results]
            cursor = page.next_cursor
            if cursor is None:
                break
        assert seen == made[::-1]

    def test_costs_the_same_however_many_there_are(self, session: Session, customer: Actor) -> None:
        def statements() -> int:
            session.expire_all()
            seen: list[str] = []

            def note(*event_arguments: Any) -> None:
                seen.append(event_arguments[2])

            event.listen(session.connection(), "before_cursor_execute", note)
            numbers(session, customer)
            event.remove(session.connection(), "before_cursor_execute", note)
            return len(seen)

        make_order(session, customer)
        of_one = statements()
        for _ in range(4):
            make_order(session, customer)
        assert statements() == of_one

    def test_guests_have_no_list(self, session: Session, guest: Actor) -> None:
        with pytest.raises(Unauthenticated):
            numbers(session, guest)


class TestListEarlierLines:
    def test_tells_customers_of_their_own_and_staff_of_all(
        self,
        session: Session,
        guest: Actor,
        actor_with: Callable[..., Actor],
        run_outbox: Callable[[], int],
    ) -> None:
        clerk, customer, stranger = actor_with("counter_clerk"), actor_with("customer"), actor_with("customer")
        property_id = make_land(session)
        order = make_order(session, customer, property_id=property_id)
        make_order(session, stranger, property_id=property_id)  # never paid
        pay(session, clerk, order, run_outbox)

        def told(actor: Actor, parcel: str = PARCEL) -> list[tuple[str, str | None]]:
            found = list_earlier_lines(session, actor, property_id=property_id, parcel=parcel)
            return [(line.order_number, line.customer_name) for line in found.lines]

        assert told(customer) == [(order.number, None)]
        assert told(clerk, "2 / 2 / dp2288") == [(order.number, "Dale & Kaur Lawyers")]
        assert told(clerk, "3//DP2288") == told(stranger) == told(guest) == told(actor_with()) == []


class TestCancelOrder:
    def test_ends_the_order_and_its_lines(self, session: Session, customer: Actor) -> None:
        order = make_order(session, customer)
        read = cancel_order(session, customer, order=order)
        assert (read.money, read.work, read.can_pay) == ("cancelled", "cancelled", False)
        assert [line.state for line in read.lines] == ["cancelled"]
        assert cancel_order(session, customer, order=order).work == "cancelled"

    def test_refuses_a_paid_one(
        self, session: Session, customer: Actor, actor_with: Any, run_outbox: Callable[[], int]
    ) -> None:
        order = make_order(session, customer)
        pay(session, actor_with("counter_clerk"), order, run_outbox)
        with pytest.raises(OrderNotCancellable, match="Ask the council for a refund"):
            cancel_order(session, customer, order=find_order(session, customer, order.id, None))


class TestClaimOrders:
    def test_takes_guest_orders_of_the_address_for_good(self, session: Session, guest: Actor, customer: Actor) -> None:
        mine: Order = make_order(session, guest, email=customer.email)
        other = make_order(session, guest, email="another@example.org")
        assert claim_orders(session, customer, numbers=[]).numbers == [mine.number]
        assert (mine.customer_id, other.customer_id) == (customer.user_id, None)
        assert claim_orders(session, customer, numbers=[other.number]).numbers == []

    def test_is_found_by_whoever_has_it_now(self, session: Session, guest: Actor, customer: Actor) -> None:
        order = make_order(session, guest, email=customer.email)
        moved = replace(customer, email="moved@example.org")
        assert numbers(session, customer, order.number) == [order.number]
        assert numbers(session, moved, order.number) == []
        claim_orders(session, customer, numbers=[])
        assert numbers(session, moved, order.number) == [order.number]

    def test_needs_a_customer(self, session: Session, guest: Actor, officer: Actor) -> None:
        with pytest.raises(Unauthenticated):
            claim_orders(session, guest, numbers=[])
        with pytest.raises(AccountNeeded):
            claim_orders(session, officer, numbers=[])


class TestSendOrderLink:
    def test_mails_a_link_only_to_the_address_of_the_order(self, session: Session, guest: Actor) -> None:
        placed = place(session, guest, OrderCreate.model_validate(order_body(make_land(session))))
        answers = {
            send_order_link(session, wanted=OrderLinkRequest(number=placed.number, email=email), client=CLIENT).detail
            for email in ("thief@example.org", "R.Kaur@dalekaur.example")
        }
        assert len(answers) == 1
        sent = (
            session.connection()
            .exec_driver_sql(
                "SELECT to_address, text FROM notifications.messages WHERE template = 'certificates/order_link'"
            )
            .all()
        )
        assert [row.to_address for row in sent] == ["r.kaur@dalekaur.example"]
        token = sent[0].text.split("#token=")[1].split()[0]
        assert find_order(session, guest, placed.id, token) is order_row(session, placed)
