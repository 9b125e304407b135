"""Orders of a firm: who sees them, finds them and acts on them, and for how long."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from banksia.foundation.auth.public import remove_member
from banksia.kit.actor import Actor
from banksia.modules.certificates.errors import OrderInvalid, OrderNotFound
from banksia.modules.certificates.schemas.history import OrderListing
from banksia.modules.certificates.schemas.messages import MessageCreate
from banksia.modules.certificates.schemas.orders import OrderCreate, OrderLinkRequest
from banksia.modules.certificates.service.access import find_order, give_token
from banksia.modules.certificates.service.cancelling import cancel_order
from banksia.modules.certificates.service.claiming import send_order_link
from banksia.modules.certificates.service.duplicates import list_earlier_lines
from banksia.modules.certificates.service.history import list_orders
from banksia.modules.certificates.service.messaging import write_message
from banksia.modules.certificates.service.queue import read_queue_line
from banksia.modules.certificates.service.reading import read_order
from banksia.modules.certificates.service.terms import add_words
from banksia.modules.certificates.service.working_days import SYDNEY, local_day
from banksia.modules.certificates.tests.factories import (
    CLIENT,
    PARCEL,
    make_certificate,
    make_firm,
    make_land,
    make_order,
    order_body,
    pay,
    place,
)


class Firm:
    """A firm with an owner and a member, and an order that the member placed for it."""

    def __init__(self, session: Session, owner: Actor, member: Actor) -> None:
        self.owner, self.member = owner, replace(member, name="Zoë Quandong")
        self.id = make_firm(session, owner, member)
        self.land = make_land(session)
        self.order = make_order(session, self.member, property_id=self.land, firm_id=self.id, email=member.email)


@pytest.fixture
def firm(session: Session, actor_with: Callable[..., Actor]) -> Firm:
    return Firm(session, actor_with("customer"), actor_with("customer"))


def numbers(session: Session, actor: Actor, **wanted: Any) -> list[str]:
    page = list_orders(session, actor, wanted=OrderListing.model_validate(wanted))
    return [order.number for order in page.results]


class TestEarlierLines:
    def test_a_colleague_is_named_and_nobody_is_told_that_they_did_it_themselves(
        self, session: Session, firm: Firm, actor_with: Callable[..., Actor], run_outbox: Callable[[], int]
    ) -> None:
        pay(session, actor_with("counter_clerk"), firm.order, run_outbox)
        names = [
            list_earlier_lines(session, actor, property_id=firm.land, parcel=PARCEL).lines[0].placed_by_name
            for actor in (firm.owner, firm.member)
        ]
        assert names == ["Zoë Quandong", None]


class TestPlaceOrder:
    def test_says_whose_it_is_and_who_placed_it(self, session: Session, firm: Firm) -> None:
        read = read_order(session, firm.owner, find_order(session, firm.owner, firm.order.id, None))
        assert (read.firm_id, read.firm_name, read.placed_by_name) == (firm.id, "Dale & Kaur", firm.member.name)
        assert (read.is_mine, read.timeline[0].detail) == (True, f"By {firm.member.name}")
        line = read_queue_line(session, firm.order.lines[0])
        assert line.firm_name == "Dale & Kaur"

    @pytest.mark.parametrize("who", ["outsider", "guest", "clerk"])
    def test_only_a_member_orders_for_a_firm(
        self, session: Session, firm: Firm, guest: Actor, actor_with: Callable[..., Actor], who: str
    ) -> None:
        actors = {"outsider": actor_with("customer"), "guest": guest, "clerk": actor_with("counter_clerk")}
        placed = OrderCreate.model_validate(order_body(firm.land, firm_id=str(firm.id)))
        with pytest.raises(OrderInvalid) as refused:
            place(session, actors[who], placed)
        assert refused.value.extra["errors"][0]["field"] == "firm_id"

    def test_the_same_request_sent_again_is_the_same_order(self, session: Session, firm: Firm) -> None:
        placed = OrderCreate.model_validate(order_body(firm.land, firm_id=str(firm.id)))
        first, again = (place(session, firm.member, placed, "one-request") for _ in range(2))
        assert first.id == again.id


class TestAccess:
    def test_members_see_and_act_and_nobody_else_does(
        self, session: Session, firm: Firm, actor_with: Callable[..., Actor]
    ) -> None:
        own = make_order(session, firm.member, property_id=firm.land)
        stranger = actor_with("customer")
        for actor in (firm.owner, firm.member):
            assert find_order(session, actor, firm.order.id, None) is firm.order
        assert numbers(session, firm.owner) == [firm.order.number]
        assert numbers(session, firm.member) == [own.number, firm.order.number]
        for order, actor in ((firm.order, stranger), (own, firm.owner)):
            with pytest.raises(OrderNotFound):
                find_order(session, actor, order.id, None)
        assert numbers(session, stranger) == numbers(session, stranger, firm_id=firm.id) == []
        written = write_message(session, firm.owner, order=firm.order, written=MessageCreate(text="Is it urgent?"))
        assert (written.from_council, written.author_name) == (False, firm.owner.name)
        assert cancel_order(session, firm.owner, order=firm.order).work == "cancelled"

    def test_who_left_sees_nothing_more_of_it_not_even_with_a_key(
        self, session: Session, firm: Firm, guest: Actor
    ) -> None:
        token = give_token(session, firm.order, purpose="mail")
        assert find_order(session, guest, firm.order.id, token) is firm.order
        remove_member(session, firm.owner, firm_id=firm.id, user_id=firm.member.user_id or uuid.uuid4())
        for actor, key in ((firm.member, None), (firm.member, token), (guest, token)):
            with pytest.raises(OrderNotFound):
                find_order(session, actor, firm.order.id, key)
        assert numbers(session, firm.member) == numbers(session, firm.member, firm_id=firm.id) == []
        assert numbers(session, firm.owner) == [firm.order.number]
        wanted = OrderLinkRequest(number=firm.order.number, email=firm.member.email)
        send_order_link(session, wanted=wanted, client=CLIENT)
        sent = "SELECT count(*) FROM notifications.messages WHERE template = 'certificates/order_link'"
        assert session.execute(text(sent)).scalar_one() == 0

    def test_mail_for_who_left_goes_to_the_owners_without_a_key(
        self, session: Session, firm: Firm, officer: Actor
    ) -> None:
        remove_member(session, firm.owner, firm_id=firm.id, user_id=firm.member.user_id or uuid.uuid4())
        write_message(session, officer, order=firm.order, written=MessageCreate(text="A question"))
        sent = "SELECT to_address, text FROM notifications.messages WHERE template = 'certificates/message'"
        [(address, words)] = session.execute(text(sent)).all()
        assert address == firm.owner.email
        assert f"/certificates/customer/orders/{firm.order.id}" in words
        assert "#token" not in words

    def test_the_neighbours_account_sees_none(
        self, session: Session, other_session: Session, firm: Firm, other_organisation: Any
    ) -> None:
        session.flush()
        same_person = Actor(other_organisation.id, "customer", user_id=firm.owner.user_id, email=firm.owner.email)
        assert numbers(other_session, same_person, firm_id=firm.id) == []
        with pytest.raises(OrderNotFound):
            find_order(other_session, same_person, firm.order.id, None)


class TestHistory:
    def test_finds_by_firm_person_day_and_number(self, session: Session, firm: Firm, officer: Actor) -> None:
        mine = make_order(session, firm.owner, property_id=firm.land, firm_id=firm.id, reference="27/0009 Osei")
        own = make_order(session, firm.owner, property_id=firm.land)
        certificate = make_certificate(session, mine.lines[0], officer, number="603/2026/00417")
        add_words(session, mine.lines[0], certificate.number)
        today = local_day(mine.created_at, SYDNEY)
        found = {
            "all": numbers(session, firm.owner),
            "of the firm": numbers(session, firm.owner, firm_id=firm.id),
            "own": numbers(session, firm.owner, own=True),
            "by the member": numbers(session, firm.owner, placed_by_id=firm.member.user_id),
            "by name": numbers(session, firm.owner, q="zoe quan"),
            "matter": numbers(session, firm.owner, q="27/0009"),
            "certificate": numbers(session, firm.owner, q="603/2026/004"),
            "today": numbers(session, firm.owner, placed_from_on=today, placed_to_on=today),
            "before": numbers(session, firm.owner, placed_to_on=today - timedelta(days=1)),
            "for staff": numbers(session, Actor.system(mine.organisation_id), firm_id=firm.id),
        }
        of_firm = [mine.number, firm.order.number]
        assert found == {
            "all": [own.number, *of_firm],
            "of the firm": of_firm,
            "own": [own.number],
            "by the member": [firm.order.number],
            "by name": [firm.order.number],
            "matter": [mine.number],
            "certificate": [mine.number],
            "today": [own.number, *of_firm],
            "before": [],
            "for staff": of_firm,
        }

    def test_asks_no_more_for_a_firm_than_for_one_person(
        self, session: Session, firm: Firm, actor_with: Callable[..., Actor]
    ) -> None:
        alone = actor_with("customer")
        make_order(session, alone, property_id=firm.land)

        def statements(actor: Actor) -> int:
            session.expire_all()
            seen: list[str] = []

            def note(*event_arguments: Any) -> None:
                seen.append(event_arguments[2])

            event.listen(session.connection(), "before_cursor_execute", note)
            numbers(session, actor)
            event.remove(session.connection(), "before_cursor_execute", note)
            return len(seen)

        assert statements(firm.owner) == statements(alone)

    def test_over_http_the_table_has_firm_and_person(self, signed_in_as: Any, session: Session) -> None:
        member: TestClient = signed_in_as("customer")
        firm = member.post("/api/auth/firms", json={"name": "=Dale"}).json()
        body = order_body(make_land(session), firm_id=firm["id"], reference="26/1183")
        order = member.post("/api/certificates/orders", json=body).json()
        table = member.get("/api/certificates/orders.csv", params={"firm_id": firm["id"]}).text.splitlines()
        assert table[1].startswith(f"{order['number']},")
        assert "26/1183,'=Dale,Customer " in table[1]
        assert member.get("/api/certificates/orders", params={"placed_from_on": "soon"}).status_code == 422
