"""The example of a remote module in Node, as a process of its own that the council connects with, as anybody would."""

import contextlib
import os
import signal
import subprocess
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Self

import httpx2 as httpx
from live import HOST, Live

from banksia.kit.clock import utc_now
from banksia.kit.ports import free_port
from banksia.kit.tether import dies_with_parent
from banksia.testing.conformance.pages import node_of_this_machine
from banksia.testing.processes import eventually

SERVER = Path(__file__).parents[1] / "examples" / "bookings-node" / "server.js"
MODULES = "/api/connections/modules"


@dataclass
class HallServer:
    """`node server.js`, which can die and come back with what it kept."""

    folder: Path
    port: int = field(default_factory=free_port)
    running: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://{HOST}:{self.port}"

    def command(self, *arguments: str, **variables: str) -> tuple[list[str], dict[str, str]]:
        """How it is started, and with what environment."""
        node = node_of_this_machine()
        assert node is not None, "hall bookings need Node; scripts/node.sh brings it"
        given = {"BOOKINGS_PORT": str(self.port), "BOOKINGS_DATA": str(self.folder / "data")}
        return [node, str(SERVER), *arguments], os.environ | given | variables

    def start(self) -> None:
        """Start it and wait until it answers."""
        command, environment = self.command()
        with (self.folder / "server.log").open("ab") as log:
            self.running = subprocess.Popen(
                command,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=dies_with_parent(signal.SIGKILL),  # noqa: PLW1509  (a run ended by force leaves none)
            )
        eventually(self.answers, "hall bookings answer", seconds=60, why_not=self.log)

    def answers(self) -> bool:
        """Whether it is there."""
        with contextlib.suppress(httpx.TransportError):
            return httpx.get(f"{self.url}/bookings/health", timeout=5, trust_env=False).status_code == 200
        return False

    def kill(self) -> None:
        """`kill -9`: it may tidy nothing."""
        if self.running is not None:
            self.running.kill()
            self.running.wait()
            self.running = None

    def log(self) -> str:
        """What it said, for the message of a failed test."""
        return (self.folder / "server.log").read_text("utf-8")[-3000:]

    def connect(self, here: Live) -> None:
        """Register, approve, enter the secrets, switch on: all of it over the API, as the pages do."""
        administrator = here.browser("administrator")
        registered = administrator.post(MODULES, json={"base_url": f"{self.url}/bookings"})
        assert registered.status_code == 201, registered.text
        body = {"manifest_sha256": registered.json()["asks_sha256"], "page_mode": "frame"}
        approved = administrator.post(f"{MODULES}/bookings/approve", json=body)
        assert approved.status_code == 200, approved.text
        given = approved.json()
        audience = f"banksia:module:bookings:{given['id']}"
        words = ("connect", "--url", here.url, "--client-id", given["client_id"], "--audience", audience)
        command, environment = self.command(
            *words,
            BOOKINGS_CLIENT_SECRET=given["client_secret"],
            BOOKINGS_WEBHOOK_SECRET=given["webhook_secret"],
        )
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode == 0, done.stderr
        enabled = administrator.post(f"{MODULES}/bookings/enable")
        assert enabled.status_code == 200, enabled.text


@dataclass
class Keeper:
    """Somebody at a browser who goes on asking while servers die: every step can be taken again."""

    browser: httpx.Client

    @classmethod
    def of(cls, here: Live, *roles: str) -> Self:
        """A new person with these roles."""
        return cls(here.browser(*roles))

    def ask(self, method: str, path: str, *, seconds: float = 90, **content: Any) -> httpx.Response:
        """Send a request until something answers that is not "later"."""
        answers: list[httpx.Response] = []

        def answered() -> bool:
            with contextlib.suppress(httpx.TransportError):
                answers.append(self.browser.request(method, f"/api/bookings{path}", **content))
            return bool(answers) and answers[-1].status_code < 500

        said = "nothing was answered"
        eventually(
            answered,
            f"{method} {path}",
            seconds=seconds,
            every=0.2,
            why_not=lambda: answers[-1].text if answers else said,
        )
        return answers[-1]

    def add_hall(self, property_id: str | None = None) -> dict[str, Any]:
        """A hall that is let for $45 an hour."""
        fees = {"hourly_cents": 4500, "community_hourly_cents": 2000, "daily_cents": None}
        times = {"opens": "08:00", "closes": "22:00", "least_minutes": 60}
        words = {"name": "Memorial Hall", "description": "", "facilities": "", "address": "1 MORT STREET"}
        hall = {**fees, **times, **words, "property_id": property_id, "capacity": 120, "is_let": True}
        made = self.ask("POST", "/staff/halls", json=hall)
        assert made.status_code == 201, made.text
        return dict(made.json())

    def book(self, hall: dict[str, Any], *, hour: int, days: int = 30, key: str = "", path: str = "") -> httpx.Response:
        """Two hours from this one on."""
        day = (utc_now() + timedelta(days=days)).date().isoformat()
        time = {"day": day, "from": f"{hour:02}:00", "to": f"{hour + 2:02}:00", "community": False}
        person = {"contact_name": "Robin Hall", "contact_email": f"robin-{hour}@example.org", "contact_phone": ""}
        body = {"hall_id": hall["id"], **time, "purpose": "Dance class", "people": 20, **person}
        headers = {"Idempotency-Key": key} if key else {}
        return self.ask("POST", f"{path}/bookings", json=body, headers=headers)

    def read(self, booking_id: str, *, path: str = "") -> dict[str, Any]:
        """A booking as its own page shows it."""
        return dict(self.ask("GET", f"{path}/bookings/{booking_id}").json())
