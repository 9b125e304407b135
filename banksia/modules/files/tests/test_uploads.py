"""Files that come in parts, over HTTP and without: refused before a byte, resumed, and written once."""

import base64
import hashlib
import threading
import uuid
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session
from starlette.requests import ClientDisconnect, Request

from banksia.foundation.organisations.public import Council
from banksia.foundation.storage import public as storage
from banksia.kit import kill_points
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.kit.platform import Platform
from banksia.modules.files import service, tasks
from banksia.modules.files.errors import DocumentAlreadyHere, DocumentNotFound, FolderArchived, FolderNotFound
from banksia.modules.files.schemas import PlacedDocument, UploadMetadata
from banksia.modules.files.service import uploading
from banksia.modules.files.tests.factories import (
    PLAN,
    make_property,
    make_upload,
    part_headers,
    sha256,
    tus_headers,
    upload,
)

UPLOADS = "/api/files/uploads"
SURVEY = bytes(range(256)) * 4096 * 5 + b"end"
HALF = 3 * 1024**2 + 7
both_stores = pytest.mark.parametrize("own_store", ["file", "s3"], indirect=True)


@pytest.fixture
def transactions(platform: Platform, organisation: Council) -> Transactions:
    return Transactions(platform, Actor(organisation.id, "staff", user_id=uuid.uuid4(), name="Ellen Kaur"))


def documents_of(transactions: Transactions, property_id: uuid.UUID) -> list[PlacedDocument]:
    with transactions() as session:
        rows, _ = service.list_documents(
            session, transactions.actor, property_id=property_id, folder_id=None, limit=50, cursor=None
        )
        return rows


def content_of(records: TestClient, document_id: str, number: int = 1) -> bytes:
    return records.get(f"/api/files/documents/{document_id}/versions/{number}/content").content


