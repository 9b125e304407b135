"""Every field of every operation with what nobody should send: the answer can be read and gives nothing away."""

import json
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator
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
IN_ADDRESSES = ("%00", "%ff%fe", quote("\u202e\u05e9"), "-1", str(2**63), str(2**200), "x" * 5000)
PARTS = 3
"""The long walk goes in parts, which run beside each other."""
INSIDE = ("Traceback", "psycopg", "sqlalchemy", "pydantic", "/banksia/")


@pytest.fixture
def walk(platform: Platform, session: Session, client: TestClient) -> Walk:
    # Nobody listens there: what would ask the payment provider hears at once that it is away.
    platform.settings = platform.settings.model_copy(update={"stripe_api_base": "http://127.0.0.1:9"})
    return walk_of(platform, session, client.app)  # type: ignore[arg-type]  # FastAPI's application


Sender = Callable[[Route], TestClient]


@pytest.fixture
def sender(platform: Platform, organisation: Council) -> Sender:
    """Somebody who may ask for a route, so that the bad input comes as far as it can: staff, or else a customer."""
    staff, customer = (sign_in_client(platform, organisation.id, each, raises=False) for each in (STAFF, ("customer",)))
    return lambda route: staff if route.permission in {None, *staff.actor.permissions} else customer


def wrong_with(answer: Any) -> str | None:
    """What is wrong with an answer to bad input; None when it is as it should be."""
    if answer.status_code >= 500 and answer.status_code != 503:
        return f"broke down: {answer.status_code} {answer.text[:300]}"
    if answer.status_code >= 400 and answer.request.method != "HEAD":  # which has no body that could say what
        if answer.headers["content-type"] != "application/problem+json":
            return f"no problem document: {answer.status_code}"
        document = answer.json()
        if not (document["title"] and document["detail"]):
            return "says nothing"
        if any(word in answer.text for word in INSIDE):
            return f"tells of the inside: {answer.text[:300]}"
    return None


def is_for_modules(answer: Any) -> bool:
    """Whether nobody but a connected module is listened to; what those send is tested with the calls of modules."""
    return answer.status_code == 403 and "urn:banksia:kit:modules-only" in str(answer.text)


def with_json(walk: Walk) -> list[tuple[Route, dict[str, Any]]]:
    """The routes that take JSON, each with a body that fits."""
    found = [(route, walk.body_of(route).get("json")) for route in walk.routes]
    return [(route, body) for route, body in found if isinstance(body, dict)]


def fields_of(walk: Walk, route: Route) -> dict[str, Any]:
    """The fields of a body with their schemas."""
    schema = route.operation["requestBody"]["content"]["application/json"]["schema"]
    named = walk.schemas[schema["$ref"].rsplit("/", 1)[-1]] if "$ref" in schema else {}
    found: dict[str, Any] = named.get("properties", {})
    return found


def spoilt(walk: Walk, route: Route, body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The body with one field after the other made wrong."""
    for field, schema in fields_of(walk, route).items():
        for value in telling(walk, schema, (*TEXTS, *NUMBERS, *OTHERS)):
            yield {**body, field: value}


def telling(walk: Walk, schema: dict[str, Any], values: tuple[Any, ...]) -> list[Any]:
    """Every value that the description lets through, since the code behind sees it, and two of those that it refuses.

    What the description refuses is answered by one and the same piece of code, whatever the field.
    """
    checked = Draft202012Validator(
        {**schema, "components": {"schemas": walk.schemas}}, format_checker=Draft202012Validator.FORMAT_CHECKER
    )
    through = [value for value in values if checked.is_valid(value)]
    return through + [value for value in values if not checked.is_valid(value)][:2]


def in_address(schema: dict[str, Any], values: tuple[str, ...]) -> tuple[str, ...]:
    """For a number or an identifier two values are enough: all of them are refused in one and the same place."""
    kinds = {each.get("format", each.get("type")) for each in schema.get("anyOf", [schema])}
    return values if kinds & {"string", "array", "object"} or not kinds else (values[0], values[-1])


def send(walk: Walk, sender: Sender, route: Route, body: object) -> Any:
    client = sender(route)
    content = json.dumps(body).encode()
    headers = {"Content-Type": "application/json"}
    return walk.undoing(
        client, lambda: client.request(route.method, walk.path_of(route), content=content, headers=headers)
    )


@pytest.mark.slow
@pytest.mark.timeout(300)
class TestBadInput:
    @pytest.mark.parametrize("part", range(PARTS))
    def test_in_a_field_of_a_body(self, walk: Walk, sender: Sender, part: int) -> None:
        found = [
            f"{route} {str(body)[:200]}: {wrong}"
            for route, fitting in with_json(walk)[part::PARTS]
            for body in spoilt(walk, route, fitting)
            if (wrong := wrong_with(send(walk, sender, route, body)))
        ]
        assert found == []

    def test_as_a_whole_body(self, walk: Walk, sender: Sender) -> None:
        found = [
            f"{route} {body!r}: {answer.status_code} {answer.text[:200]}"
            for route, _ in with_json(walk)
            for body in WHOLE
            if body is not None or route.operation["requestBody"].get("required")  # else null is as good as none
            if (answer := send(walk, sender, route, body)).status_code not in (404, 409, 422) or wrong_with(answer)
            if not is_for_modules(answer)
        ]
        assert found == []

    def test_with_a_field_too_many(self, walk: Walk, sender: Sender) -> None:
        """A misspelt field is not silently lost."""
        found = [
            f"{route}: {answer.status_code} {answer.text[:200]}"
            for route, body in with_json(walk)
            if (answer := send(walk, sender, route, {**body, "misspelt": 1})).status_code != 422
            and walk.examples[route.module].get("name") is None
        ]
        assert found == []

    def test_in_the_query(self, walk: Walk, sender: Sender) -> None:
        found = []
        for route in walk.routes:
            asked = [each for each in route.operation.get("parameters", []) if each["in"] == "query"]
            for name, schema in ((each["name"], each.get("schema", {})) for each in asked):
                for value in in_address(schema, (*IN_ADDRESSES, "", "eyJ9")):
                    path = f"{walk.path_of(route)}?{name}={value}"
                    client = sender(route)
                    answer = walk.undoing(client, partial(client.request, route.method, path))
                    if wrong := wrong_with(answer):
                        found.append(f"{route} {name}={value[:40]}: {wrong}")
        assert found == []

    def test_in_the_path(self, walk: Walk, sender: Sender) -> None:
        found = []
        for route in walk.routes:
            asked = {each["name"]: each.get("schema", {}) for each in route.operation.get("parameters", [])}
            for name in route.parameters:
                for value in in_address(asked.get(name, {}), (*IN_ADDRESSES, "..%2f..")):
                    path = walk.path_of(route, **{name: value})
                    client = sender(route)
                    answer = walk.undoing(client, partial(client.request, route.method, path))
                    if wrong := wrong_with(answer):
                        found.append(f"{route} {name}={value[:40]}: {wrong}")
        assert found == []
