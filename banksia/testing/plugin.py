"""The pytest plugin: a real PostgreSQL, migrated once; each test in a transaction that is rolled back."""

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import structlog
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from banksia.app import create_app, create_platform
from banksia.foundation.events.public import run_row
from banksia.foundation.organisations.public import Council, create_organisation, current_organisation
from banksia.kit.actor import Actor
from banksia.kit.embedded_postgres import EmbeddedPostgres
from banksia.kit.logs import SHARED, renderers
from banksia.kit.module import Modules, discover
from banksia.kit.platform import Platform
from banksia.kit.settings import Settings
from banksia.testing.apps import app_of_platform, leave_app
from banksia.testing.databases import TestDatabases
from banksia.testing.people import SignedInClient, make_actor, sign_in_client
from banksia.testing.processes import variables_of

pytest_plugins = ("banksia.testing.stores",)
BLUEHILLS, KURRAJONG = ("bluehills", "Blue Hills Shire Council"), ("kurrajong", "Kurrajong Flat Council")


def pytest_configure() -> None:
    """Write logs as products do; structlog's own way draws every variable of a traceback, which takes half a minute."""
    structlog.configure(processors=[*SHARED, *renderers("console")])


@pytest.fixture(scope="session")
def modules() -> Modules:
    """Every installed module."""
    return discover()


@pytest.fixture(scope="session")
def databases(modules: Modules) -> Iterator[TestDatabases]:
    """A server of our own with a migrated template that new databases are copied from.

    Not in pytest's own folder: every pytest that starts on the machine closes that to all users but its own, and when
    root runs the tests the server works as another.
    """
    with (
        TemporaryDirectory(prefix="banksia-tests-", ignore_cleanup_errors=True) as folder,
        TestDatabases.running(Path(folder) / "postgres", modules) as found,
    ):
        yield found


@pytest.fixture(scope="session")
def server(databases: TestDatabases) -> EmbeddedPostgres:
    """The PostgreSQL server of the tests."""
    return databases.server


