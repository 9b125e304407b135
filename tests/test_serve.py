"""`banksia serve` with several processes and behind a proxy."""

import asyncio
import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import httpx2 as httpx
import pytest
from starlette.types import Receive, Scope, Send

from banksia.cli import processes
from banksia.kit.ports import free_port
from banksia.kit.settings import Settings
from banksia.testing.processes import Installation, eventually, installation


def children_of(pid: int) -> set[int]:
    return {int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8").split()}


@pytest.fixture
def installed(tmp_path: Path, settings: Settings) -> Iterator[Installation]:
    with installation(tmp_path, settings.model_copy(update={"data_dir": tmp_path / "data"})) as found:
        yield found


@pytest.fixture
def url(installed: Installation) -> str:
    """The address of an API of two processes."""
    port = free_port()
    installed.start("api", "serve", "--port", str(port), "--workers", "2")
    installed.wait_for(f"http://127.0.0.1:{port}/healthz", "api")
    eventually(lambda: len(children_of(installed.processes["api"].pid)) >= 2, "two processes")
    return f"http://127.0.0.1:{port}"


class TestServe:
    def test_counts_requests_over_all_processes(self, url: str) -> None:
        pattern = re.compile(r'request_seconds_count\{method="GET",route="/healthz",status="200"\} (\d+)')

        def counted() -> int:
            return sum(map(int, pattern.findall(httpx.get(f"{url}/metrics", trust_env=False).text)))

        before = counted()
        assert before >= 1
        for _ in range(20):  # a connection of its own for each, so that both processes get some
            httpx.get(f"{url}/healthz", trust_env=False)
        assert counted() == before + 20

    def test_brings_back_one_of_several_processes_and_stops_all_when_asked(
        self, url: str, installed: Installation
    ) -> None:
        server = installed.processes["api"]
        before = children_of(server.pid)
        os.kill(max(before), signal.SIGKILL)
        eventually(lambda: bool(children_of(server.pid) - before), "a new process", seconds=60)
        installed.wait_for(f"{url}/healthz", "api")  # the one that was left may itself have begun only now
        everyone = {server.pid, *children_of(server.pid)}
        os.kill(server.pid, signal.SIGTERM)
        assert server.wait(60) == 0, installed.tail("api")
        assert [pid for pid in everyone if Path(f"/proc/{pid}/cmdline").exists()] == []
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"{url}/healthz", trust_env=False)


class TestApplication:
    @pytest.mark.parametrize(
        ("trusted", "seen"),
        [("10.0.0.0/8, 192.0.2.1", ("203.0.113.7", "https")), ("192.0.2.1", ("10.1.2.3", "http")), ("", None)],
        ids=["from a trusted network", "from elsewhere", "when nobody is trusted"],
    )
    def test_believes_forwarded_addresses_from_trusted_proxies_alone(
        self, trusted: str, seen: tuple[str, str] | None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        scopes: list[Scope] = []

        async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
            scopes.append(scope)

        monkeypatch.setenv("BANKSIA_ENVIRONMENT", "test")
        monkeypatch.setenv("BANKSIA_TRUSTED_PROXIES", trusted)
        monkeypatch.setattr(processes, "create_app", lambda _settings: app)
        monkeypatch.setattr(processes, "refuse_broken", lambda _application: None)
        said = [(b"x-forwarded-for", b"203.0.113.7"), (b"x-forwarded-proto", b"https")]
        scope = {"type": "http", "client": ("10.1.2.3", 4711), "scheme": "http", "headers": said}
        asyncio.run(processes.application()(scope, None, None))
        assert (scopes[0]["client"][0], scopes[0]["scheme"]) == (seen or ("10.1.2.3", "http"))
