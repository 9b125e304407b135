"""Restricted folders, for people who may not open them: copies, versions, links, folders, reminders and bags.

tests/test_restricted_documents.py asks every route.
"""

import uuid
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.modules.files import service
from banksia.modules.files.tests.factories import PLAN, tus_headers, upload
from banksia.modules.files.tests.secrets import FILES, SECOND, TOLD, make_secret, ok, send_version


@pytest.fixture
def officer(signed_in_as: Callable[..., TestClient]) -> TestClient:
    """Adds documents, and may not open restricted folders."""
    return signed_in_as("environmental_officer")


@pytest.fixture
def secret(records: TestClient, home: uuid.UUID, other: uuid.UUID, folders: dict[str, str]) -> dict[str, str]:
    return make_secret(records, home, other, folders)


class TestCopies:
    def test_of_restricted_documents_are_not_spoken_of(
        self, secret: dict[str, str], records: TestClient, officer: TestClient, home: uuid.UUID, folders: dict[str, str]
    ) -> None:
        told = upload(records, home, SECOND, folder_id=folders["open"])
        assert (told.status_code, told.json()["document_id"]) == (409, secret["document_id"])
        assert upload(officer, home, SECOND, folder_id=folders["open"]).status_code == 201

    def test_no_version_comes_to_a_document_that_is_not_there_for_the_sender(
        self, secret: dict[str, str], officer: TestClient, records: TestClient
    ) -> None:
        document = secret["document_id"]
        assert send_version(officer, document, PLAN).json()["type"] == "urn:banksia:files:document-not-found"
        begun = officer.post(f"{FILES}/uploads", headers=tus_headers(PLAN, document_id=document))
        assert begun.json()["type"] == "urn:banksia:files:document-not-found"
        assert records.get(f"{FILES}/documents/{document}").json()["latest"]["number"] == 2


class TestLinks:
    def test_show_what_has_a_visible_home_alone(
        self, secret: dict[str, str], records: TestClient, officer: TestClient, other: uuid.UUID
    ) -> None:
        where = f"{FILES}/properties/{other}"
        for client, count in ((records, 1), (officer, 0)):
            assert len(client.get(f"{where}/documents").json()["results"]) == count
            assert client.get(where).json()["document_count"] == count
        assert officer.get(f"{FILES}/documents/{secret['document_id']}").status_code == 404

    def test_into_a_restricted_folder_are_not_told_of(
        self, records: TestClient, officer: TestClient, home: uuid.UUID, other: uuid.UUID, folders: dict[str, str]
    ) -> None:
        document = ok(upload(records, home, folder_id=folders["open"]))["id"]
        where = f"{FILES}/documents/{document}"
        ok(records.post(f"{where}/links", json={"property_id": str(other), "folder_id": folders["closed"]}))
        assert [len(client.get(where).json()["links"]) for client in (records, officer)] == [1, 0]
        assert officer.delete(f"{where}/links/{other}").status_code == 404
        assert records.delete(f"{where}/links/{other}").status_code == 200


class TestGlances:
    def test_at_the_file_tell_nothing_of_it(
        self, secret: dict[str, str], records: TestClient, officer: TestClient, home: uuid.UUID
    ) -> None:
        where = f"{FILES}/properties/{home}"
        assert {line["document_id"] for line in records.get(where).json()["recent"]} == {secret["document_id"]}
        assert officer.get(where).json()["recent"] == officer.get(where).json()["pinned"] == []

    def test_at_what_was_sent_and_is_to_come_tell_nothing_of_it(
        self, secret: dict[str, str], records: TestClient, officer: TestClient, home: uuid.UUID
    ) -> None:
        for page in ("reminders", "sendings"):
            where = f"{FILES}/properties/{home}/{page}"
            assert (len(records.get(where).json()), officer.get(where).json()) == (1, [])


