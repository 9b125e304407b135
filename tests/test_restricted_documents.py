"""Every route of property files as people who may not open restricted folders, against what lies in one.

A route that somebody adds is walked without anybody thinking of it.
"""

import uuid
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import Council
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.kit.platform import Platform
from banksia.modules.files.tests.factories import folder_id, make_property, sha256, tus_headers
from banksia.modules.files.tests.secrets import SECOND, SECRET, TOLD, make_secret
from banksia.testing.routes import Route, Walk, walk_of

ABOUT = ("document_versions", "comments", "reminders", "sent_documents", "document_links", "removals", "activities")


@pytest.fixture
def transactions(platform: Platform, organisation: Council) -> Transactions:
    return Transactions(platform, Actor.system(organisation.id))


@pytest.fixture
def home(transactions: Transactions) -> uuid.UUID:
    with transactions() as session:
        return make_property(session, address="9 PORTLAND ROAD PORTLAND", parcels=["2/2/DP2288"])


@pytest.fixture
def other(transactions: Transactions) -> uuid.UUID:
    with transactions() as session:
        return make_property(session, address="2 BRIDGE STREET LITHGOW", parcels=["7//DP9"])


@pytest.fixture
def folders(transactions: Transactions) -> dict[str, str]:
    keys = {"open": "general_correspondence", "closed": "notices_and_orders"}
    with transactions() as session:
        return {name: str(folder_id(session, transactions.actor, key)) for name, key in keys.items()}


@pytest.fixture
def records(signed_in_as: Callable[..., TestClient]) -> TestClient:
    return signed_in_as("records_officer")


@pytest.fixture
def secret(records: TestClient, home: uuid.UUID, other: uuid.UUID, folders: dict[str, str]) -> dict[str, str]:
    return make_secret(records, home, other, folders)


def known_of(session: Session, document: str) -> list[str]:
    """Everything that the tables hold of a document."""
    session.expire_all()
    found = [session.scalar(text("SELECT d::text FROM files.documents d WHERE id = :id"), {"id": document})]
    for table in ABOUT:
        rows = f"SELECT r::text FROM files.{table} r WHERE document_id = :id ORDER BY id"  # noqa: S608  (names from here)
        found += session.scalars(text(rows), {"id": document})
    return [str(each) for each in found]


class Asking:
    """Every way to ask a route about the document, its folder and its bytes."""

    def __init__(self, walk: Walk, secret: dict[str, str], folders: dict[str, str]) -> None:
        self.walk, self.secret, self.folders = walk, secret, folders

    def requests(self, route: Route, property_id: uuid.UUID) -> Iterator[dict[str, Any]]:
        path = self.walk.path_of(route, property_id=str(property_id), folder_id=self.folders["closed"], **self.secret)
        request = {"method": route.method, "url": path}
        query = self.query(route, property_id)
        if route.path.endswith("/uploads") and route.method == "POST":
            place = {"property_id": property_id, "folder_id": self.folders["open"]}
            yield request | {"headers": tus_headers(SECRET, **place)}
            yield request | {"headers": tus_headers(SECOND + b"!", document_id=self.secret["document_id"])}
            return
        body = self.walk.body_of(route)
        if "json" in body:
            for more in self.bodies(route):
                yield request | {"params": query, "json": body["json"] | more}
            return
        if "content" in body:
            headers = body["headers"] | {"X-Content-SHA256": sha256(SECRET)}
            query = query | {"file_name": "mine.pdf"}
            if route.path.endswith("/documents"):
                query["folder_id"] = self.folders["open"]
            body = {"content": SECRET, "headers": headers}
        yield request | {"params": query, **body}

    def query(self, route: Route, property_id: uuid.UUID) -> dict[str, Any]:
        query = self.walk.query_of(route)
        if any(each["name"] == "q" for each in route.operation.get("parameters", [])):
            query["q"] = "zebra" if route.path.endswith("/search") else "portland bridge"
        ids = {**self.secret, "property_id": str(property_id)}
        return {name: ids.get(name, value) for name, value in query.items()}

    def bodies(self, route: Route) -> list[dict[str, Any]]:
        """The least of a body; the document named in it, and the folder."""
        content = route.operation["requestBody"]["content"]["application/json"]["schema"]
        fields = self.walk.schemas[content["$ref"].rsplit("/", 1)[-1]]["properties"]
        named = {"document_id": self.secret["document_id"], "folder_id": self.folders["closed"]}
        found: list[dict[str, Any]] = [{name: value} for name, value in named.items() if name in fields]
        if "documents" in fields:
            seen = {"document_id": self.secret["document_id"], "version_number": 2, "sha256": sha256(SECOND)}
            found.append({"documents": [seen]})
        if "name" in fields:
            found.append({"name": "Notices and orders"})
        return [{}, *found]


