"""Attributes, owners, the map, the history and what other modules know, over HTTP and beneath it."""

import datetime
import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import council_day
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import finish, organisation_id_of, platform_of
from banksia.kit.models import new_id
from banksia.kit.module import Modules, Widget
from banksia.modules.property.models import Owner
from banksia.modules.property.public import get_property, snapshot_property
from banksia.modules.property.queries import land
from banksia.modules.property.service.attributes.values import BadValue, read_value, shown
from banksia.modules.property.service.contributions import list_contributions
from banksia.modules.property.service.journal import note_change
from banksia.modules.property.tests.factories import make_correction, make_property, make_shape

AT = "/api/property/properties"
ZONE = {"value": "RU5 Village", "source": "Zoning layer", "as_at_on": "2026-11-01"}
SignedIn = Callable[..., TestClient]


def add_owner(session: Session, property_id: uuid.UUID, name: str, **columns: Any) -> Owner:
    row = Owner(id=new_id(), organisation_id=organisation_id_of(session), property_id=property_id, name=name, **columns)
    session.add(row)
    session.flush()
    return row


def actions(session: Session) -> list[str]:
    finish(session)
    return list(session.scalars(text("SELECT action FROM audit.entries ORDER BY sequence")))


class TestListOwners:
    def test_shows_who_owns_it_and_writes_down_who_looked(self, session: Session, signed_in_as: SignedIn) -> None:
        property_id = make_property(session)
        add_owner(session, property_id, "Ruth O’Neil", email="ruth@example.org")
        add_owner(session, property_id, "A Smith", valid_from=utc_now(), valid_to=utc_now() + datetime.timedelta(1))
        officer = signed_in_as("certificate_officer")
        now = officer.get(f"{AT}/{property_id}/owners").json()["results"]
        assert [(owner["name"], owner["email"]) for owner in now] == [("Ruth O’Neil", "ruth@example.org")]
        assert len(officer.get(f"{AT}/{property_id}/owners", params={"ended": True}).json()["results"]) == 2
        page = officer.get(f"{AT}/{property_id}/owners", params={"ended": True, "limit": 1}).json()
        assert page["next_cursor"]
        assert actions(session).count("property.owners_read") == 3
        finish(session)

    def test_is_closed_to_who_may_not_see_owners(
        self, client: TestClient, session: Session, signed_in_as: SignedIn
    ) -> None:
        property_id = make_property(session)
        add_owner(session, property_id, "Ruth O’Neil")
        assert client.get(f"{AT}/{property_id}/owners").status_code == 401
        clerk = signed_in_as("counter_clerk")
        assert clerk.get(f"{AT}/{property_id}/owners").status_code == 403
        for path in ("", "/history", "/attributes", "/lineage", "/map", "/contributions"):
            for reader in (client, clerk):
                assert "Ruth" not in reader.get(f"{AT}/{property_id}{path}").text
        assert "Ruth" not in str(snapshot_property(session, property_id))

    def test_of_another_council_are_not_found(self, session: Session, signed_in_as: SignedIn) -> None:
        answer = signed_in_as("administrator").get(f"{AT}/{uuid.uuid4()}/owners")
        assert answer.json()["type"] == "urn:banksia:property:property-not-found"


class TestValues:
    @pytest.mark.parametrize(
        ("kind", "written", "kept"),
        [
            ("yes_no", "Yes", "yes"), ("yes_no", "n", "no"), ("yes_no", "Unknown", "unknown"),
            ("amount", "$1,234.50", "123450"), ("amount", "(12.50)", "-1250"), ("amount", "12.5 CR", "-1250"),
            ("amount", "-$3", "-300"), ("date", "14/03/2026", "2026-03-14"), ("date", "14 Mar 2026", "2026-03-14"),
            ("date", "2026-03-14T00:00:00", "2026-03-14"), ("text", " RU5  Village ", "RU5 Village"),
            ("choice", "farmland", "Farmland"), ("amount", "unknown", "unknown"),
        ],
    )  # fmt: skip
    def test_are_read_as_people_write_them(self, kind: str, written: str, kept: str) -> None:
        assert read_value(kind, ["Farmland", "Business"], written).value == kept

    @pytest.mark.parametrize(
        ("kind", "written"),
        [
            ("yes_no", "maybe"), ("yes_no", ""), ("amount", "12.345"), ("amount", "(12"), ("amount", "9" * 20),
            ("date", "31/02/2026"), ("date", "0001-01-01"), ("choice", "Vacant"), ("text", "x" * 501),
        ],
    )  # fmt: skip
    def test_that_do_not_fit_are_refused(self, kind: str, written: str) -> None:
        with pytest.raises(BadValue):
            read_value(kind, ["Farmland", "Business"], written)

    def test_read_well_and_unknown_never_as_no(self) -> None:
        assert shown("yes_no", "yes", "part") == "Yes, part"
        assert shown("amount", "41265", "owing") == "$412.65 owing"
        assert shown("amount", "-1250", "") == "-$12.50"
        assert shown("date", "2026-03-14", "") == "14 March 2026"
        assert shown("yes_no", None, "") == shown("yes_no", "unknown", "") == "Unknown"


