"""`banksia demo` as a person runs it: real processes, a real database, stopped and killed for real."""

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from banksia.demo.sign_ins import COUNCILS, PASSWORD, SIGN_INS
from banksia.testing.processes import eventually

COMES_BACK_SECONDS = 120
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def processes_of(data_dir: Path) -> dict[int, str]:
    """Every process that works on this folder: by its command, its variables or its working folder."""
    mark = os.fsencode(data_dir)
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            command = (folder / "cmdline").read_bytes()
            cwd = os.fsencode((folder / "cwd").readlink())
            if command and (mark in command or mark in (folder / "environ").read_bytes() or cwd.startswith(mark)):
                found[int(folder.name)] = command.replace(b"\0", b" ").decode()
    found.pop(os.getpid(), None)
    return found


def without_settings() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("BANKSIA_")}


def start(data_dir: Path, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "banksia", "demo", "--data-dir", str(data_dir), *options],
        env=without_settings(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def read_until_ready(demo: subprocess.Popen[str]) -> str:
    """What it said until the sign-ins stood on the terminal; its end without them fails the test."""
    assert demo.stdout
    said = ""
    for line in demo.stdout:
        said += line
        if line.startswith("Ctrl-C stops everything"):
            return said
    raise AssertionError(said)


@dataclass
class Demo:
    """One start of it: the process, what it said, the council that it then served."""

    process: subprocess.Popen[str]
    data_dir: Path
    said: str
    council: dict[str, Any] = field(default_factory=dict)

    @property
    def address(self) -> str:
        ports = re.findall(r"Portal +http://localhost:(\d+)/", self.said)
        return f"http://127.0.0.1:{ports[0]}"


@contextlib.contextmanager
def running(data_dir: Path, *options: str) -> Iterator[Demo]:
    with start(data_dir, "--port", "0", *options) as process:
        try:
            said = read_until_ready(process)
            demo = Demo(process, data_dir, said)
            demo.council = json.loads(get(f"{demo.address}/api/organisations/current")[1])
            yield demo
        finally:
            process.terminate()
            process.wait(60)


def get(address: str) -> tuple[int, str]:
    with DIRECT.open(address, timeout=10) as answer:
        return answer.status, answer.read().decode()


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder outside pytest's own: another pytest closes that one to `nobody`, whom root lets run PostgreSQL."""
    with tempfile.TemporaryDirectory(prefix="banksia-") as made:
        yield Path(made)


@pytest.fixture(scope="module")
def first(folder: Path) -> Demo:
    """A first start, stopped by Ctrl-C as a terminal sends it: to the whole group."""
    with running(folder / "first") as demo:
        assert len(processes_of(demo.data_dir)) > 6
        os.killpg(demo.process.pid, signal.SIGINT)
        demo.process.wait(60)
    # Making it takes minutes: what is killed later is a copy. The files belong to the account of the server.
    subprocess.run(["/bin/cp", "-a", str(demo.data_dir), str(folder / "killed")], check=True)
    return demo


@pytest.fixture(scope="module")
def second(first: Demo) -> Iterator[Demo]:
    """A second start on the data of the first, which runs while the tests look at it."""
    assert processes_of(first.data_dir) == {}
    with running(first.data_dir) as demo:
        yield demo


@pytest.mark.timeout(600)
class TestDemo:
    def test_says_where_everything_is_and_who_can_sign_in(self, first: Demo) -> None:
        for council in COUNCILS:
            assert re.search(rf"Portal +http://{council.host}:\d+/\n", first.said)
            assert re.search(rf"Back office +http://{council.host}:\d+/staff\n", first.said)
            assert [person.email(council) in first.said for person in SIGN_INS] == [True] * len(SIGN_INS)
        assert PASSWORD in first.said

    def test_ctrl_c_ends_it_in_order(self, first: Demo) -> None:
        assert first.process.returncode == 0

    def test_a_second_start_works_on_the_same_data(self, first: Demo, second: Demo) -> None:
        assert get(f"{second.address}/readyz")[0] == 200
        assert second.council["name"] == COUNCILS[0].name
        assert second.council["id"] == first.council["id"]

    def test_a_killed_api_comes_back(self, second: Demo) -> None:
        def api() -> set[int]:
            return {pid for pid, command in processes_of(second.data_dir).items() if " serve --port" in command}

        def answers() -> bool:
            with contextlib.suppress(OSError):
                return get(f"{second.address}/healthz")[0] == 200
            return False

        before = api()
        os.kill(min(before), signal.SIGKILL)
        eventually(lambda: not before & api() and answers(), "a new API", seconds=COMES_BACK_SECONDS)

    def test_refuses_a_second_supervisor_in_a_sentence(self, second: Demo) -> None:
        with start(second.data_dir, "--port", "0") as another:
            said, _ = another.communicate(timeout=30)
        assert another.returncode == 1
        assert f"Banksia already runs on {second.data_dir} (process {second.process.pid})" in said

    def test_a_command_beside_it_works_on_its_database(self, second: Demo) -> None:
        told = second.data_dir / "running.json"
        assert told.stat().st_mode & 0o077 == 0
        assert get(json.loads(told.read_text("utf-8"))["url"].replace("localhost", "127.0.0.1") + "/healthz")[0] == 200
        environment = {**without_settings(), "BANKSIA_DATA_DIR": str(second.data_dir)}
        command = [sys.executable, "-m", "banksia", "audit", "verify"]
        beside = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert beside.returncode == 0, beside.stderr
        assert COUNCILS[0].slug in beside.stdout

    def test_refuses_a_taken_port_in_a_sentence(self, tmp_path: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as other:
            port = other.getsockname()[1]
            with start(tmp_path, "--port", str(port)) as demo:
                said, _ = demo.communicate(timeout=30)
        assert demo.returncode == 1
        assert f"Port {port} " in said
        assert f"make run BANKSIA_PORT={port + 1}" in said
        assert "Traceback" not in said


@pytest.mark.timeout(600)
def test_nothing_outlives_a_killed_supervisor_and_a_reset_starts_afresh(first: Demo, folder: Path) -> None:
    assert first.process.returncode == 0
    data_dir = folder / "killed"
    with start(data_dir, "--port", "0") as demo:
        read_until_ready(demo)
        demo.kill()
    eventually(lambda: processes_of(data_dir) == {}, "the end of every process", seconds=60)
    secrets = (data_dir / "secrets.json").read_text("utf-8")
    left_over = data_dir / "objects" / "left-over"
    left_over.parent.mkdir(exist_ok=True)
    left_over.touch()
    with running(data_dir, "--reset"):
        assert not left_over.exists()
        assert (data_dir / "secrets.json").read_text("utf-8") != secrets
    assert processes_of(data_dir) == {}