class TestUploadInParts:
    @both_stores
    @pytest.mark.usefixtures("own_store")
    def test_walks_through_the_protocol(
        self, records: TestClient, property_id: uuid.UUID, folder: uuid.UUID, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        options = records.options(UPLOADS).headers
        assert (options["tus-version"], options["tus-extension"]) == (
            "1.0.0",
            "creation,checksum,expiration,termination",
        )
        about = {"property_id": property_id, "folder_id": folder, "title": "Survey", "dated_on": "1987-03-02"}
        begun = records.post(UPLOADS, headers=tus_headers(SURVEY, **about))
        assert begun.status_code == 201, begun.text
        place = begun.headers["location"]
        assert begun.headers["upload-expires"].endswith("GMT")

        self._break_after(monkeypatch, HALF)
        broken = records.patch(place, content=SURVEY, headers=part_headers(0))
        assert broken.json()["type"] == "urn:banksia:storage:upload-interrupted"
        monkeypatch.undo()

        stands = records.head(place, headers={"Tus-Resumable": "1.0.0"}).headers
        assert (stands["upload-offset"], stands["upload-length"]) == (str(HALF), str(len(SURVEY)))
        checksum = base64.b64encode(hashlib.sha1(SURVEY[HALF:]).digest()).decode()  # noqa: S324  (as tus says)
        last = records.patch(
            place, content=SURVEY[HALF:], headers=part_headers(HALF, **{"Upload-Checksum": f"sha1 {checksum}"})
        )
        assert (last.status_code, last.headers["upload-offset"]) == (204, str(len(SURVEY)))

        read = records.get(place).json()
        assert (read["state"], read["document_id"]) == ("finished", last.headers["banksia-document"])
        document = records.get(f"/api/files/documents/{read['document_id']}").json()
        assert (document["title"], document["parcel"]) == ("Survey", "2/2/DP2288")
        assert document["latest"]["added_by_name"] == records.actor.name  # type: ignore[attr-defined]  # by signed_in_as
        assert content_of(records, read["document_id"]) == SURVEY

    def _break_after(self, monkeypatch: pytest.MonkeyPatch, count: int) -> None:
        """The connection breaks after so many bytes of the body."""
        whole = Request.stream

        async def some(self: Request) -> AsyncIterator[bytes]:
            left = count
            async for chunk in whole(self):
                yield chunk[:left]
                left -= len(chunk[:left])
                if not left:
                    raise ClientDisconnect

        monkeypatch.setattr(Request, "stream", some)

    @pytest.mark.parametrize(
        ("changes", "status", "kind"),
        [
            ({"Tus-Resumable": "0.2.2"}, 412, "tus-version-not-supported"),
            ({"Content-Type": "application/octet-stream"}, 415, "not-a-part-of-a-file"),
            ({"Upload-Offset": "9" * 5000}, 400, "upload-header-unreadable"),
            ({"Upload-Offset": "7"}, 409, "offset-mismatch"),
            ({"Upload-Checksum": "md5 AAAA"}, 400, "upload-header-unreadable"),
            ({"Upload-Checksum": "sha256 AAAA"}, 460, "chunk-damaged"),
        ],
    )
    def test_refuses_a_part_that_cannot_be_taken(
        self,
        records: TestClient,
        property_id: uuid.UUID,
        folder: uuid.UUID,
        changes: dict[str, str],
        status: int,
        kind: str,
    ) -> None:
        begun = records.post(UPLOADS, headers=tus_headers(PLAN, property_id=property_id, folder_id=folder))
        place = begun.headers["location"]
        answer = records.patch(place, content=PLAN, headers=part_headers(0) | changes)
        assert (answer.status_code, answer.json()["type"].rsplit(":", 1)[-1]) == (status, kind)
        assert records.get(place).json()["offset"] == 0

    @pytest.mark.parametrize(
        ("about", "status", "said"),
        [
            ({"folder_id": uuid.UUID(int=1)}, 404, "no such folder"),
            ({"property_id": uuid.UUID(int=1)}, 404, "no property with this id"),
            ({"parcel": "9//DP1"}, 404, "9//DP1"),
            ({"filename": "../.."}, 422, "Give the file a name"),
            ({"sha256": "short"}, 422, "sha256"),
            ({"document_id": uuid.UUID(int=1)}, 404, "no such document"),
            ({"colour": "red"}, 422, "no such field"),
        ],
    )
    def test_refuses_at_the_beginning_what_could_not_be_kept(
        self,
        records: TestClient,
        property_id: uuid.UUID,
        folder: uuid.UUID,
        session: Session,
        about: dict[str, Any],
        status: int,
        said: str,
    ) -> None:
        headers = tus_headers(PLAN, **({"property_id": property_id, "folder_id": folder} | about))
        answer = records.post(UPLOADS, headers=headers)
        assert answer.status_code == status, answer.text
        assert said in answer.text
        assert session.execute(text("SELECT count(*) FROM storage.uploads")).scalar_one() == 0

    def test_an_empty_file_is_a_document_at_once(
        self, records: TestClient, property_id: uuid.UUID, folder: uuid.UUID
    ) -> None:
        begun = records.post(UPLOADS, headers=tus_headers(b"", property_id=property_id, folder_id=folder))
        assert content_of(records, begun.headers["banksia-document"]) == b""

    def test_nobody_else_goes_on_with_it(
        self, records: TestClient, signed_in_as: Callable[..., TestClient], property_id: uuid.UUID, folder: uuid.UUID
    ) -> None:
        begun = records.post(UPLOADS, headers=tus_headers(PLAN, property_id=property_id, folder_id=folder))
        other, place = signed_in_as("records_officer"), begun.headers["location"]
        assert other.head(place, headers={"Tus-Resumable": "1.0.0"}).status_code == 404
        assert other.patch(place, content=PLAN, headers=part_headers(0)).status_code == 404
        assert other.delete(place, headers={"Tus-Resumable": "1.0.0"}).status_code == 404
        assert records.delete(place, headers={"Tus-Resumable": "1.0.0"}).status_code == 204
        assert records.get(place).status_code == 404


class TestCheckUpload:
    def begin(self, transactions: Transactions, **about: Any) -> storage.ResumableUpload:
        metadata = UploadMetadata.model_validate({"filename": "a.pdf", "sha256": sha256(PLAN), **about})
        return uploading.begin_upload(transactions, size=len(PLAN), metadata=metadata)

    def test_refuses_another_property_s_folder_and_an_archived_one(
        self, transactions: Transactions, property_id: uuid.UUID, folder: uuid.UUID
    ) -> None:
        with transactions() as session:
            other = make_property(session, address="2 BRIDGE STREET", parcels=["7//DP9"])
            change = "UPDATE files.folders SET kind = 'own', key = NULL, property_id = :other WHERE id = :id"
            session.execute(text(change), {"other": other, "id": folder})
        with pytest.raises(FolderNotFound):
            self.begin(transactions, property_id=property_id, folder_id=folder)
        with transactions() as session:
            session.execute(text("UPDATE files.folders SET archived_at = now() WHERE id = :id"), {"id": folder})
        with pytest.raises(FolderArchived, match="choose another"):
            self.begin(transactions, property_id=other, folder_id=folder)

    def test_says_that_the_file_is_already_here_unless_it_has_left(
        self, transactions: Transactions, property_id: uuid.UUID, folder: uuid.UUID
    ) -> None:
        place = {"property_id": property_id, "folder_id": folder}
        first = self.begin(transactions, **place)
        with uploading.append(transactions, first.id, storage.Chunk(0)) as appending:
            appending.write(PLAN)
            document_id = uploading.finish(transactions, appending).result_id
        with pytest.raises(DocumentAlreadyHere):
            self.begin(transactions, **place)
        with pytest.raises(DocumentAlreadyHere):
            self.begin(transactions, document_id=document_id)
        assert self.begin(transactions, **place, add_anyway=True).received == 0
        with transactions() as session:
            session.execute(text("UPDATE files.documents SET state = 'isolated'"))
        assert self.begin(transactions, **place).received == 0
        with pytest.raises(DocumentNotFound):
            self.begin(transactions, document_id=document_id)


class TestNextVersion:
    @both_stores
    @pytest.mark.usefixtures("own_store")
    def test_comes_in_one_go_or_in_parts(
        self, records: TestClient, property_id: uuid.UUID, folder: uuid.UUID, session: Session
    ) -> None:
        first = upload(records, property_id, folder_id=folder, dated_on="1987-03-02").json()
        assert str(session.execute(text("SELECT dated_on FROM files.documents")).scalar_one()) == "1987-03-02"
        second = PLAN + b" corrected"
        answer = records.post(
            f"/api/files/documents/{first['id']}/versions",
            params={"file_name": "corrected.pdf"},
            content=second,
            headers={"Content-Type": "application/octet-stream", "X-Content-SHA256": sha256(second)},
        )
        assert (answer.status_code, answer.json()["latest"]["number"]) == (201, 2)
        third = PLAN + b" corrected again"
        begun = records.post(UPLOADS, headers=tus_headers(third, document_id=first["id"]))
        last = records.patch(begun.headers["location"], content=third, headers=part_headers(0))
        assert last.headers["banksia-document"] == first["id"]
        assert [content_of(records, first["id"], number) for number in (1, 2, 3)] == [PLAN, second, third]
        log = records.get(f"/api/files/documents/{first['id']}/log").json()["results"]
        assert [line["action"] for line in log if "added" in line["action"]] == ["version_added"] * 2 + [
            "document_added"
        ]


class TestFinish:
    def whole(self, transactions: Transactions, property_id: uuid.UUID) -> uuid.UUID:
        """An upload whose last byte came, and whose request died then."""
        with transactions() as session:
            upload_id = make_upload(session, transactions.actor, property_id)
        with uploading.append(transactions, upload_id, storage.Chunk(0)) as appending:
            appending.write(PLAN)
            appending.save()
        return upload_id

    @both_stores
    @pytest.mark.usefixtures("own_store")
    def test_a_task_finishes_what_is_whole_once_and_in_the_name_of_its_owner(
        self, transactions: Transactions, property_id: uuid.UUID
    ) -> None:
        upload_id = self.whole(transactions, property_id)
        assert documents_of(transactions, property_id) == []
        system = replace(transactions, actor=Actor.system(transactions.actor.organisation_id))
        for _ in range(2):
            tasks.finish_uploads(system)
        (document,) = documents_of(transactions, property_id)
        assert (document.latest.added_by_name, document.latest.sha256) == ("Ellen Kaur", sha256(PLAN))
        with transactions() as session:
            assert uploading.find_upload(session, transactions.actor, upload_id=upload_id).result_id == document.id

    def test_one_that_cannot_be_finished_stops_no_other(
        self, transactions: Transactions, property_id: uuid.UUID, platform: Platform, tmp_path: Path
    ) -> None:
        """One is damaged and has to come again; of another the part lies where this process cannot see it."""
        platform.settings = platform.settings.model_copy(update={"object_store_url": tmp_path.as_uri()})
        damaged, elsewhere, whole = (self.whole(transactions, property_id) for _ in range(3))
        change = "UPDATE storage.uploads SET sha256 = repeat('0', 64) WHERE id = :id"
        with transactions() as session:
            session.execute(text(change), {"id": damaged})
            session.execute(text(change.replace("'0'", "'1'")), {"id": elsewhere})
        (part,) = tmp_path.rglob(f"{elsewhere.hex}.resumable")
        part.rename(tmp_path / "on another machine")
        assert uploading.finish_whole_uploads(transactions) == 1
        with transactions() as session:
            offsets = [
                uploading.find_upload(session, transactions.actor, upload_id=each).received
                for each in (damaged, elsewhere, whole)
            ]
        assert offsets == [0, len(PLAN), len(PLAN)]

    def test_two_finishers_at_once_make_one_document(
        self, live_platform: Platform, live_organisation: Council, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """As if the lock on the part did not hold: both come to the row with bytes that are safe."""
        live = Transactions(live_platform, Actor(live_organisation.id, "staff", user_id=uuid.uuid4(), name="Ellen"))
        with live() as session:
            property_id = make_property(session, address="9 PORTLAND ROAD PORTLAND", parcels=["2/2/DP2288"])
        upload_id, results = self.whole(live, property_id), list[uuid.UUID | None]()
        first_is_there, both_are_there = threading.Event(), threading.Barrier(2)

        def wait(reached: str) -> None:
            if reached == "files.upload_kept":
                first_is_there.set()
                both_are_there.wait(10)

        monkeypatch.setattr(kill_points, "_on_reach", wait)
        with uploading.append(live, upload_id, storage.Chunk(len(PLAN), 0)) as appending:

            def finish() -> None:
                results.append(uploading.finish(live, appending).result_id)

            threads = [threading.Thread(target=finish) for _ in range(2)]
            threads[0].start()
            assert first_is_there.wait(10)
            threads[1].start()
            for thread in threads:
                thread.join()
        (document,) = documents_of(live, property_id)
        assert results == [document.id, document.id]
