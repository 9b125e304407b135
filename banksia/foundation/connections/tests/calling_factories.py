"""A module that calls back, and its own server that hears events."""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from banksia.foundation.connections.models import Connection
from banksia.foundation.connections.service.credentials import CLIENT_CREDENTIALS, TOKEN_EXCHANGE
from banksia.foundation.connections.service.minting import mint_token
from banksia.foundation.connections.service.remote_modules import remote_module
from banksia.foundation.connections.service.sealed_secrets import Secrets
from banksia.foundation.connections.service.signing_keys import signer_of
from banksia.foundation.connections.tests.factories import a_manifest
from banksia.kit.actor import Actor

TOKEN_URL = "/api/connections/token"
ALL_CAPABILITIES = [
    "property.search", "property.get", "property.snapshot", "payments.raise", "notices.send", "objects.store",
    "audit.record", "reminders.enqueue",
]  # fmt: skip
HEARS = ["payments.payment_settled", "payments.payment_refunded", "payments.payment_failed", "auth.email_verified"]


def calling_manifest(**changes: Any) -> dict[str, Any]:
    """A manifest that asks for everything there is."""
    events = a_manifest()["events"] | {"hears": HEARS}
    return a_manifest(capabilities=ALL_CAPABILITIES, events=events) | changes


def basic(client_id: str, secret: str) -> dict[str, str]:
    """The header of a client credential."""
    return {"Authorization": "Basic " + base64.b64encode(f"{client_id}:{secret}".encode()).decode()}


def subject_token(session: Session, connection: Connection, actor: Actor, *, now: float | None = None) -> str:
    """What the gateway sends along with a request of this actor."""
    module = remote_module(session, connection, signer_of(session))
    assert module is not None
    return mint_token(module, actor, "request-1", now=now)


@dataclass
class CallingModule:
    """The module's own side of the line."""

    client: TestClient
    secrets: Secrets
    bearer: str = ""

    def exchange(self, *, subject: str = "", secret: str | None = None, **form: str) -> Any:
        """Ask for a token."""
        form = {"grant_type": TOKEN_EXCHANGE if subject else CLIENT_CREDENTIALS, **form}
        if subject:
            form["subject_token"] = subject
        headers = basic(self.secrets.client_id, secret or self.secrets.client_secret)
        return self.client.post(TOKEN_URL, data=form, headers=headers)

    def acts_for(self, subject: str = "") -> "CallingModule":
        """The same module with a token, for somebody or for itself."""
        answer = self.exchange(subject=subject)
        assert answer.status_code == 200, answer.text
        return CallingModule(self.client, self.secrets, answer.json()["access_token"])

    def call(self, method: str, path: str, *, key: str | None = None, **options: Any) -> Any:
        """Call us back."""
        headers = {"Authorization": f"Bearer {self.bearer}", **options.pop("headers", {})}
        if key is not None:
            headers["Idempotency-Key"] = key
        return self.client.request(method, path, headers=headers, **options)


@dataclass
class Hearing:
    """What a module's server heard, and how it answers."""

    base_url: str
    status: int = 200
    heard: list[tuple[str, dict[str, str], str]] = field(default_factory=list)

    @property
    def events(self) -> list[dict[str, Any]]:
        """The events, as they were told."""
        return [json.loads(body) for _, _, body in self.heard]

    @property
    def ids(self) -> list[str]:
        """What a receiver tells repeats by."""
        return [headers["webhook-id"] for _, headers, _ in self.heard]


@contextmanager
def hearing() -> Iterator[Hearing]:
    """A real HTTP server on this machine."""
    found = Hearing("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            found.heard.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(found.status)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        found.base_url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield found
        server.shutdown()
        thread.join()


def verifies(secret: str, headers: dict[str, str], body: str) -> bool:
    """As a receiver does it, by the text of Standard Webhooks."""
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{body}".encode()
    key = base64.b64decode(secret.removeprefix("whsec_"))
    wanted = base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
    return any(hmac.compare_digest(each, f"v1,{wanted}") for each in headers["webhook-signature"].split(" "))
