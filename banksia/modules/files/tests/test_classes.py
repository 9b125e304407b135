"""Which class of the disposal authority keeps what is in a folder, and who chooses it."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from banksia.modules.files.tests.factories import folder_id, make_property

FILES = "/api/files"
MAJOR = "Keep 10 years or until demolished, whichever is longer"
FOR_EVER = "Keep for ever: required as State archives"


@pytest.fixture
def property_id(session: Session) -> uuid.UUID:
    return make_property(session, address="9 PORTLAND ROAD PORTLAND", parcels=["2/2/DP2288"])


@pytest.fixture
def boss(signed_in_as: Callable[..., TestClient]) -> TestClient:
    return signed_in_as("administrator")


def kept(client: TestClient, property_id: uuid.UUID, number: str) -> set[str | None]:
    """How long the folder of an application and its parts are kept."""
    folders = client.get(f"{FILES}/properties/{property_id}").json()["folders"]
    return {each["kept"] for each in folders if each["application_number"] == number}


def make(client: TestClient, property_id: uuid.UUID, number: str, **about: str) -> dict[str, Any]:
    answer = client.post(f"{FILES}/properties/{property_id}/applications", json={"number": number, **about})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


class TestApplications:
    def test_are_marked_significant_or_a_subdivision_when_they_are_made(
        self, records: TestClient, property_id: uuid.UUID
    ) -> None:
        make(records, property_id, "2017/41")
        make(records, property_id, "2017/42", kept_as="significant-applications")
        make(records, property_id, "2017/43", kept_as="subdivisions")
        assert kept(records, property_id, "2017/41") == {MAJOR}
        assert kept(records, property_id, "2017/42") == {FOR_EVER}
        assert kept(records, property_id, "2017/43") == {"Keep 20 years after completion"}

    def test_are_marked_later_by_an_administrator_and_the_log_says_so(
        self, records: TestClient, boss: TestClient, property_id: uuid.UUID
    ) -> None:
        made = make(records, property_id, "2017/41")
        classes = {each["code"]: each["id"] for each in boss.get(f"{FILES}/retention-classes").json()}
        where, wanted = f"{FILES}/property-folders/{made['id']}/retention", classes["significant-applications"]
        assert records.put(where, json={"retention_class_id": wanted}).status_code == 403
        assert boss.put(where, json={"retention_class_id": str(uuid.uuid4())}).status_code == 404
        assert boss.put(where, json={"retention_class_id": wanted}).status_code == 200
        assert kept(boss, property_id, "2017/41") == {FOR_EVER}
        newest = boss.get(f"{FILES}/properties/{property_id}/log").json()["results"][0]
        assert (newest["action"], newest["detail"]["before"], newest["detail"]["chosen"]) == (
            "retention_chosen", "Development applications for major works", "Significant development applications",
        )  # fmt: skip

    @pytest.mark.parametrize("number", ["2017/4\uff11", "\uff12017/41", "2017/041", "2017/0"])
    def test_have_numbers_of_plain_digits(self, records: TestClient, property_id: uuid.UUID, number: str) -> None:
        answer = records.post(f"{FILES}/properties/{property_id}/applications", json={"number": number})
        assert answer.status_code == 422


def test_the_class_of_a_folder_of_every_file_is_chosen_with_the_structure(
    boss: TestClient, session: Session, property_id: uuid.UUID, actor_with: Callable[..., Any]
) -> None:
    folder = folder_id(session, actor_with("administrator"))
    where = f"{FILES}/property-folders/{folder}/retention"
    assert boss.put(where, json={"retention_class_id": None}).status_code == 409