@pytest.fixture(scope="session")
def settings(databases: TestDatabases, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of the tests: the embedded parts, in a folder of their own."""
    return databases.settings(tmp_path_factory.mktemp("banksia"), databases.create())


@pytest.fixture(scope="session")
def engine(settings: Settings, modules: Modules) -> Iterator[Engine]:
    """The tests' database with two councils in it."""
    platform = create_platform(settings, modules)
    platform.bell = lambda _organisation_id, _outbox_id: None
    for slug, name in (BLUEHILLS, KURRAJONG):
        create_organisation(platform, slug=slug, name=name, hosts=_hosts(slug))
    assert isinstance(platform.database.bind, Engine)
    yield platform.database.bind
    platform.database.bind.dispose()


def _hosts(slug: str) -> list[str]:
    return ["localhost", "127.0.0.1", "testserver"] if slug == BLUEHILLS[0] else [f"{slug}.localhost"]


@pytest.fixture
def platform(engine: Engine, settings: Settings, modules: Modules) -> Iterator[Platform]:
    """The platform on one connection; everything a test does is rolled back."""
    with engine.connect() as connection:
        transaction = connection.begin()
        platform = create_platform(settings, modules, bind=connection)
        platform.bell = lambda _organisation_id, _outbox_id: None
        yield platform
        leave_app(platform)
        transaction.rollback()


def _council(platform: Platform, slug: str) -> Council:
    with platform.database.session(None) as session:
        found = session.execute(
            text("SELECT id FROM organisations.organisations WHERE slug = :slug"), {"slug": slug}
        ).scalar_one()
    with platform.database.session(found) as session:
        return current_organisation(session)


@pytest.fixture
def organisation(platform: Platform) -> Council:
    """The council of the test."""
    return _council(platform, BLUEHILLS[0])


@pytest.fixture
def other_organisation(platform: Platform) -> Council:
    """A neighbour who must see nothing."""
    return _council(platform, KURRAJONG[0])


@pytest.fixture
def session(platform: Platform, organisation: Council) -> Iterator[Session]:
    """A session of the council, never committed for real."""
    with platform.database.session(organisation.id) as session:
        yield session
        session.rollback()


@pytest.fixture
def other_session(platform: Platform, other_organisation: Council) -> Iterator[Session]:
    """A session of the neighbour, on the same connection: use it after flushing the first."""
    with platform.database.session(other_organisation.id) as session:
        yield session
        session.rollback()


@pytest.fixture
def actor_with(session: Session, organisation: Council) -> Callable[..., Actor]:
    """Make an account with these roles and answer its actor: `actor_with("counter_clerk")`."""
    return lambda *roles: make_actor(session, organisation.id, roles)


@pytest.fixture
def officer(actor_with: Callable[..., Actor]) -> Actor:
    """A certificate officer."""
    return actor_with("certificate_officer")


@pytest.fixture
def administrator(actor_with: Callable[..., Actor]) -> Actor:
    """An administrator."""
    return actor_with("administrator")


@pytest.fixture
def customer(actor_with: Callable[..., Actor]) -> Actor:
    """A customer with a verified address."""
    return actor_with("customer")


@pytest.fixture
def guest(organisation: Council) -> Actor:
    """Nobody in particular."""
    return Actor.guest(organisation.id)


@pytest.fixture
def client(platform: Platform) -> Iterator[TestClient]:
    """A browser without a session, at the council's host."""
    with TestClient(app_of_platform(platform), base_url="http://localhost") as client:
        yield client


@pytest.fixture
def signed_in_as(platform: Platform, organisation: Council) -> Callable[..., SignedInClient]:
    """A browser in which somebody with these roles is signed in: `signed_in_as("administrator")`."""
    return lambda *roles: sign_in_client(platform, organisation.id, roles)


@pytest.fixture
def neighbour_signed_in_as(platform: Platform, other_organisation: Council) -> Callable[..., SignedInClient]:
    """The same at the neighbouring council's host, which must see nothing of ours."""

    def sign_in(*roles: str) -> SignedInClient:
        client = sign_in_client(platform, other_organisation.id, roles)
        client.base_url = f"http://{other_organisation.slug}.localhost"
        return client

    return sign_in


@pytest.fixture
def actor_in() -> Callable[[Session, uuid.UUID, tuple[str, ...]], Actor]:
    """Make an account in a session of the test's own, as on a live platform."""
    return make_actor


@pytest.fixture
def variables_for() -> Callable[[Settings], dict[str, str]]:
    """The environment of a process that a test starts with these settings."""
    return variables_of


@pytest.fixture
def run_outbox(platform: Platform) -> Callable[[], int]:
    """Run everything that waits in the outbox of every council, until nothing does; answers how many rows ran."""

    def run() -> int:
        ran = 0
        for _ in range(50):
            waiting = _waiting(platform)
            if not waiting:
                return ran
            for organisation_id, row_id in waiting:
                ran += run_row(platform, organisation_id, row_id)
        message = "The outbox does not run empty: some work starts itself again and again."
        raise AssertionError(message)

    return run


def _waiting(platform: Platform) -> list[tuple[uuid.UUID, uuid.UUID]]:
    found: list[tuple[uuid.UUID, uuid.UUID]] = []
    for slug in (BLUEHILLS[0], KURRAJONG[0]):
        council = _council(platform, slug)
        with platform.database.session(council.id) as session:
            rows = session.execute(
                text(
                    "SELECT id FROM events.outbox WHERE status = 'pending'"
                    " AND available_at <= clock_timestamp()"
                    " AND claimed_until IS NULL ORDER BY created_at, id"
                )
            )
            found += [(council.id, row.id) for row in rows]
    return found


@pytest.fixture
def live_platform(databases: TestDatabases, modules: Modules, tmp_path: Path) -> Iterator[Platform]:
    """The platform on a fresh database of its own that really commits: for threads, processes and races."""
    name = databases.create()
    platform = create_platform(databases.settings(tmp_path, name), modules)
    platform.bell = lambda _organisation_id, _outbox_id: None
    for slug, title in (BLUEHILLS, KURRAJONG):
        create_organisation(platform, slug=slug, name=title, hosts=_hosts(slug))
    yield platform
    assert isinstance(platform.database.bind, Engine)
    platform.database.bind.dispose()
    databases.drop(name)


@pytest.fixture
def live_app(live_platform: Platform) -> FastAPI:
    """The application of a live platform, to be served on a port."""
    return app_of_platform(live_platform)


@pytest.fixture
def app_of() -> Callable[[Platform], FastAPI]:
    """Make the application of a platform that a test has set up its own way."""
    return lambda platform: create_app(platform=platform)


@pytest.fixture
def live_organisation(live_platform: Platform) -> Council:
    """The council of a live platform."""
    return _council(live_platform, BLUEHILLS[0])