class TestRecordAttribute:
    def test_ends_what_was_recorded_before(self, session: Session, signed_in_as: SignedIn) -> None:
        property_id = make_property(session)
        officer = signed_in_as("certificate_officer")
        assert officer.put(f"{AT}/{property_id}/attributes/zone", json=ZONE).json()["shown"] == "RU5 Village"
        changed = officer.put(f"{AT}/{property_id}/attributes/zone", json=ZONE | {"value": "R1", "detail": "part"})
        assert (changed.json()["shown"], changed.json()["source"]) == ("R1, part", "Zoning layer")
        officer.put(f"{AT}/{property_id}/attributes/zone", json=ZONE | {"value": "R1", "detail": "part"})
        assert actions(session).count("property.attribute_recorded") == 2
        history = officer.get(f"{AT}/{property_id}/history").json()["results"]
        told = [entry for entry in history if entry["kind"] == "attribute"]
        assert [entry["changes"][0] for entry in told] == [
            {"label": "Value", "before": "RU5 Village", "after": "R1, part"},
            {"label": "Value", "before": None, "after": "RU5 Village"},
        ]
        assert told[0]["by"]

    def test_lists_what_is_unknown_and_what_was_known_on_a_day(self, session: Session, signed_in_as: SignedIn) -> None:
        property_id = make_property(session, parcels=("1//DP9", "2//DP9"), assessment="7")
        officer = signed_in_as("certificate_officer")
        first = get_property(session, property_id).parcels[0]
        officer.put(f"{AT}/{property_id}/attributes/zone", json=ZONE | {"parcel_id": str(first.id)})
        listed = officer.get(f"{AT}/{property_id}/attributes").json()["attributes"]
        zones = {row["parcel"]: row["shown"] for row in listed if row["code"] == "zone"}
        assert zones == {"1//DP9": "RU5 Village", "2//DP9": "Unknown"}
        today = officer.get(f"{AT}/{property_id}/attributes", params={"as_at": council_day(session).isoformat()})
        assert today.status_code == 200
        assert officer.get(f"{AT}/{property_id}/attributes", params={"as_at": "2001-01-01"}).status_code == 404
        assert officer.get(f"{AT}/{property_id}/attributes", params={"as_at": "2999-01-01"}).status_code == 422

    @pytest.mark.parametrize(
        ("code", "body", "field"),
        [
            ("heritage_item", {"value": "perhaps"}, "value"),
            ("zone", {"value": "RU5", "parcel_id": str(uuid.uuid4())}, "parcel_id"),
            ("rates_balance", {"value": "12", "parcel_id": str(uuid.uuid4())}, "parcel_id"),
            ("zone", {"value": "RU5", "as_at_on": "2999-01-01"}, "as_at_on"),
        ],
    )
    def test_names_the_field_that_is_wrong(
        self, session: Session, signed_in_as: SignedIn, code: str, body: dict[str, str], field: str
    ) -> None:
        answer = signed_in_as("certificate_officer").put(
            f"{AT}/{make_property(session)}/attributes/{code}", json={"source": "A map"} | body
        )
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)

    def test_goes_into_the_picture_that_a_workflow_keeps(self, session: Session, signed_in_as: SignedIn) -> None:
        property_id = make_property(session)
        signed_in_as("certificate_officer").put(f"{AT}/{property_id}/attributes/zone", json=ZONE)
        picture = snapshot_property(session, property_id, "2/2/2288")
        zone = next(each for each in picture["attributes"] if each["code"] == "zone")
        assert (zone["value"], zone["as_at_on"], zone["is_unknown"]) == ("RU5 Village", "2026-11-01", False)
        assert all(each["is_unknown"] for each in picture["attributes"] if each["code"] != "zone")


