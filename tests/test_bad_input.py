"""Every field of every operation with what nobody should send: the answer can be read and gives nothing away."""

import json
from collections.abc import Iterator
from functools import partial
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import Council
from banksia.kit.platform import Platform
from banksia.testing.people import sign_in_client
from banksia.testing.routes import Route, Walk, walk_of

STAFF = ("certificate_officer", "counter_clerk", "records_officer", "finance_officer", "administrator")
TEXTS = ("", "a\x00b", "\ud800", "\u202e\u05e9\U0001f3e0", "x" * 100_000, "'; DROP TABLE orders; --")
NUMBERS = (-1, 2**31, 2**63, 2**200, 1.5, float("nan"))
OTHERS: tuple[Any, ...] = (None, [], {}, True)
WHOLE: tuple[Any, ...] = ([], "x", 3, None, [[]])
INSIDE = ("Traceback", "psycopg", "sqlalchemy", "pydantic", "/banksia/")


@pytest.fixture
def walk(platform: Platform, session: Session, client: TestClient) -> Walk:
    # Nobody listens there: what would ask the payment provider hears at once that it is away.
    platform.settings = platform.settings.model_copy(update={"stripe_api_base": "http://127.0.0.1:9"})
    return walk_of(platform, session, client.app)  # type: ignore[arg-type]  # FastAPI's application


@pytest.fixture
def staff(platform: Platform, organisation: Council) -> TestClient:
    """Somebody who may do everything, so that the bad input comes as far as it can."""
    return sign_in_client(platform, organisation.id, STAFF, raises=False)


def wrong_with(answer: Any) -> str | None:
    """What is wrong with an answer to bad input; None when it is as it should be."""
    if answer.status_code >= 500 and answer.status_code != 503:
        return f"broke down: {answer.status_code} {answer.text[:300]}"
    if answer.status_code >= 400:
        if answer.headers["content-type"] != "application/problem+json":
            return f"no problem document: {answer.status_code}"
        document = answer.json()
        if not (document["title"] and document["detail"]):
            return "says nothing"
        if any(word in answer.text for word in INSIDE):
            return f"tells of the inside: {answer.text[:300]}"
    return None


def with_json(walk: Walk) -> list[tuple[Route, dict[str, Any]]]:
    """The routes that take JSON, each with a body that fits."""
    found = [(route, walk.body_of(route).get("json")) for route in walk.routes]
    return [(route, body) for route, body in found if isinstance(body, dict)]


def fields_of(walk: Walk, route: Route) -> list[str]:
    schema = route.operation["requestBody"]["content"]["application/json"]["schema"]
    return list(walk.schemas[schema["$ref"].rsplit("/", 1)[-1]].get("properties", {})) if "$ref" in schema else []


def spoilt(walk: Walk, route: Route, body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The body with one field after the other made wrong."""
    for field in fields_of(walk, route):
        for value in (*TEXTS, *NUMBERS, *OTHERS):
            yield {**body, field: value}


def send(walk: Walk, client: TestClient, route: Route, body: object) -> Any:
    content = json.dumps(body).encode()
    headers = {"Content-Type": "application/json"}
    return walk.undoing(
        client, lambda: client.request(route.method, walk.path_of(route), content=content, headers=headers)
    )


@pytest.mark.slow
@pytest.mark.timeout(300)
class TestBadInput:
    def test_in_a_field_of_a_body(self, walk: Walk, staff: TestClient) -> None:
        found = [
            f"{route} {str(body)[:200]}: {wrong}"
            for route, fitting in with_json(walk)
            for body in spoilt(walk, route, fitting)
            if (wrong := wrong_with(send(walk, staff, route, body)))
        ]
        assert found == []

    def test_as_a_whole_body(self, walk: Walk, staff: TestClient) -> None:
        found = [
            f"{route} {body!r}: {answer.status_code} {answer.text[:200]}"
            for route, _ in with_json(walk)
            for body in WHOLE
            if (answer := send(walk, staff, route, body)).status_code not in (404, 409, 422) or wrong_with(answer)
        ]
        assert found == []

    def test_with_a_field_too_many(self, walk: Walk, staff: TestClient) -> None:
        """A misspelt field is not silently lost."""
        found = [
            f"{route}: {answer.status_code} {answer.text[:200]}"
            for route, body in with_json(walk)
            if (answer := send(walk, staff, route, {**body, "misspelt": 1})).status_code != 422
            and walk.examples[route.module].get("name") is None
        ]
        assert found == []

    def test_in_the_query(self, walk: Walk, staff: TestClient) -> None:
        found = []
        for route in walk.routes:
            names = [each["name"] for each in route.operation.get("parameters", []) if each["in"] == "query"]
            for name in names:
                for value in (
                    "%00",
                    "%ff%fe",
                    quote("\u202e\u05e9"),
                    "-1",
                    str(2**63),
                    str(2**200),
                    "x" * 5000,
                    "",
                    "eyJ9",
                ):
                    path = f"{walk.path_of(route)}?{name}={value}"
                    answer = walk.undoing(staff, partial(staff.request, route.method, path))
                    if wrong := wrong_with(answer):
                        found.append(f"{route} {name}={value[:40]}: {wrong}")
        assert found == []

    def test_in_the_path(self, walk: Walk, staff: TestClient) -> None:
        found = []
        for route in walk.routes:
            for name in route.parameters:
                for value in (
                    "%00",
                    "%ff%fe",
                    quote("\u202e\u05e9"),
                    "-1",
                    str(2**63),
                    str(2**200),
                    "x" * 5000,
                    "..%2f..",
                ):
                    path = walk.path_of(route, **{name: value})
                    answer = walk.undoing(staff, partial(staff.request, route.method, path))
                    if wrong := wrong_with(answer):
                        found.append(f"{route} {name}={value[:40]}: {wrong}")
        assert found == []
