"""Every route as everybody: a guest, each role, and the neighbouring council's administrator with this council's ids.

The routes come from the application, their bodies from its description, and the ids from each module's
`tests/factories.py`: `route_examples(session)` names a row for each path parameter. A route that somebody adds is tried
without anybody thinking of it.
"""

import hashlib
import re
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import Council
from banksia.kit.checks import api_routes
from banksia.kit.platform import Platform
from banksia.testing.examples import route_examples_of
from banksia.testing.people import sign_in_client

ROLES = (
    "customer",
    "certificate_officer",
    "counter_clerk",
    "records_officer",
    "finance_officer",
    "administrator",
)
SHARED_NAMES = frozenset({"name", "code", "kind", "number"})
"""Path parameters that mean the same at every council: a module, a product's code."""
KEPT_OF_REFUSALS = ("audit.", "auth.sessions", "auth.rate_counts")
"""What a refused request may leave behind: that it was tried, and by whom."""
FILE = b"%PDF-1.7 a file that is sent"
FILE_HEADERS = {"X-Content-SHA256": hashlib.sha256(FILE).hexdigest()}
MISSING = "urn:banksia:kit:permission-missing"


@dataclass(frozen=True)
class Route:
    """One operation of the application."""

    module: str
    method: str
    path: str
    permission: str | None
    operation: dict[str, Any] = field(repr=False)

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def parameters(self) -> list[str]:
        return re.findall(r"{(\w+)}", self.path)


@dataclass
class World:
    """The application with something in every module of one council, and ways to ask it."""

    platform: Platform
    connection: Connection
    routes: list[Route]
    examples: dict[str, dict[str, str]]
    schemas: dict[str, Any]

    def ask(self, client: TestClient, route: Route) -> Any:
        """Send one request."""
        path = route.path
        for name in route.parameters:
            path = path.replace(f"{{{name}}}", self.examples[route.module][name])
        return client.request(route.method, path, params=self.query_of(route), **self.body_of(route))

    def ask_and_undo(self, client: TestClient, route: Route) -> Any:
        """Send one request and undo whatever it did, in the database and to the browser."""
        cookies = dict(client.cookies)
        savepoint = self.connection.begin_nested()
        try:
            return self.ask(client, route)
        finally:
            savepoint.rollback()
            client.cookies.clear()
            client.cookies.update(cookies)

    def query_of(self, route: Route) -> dict[str, Any]:
        """The query parameters that must be there."""
        parameters = [each for each in route.operation.get("parameters", []) if each["in"] == "query"]
        return {each["name"]: self.value(each["schema"], each["name"]) for each in parameters if each.get("required")}

    def body_of(self, route: Route) -> dict[str, Any]:
        """The smallest body that the description allows."""
        content = route.operation.get("requestBody", {}).get("content", {})
        if "application/json" in content:
            return {"json": self.value(content["application/json"]["schema"], "")}
        return {"content": FILE, "headers": {"Content-Type": next(iter(content)), **FILE_HEADERS}} if content else {}

    def value(self, schema: dict[str, Any], name: str) -> Any:
        """Something that fits a schema; an id is the one of an example that is called so."""
        if "$ref" in schema:
            return self.value(self.schemas[schema["$ref"].rsplit("/", 1)[-1]], name)
        if "anyOf" in schema:
            return self.value(schema["anyOf"][0], name)
        for given in ("const", "default"):
            if given in schema:
                return schema[given]
        makers: dict[str, Callable[[], Any]] = {
            "object": lambda: {key: self.value(schema["properties"][key], key) for key in schema.get("required", ())},
            "array": lambda: [self.value(schema["items"], name)] * schema.get("minItems", 0),
            "integer": lambda: max(schema.get("minimum", 1), schema.get("exclusiveMinimum", -1) + 1),
            "boolean": lambda: True,
            "string": lambda: schema["enum"][0] if "enum" in schema else self.words(schema, name),
        }
        return makers[schema.get("type", "object")]()

    def words(self, schema: dict[str, Any], name: str) -> str:
        """A text in the format that is asked for."""
        if schema.get("format") == "uuid":
            found = (given[name] for given in self.examples.values() if name in given)
            return next(found, str(uuid.UUID(int=7)))
        formats = {
            "email": "somebody@example.org",
            "date": "2030-01-01",
            "time": "15:00:00",
            "uri": "https://x.example",
        }
        fitting = {"date-time": "2030-01-01T00:00:00Z", **formats}.get(schema.get("format", ""), "words of a test")
        return fitting[: schema.get("maxLength", 200)]


def routes_of(client: TestClient) -> tuple[list[Route], dict[str, Any]]:
    document = client.app.openapi()  # type: ignore[attr-defined]  # FastAPI's application
    routes = [
        Route(
            module=str(route.path).split("/")[2],
            method=method,
            path=str(route.path),
            permission=(route.openapi_extra or {})["x-permission"],
            operation=document["paths"].get(route.path, {}).get(method.lower(), {}),
        )
        for route in api_routes(client.app)  # type: ignore[arg-type]  # FastAPI's application
        for method in sorted(route.methods or ())
    ]
    return routes, document["components"]["schemas"]


