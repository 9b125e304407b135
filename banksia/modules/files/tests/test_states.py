"""What a document's state lets be done with it: in an archived folder, isolated, damaged, gone; and its words."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from banksia.kit.database import Transactions
from banksia.modules.files.tests.factories import PLAN, folder_id, make_property, sha256, tus_headers, upload

FILES = "/api/files"


@pytest.fixture
def folder(transactions: Transactions) -> str:
    with transactions() as session:
        return str(folder_id(session, transactions.actor))


@pytest.fixture
def boss(signed_in_as: Callable[..., TestClient]) -> TestClient:
    return signed_in_as("administrator")


def add(client: TestClient, property_id: uuid.UUID, folder: str, **about: Any) -> str:
    answer = upload(client, property_id, folder_id=folder, **about)
    assert answer.status_code == 201, answer.text
    return f"{FILES}/documents/{answer.json()['id']}"


def execute(transactions: Transactions, statement: str, **values: Any) -> None:
    with transactions() as session:
        session.execute(text(statement), values)


def isolate(records: TestClient, boss: TestClient, where: str) -> None:
    removal = records.post(f"{where}/removals", json={"reason": "Twice here"}).json()["id"]
    assert boss.post(f"{FILES}/removals/{removal}/decide", json={"approve": True}).status_code == 200


class TestArchivedFolder:
    def test_takes_no_version_and_no_other_words_but_lets_a_document_out(
        self, records: TestClient, property_id: uuid.UUID, folder: str
    ) -> None:
        made = records.post(f"{FILES}/properties/{property_id}/folders", json={"name": "Old shed"}).json()
        where = add(records, property_id, made["id"])
        records.put(f"{FILES}/property-folders/{made['id']}/archive", json={"archived": True})
        content = PLAN + b"2"
        headers = {"Content-Type": "application/octet-stream", "X-Content-SHA256": sha256(content)}
        sent = records.post(f"{where}/versions", params={"file_name": "b.pdf"}, content=content, headers=headers)
        document = where.rpartition("/")[2]
        begun = records.post(f"{FILES}/uploads", headers=tus_headers(content, document_id=document))
        changed = [
            records.patch(where, json=wanted)
            for wanted in ({"title": "New"}, {"description": "New"}, {"dated_on": "2020-01-01"})
        ]
        for answer in (sent, begun, *changed):
            assert (answer.status_code, answer.json()["type"]) == (409, "urn:banksia:files:folder-archived")
        assert records.get(where).json()["latest"]["number"] == 1
        assert records.patch(where, json={"folder_id": folder}).status_code == 200
        assert records.patch(where, json={"title": "New"}).json()["title"] == "New"


class TestIsolated:
    def test_is_read_by_who_decides_removals_and_that_is_noted(
        self, records: TestClient, boss: TestClient, property_id: uuid.UUID, folder: str
    ) -> None:
        where = add(records, property_id, folder)
        isolate(records, boss, where)
        for page in ("", "/log", "/custody", "/versions/1/content", "/versions/1/preview"):
            assert (records.get(where + page).status_code, boss.get(where + page).status_code) == (404, 200), page
        assert boss.get(where).json()["state"] == "isolated"
        lines = boss.get(f"{where}/log").json()["results"]
        looks = [line["action"] for line in lines if line["actor_name"] == boss.actor.name]  # type: ignore[attr-defined]
        assert {"document_viewed", "document_downloaded"} <= set(looks)

    def test_is_changed_by_nobody(
        self, records: TestClient, boss: TestClient, property_id: uuid.UUID, folder: str
    ) -> None:
        where = add(records, property_id, folder)
        isolate(records, boss, where)
        document = where.rpartition("/")[2]
        seen = {"document_id": document, "version_number": 1, "sha256": sha256(PLAN)}
        sending = {"to_email": "mei@owner.example", "documents": [seen]}
        answers = [
            boss.patch(where, json={"title": "New"}),
            boss.put(f"{where}/pin", json={"pinned": True}),
            boss.post(f"{FILES}/properties/{property_id}/sendings", json=sending),
            boss.get(f"{FILES}/zip", params={"document_id": document}),
        ]
        assert [answer.status_code for answer in answers] == [404] * 4


class TestDamaged:
    @pytest.fixture
    def where(self, records: TestClient, transactions: Transactions, property_id: uuid.UUID, folder: str) -> str:
        where = add(records, property_id, folder)
        self.found(transactions, "damaged")
        return where

    def found(self, transactions: Transactions, verdict: str) -> None:
        """As the rolling check writes it down."""
        execute(
            transactions,
            "INSERT INTO storage.verifications (id, created_at, organisation_id, object_id, verified_at, verdict)"
            " SELECT gen_random_uuid(), now(), organisation_id, id, now(), :verdict FROM storage.objects"
            " ON CONFLICT (organisation_id, object_id) DO UPDATE SET verdict = :verdict",
            verdict=verdict,
        )

    def test_is_told_of_the_document(self, where: str, records: TestClient, transactions: Transactions) -> None:
        read = records.get(where).json()
        assert (read["bytes_state"], read["last_verified_at"] is None) == ("damaged", False)
        self.found(transactions, "whole")
        assert records.get(where).json()["bytes_state"] == "whole"
        execute(transactions, "DELETE FROM storage.verifications")
        read = records.get(where).json()
        assert (read["bytes_state"], read["last_verified_at"]) == ("not_checked", None)

    def test_bytes_leave_for_an_administrator_alone_who_asks_for_them(
        self, where: str, records: TestClient, boss: TestClient, property_id: uuid.UUID
    ) -> None:
        for page in ("content", "preview"):
            address = f"{where}/versions/1/{page}"
            for who, asked in ((records, ""), (records, "?damaged=true"), (boss, ""), (boss, "?infected=true")):
                answer = who.get(address + asked)
                assert (answer.status_code, answer.json()["type"]) == (409, "urn:banksia:files:file-damaged")
                assert "are not those that came" in answer.json()["detail"]
            assert boss.get(f"{address}?damaged=true").content == PLAN
        document = where.rpartition("/")[2]
        assert boss.get(f"{FILES}/zip", params={"document_id": document}).status_code == 409
        seen = {"document_id": document, "version_number": 1, "sha256": sha256(PLAN)}
        sending = {"to_email": "mei@owner.example", "documents": [seen]}
        sent = records.post(f"{FILES}/properties/{property_id}/sendings", json=sending)
        assert sent.json()["type"] == "urn:banksia:files:file-damaged"


class TestAsAtADay:
    @pytest.mark.parametrize("state", ["isolated", "purged after isolation", "purged at once"])
    def test_shows_what_lay_there_and_has_left_since(
        self, records: TestClient, boss: TestClient, transactions: Transactions, property_id: uuid.UUID, folder: str,
        state: str,
    ) -> None:  # fmt: skip
        where = add(records, property_id, folder, title="Old survey")
        execute(transactions, "UPDATE files.documents SET created_at = now() - interval '30 days'")
        isolate(records, boss, where)
        left = datetime.now(UTC) - timedelta(days=10)
        execute(transactions, "UPDATE files.documents SET isolated_at = :left", left=left)
        if state != "isolated":
            execute(transactions, "UPDATE files.documents SET state = 'purged', purge_after_at = NULL")
        if state == "purged at once":
            execute(transactions, "UPDATE files.documents SET isolated_at = NULL")
            execute(
                transactions,
                "INSERT INTO files.activities (id, created_at, organisation_id, property_id, document_id, action,"
                " actor_name, detail) SELECT gen_random_uuid(), :left, organisation_id, property_id, id,"
                " 'document_purged', 'Banksia', '{}' FROM files.documents",
                left=left,
            )
        own = f"{FILES}/properties/{property_id}"

        def titles(days_ago: int) -> list[tuple[str, str | None]]:
            day = (datetime.now(UTC) - timedelta(days=days_ago)).date().isoformat()
            assert records.get(own, params={"as_at_on": day}).status_code == 200
            rows = records.get(f"{own}/documents", params={"as_at_on": day}).json()["results"]
            return [(row["title"], row["removed_at"] and row["removed_at"][:10]) for row in rows]

        assert titles(20) == [("Old survey", left.date().isoformat())]
        assert titles(5) == titles(40) == []
        assert records.get(f"{own}/documents").json()["results"] == []
        assert records.get(f"{where}/versions/1/content").status_code == 404

    def test_shows_no_link_that_was_made_later(
        self, records: TestClient, transactions: Transactions, property_id: uuid.UUID, folder: str
    ) -> None:
        with transactions() as session:
            other = make_property(session, address="2 BRIDGE STREET LITHGOW", parcels=["7//DP9"])
        where = add(records, property_id, folder)
        execute(transactions, "UPDATE files.documents SET created_at = now() - interval '30 days'")
        records.post(f"{where}/links", json={"property_id": str(other)})
        day = (datetime.now(UTC) - timedelta(days=5)).date().isoformat()
        for asked, count in (({}, 1), ({"as_at_on": day}, 0)):
            rows = records.get(f"{FILES}/properties/{other}/documents", params=asked).json()["results"]
            assert len(rows) == count


class TestWords:
    def test_hold_nothing_that_nobody_sees(self, records: TestClient, property_id: uuid.UUID, folder: str) -> None:
        where = add(records, property_id, folder, file_name="plan \u202efdp.exe\u0085.pdf", title="Site\nplan\u2066")
        read = records.get(where).json()
        assert (read["title"], read["latest"]["file_name"]) == ("Site plan", "plan fdp.exe .pdf")
        assert records.patch(where, json={"title": "\u200b\u200c"}).status_code == 422
        assert upload(records, property_id, b"x", folder_id=folder, file_name="\u200b\u2060").status_code == 422

    def test_a_long_name_becomes_a_title_that_can_be_saved(
        self, records: TestClient, property_id: uuid.UUID, folder: str
    ) -> None:
        where = add(records, property_id, folder, file_name="a" * 250)
        title = records.get(where).json()["title"]
        assert len(title) == 200
        assert records.patch(where, json={"title": title}).status_code == 200

    def test_are_of_a_document_or_of_a_folder(self, records: TestClient, property_id: uuid.UUID, folder: str) -> None:
        about = {"document_id": add(records, property_id, folder).rpartition("/")[2], "folder_id": folder}
        own = f"{FILES}/properties/{property_id}"
        for answer in (
            records.post(f"{own}/comments", json={"text": "Both", **about}),
            records.post(f"{own}/reminders", json={"remind_on": "2190-01-01", **about}),
        ):
            assert (answer.status_code, "not both" in answer.text) == (422, True)
