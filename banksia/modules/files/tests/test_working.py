"""A day in a property's file over HTTP: folders, applications, words, pins, comments, links, restricted folders."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from banksia.foundation.organisations.public import update_module_settings
from banksia.kit.database import Transactions
from banksia.kit.platform import Platform
from banksia.modules.files import service
from banksia.modules.files.tests.factories import PLAN, folder_id, make_property, upload

FILES = "/api/files"


@pytest.fixture
def viewer(signed_in_as: Callable[..., TestClient]) -> TestClient:
    return signed_in_as("files_viewer")


def fixed(transactions: Transactions, key: str = "general_correspondence") -> str:
    with transactions() as session:
        return str(folder_id(session, transactions.actor, key))


def add(client: TestClient, property_id: uuid.UUID, folder: str, content: bytes = PLAN, **about: Any) -> dict[str, Any]:
    answer = upload(client, property_id, content, folder_id=folder, **about)
    assert answer.status_code == 201, answer.text
    added: dict[str, Any] = answer.json()
    return added


def search(client: TestClient, words: str, **narrow: Any) -> list[str]:
    answer = client.get(f"{FILES}/search", params={"q": words, **narrow})
    assert answer.status_code == 200, answer.text
    return [each["title"] for each in answer.json()["results"]]


class TestApplications:
    def test_have_five_parts_and_a_number_of_the_portal(self, records: TestClient, property_id: uuid.UUID) -> None:
        where = f"{FILES}/properties/{property_id}/applications"
        assert records.post(where, json={"number": "2017-41"}).status_code == 422
        assert records.post(where, json={"number": "2017/41"}).status_code == 201
        assert records.post(where, json={"number": "2017/41"}).status_code == 409
        folders = records.get(f"{FILES}/properties/{property_id}").json()["folders"]
        parts = [each["name"] for each in folders if each["application_number"] == "2017/41" and each["parent_id"]]
        assert parts == ["Administrative", "Plans", "Supporting information", "Notes", "Consents"]
        assert {each["kept"] for each in folders if each["application_number"]} == {
            "Keep 10 years or until demolished, whichever is longer"
        }

    def test_a_sub_folder_of_the_same_name_is_one(
        self, records: TestClient, transactions: Transactions, property_id: uuid.UUID
    ) -> None:
        where = f"{FILES}/properties/{property_id}/folders"
        wanted = {"name": "Photos", "parent_id": fixed(transactions)}
        first, second = (records.post(where, json=wanted).json()["id"] for _ in range(2))
        assert first == second

    def test_nothing_goes_into_an_archived_folder(
        self, records: TestClient, transactions: Transactions, property_id: uuid.UUID
    ) -> None:
        where = f"{FILES}/properties/{property_id}/folders"
        made = records.post(where, json={"name": "Old shed"}).json()
        inside = records.post(where, json={"name": "Photos", "parent_id": made["id"]}).json()
        closed = records.put(f"{FILES}/property-folders/{made['id']}/archive", json={"archived": True})
        assert closed.json()["archived_at"]
        for folder in (made, inside):  # what lies in it is closed with it
            answer = upload(records, property_id, folder_id=folder["id"])
            assert (answer.status_code, "Old shed" in answer.json()["detail"]) == (409, True)


class TestRoles:
    def test_who_only_views_changes_nothing(
        self, records: TestClient, viewer: TestClient, transactions: Transactions, property_id: uuid.UUID
    ) -> None:
        document = add(records, property_id, fixed(transactions))
        where = f"{FILES}/documents/{document['id']}"
        assert viewer.get(where).status_code == 200
        assert viewer.patch(where, json={"title": "Mine"}).status_code == 403
        assert upload(viewer, property_id, PLAN + b"2", folder_id=fixed(transactions)).status_code == 403
        assert (
            viewer.post(f"{FILES}/properties/{property_id}/applications", json={"number": "2017/41"}).status_code == 403
        )

    def test_a_restricted_folder_is_not_there_for_who_may_not_open_it(
        self, records: TestClient, viewer: TestClient, transactions: Transactions, property_id: uuid.UUID
    ) -> None:
        document = add(records, property_id, fixed(transactions, "notices_and_orders"), title="Order to demolish")
        where = f"{FILES}/documents/{document['id']}"
        assert search(records, "demolish") == ["Order to demolish"]
        assert search(viewer, "demolish") == []
        for path in (where, f"{where}/log", f"{where}/custody", f"{where}/versions/1/content"):
            assert (records.get(path).status_code, viewer.get(path).status_code) == (200, 404), path
        own = f"{FILES}/properties/{property_id}"
        assert viewer.get(f"{own}/documents").json()["results"] == []
        assert viewer.get(own).json()["document_count"] == 0
        assert [line["document_title"] for line in viewer.get(f"{own}/log").json()["results"]] == []
        summary = viewer.get(f"{FILES}/properties", params={"q": "9 portland road"}).json()["results"][0]
        assert (summary["document_count"], summary["folders"]) == (0, [])


class TestSearchDocuments:
    def test_finds_words_of_title_name_description_and_comments(
        self, records: TestClient, transactions: Transactions, property_id: uuid.UUID
    ) -> None:
        document = add(
            records, property_id, fixed(transactions), title="Stamped plans", description="for the boatshed",
            file_name="DA_2017-41 sheet.pdf",
        )  # fmt: skip
        comments = f"{FILES}/properties/{property_id}/comments"
        assert records.post(comments, json={"text": "Wombat burrow", "document_id": document["id"]}).status_code == 201
        for words in ("stamped plan", "boatsh", "2017/41", '"boatshed"', "wombats", "STAMPED sheet"):
            assert search(records, words) == ["Stamped plans"], words
        assert (
            records.get(f"{FILES}/search", params={"q": "stamped", "property_id": str(uuid.uuid4())}).status_code == 404
        )
        assert search(records, "stamped", kind="application") == []
        assert search(records, "stamped", person="nobody") == []

    def test_without_words_finds_all_that_it_is_narrowed_to(
        self, records: TestClient, transactions: Transactions, property_id: uuid.UUID
    ) -> None:
        where = f"{FILES}/properties/{property_id}/applications"
        records.post(where, json={"number": "2017/41"})
        folders = records.get(f"{FILES}/properties/{property_id}").json()["folders"]
        plans = next(each for each in folders if each["application_number"] and each["name"] == "Plans")
        add(records, property_id, plans["id"], title="Elevations")
        add(records, property_id, fixed(transactions), content=PLAN + b"2", title="Letter")
        assert search(records, "", application_number="2017/41") == ["Elevations"]
        assert search(records, "", kind="application") == ["Elevations"]
        assert search(records, "", property_id=property_id) == ["Letter", "Elevations"]
        assert search(records, "", person="nobody") == search(records, "", person="%") == search(records, "") == []
        # Signs are no words: nothing has them.
        assert search(records, "%", application_number="2017/41") == []

    @pytest.mark.parametrize(
        "typed", ["2/2/2288", "Lot 2 DP 2288", '"105 loftus', '- . " ( *', "", "&|!:*", "'", "\\", "💧", "_", "a_b"]
    )
    def test_nothing_that_is_typed_raises(self, records: TestClient, typed: str) -> None:
        assert records.get(f"{FILES}/search", params={"q": typed}).status_code == 200

    def test_keeps_to_the_council(
        self, records: TestClient, transactions: Transactions, property_id: uuid.UUID, platform: Platform
    ) -> None:
        add(records, property_id, fixed(transactions), title="Stamped plans")
        nothing = "null, null, null, null, null, null"
        call = f"SELECT count(*) FROM files.find_documents(to_tsquery('stamp'), null, {nothing}, true, 9)"  # noqa: S608
        with platform.database.session(uuid.uuid4()) as session:
            assert session.execute(text(call)).scalar_one() == 0
        with transactions() as session:
            assert session.execute(text(call)).scalar_one() == 1


class TestDocuments:
    def test_pins_moves_and_words_are_in_the_log(
        self, records: TestClient, transactions: Transactions, property_id: uuid.UUID
    ) -> None:
        document = add(records, property_id, fixed(transactions))
        where = f"{FILES}/documents/{document['id']}"
        assert records.put(f"{where}/pin", json={"pinned": True}).json()["pinned_at"]
        moved = records.patch(where, json={"title": "Stamped plans", "folder_id": fixed(transactions, "rates")})
        assert moved.json()["title"] == "Stamped plans"
        records.post(
            f"{FILES}/properties/{property_id}/comments", json={"text": "See sheet 4", "document_id": document["id"]}
        )
        actions = [line["action"] for line in records.get(f"{where}/log").json()["results"]]
        assert actions == ["comment_added", "document_moved", "document_changed", "document_pinned", "document_added"]
        summary = records.get(f"{FILES}/properties", params={"q": "9 portland road"}).json()["results"][0]
        assert (summary["comment"], summary["pinned"]) == ("See sheet 4", ["Stamped plans"])
        assert [(each["name"], each["document_count"]) for each in summary["folders"]] == [("Rates", 1)]
        assert records.get(f"{where}/custody").content.startswith(b"%PDF")

    def test_one_document_in_two_files_is_one_document(
        self, records: TestClient, transactions: Transactions, property_id: uuid.UUID
    ) -> None:
        with transactions() as session:
            other = make_property(session, address="11 PORTLAND ROAD PORTLAND", parcels=["3/2/DP2288"])
        document = add(records, property_id, fixed(transactions))
        links = f"{FILES}/documents/{document['id']}/links"
        assert records.post(links, json={"property_id": str(property_id)}).status_code == 409
        assert len(records.post(links, json={"property_id": str(other)}).json()["links"]) == 1
        shown = records.get(f"{FILES}/properties/{other}/documents").json()["results"]
        assert [(each["id"], each["is_linked"]) for each in shown] == [(document["id"], True)]
        assert records.delete(f"{links}/{other}").json()["links"] == []
        assert records.get(f"{FILES}/properties/{other}/documents").json()["results"] == []


class TestLineage:
    def test_a_child_shows_what_its_parent_holds_until_the_day(
        self, signed_in_as: Callable[..., TestClient], transactions: Transactions
    ) -> None:
        boss = signed_in_as("administrator")
        with transactions() as session:
            parent = make_property(session, address="9 PORTLAND ROAD PORTLAND", parcels=["B//DP397521"])
            child = make_property(session, address="9A PORTLAND ROAD PORTLAND", parcels=["13//DP1242624"])
        document = add(boss, parent, fixed(transactions), title="Elevations")
        event = {
            "kind": "subdivision", "plan": "DP 1242624", "occurred_on": "2018-03-12",
            "parents": ["B//DP397521"], "source": "Plan of the subdivision",
            "children": [{"parcel": f"{lot}//DP1242624"} for lot in (12, 13)],
        }  # fmt: skip
        recorded = boss.post("/api/property/lineage", json=event)
        assert recorded.status_code == 201, recorded.text
        where = f"{FILES}/properties/{child}"
        (shown,) = boss.get(f"{where}/documents").json()["results"]
        assert (shown["id"], shown["from_parcel"], shown["until_on"]) == (
            document["id"], "Lot B DP 397521", "2018-03-12",
        )  # fmt: skip
        assert search(boss, "elevat", property_id=child) == ["Elevations"]
        file = boss.get(where).json()
        assert (file["document_count"], file["inherited_count"]) == (1, 1)
        assert boss.get(where, params={"as_at_on": "2017-01-01"}).json()["document_count"] == 0
        own = boss.get(f"{FILES}/properties/{parent}/documents").json()["results"]
        assert [each["from_parcel"] for each in own] == [None]


class TestReminders:
    def test_are_mailed_once_on_the_day(
        self, records: TestClient, transactions: Transactions, property_id: uuid.UUID
    ) -> None:
        document = add(records, property_id, fixed(transactions))
        where = f"{FILES}/properties/{property_id}/reminders"
        past = {"remind_on": "2020-01-01", "document_id": document["id"]}
        assert records.post(where, json=past).status_code == 422
        wanted = {"remind_on": "2190-01-01", "document_id": document["id"], "note": "Check the plans"}
        assert records.post(where, json=wanted).status_code == 201
        with transactions() as session:
            assert service.send_reminders(session) == 0
            session.execute(text("UPDATE files.reminders SET remind_on = '2026-01-01'"))
            assert service.send_reminders(session) == 1
            assert service.send_reminders(session) == 0
            mail = session.execute(text("SELECT text FROM notifications.messages WHERE template = 'files/reminder'"))
            body = mail.scalar_one()
        assert "Check the plans" in body
        assert "9 PORTLAND ROAD PORTLAND" in body


class TestSendDocuments:
    def test_sends_the_version_on_screen_and_no_other(
        self, records: TestClient, transactions: Transactions, property_id: uuid.UUID
    ) -> None:
        document = add(records, property_id, fixed(transactions))
        where = f"{FILES}/properties/{property_id}/sendings"
        seen = {"document_id": document["id"], "version_number": 1, "sha256": document["latest"]["sha256"]}
        stale = {"to_email": "mei@owner.example", "documents": [{**seen, "sha256": "0" * 64}]}
        assert records.post(where, json=stale).status_code == 409
        sent = records.post(where, json={"to_email": "mei@owner.example", "documents": [seen]}).json()
        assert (sent["method"], [each["sha256"] for each in sent["documents"]]) == ("attached", [seen["sha256"]])
        (line,) = (
            each for each in records.get(f"{FILES}/documents/{document['id']}/log").json()["results"]
            if each["action"] == "document_sent"
        )  # fmt: skip
        assert (line["detail"]["to"], line["detail"]["sha256"]) == ("mei@owner.example", seen["sha256"])

    def test_a_link_opens_for_its_reader_until_it_ends(
        self, records: TestClient, client: TestClient, transactions: Transactions, property_id: uuid.UUID
    ) -> None:
        large = PLAN + bytes(1_100_000)
        document = add(records, property_id, fixed(transactions), large)
        with transactions() as session:
            update_module_settings(session, transactions.actor, name="files", values={"attach_up_to_megabytes": 1})
        seen = {"document_id": document["id"], "version_number": 1, "sha256": document["latest"]["sha256"]}
        where = f"{FILES}/properties/{property_id}/sendings"
        sent = records.post(where, json={"to_email": "mei@owner.example", "documents": [seen]}).json()
        assert sent["method"] == "link", sent
        with transactions() as session:
            mail = session.execute(
                text("SELECT text FROM notifications.messages WHERE template = 'files/documents_link'")
            )
            token = mail.scalar_one().split("#token=")[1].split()[0]
        assert client.get(f"{FILES}/shared/documents/1").status_code == 404
        assert client.post(f"{FILES}/shared", json={"token": token + "x"}).status_code == 404
        opened = client.post(f"{FILES}/shared", json={"token": token}).json()
        assert [each["size"] for each in opened["documents"]] == [len(large)]
        assert client.get(f"{FILES}/shared/documents/1").content == large
        actions = [each["action"] for each in records.get(f"{FILES}/documents/{document['id']}/log").json()["results"]]
        assert actions[:2] == ["shared_opened", "document_sent"]
        with transactions() as session:
            session.execute(text("UPDATE files.sendings SET expires_at = now() - interval '1 second'"))
        assert client.post(f"{FILES}/shared", json={"token": token}).status_code == 410
        assert client.get(f"{FILES}/shared/documents/1").status_code == 410