class TestCatalogue:
    URL = "/api/property/attribute-definitions"

    def test_is_added_to_changed_and_retired(self, session: Session, signed_in_as: SignedIn) -> None:
        administrator = signed_in_as("administrator")
        noise = {"code": "aircraft_noise", "title": "Aircraft noise", "kind": "choice", "choices": ["20", "25"]}
        created = administrator.post(self.URL, json=noise)
        assert (created.status_code, created.json()["value_count"]) == (201, 0)
        assert administrator.post(self.URL, json=noise).json()["type"].endswith("attribute-code-taken")
        url = f"{self.URL}/aircraft_noise"
        assert administrator.patch(url, json={"kind": "text", "choices": []}).json()["kind"] == "text"
        property_id = make_property(session)
        administrator.put(f"{AT}/{property_id}/attributes/aircraft_noise", json={"value": "25", "source": "ANEF"})
        assert administrator.patch(url, json={"kind": "yes_no"}).json()["type"].endswith("attribute-kind-fixed")
        assert administrator.post(f"{url}/retire").json()["retired_at"]
        refused = administrator.put(
            f"{AT}/{property_id}/attributes/aircraft_noise", json={"value": "30", "source": "ANEF"}
        )
        assert refused.json()["type"].endswith("attribute-retired")
        listed = administrator.get(self.URL).json()["definitions"]
        assert (listed[-1]["code"], listed[-1]["value_count"]) == ("aircraft_noise", 1)
        assert administrator.post(f"{url}/restore").json()["retired_at"] is None

    @pytest.mark.parametrize(
        "wrong",
        [
            {"code": "Zone 2"}, {"kind": "choice", "choices": ["one"]}, {"kind": "choice", "choices": ["a", "A"]},
            {"kind": "choice", "choices": ["a", "unknown"]}, {"kind": "text", "choices": ["a", "b"]},
        ],
    )  # fmt: skip
    def test_refuses_what_cannot_be_recorded(self, signed_in_as: SignedIn, wrong: dict[str, Any]) -> None:
        body = {"code": "noise", "title": "Noise", "kind": "text"} | wrong
        assert signed_in_as("administrator").post(self.URL, json=body).status_code == 422

    def test_begins_with_what_certificates_ask_and_is_seeded_once(self, session: Session) -> None:
        administrator = Actor.system(organisation_id_of(session))
        module = platform_of(session).modules["property"]
        assert module.on_enabled
        before = session.execute(text("SELECT count(*) FROM property.attribute_definitions")).scalar_one()
        module.on_enabled(session, administrator)
        assert session.execute(text("SELECT count(*) FROM property.attribute_definitions")).scalar_one() == before > 20


class TestMap:
    def test_shows_own_lots_first_and_then_neighbours(self, session: Session, signed_in_as: SignedIn) -> None:
        home = make_property(
            session, address="9 PORTLAND ROAD PORTLAND", parcels=("13//DP1242624", "14//DP1242624"), assessment="7"
        )
        other = make_property(session, address="11 PORTLAND ROAD PORTLAND", parcels=("15//DP1242624",))
        gone = make_property(session, address="1 X ST PORTLAND", parcels=("1//DP9",), status="historic")
        make_shape(session, get_property(session, home).parcels[0].id)
        make_shape(session, get_property(session, other).parcels[0].id, east=1)
        make_shape(session, get_property(session, gone).parcels[0].id, east=2)
        found = signed_in_as("certificate_officer").get(f"{AT}/{home}/map").json()
        said = [feature["properties"] for feature in found["features"]]
        assert [(each["label"], each["is_own"], each["property_id"]) for each in said] == [
            ("13", True, str(home)),
            ("15", False, str(other)),
        ]
        assert said[1]["address"] == "11 PORTLAND ROAD PORTLAND"
        assert (found["type"], found["without_shape"], found["is_complete"]) == (
            "FeatureCollection",
            ["Lot 14 DP 1242624"],
            True,
        )
        assert found["bounds"] == pytest.approx([149.98, -33.3504, 149.9804, -33.35])

    def test_of_land_without_shapes_is_empty(self, session: Session, signed_in_as: SignedIn) -> None:
        found = signed_in_as("counter_clerk").get(f"{AT}/{make_property(session)}/map").json()
        assert (found["features"], found["bounds"]) == ([], None)


