"""An administrator imports over HTTP: sources, upload, preview, check, apply, revert."""

import hashlib
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.kit.platform import Platform
from banksia.modules.property.tests.test_importing import everything

IMPORTS, SOURCES = "/api/property/imports", "/api/property/sources"
RATES = (
    "address,lot,plan,assessment",
    "6 FAIRVIEW DRIVE LITHGOW,1,DP9,77",
    "8 FAIRVIEW DRIVE LITHGOW,2,DP9,78",
    "10 FAIRVIEW DRIVE LITHGOW,3,DP9,79",
)


def body(*lines: str) -> bytes:
    return ("\n".join(lines) + "\n").encode()


class Office:
    """The administrator's browser and the worker."""

    def __init__(self, client: TestClient, run_outbox: Callable[[], int]) -> None:
        self.client, self.run_outbox = client, run_outbox

    def source(self, name: str = "Rates system", **about: Any) -> str:
        answer = self.client.post(SOURCES, json={"name": name, "format": "csv", **about})
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def upload(self, source_id: str, *lines: str, name: str = "july.csv", **claimed: str) -> Any:
        content = body(*lines)
        sha256 = claimed.get("sha256", hashlib.sha256(content).hexdigest())
        return self.client.post(
            IMPORTS,
            params={"source_id": source_id, "file_name": name},
            content=content,
            headers={"Content-Type": "application/octet-stream", "X-Content-SHA256": sha256},
        )

    def received(self, source_id: str, *lines: str, name: str = "july.csv") -> str:
        answer = self.upload(source_id, *lines, name=name)
        assert answer.status_code == 201, answer.text
        assert answer.json()["state"] == "received"
        return str(answer.json()["id"])

    def do(self, run_id: str, action: str, **wish: Any) -> Any:
        answer = self.client.post(f"{IMPORTS}/{run_id}/{action}", json=wish)
        if answer.status_code == 200:
            self.run_outbox()
        return answer

    def read(self, run_id: str) -> dict[str, Any]:
        found: dict[str, Any] = self.client.get(f"{IMPORTS}/{run_id}").json()
        return found

    def checked(self, source_id: str, *lines: str, name: str = "july.csv", **options: Any) -> dict[str, Any]:
        run_id = self.received(source_id, *lines, name=name)
        answer = self.do(run_id, "check", **options)
        assert answer.status_code == 200, answer.text
        return self.read(run_id)

    def applied(self, source_id: str, *lines: str, name: str = "july.csv", **options: Any) -> dict[str, Any]:
        run = self.checked(source_id, *lines, name=name, **options)
        assert run["state"] == "checked", run
        answer = self.do(run["id"], "apply", confirm_suspicious=True)
        assert answer.status_code == 200, answer.text
        run = self.read(run["id"])
        assert run["state"] == "applied", run
        return run

    def found(self, q: str) -> list[tuple[str | None, list[str], str | None, str]]:
        results = self.client.get("/api/property/search", params={"q": q}).json()["results"]
        return [(each["address"], each["parcels"], each["assessment"], each["status"]) for each in results]


@pytest.fixture
def office(signed_in_as: Callable[..., TestClient], run_outbox: Callable[[], int]) -> Office:
    return Office(signed_in_as("administrator"), run_outbox)


