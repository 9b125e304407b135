"""The same bytes a second time: in this file, in another one, and two at once."""

import threading
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from banksia.foundation.organisations.public import Council
from banksia.foundation.storage import public as storage
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.kit.platform import Platform
from banksia.modules.files import service
from banksia.modules.files.errors import DocumentAlreadyHere
from banksia.modules.files.schemas import UploadMetadata
from banksia.modules.files.service import uploading
from banksia.modules.files.tests.factories import (
    PLAN,
    folder_id,
    make_property,
    part_headers,
    sha256,
    tus_headers,
    upload,
)

FILES = "/api/files"
SAME = "urn:banksia:files:document-already-here"


@pytest.fixture
def home(transactions: Transactions) -> uuid.UUID:
    with transactions() as session:
        return make_property(session, address="9 PORTLAND ROAD PORTLAND", parcels=["B//DP397521"])


@pytest.fixture
def other(transactions: Transactions) -> uuid.UUID:
    with transactions() as session:
        return make_property(session, address="9A PORTLAND ROAD PORTLAND", parcels=["13//DP1242624"])


def version(client: TestClient, document: str, content: bytes, **about: Any) -> Any:
    return client.post(
        f"{FILES}/documents/{document}/versions",
        params={"file_name": "again.pdf", **about},
        content=content,
        headers={"Content-Type": "application/octet-stream", "X-Content-SHA256": sha256(content)},
    )


def told(answer: Any) -> tuple[int, str, str, str, bool]:
    said = answer.json()
    names = ("document_id", "document_title", "property_label", "in_this_file")
    return (answer.status_code, *(said[name] for name in names))


class TestSecondCopy:
    def test_of_any_version_is_told(self, records: TestClient, home: uuid.UUID, folder: uuid.UUID) -> None:
        document = upload(records, home, folder_id=folder, title="Plans").json()["id"]
        assert version(records, document, PLAN + b"2").status_code == 201
        for content in (PLAN, PLAN + b"2"):
            expected = (409, document, "Plans", "9 PORTLAND ROAD PORTLAND", True)
            assert told(upload(records, home, content, folder_id=folder)) == expected
            assert told(version(records, document, content)) == expected
        assert version(records, document, PLAN, add_anyway=True).status_code == 201

    def test_in_another_file_is_told_with_its_place(
        self, records: TestClient, home: uuid.UUID, other: uuid.UUID, folder: uuid.UUID
    ) -> None:
        document = upload(records, home, folder_id=folder, title="Plans").json()["id"]
        refused = upload(records, other, folder_id=folder)
        assert told(refused) == (409, document, "Plans", "9 PORTLAND ROAD PORTLAND", False)
        assert refused.json()["property_id"] == str(home)
        assert refused.json()["title"] == "This file is already here"
        assert "in the file of 9 PORTLAND ROAD PORTLAND as “Plans”. Link that one here" in refused.json()["detail"]
        begun = records.post(f"{FILES}/uploads", headers=tus_headers(PLAN, property_id=other, folder_id=folder))
        assert told(begun) == told(refused)
        assert upload(records, other, folder_id=folder, add_anyway=True).status_code == 201

    def test_that_is_linked_is_in_this_file(
        self, records: TestClient, home: uuid.UUID, other: uuid.UUID, folder: uuid.UUID
    ) -> None:
        document = upload(records, home, folder_id=folder, title="Plans").json()["id"]
        records.post(f"{FILES}/documents/{document}/links", json={"property_id": str(other)})
        assert told(upload(records, other, folder_id=folder))[-1] is True

    def test_that_is_inherited_is_in_this_file(
        self, signed_in_as: Callable[..., TestClient], home: uuid.UUID, other: uuid.UUID, folder: uuid.UUID
    ) -> None:
        boss = signed_in_as("administrator")
        upload(boss, home, folder_id=folder, title="Plans")
        event = {
            "kind": "subdivision", "plan": "DP 1242624", "occurred_on": "2018-03-12", "source": "Plan",
            "parents": ["B//DP397521"], "children": [{"parcel": f"{lot}//DP1242624"} for lot in (12, 13)],
        }  # fmt: skip
        assert boss.post("/api/property/lineage", json=event).status_code == 201
        assert told(upload(boss, other, folder_id=folder))[-1] is True

    def test_of_an_empty_file_is_told_in_this_file_alone(
        self, records: TestClient, home: uuid.UUID, other: uuid.UUID, folder: uuid.UUID
    ) -> None:
        answers = [upload(records, each, b"", folder_id=folder).status_code for each in (home, other, home)]
        assert answers == [201, 201, 409]

    def test_that_was_announced_before_the_first_came_is_told_with_its_last_byte(
        self, records: TestClient, home: uuid.UUID, folder: uuid.UUID
    ) -> None:
        place = {"property_id": home, "folder_id": folder}
        first, second = (records.post(f"{FILES}/uploads", headers=tus_headers(PLAN, **place)) for _ in range(2))
        sent = [
            records.patch(begun.headers["location"], content=PLAN, headers=part_headers(0)) for begun in (first, second)
        ]
        assert (sent[0].status_code, told(sent[1])[0], sent[1].json()["type"]) == (204, 409, SAME)
        assert records.get(second.headers["location"]).status_code == 404  # so that it can be sent again, wanted
        again = records.post(f"{FILES}/uploads", headers=tus_headers(PLAN, **place, add_anyway=True))
        assert records.patch(again.headers["location"], content=PLAN, headers=part_headers(0)).status_code == 204

    def test_is_kept_when_nobody_is_there_who_could_be_asked(
        self, platform: Platform, organisation: Council, home: uuid.UUID, folder: uuid.UUID, records: TestClient
    ) -> None:
        owner = Transactions(platform, Actor(organisation.id, "staff", user_id=uuid.uuid4(), name="Ellen Kaur"))
        about = {"filename": "a.pdf", "sha256": sha256(PLAN), "property_id": home, "folder_id": folder}
        begun = uploading.begin_upload(owner, size=len(PLAN), metadata=UploadMetadata.model_validate(about))
        with uploading.append(owner, begun.id, storage.Chunk(0)) as appending:
            appending.write(PLAN)
            appending.save()
        assert upload(records, home, folder_id=folder).status_code == 201
        assert uploading.finish_whole_uploads(owner) == 1
        assert len(records.get(f"{FILES}/properties/{home}/documents").json()["results"]) == 2


class TestTwoAtOnce:
    def test_do_not_both_pass(self, live_platform: Platform, live_organisation: Council) -> None:
        live = Transactions(live_platform, Actor.system(live_organisation.id))
        with live() as session:
            property_id = make_property(session, address="9 PORTLAND ROAD PORTLAND", parcels=["2/2/DP2288"])
            folder = folder_id(session, live.actor)
        announced = service.Upload(property_id, folder, "plan.pdf", len(PLAN), sha256(PLAN))
        both_may_come, came = threading.Barrier(2), list[str]()

        def send() -> None:
            with service.receive_upload(live, announced) as receiving:
                receiving.write(PLAN)
                both_may_come.wait(20)
                try:
                    service.add_document(live, announced, receiving)
                except DocumentAlreadyHere:
                    came.append("told")
                else:
                    came.append("added")

        threads = [threading.Thread(target=send) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert sorted(came) == ["added", "told"]
