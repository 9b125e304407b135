"""What a browser is shown of a document, and to whom."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import Council
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.kit.platform import Platform
from banksia.modules.files import service
from banksia.modules.files.errors import DocumentNotFound
from banksia.modules.files.service import processing
from banksia.modules.files.tests import nasty
from banksia.modules.files.tests.factories import folder_id, make_property, upload


@pytest.fixture
def add(transactions: Transactions, records: TestClient) -> Callable[[bytes], str]:
    """Add a document and find out what it says; answers the address of its version."""
    with transactions() as session:
        property_id, folder = make_property(session), folder_id(session, transactions.actor)

    def run(content: bytes) -> str:
        document: Any = upload(records, property_id, content, folder_id=folder).json()
        with transactions() as session:
            row = "SELECT c.id FROM files.contents c JOIN files.document_versions v ON v.object_id = c.object_id"
            content_id = session.execute(text(f"{row} WHERE v.document_id = :id"), {"id": document["id"]}).scalar_one()
        processing.process_content(transactions, content_id=content_id)
        return f"/api/files/documents/{document['id']}/versions/1"

    return run


def viewed(session: Session) -> int:
    found = "SELECT count(*) FROM files.activities WHERE action = 'document_viewed'"
    return int(session.execute(text(found)).scalar_one())


def infect(session: Session) -> None:
    session.execute(text("UPDATE files.contents SET virus_scan = 'infected', virus_name = 'Eicar', scanned_at = now()"))
    session.flush()


class TestReadThumbnail:
    def test_is_kept_by_the_browser_and_not_noted(
        self, records: TestClient, add: Callable[[bytes], str], session: Session
    ) -> None:
        address = f"{add(nasty.pdf('Plan'))}/thumbnail"
        answer = records.get(address)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/webp")
        assert answer.headers["cache-control"] == "private, max-age=31536000, immutable"
        assert answer.headers["x-content-type-options"] == "nosniff"
        again = records.get(address, headers={"If-None-Match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert viewed(session) == 0

    def test_says_why_there_is_none(self, records: TestClient, add: Callable[[bytes], str]) -> None:
        answer = records.get(f"{add(nasty.locked_pdf())}/thumbnail")
        assert (answer.status_code, answer.json()["type"]) == (404, "urn:banksia:files:picture-not-found")
        assert answer.json()["detail"] == "The file asks for a password. You can still download the file."


class TestRecordPreview:
    @pytest.mark.parametrize(
        ("content", "content_type", "shown"),
        [
            (nasty.pdf("Plan"), "application/pdf", b"%PDF-1.7"),
            (nasty.picture("TIFF", pages=2), "application/pdf", b"%PDF-1."),
            (nasty.MAIL, "text/plain; charset=utf-8", b"From: Ann Kaur"),
            (nasty.HTML, "text/plain; charset=utf-8", b"Notice\nKeep out & away"),
        ],
    )
    def test_shows_what_cannot_run(
        self, records: TestClient, add: Callable[[bytes], str], content: bytes, content_type: str, shown: bytes,
        session: Session,
    ) -> None:  # fmt: skip
        address = add(content)
        answer = records.get(f"{address}/preview")
        assert (answer.status_code, answer.headers["content-type"]) == (200, content_type)
        assert answer.content.startswith(shown)
        assert answer.headers["content-disposition"].startswith("inline;")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert b"<script" not in answer.content
        assert viewed(session) == 1
        version = records.get(address.rpartition("/versions")[0]).json()["latest"]
        assert (version["has_preview"], version["text_state"] in {"done", "none"}) == (True, True)

    def test_never_shows_an_active_kind(self, records: TestClient, add: Callable[[bytes], str]) -> None:
        for content in (nasty.SVG, nasty.HTML):
            address = add(content)
            for answer in (records.get(f"{address}/preview"), records.get(f"{address}/content?inline=true")):
                kind = answer.headers["content-type"].partition(";")[0]
                assert kind in {"text/plain", "application/octet-stream", "application/problem+json"}
                if b"<script" in answer.content:
                    assert answer.headers["content-disposition"].startswith("attachment;")

    @pytest.mark.parametrize("page", ["thumbnail", "preview"])
    def test_is_for_those_who_may_open_files(
        self, signed_in_as: Callable[..., TestClient], client: TestClient, add: Callable[[bytes], str], page: str
    ) -> None:
        address = f"{add(nasty.pdf('Plan'))}/{page}"
        assert signed_in_as("customer").get(address).status_code == 403
        assert signed_in_as("counter_clerk").get(address).status_code == 403
        assert signed_in_as("certificate_officer").get(address).status_code == 200
        assert client.get(address).status_code == 401

    def test_another_council_finds_nothing(
        self, add: Callable[[bytes], str], platform: Platform, other_organisation: Council
    ) -> None:
        document_id = uuid.UUID(add(nasty.pdf("Plan")).split("/")[4])
        neighbour = Transactions(platform, Actor.system(other_organisation.id))
        with pytest.raises(DocumentNotFound), neighbour() as session:
            service.find_thumbnail(session, neighbour.actor, document_id=document_id, number=1)
        unsafe = service.Unsafe(infected=True)
        with pytest.raises(DocumentNotFound), neighbour() as session:
            service.record_preview(session, neighbour.actor, document_id=document_id, number=1, unsafe=unsafe)


class TestInfected:
    def test_leaves_only_for_an_administrator_who_asks_for_it(
        self, records: TestClient, signed_in_as: Callable[..., TestClient], add: Callable[[bytes], str],
        session: Session,
    ) -> None:  # fmt: skip
        address = add(nasty.pdf("Plan"))
        infect(session)
        administrator = signed_in_as("administrator")
        for page in ("content", "preview"):
            for who, asked in ((records, ""), (records, "?infected=true"), (administrator, "")):
                answer = who.get(f"{address}/{page}{asked}")
                assert (answer.status_code, answer.json()["type"]) == (409, "urn:banksia:files:file-infected")
                assert "Eicar" in answer.json()["detail"]
            assert administrator.get(f"{address}/{page}?infected=true").content.startswith(b"%PDF")
        assert records.get(f"{address}/thumbnail").status_code == 409
        version = records.get(address.rpartition("/versions")[0]).json()["latest"]
        assert (version["virus_scan"], version["virus_name"], version["has_preview"]) == ("infected", "Eicar", False)


class TestOcrProgress:
    def test_says_that_it_is_off(self, records: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", "")
        answer = records.get("/api/files/ocr").json()
        assert (answer["is_on"], answer["waiting"], answer["pages"], answer["seconds"]) == (False, 0, 0, 0)
        assert "Not installed: ocrmypdf, tesseract" in answer["why_off"]