class TestHistory:
    def test_merges_everything_in_one_time_line_page_by_page(self, session: Session, signed_in_as: SignedIn) -> None:
        property_id = make_property(session)
        system = Actor.system(organisation_id_of(session))
        parcel = get_property(session, property_id).parcels[0]
        row = session.scalars(land.parcels_with_ids(system.organisation_id, [parcel.id])).one()
        for area in (450.0, 460.0):
            note_change(session, system, row, {"area_square_metres": area}, because="entry")
            session.flush()
        make_correction(session, system, property_id, "470")
        add_owner(session, property_id, "Ruth O’Neil")
        reader = signed_in_as("records_officer")
        reader.put(f"{AT}/{property_id}/attributes/zone", json=ZONE)
        whole = reader.get(f"{AT}/{property_id}/history").json()
        paged: list[dict[str, Any]] = []
        cursor: str | None = None
        while True:
            page = reader.get(
                f"{AT}/{property_id}/history", params={"limit": 1} | ({"cursor": cursor} if cursor else {})
            )
            paged += page.json()["results"]
            if not (cursor := page.json()["next_cursor"]):
                break
        assert paged == whole["results"]
        assert [entry["at"] for entry in paged] == sorted((entry["at"] for entry in paged), reverse=True)
        assert {entry["kind"] for entry in paged} == {"owner", "correction", "entry"}
        areas = [entry["changes"][0] for entry in paged if entry["kind"] == "entry"]
        assert areas[0] == {"label": "Area in square metres", "before": "450", "after": "460"}
        clerk = signed_in_as("counter_clerk").get(f"{AT}/{property_id}/history").json()["results"]
        assert clerk == [entry for entry in whole["results"] if not entry["is_personal"]]
        assert reader.get(f"{AT}/{property_id}/history", params={"cursor": "x"}).status_code == 400

    def test_costs_as_many_statements_however_long_it_is(self, session: Session, signed_in_as: SignedIn) -> None:
        short = make_property(session, parcels=("1//DP9",))
        long = make_property(
            session, address="2 X ST LITHGOW", parcels=tuple(f"{n}//DP10" for n in range(1, 9)), assessment="7"
        )
        system = Actor.system(organisation_id_of(session))
        for home in (short, long):
            for parcel in get_property(session, home).parcels:
                row = session.scalars(land.parcels_with_ids(system.organisation_id, [parcel.id])).one()
                note_change(session, system, row, {"area_square_metres": 450.0}, because="entry")
        session.flush()
        reader = signed_in_as("administrator")
        reader.get(f"{AT}/{short}/history")  # what is kept of the council for a moment is read once
        for path in ("history", "attributes", "map", "lineage"):
            few, many = (_statements(session, reader, f"{AT}/{home}/{path}") for home in (short, long))
            assert few == many


def _statements(session: Session, reader: TestClient, url: str) -> int:
    counted: list[str] = []

    def note(*arguments: object) -> None:
        counted.append(str(arguments[2]))

    connection = session.connection()
    event.listen(connection, "before_cursor_execute", note)
    assert reader.get(url).status_code == 200
    event.remove(connection, "before_cursor_execute", note)
    return len(counted)


class TestContributions:
    def test_come_from_modules_in_use_that_the_person_may_look_into(
        self, session: Session, signed_in_as: SignedIn
    ) -> None:
        property_id = make_property(session)
        found = signed_in_as("administrator").get(f"{AT}/{property_id}/contributions").json()
        assert {(each["module"], each["title"], each["count"]) for each in found["contributions"]} == {
            ("certificates", "Orders", 0),
            ("files", "Property file", 0),
        }
        assert found["failed"] == []

    def test_that_fail_do_not_break_the_page(self, session: Session, administrator: Actor) -> None:
        def broken(asked: Session, _actor: Actor, **_about: Any) -> dict[str, Any]:
            asked.execute(text("SELECT 1 / 0"))
            return {}

        property_id = make_property(session)
        platform = platform_of(session)
        widget = Widget("orders", "Orders", broken, place="property")
        modules = [
            replace(module, widgets=(widget,)) if module.name == "certificates" else module
            for module in platform.modules
        ]
        platform.modules = Modules(modules)
        both, one = {"certificates", "files"}, {"files"}
        found = list_contributions(session, administrator, property_id=property_id, enabled_modules=both)
        assert ([each.module for each in found.contributions], found.failed) == (["files"], ["Certificates"])
        found = list_contributions(session, administrator, property_id=property_id, enabled_modules=one)
        assert found.failed == []


class TestGetPropertyAsAt:
    def test_is_for_staff_only(self, client: TestClient, session: Session, signed_in_as: SignedIn) -> None:
        property_id, today = make_property(session), {"as_at": council_day(session).isoformat()}
        assert client.get(f"{AT}/{property_id}", params=today).status_code == 401
        assert signed_in_as("customer").get(f"{AT}/{property_id}", params=today).status_code == 403
        staff = signed_in_as("counter_clerk")
        assert staff.get(f"{AT}/{property_id}", params=today).json() == staff.get(f"{AT}/{property_id}").json()
        early = staff.get(f"{AT}/{property_id}", params={"as_at": "2001-01-01"})
        assert early.json()["type"] == "urn:banksia:property:property-not-yet"
