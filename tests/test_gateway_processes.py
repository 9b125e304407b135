"""The gateway in processes as they run: what it holds while a module answers, and how soon a change is seen."""

import http.client
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest
from sqlalchemy import text

from banksia.foundation.auth.public import open_session
from banksia.foundation.connections.tests.gateway_factories import ModuleServer, make_connection, module_server
from banksia.foundation.organisations.public import Council
from banksia.kit.actor import Actor
from banksia.kit.platform import Platform
from banksia.kit.ports import free_port
from banksia.testing.processes import Installation, eventually, installation

AT_ONCE = 12


@dataclass
class Live:
    """A council's server with one database connection, and a module."""

    url: str
    module: ModuleServer
    platform: Platform
    organisation_id: Any
    running: Installation
    headers: dict[str, str]
    """Of a signed-in customer's browser."""

    def get(self, path: str, **headers: str) -> httpx.Response:
        return httpx.get(self.url + path, headers={**self.headers, **headers}, timeout=30, trust_env=False)


@pytest.fixture
def live(
    live_platform: Platform, live_organisation: Council, tmp_path: Path, actor_in: Callable[..., Actor]
) -> Iterator[Live]:
    """All of it, in real processes."""
    with live_platform.database.session(live_organisation.id) as session:
        customer = actor_in(session, live_organisation.id, ("customer",))
        opened = open_session(session, customer)
    with module_server() as module, installation(tmp_path, live_platform.settings) as running:
        with live_platform.database.session(live_organisation.id) as session:
            make_connection(session, module.url, limits={"body_bytes": 1024, "seconds": 20})
        url = running.serve(free_port(), BANKSIA_DATABASE_POOL_SIZE="1")
        headers = {
            "Cookie": f"banksia_session={opened.token}",
            "X-CSRF-Token": opened.csrf_token,
            "Origin": url,
        }
        yield Live(url, module, live_platform, live_organisation.id, running, headers)


def test_nothing_is_held_while_a_module_answers(live: Live) -> None:
    """With one database connection twelve calls wait for the module at once, and everybody else is served."""
    live.get("/api/bookings/answer")
    with ThreadPoolExecutor(AT_ONCE) as threads:
        began = time.monotonic()
        waiting = [threads.submit(live.get, "/api/bookings/pause?seconds=3") for _ in range(AT_ONCE)]
        posting = threads.submit(
            httpx.post, f"{live.url}/api/bookings/pause?seconds=3", headers=live.headers, timeout=30, trust_env=False
        )
        time.sleep(1.0)
        assert live.get("/api/modules").status_code == 200
        with live.platform.database.session(None) as session:
            busy = session.execute(
                text("SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in%' AND pid <> pg_backend_pid()")
            ).scalar_one()
        assert busy == 0
        assert not any(each.done() for each in waiting)
        assert [each.result().status_code for each in [*waiting, posting]] == [200] * (AT_ONCE + 1)
        assert time.monotonic() - began < 9


def test_a_cut_answer_is_seen_as_one(live: Live) -> None:
    with closing(http.client.HTTPConnection(live.url.removeprefix("http://"), timeout=20)) as connection:
        connection.request("GET", "/api/bookings/stream?pieces=4&end=cut&pause=0.05")
        with closing(connection.getresponse()) as answer:
            assert answer.status == 200
            with pytest.raises(http.client.IncompleteRead):
                answer.read()


def test_whoever_goes_away_leaves_their_place(live: Live) -> None:
    """More callers give up than there are places; the next one is served all the same."""
    live.get("/api/bookings/answer")
    host, port = live.url.removeprefix("http://").split(":")

    def give_up() -> None:
        with socket.create_connection((host, int(port))) as caller:
            caller.sendall(f"GET /api/bookings/hang HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
            time.sleep(1.0)

    threads = [threading.Thread(target=give_up) for _ in range(16)]
    for thread in threads:
        thread.start()
    time.sleep(0.6)
    guest = httpx.get(f"{live.url}/api/bookings/answer", timeout=20, trust_env=False)
    assert guest.status_code == 503  # one address does not take all places, and has none left itself
    for thread in threads:
        thread.join()
    eventually(
        lambda: httpx.get(f"{live.url}/api/bookings/answer", timeout=20, trust_env=False).status_code == 200,
        "the places are free again",
        seconds=5,
    )


def test_signing_out_is_seen_at_once(live: Live) -> None:
    assert live.get("/api/bookings/bookings").status_code == 401  # the module's: it was not told our keys
    assert "refused" in live.get("/api/bookings/bookings").json()
    done = httpx.post(f"{live.url}/api/auth/logout", headers=live.headers, timeout=20, trust_env=False)
    assert done.status_code < 300, done.text
    assert live.get("/api/bookings/bookings").json()["type"] == "urn:banksia:kit:unauthenticated"


def test_a_module_that_another_process_switches_off_is_gone_within_two_seconds(live: Live) -> None:
    assert live.get("/api/bookings/answer").status_code == 200
    with live.platform.database.session(live.organisation_id) as session:
        session.execute(text("UPDATE connections.connections SET state = 'disabled'"))
    began = time.monotonic()
    eventually(lambda: live.get("/api/bookings/answer").status_code == 404, "it is gone", seconds=3)
    assert time.monotonic() - began < 2.6


def test_keys_are_rotated_by_a_command(live: Live) -> None:
    before = live.get("/.well-known/banksia/jwks.json").json()["keys"]
    done = live.running.run("connections", "rotate-keys", "--council", "bluehills")
    assert (done.returncode, "bluehills signs with" in done.stdout) == (0, True), done.stdout
    assert live.running.run("connections", "rotate-keys", "--council", "nowhere").returncode == 1

    def both() -> bool:
        keys = live.get("/.well-known/banksia/jwks.json").json()["keys"]
        return len(keys) == 2 and before[0] in keys

    eventually(both, "the new key stands beside the old one", seconds=4)


def test_a_module_that_is_killed_comes_back_by_itself(live: Live) -> None:
    port = int(live.module.url.rsplit(":", 1)[1])
    assert live.get("/api/bookings/answer").status_code == 200
    live.module.kill()
    kinds = {live.get("/api/bookings/answer").json()["type"] for _ in range(8)}
    assert kinds == {"urn:banksia:connections:module-away", "urn:banksia:connections:module-resting"}
    assert live.get("/api/modules").status_code == 200
    with module_server(port):
        eventually(lambda: live.get("/api/bookings/answer").status_code == 200, "it is asked again", seconds=8)
