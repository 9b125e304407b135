"""The audit log as an administrator reads it."""

from collections.abc import Callable

from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from banksia.foundation.audit.public import record
from banksia.kit.actor import Actor
from banksia.kit.database import finish

Browser = Callable[..., TestClient]
ENTRIES = "/api/audit/entries"


class TestListEntries:
    def test_newest_first_page_by_page(self, signed_in_as: Browser, session: Session, officer: Actor) -> None:
        for number in range(5):
            record(session, officer, "tests.counted", detail={"number": number})
        finish(session)
        browser = signed_in_as("administrator")
        first = browser.get(ENTRIES, params={"action": "tests.counted", "limit": 3}).json()
        rest = browser.get(
            ENTRIES, params={"action": "tests.counted", "limit": 3, "cursor": first["next_cursor"]}
        ).json()
        numbers = [entry["detail"]["number"] for entry in first["results"] + rest["results"]]
        assert numbers == [4, 3, 2, 1, 0]
        assert rest["next_cursor"] is None

    def test_finds_what_one_person_did(self, signed_in_as: Browser, session: Session, officer: Actor) -> None:
        record(session, officer, "tests.done")
        finish(session)
        found = signed_in_as("administrator").get(ENTRIES, params={"actor_id": str(officer.user_id)}).json()
        assert [entry["action"] for entry in found["results"]] == ["tests.done"]

    def test_a_neighbour_sees_nothing_of_it(
        self, signed_in_as: Browser, client: TestClient, session: Session, officer: Actor
    ) -> None:
        record(session, officer, "tests.done")
        finish(session)
        assert client.get(ENTRIES, headers={"Host": "kurrajong.localhost"}).status_code == 401
        assert signed_in_as("records_officer").get(ENTRIES).status_code == 403


class TestVerification:
    def test_shows_the_last_result(self, signed_in_as: Browser) -> None:
        browser = signed_in_as("administrator")
        assert browser.get("/api/audit/verification").json() is None
        walked = browser.post("/api/audit/verification")
        assert (walked.status_code, walked.json()["broken_at"]) == (201, None)
        assert browser.get("/api/audit/verification").json() == walked.json()
