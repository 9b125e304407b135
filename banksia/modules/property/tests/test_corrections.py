"""Corrections: proposed by one, decided by another, true at once, and never over what has changed meanwhile."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.kit.database import organisation_id_of
from banksia.modules.property.models import Correction, Street
from banksia.modules.property.public import find_properties, get_property
from banksia.modules.property.queries import land
from banksia.modules.property.service.journal import note_change
from banksia.modules.property.tests.factories import make_property

AT = "/api/property"
SignedIn = Callable[..., TestClient]


@pytest.fixture
def property_id(session: Session) -> uuid.UUID:
    return make_property(session)


@pytest.fixture
def proposer(signed_in_as: SignedIn) -> TestClient:
    return signed_in_as("counter_clerk")


@pytest.fixture
def decider(signed_in_as: SignedIn) -> TestClient:
    return signed_in_as("records_officer")


def propose(client: TestClient, session: Session, property_id: uuid.UUID, field: str, value: str) -> Any:
    found = get_property(session, property_id)
    record = found.addresses[0] if field in ("text", "postcode") else found.parcels[0]
    body = {"record_id": str(record.id), "field": field, "value": value, "reason": "Seen on site"}
    return client.post(f"{AT}/properties/{property_id}/corrections", json=body)


def decide(client: TestClient, proposed: Any, what: str, reason: str = "Checked") -> Any:
    return client.post(f"{AT}/corrections/{proposed.json()['id']}/{what}", json={"reason": reason})


class TestApproveCorrection:
    def test_of_an_address_moves_it_to_its_street_and_search_finds_it_there(
        self, session: Session, property_id: uuid.UUID, proposer: TestClient, decider: TestClient
    ) -> None:
        proposed = propose(proposer, session, property_id, "text", "8 Fairview Road South Bowenfels")
        assert proposed.status_code == 201
        assert session.scalars(select(Street.type)).all() == ["DRIVE"]  # nothing is made before it is approved
        approved = decide(decider, proposed, "approve").json()
        assert (approved["state"], approved["is_binding"], approved["may_decide"]) == ("approved", True, False)
        assert get_property(session, property_id).address == "8 FAIRVIEW ROAD SOUTH BOWENFELS"
        assert find_properties(session, "8 fairview road")[0]["id"] == str(property_id)
        assert find_properties(session, "6 fairview drive") == []
        kept = session.scalars(select(Correction)).one()
        assert kept.imported_key
        assert kept.imported_key.startswith("FAIRVIEW\tDRIVE")
        told = session.execute(text("SELECT payload FROM events.outbox WHERE name = 'property.address_changed'")).one()
        assert told.payload == {"property_ids": [str(property_id)]}

    def test_of_a_parcel_changes_its_property_too(
        self, session: Session, property_id: uuid.UUID, proposer: TestClient, decider: TestClient
    ) -> None:
        decide(decider, propose(proposer, session, property_id, "area_square_metres", "1,012"), "approve")
        decide(decider, propose(proposer, session, property_id, "status", "historic"), "approve")
        session.expire_all()
        found = get_property(session, property_id, with_sources=True)
        assert (found.status, found.parcels[0].status, found.parcels[0].area_square_metres) == (
            "historic",
            "historic",
            1012.0,
        )
        assert found.parcels[0].source
        assert found.parcels[0].source.valid_to
        decide(decider, propose(proposer, session, property_id, "status", "current"), "approve")
        session.expire_all()
        assert get_property(session, property_id).status == "current"

    def test_is_never_done_by_its_proposer(
        self, session: Session, property_id: uuid.UUID, decider: TestClient, proposer: TestClient
    ) -> None:
        proposed = propose(decider, session, property_id, "postcode", "2790")
        for what in ("approve", "reject"):
            assert decide(decider, proposed, what).json()["type"].endswith("correction-own")
        assert decide(proposer, proposed, "approve").status_code == 403
        assert decide(proposer, proposed, "withdraw").json()["type"].endswith("correction-not-yours")
        assert decide(decider, proposed, "withdraw").json()["state"] == "withdrawn"
        assert decide(decider, proposed, "withdraw").json()["type"].endswith("correction-decided")

    def test_is_refused_when_the_record_says_something_else_by_now(
        self, session: Session, property_id: uuid.UUID, proposer: TestClient, decider: TestClient
    ) -> None:
        proposed = propose(proposer, session, property_id, "area_square_metres", "450")
        organisation_id = organisation_id_of(session)
        parcel = get_property(session, property_id).parcels[0]
        row = session.scalars(land.parcels_with_ids(organisation_id, [parcel.id])).one()
        note_change(session, Actor.system(organisation_id), row, {"area_square_metres": 500.0}, because="import")
        session.flush()
        stale = decide(decider, proposed, "approve")
        assert stale.status_code == 409
        assert "said “nothing” when this was proposed, and says “500” now" in stale.json()["detail"]
        assert decide(decider, proposed, "reject").json()["decision"] == "Checked"

    def test_that_follows_another_keeps_the_key_of_the_files(
        self, session: Session, property_id: uuid.UUID, proposer: TestClient, decider: TestClient
    ) -> None:
        for value in ("8 Fairview Road South Bowenfels", "10 Fairview Road South Bowenfels"):
            decide(decider, propose(proposer, session, property_id, "text", value), "approve")
        session.expire_all()
        first, second = session.scalars(select(Correction).order_by(Correction.id)).all()
        assert (first.is_binding, second.is_binding) == (False, True)
        assert first.imported_key == second.imported_key


class TestProposeCorrection:
    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("text", "Lithgow"), ("text", ""), ("text", "6 FAIRVIEW DRIVE SOUTH BOWENFELS"), ("postcode", "279"),
            ("area_square_metres", "big"), ("area_square_metres", "-4"), ("area_square_metres", "nan"),
            ("area_square_metres", "inf"), ("status", "sold"), ("status", "current"),
        ],
    )  # fmt: skip
    def test_refuses_what_cannot_be_right_or_is_so_already(
        self, session: Session, property_id: uuid.UUID, proposer: TestClient, field: str, value: str
    ) -> None:
        answer = propose(proposer, session, property_id, field, value)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "value")

    def test_refuses_another_record_s_address_and_a_second_proposal(
        self, session: Session, property_id: uuid.UUID, proposer: TestClient
    ) -> None:
        other = make_property(session, address="8 FAIRVIEW ROAD SOUTH BOWENFELS", parcels=("9//DP9",))
        taken = propose(proposer, session, property_id, "text", "8 Fairview Rd South Bowenfels")
        assert taken.json()["type"].endswith("address-taken")
        assert propose(proposer, session, property_id, "postcode", "2790").status_code == 201
        assert propose(proposer, session, property_id, "postcode", "2791").json()["type"].endswith("correction-open")
        body = {"field": "text", "value": "1 X ST LITHGOW", "reason": "x"}
        body["record_id"] = str(get_property(session, other).addresses[0].id)
        foreign = proposer.post(f"{AT}/properties/{property_id}/corrections", json=body)
        assert foreign.json()["errors"][0]["field"] == "record_id"


class TestListCorrections:
    def test_pages_by_state_and_property_and_says_what_one_may_do(
        self, session: Session, property_id: uuid.UUID, proposer: TestClient, decider: TestClient
    ) -> None:
        first = propose(proposer, session, property_id, "postcode", "2790")
        propose(proposer, session, property_id, "area_square_metres", "450")
        decide(decider, first, "reject")
        waiting = decider.get(f"{AT}/corrections", params={"state": "proposed"}).json()["results"]
        assert [(each["record"], each["may_decide"], each["may_withdraw"]) for each in waiting] == [
            ("Lot 2 Section 2 DP 2288", True, False)
        ]
        page = proposer.get(f"{AT}/corrections", params={"limit": 1, "property_id": str(property_id)}).json()
        assert page["next_cursor"]
        assert page["results"][0]["may_withdraw"]
        assert proposer.get(f"{AT}/corrections", params={"property_id": str(uuid.uuid4())}).json()["results"] == []
