"""Modules for tests: a manifest, a real server that answers for it, and a council's connection to it."""

import copy
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from sqlalchemy.orm import Session

from banksia.foundation.connections.models import Connection, Delivery
from banksia.foundation.connections.models.calls import RaisedPayment, Reminder
from banksia.foundation.connections.service.registering import take_manifest
from banksia.foundation.connections.service.sealed_secrets import Secrets, give_secrets
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.kit.manifest import PATH, read_manifest
from banksia.kit.models import new_id

MANIFEST: dict[str, Any] = {
    "protocol": 1,
    "id": "bookings",
    "title": "Hall bookings",
    "version": "1.2.0",
    "kind": "workflow",
    "description": "Halls, and who has them when.",
    "publisher": {"name": "Shire Software"},
    "requires": [{"module": "property", "version": ">=0.1"}, {"module": "halls", "optional": True}],
    "permissions": [
        {
            "name": "bookings.bookings.manage",
            "title": "Manage hall bookings",
            "roles": ["counter_clerk", "administrator"],
        }
    ],
    "routes": [
        {"path": "/halls/{hall_id}", "methods": ["GET"], "audience": "public"},
        {"path": "/bookings", "methods": ["POST"], "audience": "customer"},
        {
            "path": "/staff/bookings/{id}",
            "methods": ["GET", "PATCH"],
            "audience": "staff",
            "permission": "bookings.bookings.manage",
        },
    ],
    "pages": {
        "script": "/page.js",
        "navigation": [
            {"label": "Hall bookings", "to": "/bookings/staff", "permission": "bookings.bookings.manage"},
            {"label": "Book a hall", "to": "/bookings/customer", "area": "customer"},
        ],
    },
    "widgets": [
        {
            "name": "today",
            "title": "Bookings today",
            "path": "/widgets/today",
            "permission": "bookings.bookings.manage",
        },
        {"name": "of-property", "title": "Bookings", "path": "/widgets/property", "place": "property"},
    ],
    "events": {
        "hears": ["payments.payment_settled"],
        "emits": [
            {
                "name": "bookings.booking_made",
                "schema": {
                    "type": "object",
                    "properties": {"booking_id": {"type": "string", "maxLength": 40}},
                    "required": ["booking_id"],
                    "additionalProperties": False,
                },
            }
        ],
    },
    "payments": [{"kind": "bookings.booking", "title": "Hall booking", "refunds": True}],
    "capabilities": ["property.search", "property.get", "property.snapshot", "payments.raise", "notices.send"],
    "settings": {
        "type": "object",
        "properties": {"deposit_cents": {"type": "integer", "minimum": 0, "default": 5000}},
        "additionalProperties": False,
    },
    "data": [{"name": "Bookings", "personal": True, "retention": "7 years after the booking"}],
}


def a_manifest(**changes: Any) -> dict[str, Any]:
    """A manifest that breaks no rule, with other fields where they are given."""
    return copy.deepcopy(MANIFEST) | changes


@dataclass
class RemoteServer:
    """A module's own server: what it answers by path, and what it was asked."""

    base_url: str
    name: str
    answers: dict[str, tuple[int, str, bytes]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def says(self, path: str, content: Any, *, status: int = 200, kind: str = "application/json") -> None:
        """Answer a path below the module's name so from now on."""
        raw = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.answers[f"/{self.name}{path}"] = (status, kind, raw)

    def describes_itself(self, manifest: dict[str, Any]) -> None:
        """Serve this manifest."""
        self.says(PATH, manifest)


@contextmanager
def serving(manifest: dict[str, Any] | None = None) -> Iterator[RemoteServer]:
    """A module that runs on this machine, well and with a page."""
    manifest = manifest or a_manifest()
    server = RemoteServer("", manifest["id"])

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            server.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            status, kind, raw = server.answers.get(path, (404, "application/json", b"{}"))
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        server.base_url = f"http://127.0.0.1:{listening.server_port}"
        server.describes_itself(manifest)
        server.says("/health", {"status": "ok"})
        server.says("/pages/page.js", b"export function mount() {}", kind="text/javascript")
        thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield server
        listening.shutdown()
        thread.join()


def connect(
    session: Session, base_url: str = "http://127.0.0.1:9", manifest: dict[str, Any] | None = None
) -> tuple[Connection, Secrets]:
    """A module that is approved and in use, and its secrets."""
    read = read_manifest(json.dumps(manifest or a_manifest()).encode())
    connection = Connection(
        id=new_id(),
        created_at=utc_now(),
        organisation_id=organisation_id_of(session),
        name=read.id,
        base_url=base_url,
        state="enabled",
        page_mode="frame",
        settings={},
        approved_at=utc_now(),
    )
    take_manifest(connection, read)
    secrets = give_secrets(session, connection)
    session.add(connection)
    session.flush()
    return connection, secrets


def route_examples(session: Session) -> dict[str, str]:
    """What the routes' path parameters can name."""
    connection, _ = connect(session, manifest=a_manifest(requires=[], capabilities=["payments.raise", "notices.send"]))
    owned: dict[str, Any] = {"organisation_id": connection.organisation_id, "connection_id": connection.id}
    delivery = Delivery(id=new_id(), event="payments.payment_settled", event_id=new_id(), body="{}", **owned)
    payment = RaisedPayment(
        id=new_id(), kind="bookings.booking", subject_id=new_id(), idempotency_key="one", request_sha256="", **owned
    )
    reminder = Reminder(id=new_id(), idempotency_key="one", due_at=utc_now() + timedelta(days=1), data={}, **owned)
    session.add_all([delivery, payment, reminder])
    session.flush()
    return {
        "name": connection.name,
        "delivery_id": str(delivery.id),
        "payment_id": str(payment.subject_id),
        "reminder_id": str(reminder.id),
        "kept_id": str(new_id()),  # of a file there is none without its bytes, and no person is let in to ask
    }
