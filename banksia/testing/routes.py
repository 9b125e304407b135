"""Every route of the application, and requests to it that fit: for tests that walk them all.

Bodies come from the application's description and ids from each module's `tests/factories.py`, where
`route_examples(session)` names a row for each path parameter. A route that somebody adds is walked without anybody
thinking of it.
"""

import hashlib
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from banksia.kit.checks import api_routes
from banksia.kit.module import Module
from banksia.kit.platform import Platform

PATTERNED = ("words of a test", "2017/41", "0" * 64, "code-1")
"""Texts of which one fits each pattern that a route asks for."""

FILE = b"%PDF-1.7 a file that is sent"
FILE_HEADERS = {"X-Content-SHA256": hashlib.sha256(FILE).hexdigest()}


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
class Walk:
    """The application with something in every module of one council, and ways to ask for it."""

    connection: Connection
    routes: list[Route]
    examples: dict[str, dict[str, str]]
    schemas: dict[str, Any]

    def ask(self, client: TestClient, route: Route) -> Any:
        """Send one request."""
        path = self.path_of(route)
        return client.request(route.method, path, params=self.query_of(route), **self.body_of(route))

    def path_of(self, route: Route, **instead: str) -> str:
        """The path with an example for each parameter, or with something else instead."""
        path = route.path
        for name in route.parameters:
            path = path.replace(f"{{{name}}}", (self.examples[route.module] | instead)[name])
        return path

    def ask_and_undo(self, client: TestClient, route: Route) -> Any:
        """Send one request and undo whatever it did, in the database and to the browser."""
        return self.undoing(client, lambda: self.ask(client, route))

    def undoing(self, client: TestClient, send: Callable[[], Any]) -> Any:
        """Whatever `send` answers; what it did is undone, in the database and to the browser."""
        cookies = dict(client.cookies)
        savepoint = self.connection.begin_nested()
        try:
            return send()
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
        if "pattern" in schema:
            fitting = next((each for each in PATTERNED if re.search(schema["pattern"], each)), fitting)
        return fitting[: schema.get("maxLength", 200)]


def walk_of(platform: Platform, session: Session, app: FastAPI) -> Walk:
    """Every route of the application, with rows for them all in the session's council."""
    examples = {module.name: route_examples_of(module, session) for module in platform.modules}
    session.flush()
    document = app.openapi()
    assert isinstance(platform.database.bind, Connection)
    return Walk(platform.database.bind, routes_of(app), examples, document["components"]["schemas"])


def routes_of(app: FastAPI) -> list[Route]:
    """Every operation of every module."""
    document = app.openapi()
    return [
        Route(
            module=str(route.path).split("/")[2],
            method=method,
            path=str(route.path),
            permission=(route.openapi_extra or {})["x-permission"],
            operation=document["paths"].get(route.path, {}).get(method.lower(), {}),
        )
        for route in api_routes(app)
        for method in sorted(route.methods or ())
    ]


def route_examples_of(module: Module, session: Session) -> dict[str, str]:
    """What `route_examples(session)` in the module's tests/factories.py makes: an id for each path parameter."""
    name = f"{module.package}.tests.factories"
    if find_spec(f"{module.package}.tests") is None or find_spec(name) is None:
        return {}
    found: Callable[[Session], dict[str, str]] | None = getattr(import_module(name), "route_examples", None)
    return found(session) if found else {}
