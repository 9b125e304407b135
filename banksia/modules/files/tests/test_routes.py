"""A records officer at work, over HTTP, with a real store and a real database."""

import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, event, text
from sqlalchemy.orm import Session
from starlette.requests import ClientDisconnect, Request

from banksia.foundation.organisations.public import Council
from banksia.foundation.storage.public import open_object
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.kit.platform import Platform
from banksia.modules.files import service
from banksia.modules.files.errors import DocumentNotFound
from banksia.modules.files.tests.factories import PLAN, folder_id, sha256, upload
from banksia.modules.property.public import PropertyNotFound

HTML = b"<!DOCTYPE html><script>alert(document.cookie)</script>"
SIGNED_PDF = b"%PDF-1.7\n/Encrypt 5 0 R /Sig this is not a whole PDF, and no reader will open it"
both_stores = pytest.mark.parametrize("own_store", ["file", "s3"], indirect=True)


@pytest.fixture
def document(records: TestClient, property_id: uuid.UUID, folder: uuid.UUID) -> dict[str, Any]:
    answer = upload(records, property_id, folder_id=folder)
    assert answer.status_code == 201, answer.text
    added: dict[str, Any] = answer.json()
    return added


@pytest.fixture
def no_byte_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks for the body of the request fails the test."""

    def refuse(_request: Request) -> AsyncIterator[bytes]:
        pytest.fail("the body was read")

    monkeypatch.setattr(Request, "stream", refuse)


def content_url(document: dict[str, Any], number: int = 1) -> str:
    return f"/api/files/documents/{document['id']}/versions/{number}/content"


def rows_in(session: Session, table: str) -> int:
    return int(session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())  # noqa: S608  (names from this file)


@contextmanager
def counted_statements(platform: Platform) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    engine = platform.database.bind if isinstance(platform.database.bind, Engine) else platform.database.bind.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


class TestUploadDocument:
    @both_stores
    @pytest.mark.usefixtures("own_store")
    def test_keeps_the_file_and_says_what_it_kept(
        self, document: dict[str, Any], property_id: uuid.UUID, folder: uuid.UUID, records: TestClient
    ) -> None:
        assert document["title"] == "Section 4.55 plans"
        assert document["parcel"] == "2/2/DP2288"
        assert document["property_label"] == "9 PORTLAND ROAD PORTLAND"
        assert (document["property_id"], document["folder_id"]) == (str(property_id), str(folder))
        latest = document["latest"]
        assert (latest["number"], latest["size"], latest["sha256"]) == (1, len(PLAN), sha256(PLAN))
        assert (latest["content_type"], latest["file_name"]) == ("application/pdf", "Section_4.55 plans.pdf")
        assert latest["added_by_name"] == records.actor.name  # type: ignore[attr-defined]  # set by signed_in_as

    def test_says_that_nobody_looked_for_viruses(self, document: dict[str, Any]) -> None:
        assert document["latest"]["virus_scan"] == "not_scanned"

    @pytest.mark.parametrize(
        ("content", "file_name", "content_type"),
        [
            (b"", "empty.txt", "application/octet-stream"),
            (SIGNED_PDF, "signed and encrypted.pdf", "application/pdf"),
            (HTML, "holiday.jpg", "text/html"),
            (b"\x00\x01\x02\x03", "no ending", "application/octet-stream"),
            (b"MZ\x90\x00" + bytes(60), "program.pdf.exe", "application/octet-stream"),
        ],
    )
    def test_stores_any_file_whatever_can_be_made_of_it(
        self, records: TestClient, property_id: uuid.UUID, folder: uuid.UUID, content: bytes, file_name: str,
        content_type: str,
    ) -> None:  # fmt: skip
        """Rule 1 of "Never lose a document": nothing that happens to the content later may refuse it."""
        answer = upload(records, property_id, content, folder_id=folder, file_name=file_name)
        assert answer.status_code == 201, answer.text
        kept = records.get(content_url(answer.json()))
        assert kept.content == content
        if content_type != "application/octet-stream":
            assert answer.json()["latest"]["content_type"] == content_type

    @both_stores
    @pytest.mark.usefixtures("own_store")
    def test_a_file_of_many_chunks_arrives_whole(
        self, records: TestClient, property_id: uuid.UUID, folder: uuid.UUID
    ) -> None:
        content = bytes(range(256)) * 4096 * 5 + b"end"
        answer = upload(records, property_id, content, folder_id=folder, file_name="survey.tif")
        assert answer.json()["latest"]["sha256"] == sha256(content)
        assert records.get(content_url(answer.json())).content == content

    @both_stores
    @pytest.mark.usefixtures("own_store")
    def test_refuses_bytes_that_are_not_those_that_were_sent(
        self, records: TestClient, property_id: uuid.UUID, folder: uuid.UUID, session: Session
    ) -> None:
        answer = upload(records, property_id, PLAN[:-1] + b"?", folder_id=folder, claimed_sha256=sha256(PLAN))
        assert (answer.status_code, answer.json()["type"]) == (400, "urn:banksia:storage:checksum-mismatch")
        assert rows_in(session, "files.documents") == 0
        assert rows_in(session, "storage.objects") == 0

    @pytest.mark.usefixtures("no_byte_is_read")
    def test_refuses_too_large_a_file_before_a_byte_is_read(
        self, platform: Platform, records: TestClient, property_id: uuid.UUID, folder: uuid.UUID
    ) -> None:
        platform.settings = platform.settings.model_copy(update={"max_upload_bytes": 1024**2})
        answer = upload(records, property_id, bytes(1024**2 + 1), folder_id=folder, file_name="huge.tif")
        assert (answer.status_code, answer.json()["type"]) == (413, "urn:banksia:storage:upload-too-large")
        assert "up to 1 MB" in answer.json()["detail"]

    def test_asks_for_the_size_first(self, records: TestClient, property_id: uuid.UUID, folder: uuid.UUID) -> None:
        answer = records.post(
            f"/api/files/properties/{property_id}/documents",
            params={"folder_id": str(folder), "file_name": "stream.bin"},
            content=iter([b"of unknown length"]),
            headers={"X-Content-SHA256": sha256(b"of unknown length")},
        )
        assert (answer.status_code, answer.json()["type"]) == (400, "urn:banksia:storage:size-not-declared")

    @pytest.mark.parametrize("claimed", ["", "abc", "A" * 64, "g" * 64])
    def test_asks_for_the_hash_first(
        self, records: TestClient, property_id: uuid.UUID, folder: uuid.UUID, claimed: str
    ) -> None:
        answer = upload(records, property_id, folder_id=folder, claimed_sha256=claimed)
        assert answer.status_code == 422

    def test_says_that_the_file_is_already_here(
        self, document: dict[str, Any], records: TestClient, property_id: uuid.UUID, folder: uuid.UUID
    ) -> None:
        again = upload(records, property_id, folder_id=folder, file_name="copy.pdf")
        assert (again.status_code, again.json()["document_id"]) == (409, document["id"])
        assert again.json()["detail"].startswith("This file is already here as “Section 4.55 plans”.")
        anyway = upload(records, property_id, folder_id=folder, file_name="copy.pdf", add_anyway=True)
        assert (anyway.status_code, anyway.json()["title"]) == (201, "copy")

    def test_bytes_are_kept_once_however_many_documents_have_them(
        self, document: dict[str, Any], records: TestClient, property_id: uuid.UUID, folder: uuid.UUID, session: Session
    ) -> None:
        upload(records, property_id, folder_id=folder, add_anyway=True)
        assert document["latest"]["sha256"] == sha256(PLAN)
        assert rows_in(session, "storage.objects") == 1
        assert rows_in(session, "files.documents") == 2

    @pytest.mark.parametrize(
        ("file_name", "title"),
        [
            ("../../etc/passwd", "passwd"),
            ("C:\\plans\\Site plan.PDF", "Site plan"),
            ("Größe שלום 東京.docx", "Größe שלום 東京"),
            ("v1.2 notes", "v1.2 notes"),
            (".htaccess", ".htaccess"),
            ("line\nbreak\x00.pdf", "line break"),
        ],
    )
    def test_takes_the_title_from_the_name_and_never_a_path(
        self, records: TestClient, property_id: uuid.UUID, folder: uuid.UUID, file_name: str, title: str
    ) -> None:
        answer = upload(records, property_id, folder_id=folder, file_name=file_name)
        assert answer.status_code == 201, answer.text
        assert answer.json()["title"] == title
        assert "/" not in answer.json()["latest"]["file_name"]

    @pytest.mark.parametrize("file_name", ["folder/", "..", " / "])
    def test_a_file_needs_a_name(
        self, records: TestClient, property_id: uuid.UUID, folder: uuid.UUID, file_name: str
    ) -> None:
        answer = upload(records, property_id, folder_id=folder, file_name=file_name)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "file_name")

    @pytest.mark.usefixtures("no_byte_is_read")
    def test_names_what_does_not_exist(self, records: TestClient, property_id: uuid.UUID, folder: uuid.UUID) -> None:
        assert (
            upload(records, uuid.uuid4(), folder_id=folder).json()["type"] == "urn:banksia:property:property-not-found"
        )
        assert (
            upload(records, property_id, folder_id=uuid.uuid4()).json()["type"] == "urn:banksia:files:folder-not-found"
        )
        unknown = upload(records, property_id, folder_id=folder, parcel="9/9/DP999")
        assert unknown.json()["type"] == "urn:banksia:property:parcel-not-found"

    def test_says_how_far_a_file_came_when_its_sender_goes_away(
        self, records: TestClient, property_id: uuid.UUID, folder: uuid.UUID, session: Session,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        async def gone(_request: Request) -> AsyncIterator[bytes]:
            yield bytes(1024**2)
            raise ClientDisconnect

        monkeypatch.setattr(Request, "stream", gone)
        answer = upload(records, property_id, bytes(2 * 1024**2), folder_id=folder)
        assert (answer.status_code, answer.json()["type"]) == (400, "urn:banksia:storage:upload-cut-off")
        assert answer.json()["detail"].startswith("Only 1,048,576 of 2,097,152 bytes arrived")
        assert rows_in(session, "storage.objects") == 0

    @pytest.mark.usefixtures("no_byte_is_read")
    @pytest.mark.parametrize("role", ["certificate_officer", "counter_clerk", "finance_officer", "customer"])
    def test_is_refused_before_a_byte_is_taken(
        self, signed_in_as: Callable[..., TestClient], property_id: uuid.UUID, folder: uuid.UUID, role: str,
        session: Session,
    ) -> None:  # fmt: skip
        assert upload(signed_in_as(role), property_id, folder_id=folder).status_code == 403
        assert rows_in(session, "storage.objects") == 0

    def test_a_guest_is_asked_to_sign_in(self, client: TestClient, property_id: uuid.UUID, folder: uuid.UUID) -> None:
        assert upload(client, property_id, folder_id=folder).status_code == 401


class TestDownloadDocument:
    @both_stores
    @pytest.mark.usefixtures("own_store")
    def test_gives_the_bytes_to_save(self, document: dict[str, Any], records: TestClient) -> None:
        answer = records.get(content_url(document))
        assert answer.content == PLAN
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-disposition"].startswith('attachment; filename="Section_4.55 plans.pdf"')

    @both_stores
    @pytest.mark.usefixtures("own_store")
    def test_gives_a_part(self, document: dict[str, Any], records: TestClient) -> None:
        answer = records.get(content_url(document), headers={"Range": "bytes=0-7"})
        assert (answer.status_code, answer.content) == (206, PLAN[:8])
        outside = records.get(content_url(document), headers={"Range": "bytes=9999-"})
        assert (outside.status_code, outside.headers["content-range"]) == (416, f"bytes */{len(PLAN)}")

    @both_stores
    @pytest.mark.usefixtures("own_store")
    def test_shows_only_what_cannot_run(
        self, document: dict[str, Any], records: TestClient, property_id: uuid.UUID, folder: uuid.UUID
    ) -> None:
        shown = records.get(content_url(document), params={"inline": True})
        assert shown.headers["content-disposition"].startswith("inline;")
        page = upload(records, property_id, HTML, folder_id=folder, file_name="plan.pdf").json()
        refused = records.get(content_url(page), params={"inline": True})
        assert refused.headers["content-disposition"].startswith("attachment;")
        assert refused.headers["content-type"] == "application/octet-stream"

    @both_stores
    @pytest.mark.usefixtures("own_store")
    def test_is_in_both_logs_before_the_first_byte_leaves(
        self, document: dict[str, Any], records: TestClient, session: Session, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        logged: list[tuple[int, int]] = []

        def look_first(*args: Any, **options: Any) -> Iterator[bytes]:
            downloads = "files.activities WHERE action = 'document_downloaded'"
            audited = (
                f"audit.entries WHERE action = 'files.document_downloaded' AND detail->>'sha256' = '{sha256(PLAN)}'"
            )
            logged.append((rows_in(session, downloads), rows_in(session, audited)))
            return open_object(*args, **options)

        monkeypatch.setattr("banksia.foundation.storage.service.serving.open_object", look_first)
        assert records.get(content_url(document)).status_code == 200
        assert logged == [(1, 1)]

    @pytest.mark.parametrize("role", ["counter_clerk", "finance_officer", "customer"])
    def test_is_for_those_who_may_open_files(
        self, document: dict[str, Any], signed_in_as: Callable[..., TestClient], role: str
    ) -> None:
        client = signed_in_as(role)
        for url in (content_url(document), f"/api/files/documents/{document['id']}"):
            assert client.get(url).status_code == 403
            assert client.get(url, headers={"Range": "bytes=0-1"}).status_code == 403

    def test_a_guest_is_asked_to_sign_in(self, document: dict[str, Any], client: TestClient) -> None:
        assert client.get(content_url(document)).status_code == 401

    def test_another_council_finds_nothing(
        self, document: dict[str, Any], platform: Platform, other_organisation: Council
    ) -> None:
        neighbour = Transactions(platform, Actor.system(other_organisation.id))
        document_id, property_id = uuid.UUID(document["id"]), uuid.UUID(document["property_id"])
        with pytest.raises(DocumentNotFound), neighbour() as session:
            service.record_download(session, neighbour.actor, document_id=document_id, number=1, shown=False)
        with pytest.raises(PropertyNotFound), neighbour() as session:
            service.read_file(session, neighbour.actor, property_id=property_id)
        with neighbour() as session:
            assert rows_in(session, "files.documents") == 0

    @pytest.mark.parametrize("number", [2, 1_000_000])
    def test_an_unknown_version_is_not_found(self, document: dict[str, Any], records: TestClient, number: int) -> None:
        assert records.get(content_url(document, number)).status_code == 404


class TestReadFile:
    def test_shows_folders_with_counts_and_what_happened_last(
        self, document: dict[str, Any], records: TestClient, property_id: uuid.UUID
    ) -> None:
        records.get(content_url(document))
        found = records.get(f"/api/files/properties/{property_id}").json()
        assert (found["address"], found["document_count"]) == ("9 PORTLAND ROAD PORTLAND", 1)
        assert [(parcel["text"], parcel["title"]) for parcel in found["parcels"]] == [
            ("2/2/DP2288", "Lot 2 Section 2 DP 2288")
        ]
        counts = {folder["name"]: folder["document_count"] for folder in found["folders"]}
        assert (counts["General correspondence"], counts["Certificates"]) == (1, 0)
        assert [(line["action"], line["document_title"]) for line in found["recent"]] == [
            ("document_downloaded", "Section 4.55 plans"),
            ("document_added", "Section 4.55 plans"),
        ]

    def test_an_empty_file_is_a_file(self, records: TestClient, property_id: uuid.UUID) -> None:
        found = records.get(f"/api/files/properties/{property_id}").json()
        assert (found["document_count"], found["recent"]) == (0, [])

    def test_an_unknown_property_has_none(self, records: TestClient) -> None:
        for page in ("", "/documents", "/log"):
            assert records.get(f"/api/files/properties/{uuid.uuid4()}{page}").status_code == 404

    def test_a_certificate_officer_may_look(
        self, document: dict[str, Any], signed_in_as: Callable[..., TestClient], property_id: uuid.UUID
    ) -> None:
        officer = signed_in_as("certificate_officer")
        assert officer.get(f"/api/files/properties/{property_id}").json()["document_count"] == 1
        assert officer.get(content_url(document)).content == PLAN


class TestListDocuments:
    @pytest.fixture
    def many(self, records: TestClient, property_id: uuid.UUID, folder: uuid.UUID) -> list[str]:
        return [
            upload(records, property_id, b"letter %d" % number, folder_id=folder, file_name=f"{number}.txt").json()[
                "id"
            ]
            for number in range(7)
        ]

    def test_pages_from_the_last_changed_on(self, records: TestClient, property_id: uuid.UUID, many: list[str]) -> None:
        found: list[str] = []
        cursor = None
        while cursor is not None or not found:
            page = records.get(
                f"/api/files/properties/{property_id}/documents", params={"limit": 3, "cursor": cursor or ""}
            ).json()
            found += [document["id"] for document in page["results"]]
            cursor = page["next_cursor"]
        assert found == many[::-1]

    def test_keeps_to_one_folder(
        self, records: TestClient, property_id: uuid.UUID, many: list[str], transactions: Transactions
    ) -> None:
        with transactions() as session:
            rates = folder_id(session, transactions.actor, "rates")
        url = f"/api/files/properties/{property_id}/documents"
        assert records.get(url, params={"folder_id": str(rates)}).json()["results"] == []
        assert len(records.get(url).json()["results"]) == len(many)

    @pytest.mark.parametrize("page", ["/documents", "/log", ""])
    def test_asks_as_many_questions_for_seven_as_for_one(
        self, records: TestClient, platform: Platform, property_id: uuid.UUID, folder: uuid.UUID, page: str
    ) -> None:
        url = f"/api/files/properties/{property_id}{page}"
        upload(records, property_id, b"first", folder_id=folder)
        with counted_statements(platform) as for_one:
            assert records.get(url).status_code == 200
        for number in range(6):
            upload(records, property_id, b"letter %d" % number, folder_id=folder)
        records.get(url)  # what the platform keeps for a moment, it has again
        with counted_statements(platform) as for_seven:
            assert records.get(url).status_code == 200
        assert len(for_seven) == len(for_one) > 0


class TestLogs:
    def test_tell_who_did_what_in_order(
        self, document: dict[str, Any], records: TestClient, signed_in_as: Callable[..., TestClient],
        property_id: uuid.UUID,
    ) -> None:  # fmt: skip
        officer = signed_in_as("certificate_officer")
        officer.get(content_url(document), params={"inline": True})
        expected = [
            (officer.actor.name, "document_viewed", 1),  # type: ignore[attr-defined]  # set by signed_in_as
            (records.actor.name, "document_added", 1),  # type: ignore[attr-defined]  # the same
        ]
        for url in (f"/api/files/properties/{property_id}/log", f"/api/files/documents/{document['id']}/log"):
            lines = records.get(url).json()["results"]
            assert [(line["actor_name"], line["action"], line["version_number"]) for line in lines] == expected

    def test_nobody_can_change_a_line(self, document: dict[str, Any], transactions: Transactions) -> None:
        for table in ("files.activities", "files.document_versions"):
            with pytest.raises(Exception, match="permission denied"), transactions() as session:
                session.execute(text(f"DELETE FROM {table}"))  # noqa: S608  (names from this file)
        assert document["latest"]["number"] == 1


class TestListFolders:
    def test_are_there_from_the_start(self, records: TestClient) -> None:
        names = [folder["name"] for folder in records.get("/api/files/folders").json()]
        assert names == [
            "Certificates",
            "General correspondence",
            "Sewer diagrams",
            "Notices and orders",
            "Rates",
        ]