class TestSources:
    def test_are_kept_changed_and_retired(self, office: Office) -> None:
        source_id = office.source(mapping={"address": "Where"}, is_complete=True)
        path = f"{SOURCES}/{source_id}"
        changed = office.client.patch(path, json={"crs": "EPSG:7855", "ended_percent_limit": 20}).json()
        assert (changed["crs"], changed["ended_percent_limit"], changed["is_complete"]) == ("EPSG:7855", 20, True)
        assert office.client.patch(path, json={"crs": None}).json()["crs"] is None
        assert [each["name"] for each in office.client.get(SOURCES).json()["results"]] == ["Rates system"]
        assert office.client.post(f"{path}/retire").json()["retired_at"]
        assert office.client.get(SOURCES).json()["results"] == []
        assert len(office.client.get(SOURCES, params={"retired": True}).json()["results"]) == 1
        assert office.upload(source_id, *RATES).json()["type"] == "urn:banksia:property:import-not-now"

    @pytest.mark.parametrize(
        ("about", "field"),
        [
            ({"name": "Rates system"}, "name"),
            ({"name": "Other", "watched_url": "/etc"}, "watched_url"),
            ({"name": "Other", "applies_unwatched": True}, "applies_unwatched"),
        ],
    )
    def test_say_what_is_wrong_with_them(self, office: Office, about: dict[str, Any], field: str) -> None:
        office.source()
        answer = office.client.post(SOURCES, json={"format": "csv", **about})
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)

    def test_are_for_administrators_only(self, signed_in_as: Callable[..., TestClient], office: Office) -> None:
        source_id = office.source()
        for role in ("customer", "records_officer", "certificate_officer"):
            clerk = signed_in_as(role)
            assert clerk.get(SOURCES).status_code == clerk.get(f"{SOURCES}/{source_id}").status_code == 403

    def test_of_another_council_do_not_exist(self, office: Office) -> None:
        source_id = office.source()
        answer = office.client.get(f"{SOURCES}/{source_id}", headers={"Host": "kurrajong.localhost"})
        assert answer.status_code in (401, 404)


class TestUpload:
    def test_refuses_a_file_that_was_damaged_on_its_way(self, office: Office) -> None:
        answer = office.upload(office.source(), *RATES, sha256="0" * 64)
        assert (answer.status_code, answer.json()["type"]) == (400, "urn:banksia:storage:checksum-mismatch")
        assert office.client.get(IMPORTS).json()["results"] == []

    def test_refuses_an_unknown_source_an_empty_file_and_one_that_is_too_large(
        self, office: Office, platform: Platform
    ) -> None:
        assert office.upload(str(uuid.UUID(int=1)), *RATES).status_code == 404
        source_id = office.source()
        empty = office.client.post(
            IMPORTS,
            params={"source_id": source_id, "file_name": "a.csv"},
            headers={"Content-Length": "0", "X-Content-SHA256": hashlib.sha256(b"").hexdigest()},
        )
        assert (empty.status_code, empty.json()["type"]) == (422, "urn:banksia:property:import-refused")
        platform.settings = platform.settings.model_copy(update={"max_upload_bytes": 20})
        assert office.upload(source_id, *RATES).status_code == 413

    @pytest.mark.parametrize("name", ["..", "/", "\x00"])
    def test_refuses_a_name_that_is_none(self, office: Office, name: str) -> None:
        answer = office.upload(office.source(), *RATES, name=name)
        assert answer.status_code == 422, answer.text


class TestPreview:
    def test_shows_columns_guesses_and_rows_and_keeps_nothing(self, office: Office, session: Session) -> None:
        run_id = office.received(office.source(), *RATES)
        before = everything(session)
        shown = office.client.post(f"{IMPORTS}/{run_id}/preview", json={}).json()
        assert shown["columns"] == ["address", "lot", "plan", "assessment"]
        assert shown["mapping"]["assessment"] == "assessment"
        assert (shown["rows"][0]["address"], shown["rows"][0]["parcels"]) == ("6 FAIRVIEW DRIVE LITHGOW", ["1//DP9"])
        assert everything(session) == before

    def test_tries_another_mapping(self, office: Office) -> None:
        run_id = office.received(office.source(), "Where,L,P", "6 FAIRVIEW DRIVE LITHGOW,1,DP9")
        mapping = {"address": "Where", "lot": "L", "plan": "P"}
        shown = office.client.post(f"{IMPORTS}/{run_id}/preview", json={"mapping": mapping}).json()
        assert shown["rows"][0]["parcels"] == ["1//DP9"]
        assert office.client.get(SOURCES).json()["results"][0]["mapping"] == {}