@pytest.fixture
def asking(
    platform: Platform, session: Session, client: TestClient, secret: dict[str, str], folders: dict[str, str]
) -> Asking:
    return Asking(walk_of(platform, session, client.app), secret, folders)  # type: ignore[arg-type]  # FastAPI's


@pytest.mark.timeout(300)  # some hundred requests
class TestEveryRoute:
    def leaks(self, asking: Asking, client: TestClient, properties: tuple[uuid.UUID, ...]) -> list[str]:
        """The routes whose answers tell of the document."""
        found, words = [], (*TOLD, asking.secret["document_id"])
        for route in asking.walk.routes:
            if route.module != "files" and (route.module, route.method) != ("property", "GET"):
                continue
            is_of_one = "{property_id}" in route.path or "q" in asking.walk.query_of(route)
            for property_id in properties if is_of_one else properties[:1]:
                for request in asking.requests(route, property_id):
                    answer = asking.walk.undoing(client, partial(client.request, **request))
                    said = answer.text.lower() + str(answer.headers).lower()
                    found += [f"{route}: {word}: {answer.text[:300]}" for word in words if word in said]
        return found

    @pytest.mark.parametrize("role", ["files_viewer", "environmental_officer"])
    def test_tells_nothing_of_what_is_not_for_the_reader(
        self, asking: Asking, signed_in_as: Callable[..., TestClient], role: str, session: Session, home: uuid.UUID,
        other: uuid.UUID,
    ) -> None:  # fmt: skip
        before = known_of(session, asking.secret["document_id"])
        client = signed_in_as(role)
        undoing = asking.walk.undoing
        changed: list[str] = []

        def undone(client: TestClient, send: Callable[[], Any]) -> Any:
            def looking() -> Any:
                answer = send()
                if known_of(session, asking.secret["document_id"]) != before:
                    changed.append(f"{answer.request.method} {answer.request.url}")
                return answer

            return undoing(client, looking)

        asking.walk.undoing = undone  # type: ignore[method-assign]
        assert self.leaks(asking, client, (home, other)) == []
        assert changed == []

    def test_tells_it_to_who_may_open_the_folder(
        self, asking: Asking, records: TestClient, home: uuid.UUID, other: uuid.UUID
    ) -> None:
        """Else the walk could not see a leak."""
        told = {leak.partition(":")[0] for leak in self.leaks(asking, records, (home, other))}
        expected = (
            "GET /api/files/properties", "GET /api/files/search", "GET /api/files/zip",
            "GET /api/files/properties/{property_id}", "GET /api/files/properties/{property_id}/documents",
            "GET /api/files/properties/{property_id}/log", "GET /api/files/properties/{property_id}/reminders",
            "GET /api/files/properties/{property_id}/sendings", "GET /api/files/documents/{document_id}",
            "POST /api/files/properties/{property_id}/documents", "POST /api/files/documents/{document_id}/versions",
            "POST /api/files/uploads", "GET /api/property/properties/{property_id}/contributions",
        )  # fmt: skip
        assert [each for each in expected if each not in told] == []
