"""Folders by their rules: what opening, restricting and renaming one does, and to which others."""

import uuid
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from banksia.modules.files.tests.secrets import ok

FILES = "/api/files"


@pytest.fixture
def boss(signed_in_as: Callable[..., TestClient]) -> TestClient:
    return signed_in_as("administrator")


def make(client: TestClient, name: str, parent: str | None = None, *, restricted: bool = False) -> str:
    """A folder of every file."""
    wanted = {"name": name, "parent_id": parent, "is_restricted": restricted}
    return str(ok(client.post(f"{FILES}/folders", json=wanted))["id"])


def make_own(client: TestClient, property_id: uuid.UUID, name: str, parent: str | None = None) -> str:
    """A folder of one property's file."""
    wanted = {"name": name, "parent_id": parent}
    return str(ok(client.post(f"{FILES}/properties/{property_id}/folders", json=wanted))["id"])


def change(client: TestClient, folder: str, **wanted: object) -> None:
    ok(client.patch(f"{FILES}/folders/{folder}", json=wanted))


def restricted(client: TestClient, property_id: uuid.UUID) -> set[str]:
    folders = client.get(f"{FILES}/properties/{property_id}").json()["folders"]
    return {each["id"] for each in folders if each["is_restricted"]}


class TestRestrict:
    def test_saving_an_open_folder_opens_nothing_below_it(self, boss: TestClient, home: uuid.UUID) -> None:
        before = restricted(boss, home)
        top = make(boss, "Building")
        below = make(boss, "Legal advice", top, restricted=True)
        inside = make_own(boss, home, "Letters", below)
        change(boss, top, name="Building works", is_restricted=False)
        assert restricted(boss, home) - before == {below, inside}

    def test_opening_one_leaves_shut_what_may_have_been_restricted_by_itself(
        self, boss: TestClient, home: uuid.UUID
    ) -> None:
        before = restricted(boss, home)
        top = make(boss, "Building")
        below = make(boss, "Legal advice", top, restricted=True)
        inside, beside = make_own(boss, home, "Letters", below), make_own(boss, home, "Photos", top)
        change(boss, top, is_restricted=True)
        assert restricted(boss, home) - before == {top, below, inside, beside}
        change(boss, top, is_restricted=False)
        assert restricted(boss, home) - before == {below, inside}
        change(boss, below, is_restricted=False)
        assert restricted(boss, home) == before

    def test_what_lies_in_a_restricted_one_does_not_open(self, boss: TestClient, home: uuid.UUID) -> None:
        top = make(boss, "Building", restricted=True)
        below = make(boss, "Legal advice", top)
        change(boss, below, is_restricted=False)
        assert {top, below} <= restricted(boss, home)


class TestRename:
    def test_an_application_and_its_parts_keep_their_names(self, records: TestClient, home: uuid.UUID) -> None:
        top = ok(records.post(f"{FILES}/properties/{home}/applications", json={"number": "2017/41"}))["id"]
        folders = records.get(f"{FILES}/properties/{home}").json()["folders"]
        plans = next(each["id"] for each in folders if each["parent_id"] == top and each["name"] == "Plans")
        for folder in (top, plans):
            refused = records.patch(f"{FILES}/property-folders/{folder}", json={"name": "Old shed"})
            assert (refused.status_code, refused.json()["type"]) == (409, "urn:banksia:files:folder-of-application")
            ok(records.patch(f"{FILES}/property-folders/{folder}", json={"demolished_on": "2019-05-02"}))
        for above in (top, plans):
            own = make_own(records, home, "Photos", above)
            renamed = records.patch(f"{FILES}/property-folders/{own}", json={"name": "Pictures"})
            assert ok(renamed)["name"] == "Pictures"
