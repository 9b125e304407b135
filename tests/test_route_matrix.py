"""Every route as everybody: a guest, each role, and the neighbouring council's administrator with this council's ids.

banksia/testing/routes.py makes the requests; a route that somebody adds is tried without anybody thinking of it.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import Council
from banksia.kit.platform import Platform
from banksia.testing.people import sign_in_client
from banksia.testing.routes import Route, Walk, routes_of, walk_of

ROLES = (
    "customer",
    "certificate_officer",
    "counter_clerk",
    "records_officer",
    "finance_officer",
    "administrator",
)
STAFF = tuple(role for role in ROLES if role != "customer")
SHARED_NAMES = frozenset({"name", "code", "kind", "number", "question_key"})
"""Path parameters that mean the same at every council: a module, a product's code, a question of a certificate."""
KEPT_OF_REFUSALS = ("audit.", "auth.sessions", "auth.rate_counts")
"""What a refused request may leave behind: that it was tried, and by whom."""
MISSING = "urn:banksia:kit:permission-missing"


FOR_MODULES = "urn:banksia:kit:modules-only"


@pytest.fixture
def walk(platform: Platform, session: Session, client: TestClient) -> Walk:
    # Nobody listens there: what would ask the payment provider hears at once that it is away.
    platform.settings = platform.settings.model_copy(update={"stripe_api_base": "http://127.0.0.1:9"})
    return walk_of(platform, session, client.app)  # type: ignore[arg-type]  # FastAPI's application


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
    if answer.request.method == "HEAD":  # it has no body that could say what is missing
        return bool(answer.status_code == 403)
    return bool(answer.status_code == 403 and answer.json()["type"] == MISSING)


def is_for_modules_alone(answer: Any) -> bool:
    """Whether a person was turned away before anything was looked for."""
    return bool(answer.status_code == 403 and answer.json()["type"] == FOR_MODULES)


class TestEveryRoute:
    def test_has_examples_for_its_parameters(self, walk: Walk) -> None:
        lacking = [
            f"{route}: {name}"
            for route in walk.routes
            for name in route.parameters
            if name not in walk.examples[route.module]
        ]
        assert lacking == []

    def test_asks_a_guest_to_sign_in_unless_it_is_public(
        self, walk: Walk, client: TestClient, session: Session
    ) -> None:
        def judge(_route: Route, answer: Any) -> str | None:
            return None if answer.status_code == 401 else "a guest got in"

        guarded = [route for route in walk.routes if route.permission]
        with nothing_changes(session):
            assert problems(guarded, lambda route: walk.ask(client, route), judge) == []

    def test_answers_a_guest_where_it_is_public(self, walk: Walk, client: TestClient) -> None:
        def judge(_route: Route, answer: Any) -> str | None:
            return "a permission is missing" if is_missing_permission(answer) else None

        public = [route for route in walk.routes if not route.permission]
        assert problems(public, lambda route: walk.ask_and_undo(client, route), judge) == []

    @pytest.mark.parametrize("role", ROLES)
    def test_is_open_to_a_role_that_has_its_permission_and_closed_to_one_that_has_not(
        self, walk: Walk, platform: Platform, organisation: Council, session: Session, role: str
    ) -> None:
        client = sign_in_client(platform, organisation.id, (role,), raises=False)
        own = [route for route in walk.routes if route.permission in client.actor.permissions]
        closed = [route for route in walk.routes if route.permission and route not in own]

        def let_in(_route: Route, answer: Any) -> str | None:
            return "refused" if answer.status_code == 401 or is_missing_permission(answer) else None

        def turned_away(_route: Route, answer: Any) -> str | None:
            return None if is_missing_permission(answer) else "let in"

        assert problems(own, lambda route: walk.ask_and_undo(client, route), let_in) == []
        with nothing_changes(session):
            assert problems(closed, lambda route: walk.ask(client, route), turned_away) == []

    def test_knows_nothing_of_another_council_s_rows(
        self, walk: Walk, platform: Platform, other_organisation: Council, session: Session
    ) -> None:
        """Asked by somebody who may do it, at the council next door: staff, or else a customer."""
        staff, customer = (
            sign_in_client(platform, other_organisation.id, each, raises=False) for each in (STAFF, ("customer",))
        )
        for client in (staff, customer):
            client.base_url = "http://kurrajong.localhost"
            client.headers["Origin"] = "http://kurrajong.localhost"

        def ask(route: Route) -> Any:
            return walk.ask(staff if route.permission in {None, *staff.actor.permissions} else customer, route)

        def judge(_route: Route, answer: Any) -> str | None:
            unknown = answer.status_code == 404 or is_for_modules_alone(answer)
            return None if unknown else "the neighbour got an answer"

        naming_rows = [route for route in walk.routes if set(route.parameters) - SHARED_NAMES]
        with nothing_changes(session):
            assert problems(naming_rows, ask, judge) == []


def test_no_route_that_is_described_is_left_out(client: TestClient) -> None:
    routes = routes_of(client.app)  # type: ignore[arg-type]  # FastAPI's application
    paths = client.get("/api/openapi.json").json()["paths"]
    described = {(method.upper(), path) for path, operations in paths.items() for method in operations}
    assert described - {(route.method, route.path) for route in routes} == {("GET", "/api/modules")}
