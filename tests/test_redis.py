"""The broker of production: a real Redis between API, worker and clock, killed and started again."""

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import redis
from live import Live, ask_for_mail, expect_mail, live

from banksia.kit.broker import bells_unheard, make_celery
from banksia.kit.module import Modules
from banksia.kit.ports import free_port
from banksia.kit.redis_transport import Channel, Transport
from banksia.kit.settings import Settings
from banksia.testing.databases import TestDatabases
from banksia.testing.processes import eventually

pytestmark = pytest.mark.slow


class RedisServer:
    """A server on a port of this machine that keeps nothing on disk, so that a restart loses all it knew."""

    def __init__(self, program: str, folder: Path) -> None:
        self.program, self.folder, self.port = program, folder, free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        arguments = {
            "--port": self.port,
            "--bind": "127.0.0.1",
            "--save": "",
            "--appendonly": "no",
            "--dir": self.folder,
        }
        self.process = subprocess.Popen(
            [self.program, *(str(part) for pair in arguments.items() for part in pair)], stdout=subprocess.DEVNULL
        )
        eventually(self.answers, "Redis answers")

    def answers(self) -> bool:
        with contextlib.suppress(redis.ConnectionError), redis.Redis.from_url(self.url) as client:
            return bool(client.ping())
        return False

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[RedisServer]:
    """A real redis-server; without one the test is skipped, or fails where it is required."""
    program = shutil.which("redis-server")
    if program is None:
        reason = "redis-server is not installed (Debian: apt-get install redis-server)"
        if os.environ.get("BANKSIA_REQUIRE_REDIS") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    server = RedisServer(program, tmp_path)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def here(databases: TestDatabases, modules: Modules, tmp_path: Path, redis_server: RedisServer) -> Iterator[Live]:
    """A council whose processes meet at Redis."""
    folder = tmp_path / "installation"
    folder.mkdir()
    with live(databases, modules, folder, broker_url=redis_server.url) as here:
        here.start("worker", "beat", "api")
        yield here


class TestTransport:
    @pytest.mark.parametrize("connection", [None, SimpleNamespace(client=None)])
    def test_leaves_alone_what_ended_after_its_connection_was_lost(self, connection: object) -> None:
        channel = Channel.__new__(Channel)
        channel.connection = connection
        channel.basic_ack("of a message that Redis gave us before")
        channel.basic_reject("of another")
        assert not channel.do_restore

    def test_is_the_one_that_redis_urls_get(self) -> None:
        settings = Settings(environment="test", broker_url="redis://127.0.0.1:1/0")
        assert type(make_celery(settings).connection_for_read().transport) is Transport


class TestBells:
    def test_are_counted_until_they_are_heard(self, redis_server: RedisServer) -> None:
        celery = make_celery(Settings(environment="test", broker_url=redis_server.url))
        assert bells_unheard(celery) == 0
        for _ in range(3):
            celery.send_task("nobody.hears")
        assert bells_unheard(celery) == 3


class TestRedis:
    def test_worker_and_clock_run_tasks_over_it(self, here: Live, redis_server: RedisServer) -> None:
        expect_mail(here, ask_for_mail(here.browser("administrator")))
        eventually(lambda: here.waiting() == 0, "the outbox is empty")
        assert not (here.platform.settings.data_dir / "broker").exists(), "the folder broker was used"
        with redis.Redis.from_url(redis_server.url) as client:
            assert client.info("clients")["connected_clients"] >= 3

    def test_killed_and_restarted_it_loses_nothing(self, here: Live, redis_server: RedisServer) -> None:
        clerks = [here.browser("administrator") for _ in range(3)]
        expect_mail(here, ask_for_mail(clerks[0]))
        processes = {name: process.pid for name, process in here.processes.processes.items()}

        redis_server.kill()
        began = time.monotonic()
        addresses = [ask_for_mail(clerk) for clerk in clerks[1:]]
        assert time.monotonic() - began < 15, "a request waits for a broker that is away"
        told = here.readiness()
        assert {name for name, state in told["parts"].items() if state != "ok"} == {"broker"}

        redis_server.start()
        expect_mail(here, *addresses, seconds=60)
        eventually(lambda: here.readiness()["status"] == "ok", "the API is ready again")
        assert {name: process.pid for name, process in here.processes.processes.items()} == processes
        assert all(here.processes.is_running(name) for name in processes)
