"""Data quality: work lists of what is wrong, and conflicts that somebody decides."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, event, text
from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.kit.database import organisation_id_of
from banksia.modules.property import permissions
from banksia.modules.property.models import Conflict, Correction
from banksia.modules.property.service.imports import quality
from banksia.modules.property.service.searching import find_properties
from banksia.modules.property.tests.conftest import Importer
from banksia.modules.property.tests.factories import make_correction, make_property
from banksia.modules.property.tests.test_imports import Office

QUALITY = "/api/property/quality"
RATES = (
    "address,lot,plan,assessment",
    "6 A STREET LITHGOW,1,DP9,77",
    "6 A STREET LITHGOW,2,DP9,78",
    "8 A STREET LITHGOW,3,DP9,79",
    "8 A STREET LITHGOW,3,DP9,80",
    ",4,DP9,81",
    "12 A STREET LITHGOW,,,",
    "14 A STREET LITHGOW,,,82",
)


@pytest.fixture
def clerk(signed_in_as: Callable[..., TestClient]) -> TestClient:
    return signed_in_as("records_officer")


@pytest.fixture
def office(signed_in_as: Callable[..., TestClient], run_outbox: Callable[[], int]) -> Office:
    return Office(signed_in_as("administrator"), run_outbox)


def counts(client: TestClient) -> dict[str, int]:
    return {each["kind"]: each["count"] for each in client.get(QUALITY).json()["lists"]}


def listed(client: TestClient, kind: str) -> list[str]:
    return [row["label"] for row in client.get(f"{QUALITY}/records/{kind}").json()["results"]]


@contextmanager
def statements(session: Session) -> Iterator[list[str]]:
    """Every statement that is sent meanwhile."""
    found: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        found.append(statement)

    engine = session.get_bind().engine
    assert isinstance(engine, Engine)
    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)


class TestWorkLists:
    def test_name_what_is_wrong(self, session: Session, import_csv: Importer, clerk: TestClient) -> None:
        import_csv(*RATES)
        quality.review_quality(session)
        assert listed(clerk, "shared_addresses") == ["6 A STREET LITHGOW", "8 A STREET LITHGOW"]
        assert listed(clerk, "parcels_in_two_assessments") == ["3//DP9"]
        assert listed(clerk, "parcels_without_address") == ["4//DP9"]
        assert listed(clerk, "addresses_without_parcel") == ["12 A STREET LITHGOW", "14 A STREET LITHGOW"]
        found = counts(clerk)
        assert (found["shared_addresses"], found["addresses_without_parcel"], found["conflicts"]) == (2, 2, 0)
        row = clerk.get(f"{QUALITY}/records/parcels_in_two_assessments").json()["results"][0]
        assert {each["assessment"] for each in row["properties"]} == {"79", "80"}

    def test_leave_out_what_was_mended_meanwhile(
        self, session: Session, import_csv: Importer, clerk: TestClient
    ) -> None:
        import_csv(*RATES)
        quality.review_quality(session)
        import_csv("address,lot,plan", "16 A STREET LITHGOW,4,DP9", "12 A STREET LITHGOW,5,DP9")
        assert listed(clerk, "parcels_without_address") == []
        assert listed(clerk, "addresses_without_parcel") == ["14 A STREET LITHGOW"]
        assert counts(clerk)["addresses_without_parcel"] == 1

    def test_are_looked_for_after_every_import(self, office: Office) -> None:
        office.applied(office.source(), *RATES)
        assert counts(office.client)["shared_addresses"] == 2

    def test_are_paged_and_cost_the_same_for_any_number(
        self, session: Session, import_csv: Importer, clerk: TestClient
    ) -> None:
        def cost() -> int:
            with statements(session) as sent:
                clerk.get(f"{QUALITY}/records/parcels_without_address", params={"limit": 50})
                clerk.get(QUALITY)
            return len(sent)

        import_csv("lot,plan", "1,DP9")
        quality.review_quality(session)
        cost()
        few = cost()
        import_csv("lot,plan", *(f"{n},DP9" for n in range(1, 40)))
        quality.review_quality(session)
        cost()  # after a slow import the first request notes again that the clerk is still there
        assert cost() == few
        path, seen, cursor = f"{QUALITY}/records/parcels_without_address", [], None
        while True:
            page = clerk.get(path, params={"limit": 7, **({"cursor": cursor} if cursor else {})}).json()
            seen += [row["label"] for row in page["results"]]
            cursor = page["next_cursor"]
            if cursor is None:
                break
        assert (len(seen), len(set(seen))) == (39, 39)

    def test_count_no_further_than_they_must(
        self, session: Session, import_csv: Importer, clerk: TestClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(quality, "COUNTED_TO", 2)
        import_csv("lot,plan", "1,DP9", "2,DP9", "3,DP9")
        quality.review_quality(session)
        found = {each["kind"]: each for each in clerk.get(QUALITY).json()["lists"]}["parcels_without_address"]
        assert (found["count"], found["is_more"]) == (2, True)


class TestUnmatched:
    OWNERS = ("assessment,name,postal address", "77,Dale Kaur,PO Box 1 Lithgow", "999,Robin Lee,PO Box 2 Lithgow")

    def test_rows_wait_until_somebody_deals_with_them(self, office: Office, session: Session) -> None:
        office.applied(office.source(), *RATES)
        run = office.applied(office.source("Owners", format="owners"), *self.OWNERS, name="owners.csv")
        assert (run["counts"]["owners_new"], run["counts"]["owners_unmatched"]) == (1, 1)
        listed_at = f"{QUALITY}/unmatched"
        rows = office.client.get(listed_at, params={"of": "owner"}).json()["results"]
        assert [(row["key"], row["line"], row["file_name"]) for row in rows] == [("999", 3, "owners.csv")]
        assert rows[0]["cells"]["name"] == "Robin Lee"
        read = "SELECT count(*) FROM audit.entries WHERE action = 'property.unmatched_owners_read'"
        assert session.scalar(text(read)) == 1
        assert counts(office.client)["unmatched_owners"] == 1
        path = f"{listed_at}/{rows[0]['id']}/resolve"
        assert office.client.post(path, json={"note": "Sold"}).status_code == 204
        assert office.client.get(listed_at, params={"of": "owner"}).json()["results"] == []
        assert office.client.post(path, json={}).status_code == 404

    def test_owners_are_shown_to_those_only_who_may_see_them(
        self, office: Office, session: Session, administrator: Actor
    ) -> None:
        office.applied(office.source("Owners", format="owners"), *self.OWNERS, name="owners.csv")
        without = replace(administrator, permissions=administrator.permissions - {permissions.OWNERS_READ.name})
        rows, _ = quality.list_unmatched(session, without, kind="owner", limit=10, cursor=None)
        assert {(row.key, len(row.cells)) for row in rows} == {("77", 0), ("999", 0)}

    def test_revert_takes_owners_back(self, office: Office, session: Session) -> None:
        office.applied(office.source(), *RATES)
        owners = office.source("Owners", format="owners")
        office.applied(owners, *self.OWNERS, name="owners.csv")
        changed = office.applied(owners, self.OWNERS[0], "77,Dale Kaur-Lee,PO Box 1 Lithgow", name="august.csv")
        assert (changed["counts"]["owners_new"], changed["counts"]["owners_ended"]) == (1, 1)
        held = "SELECT name FROM property.owners WHERE valid_to IS NULL"
        words = "SELECT word FROM property.owner_words ORDER BY word"
        assert session.scalars(text(held)).all() == ["Dale Kaur-Lee"]
        office.do(changed["id"], "revert")
        assert office.read(changed["id"])["state"] == "reverted"
        assert session.scalars(text(held)).all() == ["Dale Kaur"]
        assert session.scalars(text(words)).all() == ["DALE", "KAUR"]


class TestConflicts:
    def conflict(self, session: Session, field: str, kept: str, said: str) -> uuid.UUID:
        """An approved correction of a property's parcel or address, and an import that says something else."""
        property_id = make_property(session)
        table = "addresses" if field in ("text", "postcode") else "parcels"
        about = {"property_id": property_id, "table_name": table, "organisation_id": organisation_id_of(session)}
        record_id = session.scalars(text(f"SELECT id FROM property.{table}")).one()  # noqa: S608  (one of two)
        correction = Correction(
            **about, record_id=record_id, field=field, before=said, after=kept, reason="Survey", state="approved",
            is_binding=True, proposed_by_name="Officer",
        )  # fmt: skip
        session.add(correction)
        session.flush()
        conflict = Conflict(
            organisation_id=organisation_id_of(session), correction_id=correction.id, import_run_id=uuid.UUID(int=1),
            imported_value=said,
        )  # fmt: skip
        session.add(conflict)
        session.flush()
        return conflict.id

    def test_are_listed_and_kept(self, session: Session, clerk: TestClient) -> None:
        conflict_id = self.conflict(session, "area_square_metres", "650", "500")
        row = clerk.get(f"{QUALITY}/conflicts").json()["results"][0]
        assert (row["kept"], row["imported_value"], row["record"]) == ("650", "500", "Lot 2 Section 2 DP 2288")
        path = f"{QUALITY}/conflicts/{conflict_id}/decide"
        assert clerk.post(path, json={"decision": "keep"}).json()["state"] == "kept"
        assert clerk.get(f"{QUALITY}/conflicts").json()["results"] == []
        assert len(clerk.get(f"{QUALITY}/conflicts", params={"state": "kept"}).json()["results"]) == 1
        assert clerk.post(path, json={"decision": "take"}).status_code == 404
        assert session.scalar(text("SELECT bool_and(is_binding) FROM property.corrections"))

    @pytest.mark.parametrize(
        ("field", "kept", "said", "found"),
        [
            ("area_square_metres", "650", "500", ("parcels", "area_square_metres", 500.0)),
            ("status", "current", "historic", ("parcels", "status", "historic")),
            ("postcode", "2790", "2791", ("addresses", "postcode", "2791")),
            ("text", "x", "6A FAIRVIEW ROAD LITHGOW", ("addresses", "text", "6A FAIRVIEW ROAD LITHGOW")),
        ],
    )
    def test_are_taken_journaled_and_found_by_search(
        self, session: Session, clerk: TestClient, field: str, kept: str, said: str, found: tuple[str, str, Any]
    ) -> None:
        conflict_id = self.conflict(session, field, kept, said)
        answer = clerk.post(f"{QUALITY}/conflicts/{conflict_id}/decide", json={"decision": "take"})
        assert (answer.status_code, answer.json()["state"]) == (200, "taken"), answer.text
        table, column, value = found
        assert session.scalar(text(f"SELECT {column} FROM property.{table}")) == value  # noqa: S608  (our own)
        assert not session.scalar(text("SELECT bool_or(is_binding) FROM property.corrections"))
        assert session.scalar(text("SELECT count(*) FROM property.changes WHERE act = 'correction'")) >= 1
        result = find_properties(session, "6a fairview road" if field == "text" else "6 fairview")[0]
        assert result["status"] == ("historic" if field == "status" else "current")

    def test_are_decided_by_those_who_may(self, session: Session, signed_in_as: Callable[..., TestClient]) -> None:
        conflict_id = self.conflict(session, "area_square_metres", "650", "500")
        path = f"{QUALITY}/conflicts/{conflict_id}/decide"
        assert signed_in_as("finance_officer").post(path, json={"decision": "take"}).status_code == 403
        assert signed_in_as("customer").get(f"{QUALITY}/conflicts").status_code == 403


class TestToday:
    def test_counts_what_waits_and_names_imports_to_those_who_run_them(
        self, session: Session, signed_in_as: Callable[..., TestClient]
    ) -> None:
        make_correction(session, Actor.system(organisation_id_of(session)), make_property(session))
        shown = signed_in_as("administrator").get("/property/.well-known/banksia/dashboard.json").json()["widgets"]
        (care,) = [widget for widget in shown if widget["name"] == "care"]
        assert {each["label"]: each["count"] for each in care["content"]["counts"]} == {
            "Corrections to decide": 1,
            "Conflicts with corrections": 0,
            "Imports to review": 0,
        }
        records = signed_in_as("records_officer").get("/property/.well-known/banksia/dashboard.json").json()["widgets"]
        assert "Imports to review" not in str(records)
        assert signed_in_as("counter_clerk").get("/property/.well-known/banksia/dashboard.json").json()["widgets"] == []
