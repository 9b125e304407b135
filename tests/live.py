"""A council on a database of its own, served by real processes, with people who use it over HTTP."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import httpx2 as httpx
import psycopg
from sqlalchemy import Engine

from banksia.app import create_platform
from banksia.foundation.auth.public import create_user, open_session
from banksia.foundation.notifications.service.delivering import mail_folder
from banksia.foundation.organisations.public import create_organisation
from banksia.kit.actor import Actor
from banksia.kit.module import Modules
from banksia.kit.platform import Platform
from banksia.kit.ports import free_port
from banksia.testing.databases import TestDatabases
from banksia.testing.processes import Installation, eventually, installation

HOST = "127.0.0.1"


@dataclass
class Live:
    """The installation, what this process needs to look into it, and the address of its API."""

    processes: Installation
    platform: Platform
    organisation_id: uuid.UUID
    port: int
    browsers: list[httpx.Client] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where the API answers once it is started."""
        return f"http://{HOST}:{self.port}"

    def start(self, *names: str, **variables: str) -> None:
        """Start some of api, worker and beat; answers when the API does."""
        for name in names:
            if name == "worker":
                self.processes.start(name, "worker", "--concurrency", "2", **variables)
            elif name == "beat":
                self.processes.start(name, "beat", **variables)
        if "api" in names:
            self.processes.serve(self.port, **variables)

    def browser(self, *roles: str) -> httpx.Client:
        """A browser in which somebody with these roles is signed in; a guest without any."""
        # A connection kept open would break with the process at its other end, whenever that is killed.
        limits = httpx.Limits(max_keepalive_connections=0)
        client = httpx.Client(base_url=self.url, trust_env=False, timeout=15, limits=limits)
        self.browsers.append(client)
        if roles:
            with self.platform.database.session(self.organisation_id) as session:
                user = create_user(
                    session,
                    Actor.system(self.organisation_id),
                    email=f"{uuid.uuid4().hex}@example.org",
                    name=roles[0].replace("_", " ").title(),
                    kind="customer" if "customer" in roles else "staff",
                    roles=list(roles),
                    verified=True,
                )
                session.flush()
                opened = open_session(session, Actor(self.organisation_id, "staff", user_id=user.id))
            client.cookies.set("banksia_session", opened.token)
            client.headers.update({"X-CSRF-Token": opened.csrf_token, "Origin": self.url})
        return client

    def close(self) -> None:
        """Close what this process opened; the processes end with their installation."""
        for browser in self.browsers:
            browser.close()
        assert isinstance(self.platform.database.bind, Engine)
        self.platform.database.bind.dispose()

    def mails(self) -> list[EmailMessage]:
        """What the mail catcher holds; a message sent twice is there once."""
        return [
            message_from_bytes(path.read_bytes(), policy=policy.default)
            for path in sorted(mail_folder(self.platform.settings).glob("*.eml"))
        ]

    def query(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Ask, or change, the database as the owner of its tables, whom row-level security does not hold."""
        with psycopg.connect(self.platform.settings.database_owner_url, autocommit=True) as connection:
            asked = connection.execute(statement, values)
            return asked.fetchall() if asked.description else []

    def waiting(self) -> int:
        """How many rows of the outbox are not finished."""
        return int(self.query("SELECT count(*) FROM events.outbox WHERE status = 'pending'")[0][0])

    def readiness(self) -> dict[str, Any]:
        """What /readyz says."""
        with self.browser() as browser:
            answer: dict[str, Any] = browser.get("/readyz").json()
        return answer


@contextmanager
def live(
    databases: TestDatabases,
    modules: Modules,
    folder: Path,
    *,
    prepare: Callable[[Platform, uuid.UUID], None] = lambda _platform, _organisation_id: None,
    **changes: object,
) -> Iterator[Live]:
    """A council at 127.0.0.1 on a fresh database; its processes are forked warm and end with the block."""
    name, port = databases.create(), free_port()
    quick = {"task_lease_seconds": 3, "sweep_every_seconds": 1, "public_url": f"http://{HOST}:{port}"}
    settings = databases.settings(folder, name).model_copy(update=quick | changes)
    platform = create_platform(settings, modules)
    platform.bell = lambda _organisation_id, _outbox_id: None
    organisation_id = create_organisation(platform, slug="bluehills", name="Blue Hills Shire Council", hosts=[HOST])
    prepare(platform, organisation_id)
    with installation(folder, settings, warm=True) as processes:
        here = Live(processes, platform, organisation_id, port)
        try:
            yield here
        finally:
            here.close()


def ask_for_mail(browser: httpx.Client) -> str:
    """Have a message sent to whoever is signed in, which a worker does later; answers the address."""
    answer = browser.post("/api/notifications/test-message")
    assert answer.status_code == 201, answer.text
    return str(answer.json()["to_address"])


def expect_mail(here: Live, *addresses: str, seconds: float = 30) -> None:
    """Wait until each of these addresses has got its one message."""
    wanted = sorted(addresses)
    eventually(
        lambda: sorted(str(mail["To"]) for mail in here.mails() if str(mail["To"]) in wanted) == wanted,
        f"mail to {len(wanted)} people",
        seconds=seconds,
        why_not=lambda: here.processes.tail("worker"),
    )
