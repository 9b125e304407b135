"""Files found by address, each in one row that says the same as the file: with what is linked and inherited."""

import datetime
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from banksia.kit.database import Transactions
from banksia.modules.files import service
from banksia.modules.files.models import Activity
from banksia.modules.files.tests.factories import folder_id, make_property, upload

FILES = "/api/files"
Made = dict[str, uuid.UUID]


@pytest.fixture
def boss(signed_in_as: Callable[..., TestClient]) -> TestClient:
    return signed_in_as("administrator")


@pytest.fixture
def viewer(signed_in_as: Callable[..., TestClient]) -> TestClient:
    return signed_in_as("files_viewer")


@pytest.fixture
def made(transactions: Transactions, boss: TestClient) -> Made:
    """A parent, its child on a part of it, and a property elsewhere; with the folders that are used."""
    lots = {"parent": "B//DP397521", "child": "13//DP1242624", "other": "2/2/DP2288"}
    streets = {"parent": "9 PORTLAND ROAD PORTLAND", "child": "9A PORTLAND ROAD PORTLAND", "other": "6 FAIRVIEW DRIVE"}
    with transactions() as session:
        found = {name: make_property(session, address=streets[name], parcels=[lot]) for name, lot in lots.items()}
        for key in ("general_correspondence", "rates", "notices_and_orders"):
            found[key] = folder_id(session, transactions.actor, key)
    event = {
        "kind": "subdivision", "plan": "DP 1242624", "occurred_on": "2018-03-12", "parents": [lots["parent"]],
        "children": [{"parcel": f"{lot}//DP1242624"} for lot in (12, 13)], "source": "Plan of the subdivision",
    }  # fmt: skip
    assert boss.post("/api/property/lineage", json=event).status_code == 201
    return found


def add(client: TestClient, made: Made, home: str, folder: str, content: bytes) -> str:
    answer = upload(client, made[home], content, folder_id=made[folder])
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def link(client: TestClient, document: str, made: Made, to: str, folder: str) -> None:
    wanted = {"property_id": str(made[to]), "folder_id": str(made[folder])}
    answer = client.post(f"{FILES}/documents/{document}/links", json=wanted)
    assert answer.status_code == 200, answer.text


def summary(client: TestClient, words: str) -> dict[str, Any]:
    results = client.get(f"{FILES}/properties", params={"q": words}).json()["results"]
    found: dict[str, Any] = next(each for each in results if each["address"].startswith(words.upper()))
    return found


def counts(found: dict[str, Any]) -> dict[str, int]:
    return {each["name"]: each["document_count"] for each in found["folders"]}


def test_what_is_linked_and_inherited_is_counted_as_the_file_counts_it(boss: TestClient, made: Made) -> None:
    add(boss, made, "parent", "general_correspondence", b"inherited")
    elsewhere = add(boss, made, "other", "general_correspondence", b"is linked")
    link(boss, elsewhere, made, "child", "rates")
    boss.put(f"{FILES}/documents/{elsewhere}/pin", json={"pinned": True})
    found = summary(boss, "9A Portland Road")
    assert (found["property_id"], found["document_count"]) == (str(made["child"]), 2)
    assert counts(found) == {"General correspondence": 1, "Rates": 1}
    assert found["document_count"] == boss.get(f"{FILES}/properties/{made['child']}").json()["document_count"]
    assert summary(boss, "9 Portland Road")["document_count"] == 1


def test_one_that_is_inherited_and_linked_is_counted_once(boss: TestClient, made: Made) -> None:
    document = add(boss, made, "parent", "general_correspondence", b"in both  ")
    link(boss, document, made, "child", "rates")
    assert counts(summary(boss, "9A Portland Road")) == {"Rates": 1}


def test_what_lies_in_a_restricted_folder_is_counted_for_who_may_open_it_alone(
    boss: TestClient, viewer: TestClient, made: Made
) -> None:
    document = add(boss, made, "other", "notices_and_orders", b"an order ")
    link(boss, document, made, "child", "rates")
    assert summary(boss, "9A Portland Road")["document_count"] == 1
    assert summary(viewer, "9A Portland Road")["document_count"] == 0


def test_what_is_inherited_is_told_on_the_propertys_page_with_the_councils_day(
    boss: TestClient, transactions: Transactions, made: Made
) -> None:
    add(boss, made, "parent", "general_correspondence", b"inherited")
    about = {"organisation_id": transactions.actor.organisation_id, "property_id": made["child"]}
    morning = datetime.datetime(2001, 11, 30, 21, 0, tzinfo=datetime.UTC)  # 8 o'clock of the next day in Sydney
    with transactions() as session:
        session.add(Activity(**about, action="file_imported", actor_name="Tom", detail={}, created_at=morning))
        session.flush()
        told = service.file_of_property(session, transactions.actor, property_id=made["child"])
    assert told["summary"] == "1 document in 1 folder, last change 1 Dec 2001 by Tom"
    assert [(line["title"], line["detail"]) for line in told["lines"]] == [
        ("Section 4.55 plans", "General correspondence")
    ]
