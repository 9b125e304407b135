"""Connections for tests of the gateway, and the server that they lead to."""

import contextlib
import json
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from banksia.foundation.connections.models import Connection
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.kit.manifest import Manifest, digest_of, problems_of
from banksia.kit.models import new_id
from banksia.kit.ports import free_port, listens
from banksia.kit.tether import dies_with_parent

MANAGE = "bookings.bookings.manage"


def manifest_document(**changes: Any) -> dict[str, Any]:
    """The manifest of the tests' module."""
    anything = [
        {"path": f"/{path}", "methods": ["GET", "POST"], "audience": "public"}
        for path in ("answer", "hang", "pause", "stream", "ignore", "echo", "halls/{hall_id}")
    ]
    return {
        "protocol": 1,
        "id": "bookings",
        "title": "Hall bookings",
        "version": "1.2.0",
        "kind": "workflow",
        "publisher": {"name": "Shire Software"},
        "requires": [{"module": "property", "version": ">=0.1"}],
        "permissions": [{"name": MANAGE, "title": "Manage hall bookings", "roles": ["counter_clerk", "administrator"]}],
        "routes": [
            *anything,
            {"path": "/halls/best", "methods": ["GET"], "audience": "public"},
            {"path": "/bookings", "methods": ["POST", "GET"], "audience": "customer"},
            {"path": "/staff/bookings/{id}", "methods": ["GET", "PATCH"], "audience": "staff", "permission": MANAGE},
            {"path": "/admin/rules", "methods": ["PUT"], "audience": "admin", "permission": MANAGE},
            {"path": "/for-modules", "methods": ["GET"], "audience": "service"},
        ],
        "limits": {"body_bytes": 1024 * 1024, "seconds": 1},
        "pages": {"script": "/page.js"},
        **changes,
    }


def make_connection(session: Session, base_url: str, *, state: str = "enabled", **changes: Any) -> Connection:
    """A connection that was approved."""
    document = manifest_document(**changes)
    manifest = Manifest.model_validate(document)
    assert problems_of(manifest) == []
    connection = Connection(
        id=new_id(),
        created_at=utc_now(),
        organisation_id=organisation_id_of(session),
        name=manifest.id,
        base_url=base_url,
        state=state,
        manifest=document,
        manifest_sha256=digest_of(manifest),
        settings={},
        client_id=f"client-{new_id()}",
    )
    session.add(connection)
    session.flush()
    return connection


@dataclass
class ModuleServer:
    """The module's server as a process."""

    url: str
    process: subprocess.Popen[bytes]

    def tell(self, **told: Any) -> None:
        """Tell it the keys, and what to expect."""
        request = urllib.request.Request(  # noqa: S310  (an address of this machine)
            f"{self.url}/control/tell", json.dumps(told).encode(), {"Content-Type": "application/json"}
        )
        urllib.request.urlopen(request, timeout=5).close()  # noqa: S310  (as above)

    def calls(self) -> list[str]:
        """Which paths it was asked for."""
        with urllib.request.urlopen(f"{self.url}/control/calls", timeout=5) as answer:  # noqa: S310  (as above)
            found: list[str] = json.load(answer)
            return found

    def kill(self) -> None:
        """End it as an accident does."""
        self.process.kill()
        self.process.wait()


@contextmanager
def module_server(port: int | None = None) -> Iterator[ModuleServer]:
    """The server, which ends with the block."""
    port = port or free_port()
    command = [sys.executable, "-m", "banksia.foundation.connections.tests.module_server", str(port)]
    process = subprocess.Popen(command, preexec_fn=dies_with_parent(signal.SIGKILL))  # noqa: PLW1509  (leaves none)
    server = ModuleServer(f"http://127.0.0.1:{port}", process)
    try:
        deadline = time.monotonic() + 60
        while not listens(port):
            assert time.monotonic() < deadline, "the module's server does not listen"
            time.sleep(0.02)
        yield server
    finally:
        with contextlib.suppress(ProcessLookupError):
            server.kill()
