"""A basket before it is ordered: prices of now, what stands against a line, and the way out."""

import uuid
from collections.abc import Callable
from datetime import date

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.modules.certificates.errors import OrderInvalid
from banksia.modules.certificates.queries.products import product_with_code
from banksia.modules.certificates.schemas.basket import BasketLineRead
from banksia.modules.certificates.schemas.orders import LineCreate, OrderCreate
from banksia.modules.certificates.service.basket_reading import read_basket
from banksia.modules.certificates.service.reading import read_order
from banksia.modules.certificates.tests.factories import (
    PARCEL,
    make_land,
    make_order,
    order_body,
    order_row,
    pay,
    place,
)


def read(session: Session, actor: Actor, property_id: uuid.UUID, *products: str) -> list[BasketLineRead]:
    lines = [LineCreate(property_id=property_id, parcel=PARCEL, product=product) for product in products]
    return read_basket(session, actor, lines).lines


def kinds(line: BasketLineRead) -> list[str]:
    return [obstacle.kind for obstacle in line.obstacles]


def end_parcel(session: Session) -> None:
    """What an import does when a plan replaces the lot."""
    session.flush()
    connection = session.connection()
    connection.exec_driver_sql("UPDATE property.parcels SET status = 'historic' WHERE plan = '2288' AND lot = '2'")
    session.expire_all()


def record_successor(session: Session, officer: TestClient) -> uuid.UUID:
    """Register that Lot 2 became Lot 13, which has a property of its own."""
    heir = make_land(session, address="56 WILLIWA STREET PORTLAND NSW 2847", parcels=["13//DP1242624"], assessment="7")
    session.commit()
    event = {
        "kind": "subdivision",
        "plan": "DP1242624",
        "occurred_on": "2018-03-12",
        "source": "The plan",
        "parents": [PARCEL],
        "children": [{"parcel": "13//DP1242624"}, {"parcel": "14//DP1242624"}],
    }
    answer = officer.post("/api/property/lineage", json=event)
    assert answer.status_code == 201, answer.text
    session.expire_all()
    return heir


class TestReadBasket:
    def test_says_prices_of_now_and_which_line_makes_another_unnecessary(self, session: Session, guest: Actor) -> None:
        land = make_land(session)
        inner, outer, other = read(session, guest, land, "10.7-2", "10.7-2-5", "603")
        assert (kinds(inner), inner.contained_in) == (["contained"], 1)
        assert (outer.cents, outer.obstacles) == (17400, [])
        assert (other.cents, other.parcel_title, other.earlier) == (10000, "Lot 2 Section 2 DP 2288", None)

    def test_says_until_when_a_product_is_closed(self, session: Session, guest: Actor) -> None:
        product = session.scalars(product_with_code(guest.organisation_id, "603")).one()
        product.closed_from_on, product.opens_again_on = date(2026, 1, 1), date(2099, 8, 3)
        session.flush()
        (line,) = read(session, guest, make_land(session), "603")
        assert kinds(line) == ["product_closed"]
        assert "open again on 3 August 2099" in line.obstacles[0].message

    def test_tells_a_customer_of_their_own_order_and_guests_of_none(
        self,
        session: Session,
        customer: Actor,
        guest: Actor,
        actor_with: Callable[..., Actor],
        run_outbox: Callable[[], int],
    ) -> None:
        order = make_order(session, customer)
        pay(session, actor_with("counter_clerk"), order, run_outbox)
        land = order.lines[0].property_id
        again, other = read(session, customer, land, "603", "735A")
        assert again.earlier
        assert (again.earlier.order_number, again.obstacles, other.earlier) == (order.number, [], None)
        for stranger in (guest, actor_with("customer")):
            assert read(session, stranger, land, "603")[0].earlier is None

    def test_a_historic_lot_leads_to_the_property_of_its_successor(
        self, session: Session, guest: Actor, signed_in_as: Callable[..., TestClient]
    ) -> None:
        land = make_land(session)
        heir = record_successor(session, signed_in_as("administrator"))
        (line,) = read(session, guest, land, "603")
        assert kinds(line) == ["historic"]
        found = {each.parcel: each.property_id for each in line.successors}
        assert found["13//DP1242624"] == heir


class TestOverride:
    def test_staff_order_for_a_historic_lot_with_a_reason_that_is_kept(
        self, session: Session, guest: Actor, actor_with: Callable[..., Actor]
    ) -> None:
        land, clerk = make_land(session), actor_with("counter_clerk")
        end_parcel(session)
        body = order_body(land)
        body["lines"][0]["override_reason"] = "Court order for the old lot"
        placed = OrderCreate.model_validate(body)
        with pytest.raises(OrderInvalid, match="no longer exists"):
            place(session, guest, placed)
        order = order_row(session, place(session, clerk, placed))
        assert order.lines[0].override_reason == "Court order for the old lot"
        assert read_order(session, clerk, order).lines[0].override_reason == "Court order for the old lot"
        assert read_order(session, guest, order).lines[0].override_reason is None


def test_a_lot_that_ends_after_it_was_ordered_keeps_its_order(
    session: Session, guest: Actor, actor_with: Callable[..., Actor], run_outbox: Callable[[], int]
) -> None:
    order = make_order(session, guest)
    end_parcel(session)
    pay(session, actor_with("counter_clerk"), order, run_outbox)
    assert [line.state for line in order.lines] == ["queued"]
    assert order.lines[0].property_snapshot["parcel"]["status"] == "current"


def test_a_product_that_is_retired_keeps_what_was_sold(
    session: Session, guest: Actor, actor_with: Callable[..., Actor], run_outbox: Callable[[], int]
) -> None:
    order = make_order(session, guest)
    session.scalars(product_with_code(guest.organisation_id, "603")).one().is_offered = False
    session.flush()
    pay(session, actor_with("counter_clerk"), order, run_outbox)
    shown = read_order(session, guest, order)
    assert (shown.lines[0].state, shown.total_cents) == ("being_prepared", 10000)
    [line] = read(session, guest, order.lines[0].property_id, "603")
    assert (kinds(line), line.product_title) == (["product_retired"], "603 certificate")
    assert line.obstacles[0].message.startswith("The council does not sell 603 certificate any more.")


def test_what_is_got_elsewhere_says_where(session: Session, guest: Actor) -> None:
    [line] = read(session, guest, make_land(session), "building-information")
    assert kinds(line) == ["product_elsewhere"]
    assert "https://www.planningportal" in line.obstacles[0].message
