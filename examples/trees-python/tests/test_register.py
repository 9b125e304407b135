"""The register of trees, with the fixtures of Banksia's pytest plugin."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from banksia.app import create_app
from banksia.kit.actor import Actor
from banksia.kit.checks import check
from banksia.kit.database import finish
from banksia.kit.platform import Platform
from banksia.modules.property.public import PropertyNotFound
from banksia.modules.property.tests.factories import make_property
from fastapi.testclient import TestClient
from pydantic import ValidationError
from sqlalchemy.orm import Session

from banksia_trees import public, service
from banksia_trees.errors import TreeEnded, TreeNotFound, TreeNotSignificant
from banksia_trees.schemas import TreeCreate, TreeEnd, TreeUpdate

REDGUM: dict[str, Any] = {"species": "Eucalyptus tereticornis", "height_m": "22.5"}


@pytest.fixture
def keeper(actor_with: Callable[..., Actor]) -> Actor:
    """Somebody who keeps the register."""
    return actor_with("records_officer")


@pytest.fixture
def property_id(session: Session) -> UUID:
    """A property of the council."""
    found: UUID = make_property(session, address="7 ROSE STREET LITHGOW", parcels=["7//DP1234"])
    session.flush()
    return found


class TestRegisterTree:
    def test_stands_on_its_property(self, session: Session, keeper: Actor, property_id: UUID) -> None:
        service.register_tree(session, keeper, tree=TreeCreate(property_id=property_id, **REDGUM))
        [tree] = public.trees_of_property(session, keeper, property_id)
        assert (tree.species, tree.height_m, tree.recorded_by_name) == (REDGUM["species"], 22.5, keeper.name)

    def test_refuses_a_low_tree_unless_it_is_protected(
        self, session: Session, keeper: Actor, property_id: UUID
    ) -> None:
        low = TreeCreate(property_id=property_id, species="Banksia serrata", height_m=Decimal("2.0"))
        with pytest.raises(TreeNotSignificant, match="5 m"):
            service.register_tree(session, keeper, tree=low)
        kept = service.register_tree(session, keeper, tree=low.model_copy(update={"protection": "heritage"}))
        assert kept.protection == "heritage"

    def test_refuses_a_property_that_is_not_there(self, session: Session, keeper: Actor) -> None:
        with pytest.raises(PropertyNotFound):
            service.register_tree(session, keeper, tree=TreeCreate(property_id=uuid4(), **REDGUM))

    def test_is_hidden_from_another_council(
        self, session: Session, other_session: Session, keeper: Actor, property_id: UUID
    ) -> None:
        tree = service.register_tree(session, keeper, tree=TreeCreate(property_id=property_id, **REDGUM))
        finish(session)
        with pytest.raises(TreeNotFound):
            service.change_tree(other_session, keeper, tree_id=tree.id, changes=TreeUpdate(note="mine"))


class TestChangeTree:
    def test_keeps_what_was_not_given(self, session: Session, keeper: Actor, property_id: UUID) -> None:
        tree = service.register_tree(session, keeper, tree=TreeCreate(property_id=property_id, **REDGUM))
        service.change_tree(session, keeper, tree_id=tree.id, changes=TreeUpdate(protection="council"))
        assert (tree.protection, tree.species) == ("council", REDGUM["species"])

    def test_moves_it_on_the_map_as_a_whole(self, session: Session, keeper: Actor, property_id: UUID) -> None:
        tree = service.register_tree(session, keeper, tree=TreeCreate(property_id=property_id, **REDGUM))
        place: dict[str, Any] = {"longitude": "150.123456", "latitude": "-33.480001"}
        service.change_tree(session, keeper, tree_id=tree.id, changes=TreeUpdate(**place))
        assert (str(tree.longitude), str(tree.latitude)) == tuple(place.values())
        with pytest.raises(ValidationError, match="longitude and latitude"):
            TreeUpdate(longitude=Decimal("150.1"))


class TestEndTree:
    def test_leaves_its_entry_and_ends_once(self, session: Session, keeper: Actor, property_id: UUID) -> None:
        tree = service.register_tree(session, keeper, tree=TreeCreate(property_id=property_id, **REDGUM))
        end = TreeEnd(reason="Fell in the storm of 3 May")
        assert service.end_tree(session, keeper, tree_id=tree.id, reason=end.reason).valid_to_on is not None
        assert public.trees_of_property(session, keeper, property_id) == []
        with pytest.raises(TreeEnded):
            service.end_tree(session, keeper, tree_id=tree.id, reason=end.reason)


class TestTreesOn:
    def test_tells_what_stood_on_a_day(self, session: Session, keeper: Actor, property_id: UUID) -> None:
        tree = service.register_tree(session, keeper, tree=TreeCreate(property_id=property_id, **REDGUM))
        tree.valid_from_on = tree.valid_from_on - timedelta(days=10)
        service.end_tree(session, keeper, tree_id=tree.id, reason="Felled with consent DA 14/2026")
        day = tree.valid_from_on

        def count(as_at_on: date | None) -> int:
            return len(service.trees_on(session, keeper, property_id=property_id, as_at_on=as_at_on).trees)

        assert [count(day - timedelta(days=1)), count(day), count(tree.valid_to_on), count(None)] == [0, 1, 0, 0]


class TestWidgets:
    def test_the_property_s_tells_its_trees(self, session: Session, keeper: Actor, property_id: UUID) -> None:
        assert service.trees_for_page(session, keeper, property_id=property_id)["count"] == 0
        redgum = TreeCreate(property_id=property_id, common_name="Forest red gum", protection="heritage", **REDGUM)
        tree = service.register_tree(session, keeper, tree=redgum)
        told = service.trees_for_page(session, keeper, property_id=property_id)
        line = {
            "title": "Forest red gum",
            "detail": "Eucalyptus tereticornis, 22.5 m high",
            "href": f"/trees/staff/trees/{tree.id}",
            "status": "Heritage",
        }
        assert (told["count"], told["summary"], told["lines"]) == (1, "1 protected", [line])

    def test_the_dashboard_s_counts_what_is_to_be_done(
        self, session: Session, keeper: Actor, property_id: UUID
    ) -> None:
        place: dict[str, Any] = {"longitude": "150.1", "latitude": "-33.4", "protection": "council"}
        service.register_tree(session, keeper, tree=TreeCreate(property_id=property_id, **REDGUM))
        service.register_tree(session, keeper, tree=TreeCreate(property_id=property_id, **REDGUM, **place))
        assert [each["count"] for each in service.latest_trees(session, keeper)["counts"]] == [2, 1, 1]


class TestRoutes:
    def test_the_keeper_registers_and_the_clerk_only_reads(
        self, signed_in_as: Callable[..., TestClient], property_id: UUID
    ) -> None:
        body = {"property_id": str(property_id), **REDGUM}
        assert signed_in_as("records_officer").post("/api/trees/register", json=body).status_code == 201
        clerk = signed_in_as("counter_clerk")
        assert clerk.post("/api/trees/register", json=body).status_code == 403
        [tree] = clerk.get("/api/trees/register").json()["results"]
        assert tree["property_id"] == str(property_id)

    def test_anybody_sees_what_is_public_and_no_more(
        self, client: TestClient, signed_in_as: Callable[..., TestClient], property_id: UUID
    ) -> None:
        body = {"property_id": str(property_id), "note": "Owner rang", "source": "Survey 2026", **REDGUM}
        assert signed_in_as("records_officer").post("/api/trees/register", json=body).status_code == 201
        [tree] = client.get(f"/api/trees/customer/properties/{property_id}").json()["trees"]
        assert (tree["species"], tree["height_m"], "note" in tree, "recorded_by_name" in tree) == (
            REDGUM["species"],
            22.5,
            False,
            False,
        )

    def test_the_list_is_filtered(self, signed_in_as: Callable[..., TestClient], property_id: UUID) -> None:
        keeper = signed_in_as("records_officer")
        for protection in ("none", "heritage"):
            body = {"property_id": str(property_id), "protection": protection, **REDGUM}
            assert keeper.post("/api/trees/register", json=body).status_code == 201
        found = keeper.get("/api/trees/register", params={"protection": "heritage", "unplaced": True}).json()["results"]
        assert [tree["protection"] for tree in found] == ["heritage"]
        assert keeper.get(f"/api/trees/register/{found[0]['id']}").json()["id"] == found[0]["id"]
        assert keeper.get(f"/api/trees/register/{uuid4()}").status_code == 404

    def test_a_customer_and_a_guest_see_nothing_else(
        self, client: TestClient, signed_in_as: Callable[..., TestClient]
    ) -> None:
        assert client.get("/api/trees/register").status_code == 401
        assert signed_in_as("customer").get("/api/trees/register").status_code == 403


class TestContract:
    def test_the_module_keeps_it(self, platform: Platform) -> None:
        assert check(platform.modules, create_app(platform=platform)) == []
