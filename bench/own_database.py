"""A database of its own, filled past the constraints, with people and their clients."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import httpx2 as httpx
import psycopg
from fastapi.testclient import TestClient

from banksia.app import create_app, create_platform
from banksia.foundation.auth.public import create_user
from banksia.kit.actor import Actor
from banksia.kit.module import discover
from banksia.kit.platform import Platform
from bench.measuring import Bench

PASSWORD = "a long password for the bench"  # noqa: S105  (of people who live as long as the measurement)


@contextmanager
def own_database(bench: Bench, name: str) -> Iterator[Platform]:
    """A copy of the migrated template; gone when the block ends."""
    with psycopg.connect(bench.server.url(database="postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE banksia_template OWNER banksia_owner STRATEGY file_copy")
        given = {
            "database_url": bench.server.url("banksia_app", name),
            "database_owner_url": bench.server.url("banksia_owner", name),
        }
        platform = create_platform(bench.settings.model_copy(update=given), discover())
        platform.bell = lambda _organisation_id, _outbox_id: None
        yield platform
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def account(session: Any, email: str, *, who: str, role: str) -> Any:
    """Somebody who can sign in."""
    user = create_user(
        session,
        Actor.system(session.info["organisation_id"]),
        email=email,
        name=who,
        kind="customer" if role == "customer" else "staff",
        roles=[role],
        password=PASSWORD,
        verified=True,
    )
    session.flush()
    return user


@contextmanager
def signed_in(
    bench: Bench, platform: Platform, host: str, emails: Mapping[str, str]
) -> Iterator[dict[str, tuple[httpx.Client, TestClient]]]:
    """For each person a client of the served API, and one of the same application in this process, to count."""
    settings = platform.settings
    url = bench.serve(
        BANKSIA_DATABASE_URL=str(settings.database_url), BANKSIA_DATABASE_OWNER_URL=str(settings.database_owner_url)
    )
    app = create_app(platform=platform)
    made = {
        who: (
            httpx.Client(base_url=url, headers={"Host": host}, trust_env=False, timeout=120),
            TestClient(app, base_url=f"http://{host}"),
        )
        for who in emails
    }
    for who, both in made.items():
        for client in both:
            body = {"email": emails[who], "password": PASSWORD}
            client.post("/api/auth/login", json=body).raise_for_status()
    yield made
    for both in made.values():
        for client in both:
            client.close()