class TestFolders:
    def test_of_every_file_are_named_to_those_who_may_open_them(
        self, officer: TestClient, signed_in_as: Callable[..., TestClient], folders: dict[str, str]
    ) -> None:
        boss, where = signed_in_as("administrator"), f"{FILES}/folders"
        assert {each["id"] for each in ok(boss.get(where))} >= set(folders.values())
        shown = {each["id"] for each in ok(officer.get(where))}
        assert (folders["open"] in shown, folders["closed"] in shown) == (True, False)
        wanted = {"name": "Notices and orders"}
        assert boss.post(where, json=wanted).status_code == 409

    def test_one_that_is_not_for_the_maker_is_not_answered(
        self, officer: TestClient, records: TestClient, home: uuid.UUID, folders: dict[str, str]
    ) -> None:
        wanted = {"name": "Notices and orders"}
        refused = officer.post(f"{FILES}/properties/{home}/folders", json=wanted)
        assert (refused.status_code, folders["closed"] in refused.text) == (403, False)
        assert records.post(f"{FILES}/properties/{home}/folders", json=wanted).json()["id"] == folders["closed"]


class TestReminders:
    def test_are_taken_back_by_those_whom_they_concern(
        self, signed_in_as: Callable[..., TestClient], records: TestClient, home: uuid.UUID, folders: dict[str, str]
    ) -> None:
        for_whom, stranger, boss = (signed_in_as(role) for role in ("files_viewer", "files_viewer", "administrator"))
        person = str(for_whom.actor.user_id)  # type: ignore[attr-defined]  # set by signed_in_as
        wanted = {"remind_on": "2190-01-01", "folder_id": folders["open"], "person_id": person}
        for client in (records, for_whom, boss):
            reminder = ok(records.post(f"{FILES}/properties/{home}/reminders", json=wanted))["id"]
            refused = stranger.delete(f"{FILES}/reminders/{reminder}")
            assert (refused.status_code, refused.json()["type"]) == (403, "urn:banksia:files:reminder-of-another")
            assert client.delete(f"{FILES}/reminders/{reminder}").status_code == 204

    def test_are_not_for_people_who_may_not_open_the_folder(
        self, secret: dict[str, str], records: TestClient, officer: TestClient, home: uuid.UUID, folders: dict[str, str]
    ) -> None:
        person = {"person_id": str(officer.actor.user_id)}  # type: ignore[attr-defined]  # set by signed_in_as
        where = f"{FILES}/properties/{home}/reminders"
        for about in ({"document_id": secret["document_id"]}, {"folder_id": folders["closed"]}):
            refused = records.post(where, json={"remind_on": "2190-01-01", **about, **person})
            assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "person_id")
            assert "may not open this restricted folder" in refused.json()["errors"][0]["message"]
        assert officer.get(where).json() == []
        assert officer.delete(f"{FILES}/reminders/{secret['reminder_id']}").status_code == 404

    def test_say_nothing_when_the_document_has_become_restricted_since(
        self, records: TestClient, officer: TestClient, transactions: Transactions, home: uuid.UUID,
        folders: dict[str, str],
    ) -> None:  # fmt: skip
        document = ok(upload(records, home, folder_id=folders["open"], title="Zebra order"))["id"]
        about = {"document_id": document, "person_id": str(officer.actor.user_id)}  # type: ignore[attr-defined]
        ok(records.post(f"{FILES}/properties/{home}/reminders", json={"remind_on": "2190-01-01", **about}))
        ok(records.patch(f"{FILES}/documents/{document}", json={"folder_id": folders["closed"]}))
        with transactions() as session:
            session.execute(text("UPDATE files.reminders SET remind_on = '2026-01-01'"))
            assert service.send_reminders(session) == 1
            mails = "SELECT count(*) FROM notifications.messages WHERE template = 'files/reminder'"
            assert session.execute(text(mails)).scalar_one() == 0
        line = records.get(f"{FILES}/documents/{document}/log").json()["results"][0]
        assert (line["action"], line["detail"]["mailed"]) == ("reminder_sent", False)


class TestBags:
    def test_hold_no_word_of_what_is_not_for_the_taker(
        self, secret: dict[str, str], transactions: Transactions, home: uuid.UUID
    ) -> None:
        taker = Actor(transactions.actor.organisation_id, "staff", user_id=uuid.uuid4(), name="Ellen")
        with transactions() as session:
            bag = service.export_file(session, taker, property_id=home)
        written = b"".join(getattr(member, "content", b"") for member in bag.members).lower()
        assert [word for word in (*TOLD, secret["document_id"]) if word.encode() in written] == []
