"""People for tests, with accounts and signed-in browsers."""

import uuid
from itertools import count

from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from banksia.foundation.auth.public import actor_for, create_user, open_session
from banksia.kit.actor import Actor
from banksia.kit.platform import Platform
from banksia.testing.apps import app_of_platform

_numbers = count(1)


def make_actor(session: Session, organisation_id: uuid.UUID, roles: tuple[str, ...]) -> Actor:
    """An account with these roles; `customer` makes a customer, everything else staff."""
    kind = "customer" if "customer" in roles else "staff"
    number = next(_numbers)
    user = create_user(
        session,
        Actor.system(organisation_id),
        email=f"{kind}-{number}@example.org",
        name=f"{(roles or ('staff',))[0].replace('_', ' ').title()} {number}",
        kind=kind,
        roles=list(roles),
        verified=True,
    )
    session.flush()
    return actor_for(session, user)


class SignedInClient(TestClient):
    """A browser, and who is signed in in it."""

    actor: Actor


def sign_in_client(
    platform: Platform, organisation_id: uuid.UUID, roles: tuple[str, ...], *, raises: bool = True
) -> SignedInClient:
    """A browser with a session's cookies, and with the headers that our own pages send.

    What breaks down in the application is raised in the test; with `raises=False` it is answered, as to a real browser.
    """
    with platform.database.session(organisation_id) as session:
        actor = make_actor(session, organisation_id, roles)
        signed_in = open_session(session, actor)
    client = SignedInClient(app_of_platform(platform), base_url="http://localhost", raise_server_exceptions=raises)
    client.cookies.set("banksia_session", signed_in.token)
    client.headers.update({"X-CSRF-Token": signed_in.csrf_token, "Origin": "http://localhost"})
    client.actor = signed_in.actor
    return client
