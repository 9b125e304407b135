"""What the gateway adds over calling a remote module directly, at eight clients, in the same run and in turn.

The module answers at once, so that nothing hides what the gateway costs. Clients that pause as a page does between its
calls tell what a person waits. Clients that never pause tell how many calls one process passes on; there each waits for
the other seven, and eight times the work of one call is what is added.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from banksia.foundation.auth.public import create_user, open_session
from banksia.foundation.connections.tests.gateway_factories import make_connection
from banksia.kit.actor import Actor
from banksia.kit.ports import free_port, listens
from banksia.testing.processes import eventually
from bench.gateway_load import Plan
from bench.measuring import Bench, Row, quantile

TITLE = "Gateway"
CLIENTS = 8
SECONDS, QUICK_SECONDS, ROUNDS, QUICK_ROUNDS = 10.0, 3.0, 5, 1
PAUSE = 0.02
AIM_P50_MS, AIM_P99_MS = 3.0, 10.0


class Asked(NamedTuple):
    """One way to ask."""

    what: str
    method: str
    signed_in: bool


WAYS = (
    Asked("signed in, reading", "GET", signed_in=True),
    Asked("signed in, changing", "POST", signed_in=True),
    Asked("a guest, reading", "GET", signed_in=False),
)


def measure(bench: Bench) -> Iterator[Row]:
    """Directly and through the gateway, round by round, with pauses and without."""
    seconds, rounds = (QUICK_SECONDS, QUICK_ROUNDS) if bench.quick else (SECONDS, ROUNDS)
    with _module(bench) as module_port:
        url = _connected(bench, module_port)
        port = int(url.rsplit(":", 1)[1])
        people = [_sign_in(bench, number, url) for number in range(CLIENTS)]
        for pause in (PAUSE, 0.0):
            for way in WAYS:
                direct: list[float] = []
                through: list[float] = []
                for _ in range(rounds):
                    direct += _load(bench, module_port, "/bookings/api/halls/7", way, people, seconds, pause)
                    through += _load(bench, port, "/api/bookings/halls/7", way, people, seconds, pause)
                yield from _rows(way, pause, direct, through, seconds * 0.9 * rounds)


def _rows(way: Asked, pause: float, direct: list[float], through: list[float], seconds: float) -> Iterator[Row]:
    load = f"pauses of {pause * 1000:.0f} ms" if pause else "no pauses"
    size = f"{CLIENTS} clients, {load}"
    added = {part: (quantile(through, part) - quantile(direct, part)) * 1000 for part in (0.5, 0.99)}
    beside = len(through) / len(direct)
    yield _row(f"{way.what}: the module itself", size, direct, seconds)
    yield _row(f"{way.what}: through the gateway", size, through, seconds, beside=beside)
    yield Row(
        f"{way.what}: added",
        size,
        p50_ms=added[0.5],
        p99_ms=added[0.99],
        aim=f"p50 ≤ {AIM_P50_MS:.0f} ms, p99 ≤ {AIM_P99_MS:.0f} ms",
        met=added[0.5] <= AIM_P50_MS and added[0.99] <= AIM_P99_MS,
        note="difference of the two rows above; the API is one process and shares the machine with module, clients and "
        f"PostgreSQL; load {os.getloadavg()[0]:.1f}",
    )


def _row(what: str, size: str, samples: list[float], seconds: float, **others: Any) -> Row:
    p50, p99 = (quantile(samples, part) * 1000 for part in (0.5, 0.99))
    return Row(what, size, p50_ms=p50, p99_ms=p99, per_second=len(samples) / seconds, **others)


def _load(
    bench: Bench, port: int, path: str, way: Asked, people: list[str], seconds: float, pause: float
) -> list[float]:
    body = '{"hall":7}' if way.method == "POST" else ""
    about = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n" if body else ""
    heads = [
        f"{way.method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: application/json\r\n{about}"
        + (cookies if way.signed_in else "")
        + "\r\n"
        for cookies in people
    ]
    plan = bench.folder / "gateway.json"
    plan.write_text(json.dumps(Plan(port, heads, body, seconds, pause)._asdict()), "utf-8")
    command = [sys.executable, "-m", "bench.gateway_load", str(plan)]
    told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=seconds * 3 + 60)
    found = json.loads(told.stdout)
    if found["errors"]:
        raise RuntimeError(found["errors"][0])
    samples: list[float] = found["samples"]
    return samples


def _connected(bench: Bench, module_port: int) -> str:
    """The API with the module in use; answers its address."""
    url = bench.serve()
    with bench.platform.database.session(bench.organisation_id) as session:
        routes = [{"path": "/halls/{hall_id}", "methods": ["GET", "POST"], "audience": "public"}]
        make_connection(session, f"http://127.0.0.1:{module_port}", routes=routes)
    return url


def _sign_in(bench: Bench, number: int, url: str) -> str:
    """A member of staff; answers the headers that their browser sends."""
    with bench.platform.database.session(bench.organisation_id) as session:
        user = create_user(
            session,
            Actor.system(bench.organisation_id),
            email=f"gateway-{number}@bench.example",
            name="Counter",
            kind="staff",
            roles=["counter_clerk"],
            verified=True,
        )
        session.flush()
        opened = open_session(session, Actor(bench.organisation_id, "staff", user_id=user.id))
    return f"Cookie: banksia_session={opened.token}\r\nX-CSRF-Token: {opened.csrf_token}\r\nOrigin: {url}\r\n"


@contextmanager
def _module(bench: Bench) -> Iterator[int]:
    """The module in a process of its own; answers its port."""
    port = free_port()
    command = [sys.executable, "-m", "bench.bare_module", str(port)]
    process = subprocess.Popen(command, env=bench.installation.environment())
    try:
        eventually(lambda: listens(port), "the module listens")
        yield port
    finally:
        process.terminate()
        process.wait()