@pytest.fixture
def world(platform: Platform, session: Session, client: TestClient) -> World:
    examples = {module.name: route_examples_of(module, session) for module in platform.modules}
    session.flush()
    # Nobody listens there: what would ask the payment provider hears at once that it is away.
    platform.settings = platform.settings.model_copy(update={"stripe_api_base": "http://127.0.0.1:9"})
    routes, schemas = routes_of(client)
    assert isinstance(platform.database.bind, Connection)
    return World(platform, platform.database.bind, routes, examples, schemas)


def everything(session: Session) -> dict[str, str]:
    """A fingerprint of every table of this council."""
    tables = session.scalars(
        text(
            "SELECT schemaname || '.' || tablename FROM pg_tables"
            " WHERE schemaname !~ '^(pg_|information_schema|public)' AND tablename <> 'alembic_version' ORDER BY 1"
        )
    ).all()
    return {
        table: str(session.scalar(text(f"SELECT md5(string_agg(row::text, '' ORDER BY row::text)) FROM {table} row")))  # noqa: S608  (names from the catalogue)
        for table in tables
        if not table.startswith(KEPT_OF_REFUSALS)
    }


@contextmanager
def nothing_changes(session: Session) -> Iterator[None]:
    """Whatever is asked for in here is refused, and leaves nothing behind."""
    before = everything(session)
    yield
    session.expire_all()
    assert everything(session) == before


Judge = Callable[[Route, Any], str | None]


def problems(routes: Iterable[Route], ask: Callable[[Route], Any], judge: Judge) -> list[str]:
    """Every route that does not answer as it should."""
    found = []
    for route in routes:
        answer = ask(route)
        said = f"{answer.status_code} {answer.text[:300]}"
        if answer.status_code >= 500 and answer.status_code != 503:
            found.append(f"{route}: broke down: {said}")
        elif answer.status_code >= 400 and answer.headers["content-type"] != "application/problem+json":
            found.append(f"{route}: no problem document: {said}")
        elif wrong := judge(route, answer):
            found.append(f"{route}: {wrong}: {said}")
    return found


def is_missing_permission(answer: Any) -> bool:
    return answer.status_code == 403 and answer.json()["type"] == MISSING


class TestEveryRoute:
    def test_has_examples_for_its_parameters(self, world: World) -> None:
        lacking = [
            f"{route}: {name}"
            for route in world.routes
            for name in route.parameters
            if name not in world.examples[route.module]
        ]
        assert lacking == []

    def test_asks_a_guest_to_sign_in_unless_it_is_public(
        self, world: World, client: TestClient, session: Session
    ) -> None:
        def judge(_route: Route, answer: Any) -> str | None:
            return None if answer.status_code == 401 else "a guest got in"

        guarded = [route for route in world.routes if route.permission]
        with nothing_changes(session):
            assert problems(guarded, lambda route: world.ask(client, route), judge) == []

    def test_answers_a_guest_where_it_is_public(self, world: World, client: TestClient) -> None:
        def judge(_route: Route, answer: Any) -> str | None:
            return "a permission is missing" if is_missing_permission(answer) else None

        public = [route for route in world.routes if not route.permission]
        assert problems(public, lambda route: world.ask_and_undo(client, route), judge) == []

    @pytest.mark.parametrize("role", ROLES)
    def test_is_open_to_a_role_that_has_its_permission_and_closed_to_one_that_has_not(
        self, world: World, platform: Platform, organisation: Council, session: Session, role: str
    ) -> None:
        client = sign_in_client(platform, organisation.id, (role,))
        own = [route for route in world.routes if route.permission in client.actor.permissions]
        closed = [route for route in world.routes if route.permission and route not in own]

        def let_in(_route: Route, answer: Any) -> str | None:
            return "refused" if answer.status_code == 401 or is_missing_permission(answer) else None

        def turned_away(_route: Route, answer: Any) -> str | None:
            return None if is_missing_permission(answer) else "let in"

        assert problems(own, lambda route: world.ask_and_undo(client, route), let_in) == []
        with nothing_changes(session):
            assert problems(closed, lambda route: world.ask(client, route), turned_away) == []

    def test_knows_nothing_of_another_council_s_rows(
        self, world: World, platform: Platform, other_organisation: Council, session: Session
    ) -> None:
        """Asked by somebody who may do everything, at the council next door."""
        client = sign_in_client(platform, other_organisation.id, tuple(role for role in ROLES if role != "customer"))
        client.base_url = "http://kurrajong.localhost"  # type: ignore[assignment]  # the client makes a URL of it
        client.headers["Origin"] = "http://kurrajong.localhost"

        def judge(_route: Route, answer: Any) -> str | None:
            return None if answer.status_code == 404 else "the neighbour got an answer"

        naming_rows = [route for route in world.routes if set(route.parameters) - SHARED_NAMES]
        with nothing_changes(session):
            assert problems(naming_rows, lambda route: world.ask(client, route), judge) == []


def test_no_route_that_is_described_is_left_out(client: TestClient) -> None:
    routes, _ = routes_of(client)
    paths = client.get("/api/openapi.json").json()["paths"]
    described = {(method.upper(), path) for path, operations in paths.items() for method in operations}
    assert described - {(route.method, route.path) for route in routes} == {("GET", "/api/modules")}
