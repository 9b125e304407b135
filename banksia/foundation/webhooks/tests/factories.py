"""Webhooks for tests, and a server of a customer that they are sent to."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from sqlalchemy.orm import Session

from banksia.foundation.auth.public import actor_for, create_user
from banksia.foundation.webhooks.models import Endpoint
from banksia.foundation.webhooks.service.keeping import register_endpoint, send_test
from banksia.kit.actor import Actor
from banksia.kit.database import organisation_id_of

PLACED = "certificates.order.placed"


@dataclass
class Receiver:
    """What a customer's server heard, and how it answers."""

    url: str
    status: int = 200
    answer: bytes = b"thanks"
    location: str = ""
    drips: bool = False
    heard: list[tuple[dict[str, str], str]] = field(default_factory=list)


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A real HTTP server on this machine."""
    receiver = Receiver("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            receiver.heard.append(({name.lower(): value for name, value in self.headers.items()}, body))
            if receiver.drips:
                for _ in range(40):
                    self.wfile.write(b"H")
                    time.sleep(0.02)
                return
            self.send_response(receiver.status)
            if receiver.location:
                self.send_header("Location", receiver.location)
            self.end_headers()
            self.wfile.write(receiver.answer)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        receiver.url = f"http://127.0.0.1:{server.server_port}/hooks?from=council"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield receiver
        server.shutdown()
        thread.join()


def make_endpoint(
    session: Session, actor: Actor, url: str = "https://practice.example.com/hooks", types: tuple[str, ...] = (PLACED,)
) -> tuple[Endpoint, str]:
    """A webhook and its secret."""
    return register_endpoint(session, actor, url=url, types=list(types))


def route_examples(session: Session) -> dict[str, str]:
    """What the routes' path parameters can name."""
    system = Actor.system(organisation_id_of(session))
    user = create_user(
        session, system, email="hooks@example.org", name="Software", kind="customer", roles=["customer"], verified=True
    )
    session.flush()
    actor = actor_for(session, user)
    endpoint, _ = make_endpoint(session, actor)
    delivery = send_test(session, actor, endpoint_id=endpoint.id)
    return {"endpoint_id": str(endpoint.id), "delivery_id": str(delivery.id)}