class TestCheck:
    def test_says_what_would_change_and_changes_nothing(self, office: Office, session: Session) -> None:
        run_id = office.received(office.source(), *RATES, "NOWHERE AT ALL,1,,")
        before = {table: rows for table, rows in everything(session).items() if table != "import_runs"}
        assert office.do(run_id, "check").json()["state"] == "checking"
        run = office.read(run_id)
        assert run["state"] == "checked"
        assert (run["counts"]["addresses_new"], run["counts"]["rejected"]) == (3, 1)
        assert [each["label"] for each in run["samples"]["new"]][:1] == ["6 FAIRVIEW DRIVE LITHGOW"]
        assert run["actions"] == ["preview", "check", "apply", "discard"]
        assert {table: rows for table, rows in everything(session).items() if table != "import_runs"} == before
        listed = office.client.get(f"{IMPORTS}/{run_id}/rejected")
        assert "july.rejected.csv" in listed.headers["content-disposition"]
        assert listed.text.splitlines()[1].startswith("5,A parcel needs both a lot and a plan.")

    def test_keeps_the_mapping_with_the_source(self, office: Office) -> None:
        source_id = office.source()
        mapping = {"address": "Where"}
        run = office.checked(source_id, "Where", "6 FAIRVIEW DRIVE LITHGOW", mapping=mapping)
        assert (run["state"], run["options"]["mapping"]) == ("checked", mapping)
        assert office.client.get(f"{SOURCES}/{source_id}").json()["mapping"] == mapping

    def test_of_a_broken_file_fails_with_a_sentence_and_can_be_tried_again(self, office: Office) -> None:
        run = office.checked(office.source(), "a,b", "1,2")
        assert (run["state"], run["actions"]) == ("failed", ["preview", "check", "discard"])
        assert "names no address" in run["failure"]
        assert office.do(run["id"], "apply").json()["type"] == "urn:banksia:property:import-not-now"
        assert office.do(run["id"], "check", mapping={"address": "b"}).status_code == 200

    def test_without_rejected_rows_has_no_list_of_them(self, office: Office) -> None:
        run = office.checked(office.source(), *RATES)
        assert not run["has_rejected"]
        assert office.client.get(f"{IMPORTS}/{run['id']}/rejected").status_code == 404


class TestApply:
    def test_makes_the_file_part_of_the_truth(self, office: Office) -> None:
        run = office.applied(office.source(), *RATES)
        assert (run["counts"]["properties_new"], run["applied_by_name"] is not None) == (3, True)
        assert office.found("6 fairview") == [("6 FAIRVIEW DRIVE LITHGOW", ["1//DP9"], "77", "current")]
        assert run["actions"] == ["revert"]

    def test_again_changes_nothing(self, office: Office, session: Session) -> None:
        source_id = office.source()
        office.applied(source_id, *RATES)
        before = {table: rows for table, rows in everything(session).items() if table != "import_runs"}
        run = office.applied(source_id, *RATES)
        assert not [name for name, n in run["counts"].items() if n and name.endswith(("new", "changed", "ended"))]
        assert {table: rows for table, rows in everything(session).items() if table != "import_runs"} == before

    def test_asks_for_a_confirmation_of_what_is_suspicious(self, office: Office) -> None:
        source_id = office.source(is_complete=True)
        office.applied(source_id, *RATES)
        run = office.checked(source_id, *RATES[:2])
        assert [each["code"] for each in run["findings"]] == ["many_ended"]
        refused = office.do(run["id"], "apply")
        assert (refused.status_code, refused.json()["type"]) == (409, "urn:banksia:property:import-suspicious")
        assert "no longer listed" in refused.json()["detail"]
        assert office.do(run["id"], "apply", confirm_suspicious=True).status_code == 200
        assert office.found("8 fairview")[0][3] == "historic"

    def test_that_became_suspicious_since_its_check_goes_back_to_review(self, office: Office) -> None:
        source_id = office.source(is_complete=True)
        waiting = office.checked(source_id, *RATES[:2])
        assert waiting["findings"] == []
        office.applied(source_id, *RATES)
        assert office.do(waiting["id"], "apply").status_code == 200
        run = office.read(waiting["id"])
        assert (run["state"], run["is_suspicious"]) == ("checked", True)
        assert "changed since" in run["failure"]
        assert len(office.found("fairview")) == 3

    def test_is_not_for_an_import_that_was_not_checked_or_was_discarded(self, office: Office) -> None:
        run_id = office.received(office.source(), *RATES)
        assert office.do(run_id, "apply").status_code == 409
        assert office.do(run_id, "discard").json()["state"] == "discarded"
        for action in ("apply", "check", "discard", "revert", "preview"):
            assert office.do(run_id, action).status_code == 409

    def test_lists_imports_by_source_and_state(self, office: Office) -> None:
        first, second = office.source(), office.source("Another")
        office.applied(first, *RATES)
        office.received(second, *RATES)
        assert len(office.client.get(IMPORTS).json()["results"]) == 2
        assert len(office.client.get(IMPORTS, params={"source_id": second}).json()["results"]) == 1
        assert len(office.client.get(IMPORTS, params={"state": "applied"}).json()["results"]) == 1
        page = office.client.get(IMPORTS, params={"limit": 1}).json()
        assert page["next_cursor"]


