"""Who is let in: nobody without an identity that the council gave, for this council, and now."""

import re
import secrets
from collections.abc import Callable, Iterator

from fastapi.testclient import TestClient
from sqlalchemy import text

from banksia.kit.module import Module
from banksia.testing.conformance.ground import HOST, Ground
from banksia.testing.people import SignedInClient, sign_in_client
from banksia.testing.routes import Route

SOME_ID = "00000000-0000-7000-8000-000000000000"
EVERY_RIGHT = (
    "certificate_officer",
    "counter_clerk",
    "records_officer",
    "finance_officer",
    "environmental_officer",
    "files_viewer",
    "administrator",
)


def everybody_of_staff(ground: Ground) -> SignedInClient:
    """Somebody with every role that staff can have."""
    return sign_in_client(ground.platform, ground.organisation_id, EVERY_RIGHT, raises=False)


def routes_that_let_strangers_in(ground: Ground, module: Module) -> Iterator[str]:
    """Each guarded route that answers anything but 401 to a stranger, or anything but 403 to one without rights."""
    guarded = [route for route in ground.routes if route.module == module.name and route.permission]
    for title, make in STRANGERS.items():
        client = make(ground)
        for route in guarded:
            answer = client.request(route.method, path_of(route))
            if answer.status_code != 401:
                said = f"{route} answers {answer.status_code} to {title}."
                yield f"{said} It must answer 401: let the guard of Router.get(..., permission=...) decide."
    powerless = sign_in_client(ground.platform, ground.organisation_id, (), raises=False)
    for route in guarded:
        permission = route.permission or ""
        if permission in powerless.actor.permissions:
            continue
        answer = powerless.request(route.method, path_of(route))
        if answer.status_code != 403:
            yield f"{route} answers {answer.status_code} to somebody without {permission}. It must answer 403."


def path_of(route: Route) -> str:
    """The route's path with some id for each parameter."""
    return re.sub(r"{[^}]+}", SOME_ID, route.path)


def _nobody(ground: Ground) -> TestClient:
    return TestClient(ground.app, base_url=f"http://{HOST}", raise_server_exceptions=False)


def _forged(ground: Ground) -> TestClient:
    client = everybody_of_staff(ground)
    client.cookies.set("banksia_session", secrets.token_urlsafe(32))
    return client


def _ended(ground: Ground) -> TestClient:
    client = everybody_of_staff(ground)
    with ground.platform.database.session(ground.organisation_id) as session:
        session.execute(
            text("UPDATE auth.sessions SET expires_at = now() - interval '1 minute' WHERE id = :id"),
            {"id": client.actor.session_id},
        )
    return client


def _neighbour(ground: Ground) -> TestClient:
    """The session of another council, shown at this one's address."""
    return sign_in_client(ground.platform, ground.neighbour_id, EVERY_RIGHT, raises=False)


STRANGERS: dict[str, Callable[[Ground], TestClient]] = {
    "somebody who is not signed in": _nobody,
    "a forged session": _forged,
    "a session that has ended": _ended,
    "another council's session": _neighbour,
}
