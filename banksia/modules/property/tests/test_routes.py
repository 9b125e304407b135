"""The truth over HTTP."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import Council
from banksia.kit.actor import Actor
from banksia.kit.platform import Platform
from banksia.modules.property.public import ImportOptions, find_properties, import_addresses
from banksia.modules.property.service.searching import limits
from banksia.modules.property.tests.factories import make_property

SEARCH = "/api/property/search"


class TestSearch:
    def test_answers_everybody_as_promised(self, client: TestClient, session: Session) -> None:
        property_id = make_property(session, assessment="10423")
        answer = client.get(SEARCH, params={"q": "6 fairview", "limit": 5})
        assert answer.status_code == 200
        assert answer.json() == {
            "results": [
                {
                    "id": str(property_id),
                    "address": "6 FAIRVIEW DRIVE SOUTH BOWENFELS",
                    "parcels": ["2/2/DP2288"],
                    "assessment": "10423",
                    "status": "current",
                    "is_synthetic": False,
                    "successors": [],
                    "match": {"by": "address", "how": "exact"},
                }
            ]
        }

    def test_finds_a_parcel_without_an_address(self, client: TestClient, session: Session) -> None:
        make_property(session, address=None, parcels=("13//DP1246224",))
        result = client.get(SEARCH, params={"q": "13//DP1246224"}).json()["results"][0]
        assert (result["address"], result["assessment"], result["parcels"]) == (None, None, ["13//DP1246224"])

    @pytest.mark.parametrize(
        "parameters",
        [{}, {"q": "x", "limit": 0}, {"q": "x", "limit": 51}, {"q": "x", "limit": "many"}, {"q": "x" * 201}],
    )
    def test_refuses_wrong_parameters(self, client: TestClient, parameters: dict[str, Any]) -> None:
        answer = client.get(SEARCH, params=parameters)
        assert answer.status_code == 422
        assert answer.headers["content-type"] == "application/problem+json"

    @pytest.mark.parametrize("text", ["", "\x00", "مرحبا", "' OR 1=1 --", "%", "x" * 200])
    def test_answers_any_text(self, client: TestClient, text: str) -> None:
        assert client.get(SEARCH, params={"q": text}).json() == {"results": []}

    def test_of_another_council_finds_nothing(self, client: TestClient, session: Session) -> None:
        make_property(session)
        answer = client.get(SEARCH, params={"q": "6 fairview"}, headers={"Host": "kurrajong.localhost"})
        assert answer.json() == {"results": []}


@pytest.fixture
def live_client(live_platform: Platform, live_app: FastAPI, live_organisation: Council, tmp_path: Path) -> Any:
    """A browser at an application that really commits, with one address in its register."""
    path = tmp_path / "register.csv"
    path.write_text("address,lot,plan\n6 FAIRVIEW DRIVE LITHGOW,1,DP900\n2 PARK STREET LITHGOW,2,DP900\n", "utf-8")
    with live_platform.database.session(live_organisation.id) as session:
        import_addresses(session, Actor.system(live_organisation.id), path, ImportOptions())
    with TestClient(live_app, base_url="http://localhost") as client:
        yield client


class TestLeanSearch:
    """The same endpoint as a server runs it: on a connection of its own."""

    @pytest.mark.parametrize(
        "text", ["6 fairview", "6 fairveiw", "1//DP900", "lithgow", "9 nowhere", "", "6", "DP900", "\x00"]
    )
    def test_answers_what_the_ordinary_way_answers(
        self, live_client: TestClient, live_platform: Platform, live_organisation: Council, text: str
    ) -> None:
        answer = live_client.get(SEARCH, params={"q": text, "limit": 5})
        with live_platform.database.session(live_organisation.id) as session:
            assert answer.json() == {"results": find_properties(session, text, limit=5)}
        assert "cache-control" in answer.headers  # only the lean way sets it

    def test_sees_the_next_import_and_no_other_council(
        self, live_client: TestClient, live_platform: Platform, live_organisation: Council, tmp_path: Path
    ) -> None:
        assert live_client.get(SEARCH, params={"q": "7 new"}).json() == {"results": []}
        path = tmp_path / "more.csv"
        path.write_text("address\n7 NEW ROAD LITHGOW\n", "utf-8")
        with live_platform.database.session(live_organisation.id) as session:
            import_addresses(session, Actor.system(live_organisation.id), path, ImportOptions())
        assert len(live_client.get(SEARCH, params={"q": "7 new"}).json()["results"]) == 1
        elsewhere = live_client.get(SEARCH, params={"q": "7 new"}, headers={"Host": "kurrajong.localhost"})
        assert elsewhere.json() == {"results": []}

    @pytest.mark.parametrize("query", ["", "q=a&q=b", "q=x&limit=0", "limit=5", "q=x&limit=x", "q=" + "x" * 201])
    def test_leaves_wrong_parameters_to_the_ordinary_way(self, live_client: TestClient, query: str) -> None:
        answer = live_client.get(f"{SEARCH}?{query}")
        assert answer.status_code == (200 if query == "q=a&q=b" else 422)

    def test_an_unknown_host_is_a_problem(self, live_client: TestClient) -> None:
        answer = live_client.get(SEARCH, params={"q": "x"}, headers={"Host": "nobody.example"})
        assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")

    def test_the_limit_of_searches_holds(
        self, live_platform: Platform, app_of: Callable[[Platform], FastAPI], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        limited = live_platform.settings.model_copy(update={"rate_limits": "on"})
        monkeypatch.setattr(limits, "BURST", 3.0)
        monkeypatch.setattr(limits, "PER_SECOND", 0.0)
        limits._buckets.clear()
        platform = replace(live_platform, settings=limited)
        with TestClient(app_of(platform), base_url="http://localhost") as client:
            statuses = [client.get(SEARCH, params={"q": "x"}).status_code for _ in range(5)]
            refused = client.get(SEARCH, params={"q": "x"})
        platform.database.bind.dispose()  # type: ignore[union-attr]  # an engine, for nothing was bound
        limits._buckets.clear()
        assert statuses == [200, 200, 200, 429, 429]
        assert refused.json()["type"] == "urn:banksia:property:too-many-searches"
        assert refused.headers["retry-after"] == "5"


class TestGetProperty:
    def test_shows_everybody_the_property_without_its_sources(self, client: TestClient, session: Session) -> None:
        property_id = make_property(session, assessment="10423")
        answer = client.get(f"/api/property/properties/{property_id}")
        assert answer.status_code == 200
        found = answer.json()
        assert (found["address"], found["assessment"], found["source"]) == (
            "6 FAIRVIEW DRIVE SOUTH BOWENFELS",
            "10423",
            None,
        )
        assert found["parcels"][0] | {"id": ""} == {
            "id": "",
            "text": "2/2/DP2288",
            "title": "Lot 2 Section 2 DP 2288",
            "lot": "2",
            "section": "2",
            "plan_type": "DP",
            "plan": "2288",
            "status": "current",
            "is_part": False,
            "is_synthetic": False,
            "area_square_metres": None,
            "source": None,
        }

    def test_shows_staff_where_records_come_from(
        self, session: Session, signed_in_as: Callable[..., TestClient]
    ) -> None:
        property_id = make_property(session)
        shown = {}
        for role in ("customer", "records_officer"):
            shown[role] = signed_in_as(role).get(f"/api/property/properties/{property_id}").json()
        assert shown["customer"]["source"] is None
        assert shown["records_officer"]["source"]["valid_to"] is None
        assert shown["records_officer"]["parcels"][0]["source"]["line"] >= 2

    def test_of_another_council_or_unknown_is_a_problem(self, client: TestClient, session: Session) -> None:
        property_id = make_property(session)
        for path, host in ((property_id, "kurrajong.localhost"), (uuid.uuid4(), "localhost")):
            answer = client.get(f"/api/property/properties/{path}", headers={"Host": host})
            assert answer.status_code == 404
            assert answer.json()["type"] == "urn:banksia:property:property-not-found"
        assert client.get("/api/property/properties/x").status_code == 422