class TestRevert:
    def test_takes_the_first_import_back_as_if_it_had_never_been(self, office: Office, session: Session) -> None:
        run = office.applied(office.source(), *RATES)
        assert office.do(run["id"], "revert").json()["state"] == "reverting"
        assert office.read(run["id"])["state"] == "reverted"
        assert office.found("fairview") == office.found("1//dp9") == []
        held = "SELECT count(*) FROM property.{} WHERE valid_to IS DISTINCT FROM valid_from"
        for table in ("addresses", "parcels", "assessments", "properties", "property_parcels", "parcel_addresses"):
            assert session.scalar(text(held.format(table))) == 0

    def test_comes_again_as_the_same_records(self, office: Office, session: Session) -> None:
        source_id = office.source()
        run = office.applied(source_id, *RATES)
        ids = set(session.scalars(text("SELECT id FROM property.properties")))
        office.do(run["id"], "revert")
        again = office.applied(source_id, *RATES)
        assert again["counts"]["addresses_reopened"] == again["counts"]["parcels_reopened"] == 3
        assert office.found("6 fairview") == [("6 FAIRVIEW DRIVE LITHGOW", ["1//DP9"], "77", "current")]
        assert set(session.scalars(text("SELECT id FROM property.properties"))) == ids
        office.do(again["id"], "revert")
        assert office.read(again["id"])["state"] == "reverted"
        assert office.found("fairview") == []

    def test_puts_back_what_was_changed_and_ended(self, office: Office) -> None:
        source_id = office.source(is_complete=True, ended_percent_limit=100)
        office.applied(source_id, *RATES)
        before = {q: office.found(q) for q in ("6 fairview", "8 fairview", "10 fairview", "12 fairview", "1//dp9")}
        run = office.applied(
            source_id,
            "address,lot,plan,assessment",
            "6 FAIRVIEW DRIVE LITHGOW,1,DP9,77",
            "12 FAIRVIEW DRIVE LITHGOW,1,DP9,77",
            "8 FAIRVIEW DRIVE LITHGOW,2,DP9,77",
        )
        assert run["counts"]["parcels_ended"] == run["counts"]["addresses_ended"] == 1
        assert run["counts"]["assessments_ended"] == 2
        assert office.found("8 fairview") == [("8 FAIRVIEW DRIVE LITHGOW", ["1//DP9", "2//DP9"], "77", "current")]
        assert office.found("10 fairview")[0][3] == "historic"
        office.do(run["id"], "revert")
        assert office.read(run["id"])["state"] == "reverted"
        assert {q: office.found(q) for q in before} == before

    def test_is_refused_while_a_later_import_depends_on_it(self, office: Office) -> None:
        first = office.applied(office.source(), *RATES)
        office.applied(
            office.source("Points"), "address,longitude,latitude", "6 FAIRVIEW DRIVE LITHGOW,150.1,-33.5", name="p.csv"
        )
        refused = office.do(first["id"], "revert")
        assert (refused.status_code, refused.json()["type"]) == (409, "urn:banksia:property:import-depended-on")
        assert refused.json()["depends"] == ["“p.csv”, imported later, changed 1 of its records."]
        assert office.read(first["id"])["state"] == "applied"

    def test_is_possible_again_once_the_later_one_is_reverted(self, office: Office) -> None:
        first = office.applied(office.source(), *RATES)
        second = office.applied(office.source("Roads"), "address,lot,plan", "99 MAIN STREET LITHGOW,1,DP9")
        assert office.do(first["id"], "revert").status_code == 409
        assert office.do(second["id"], "revert").status_code == 200
        assert office.do(first["id"], "revert").status_code == 200
        assert office.found("fairview") == office.found("main") == []
