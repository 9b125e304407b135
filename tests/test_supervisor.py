"""The supervisor with small parts of its own: real processes, killed for real."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from banksia.demo.supervisor import Part, PartError, Stopped, Supervisor
from banksia.testing.processes import eventually

SLEEPER = "import os, sys, time; open(sys.argv[1], 'a').write(f'{os.getpid()}\\n'); time.sleep(600)"
FAMILY = (
    "import subprocess, sys, time;"
    f"child = subprocess.Popen([sys.executable, '-c', {SLEEPER!r}, sys.argv[1] + '.child']);"
    "open(sys.argv[1], 'a').write('started\\n'); time.sleep(600)"
)
DEAF = "import signal, sys; signal.signal(signal.SIGTERM, signal.SIG_IGN);" + SLEEPER


def python(code: str, *arguments: object) -> tuple[str, ...]:
    return (sys.executable, "-c", code, *map(str, arguments))


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def pids_in(file: Path) -> list[int]:
    return [int(line) for line in file.read_text("utf-8").split() if line.isdigit()] if file.exists() else []


class Watched:
    """A supervisor whose loop runs until the test ends it from another thread."""

    def __init__(self, folder: Path) -> None:
        self.stop = threading.Event()
        self.said: list[str] = []
        self.supervisor = Supervisor(os.environ, folder / "logs", self.said.append, self.stop)

    def watch_until(self, holds: Callable[[], bool]) -> None:
        def end() -> None:
            try:
                eventually(holds, "what was waited for")
            finally:
                self.stop.set()

        ender = threading.Thread(target=end)
        ender.start()
        self.supervisor.watch()
        ender.join()
        assert holds()


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    watched = Watched(tmp_path)
    yield watched
    watched.supervisor.stop()


class TestStop:
    def test_ends_a_part_and_what_that_started_itself(self, watched: Watched, tmp_path: Path) -> None:
        watched.supervisor.start(Part("family", python(FAMILY, tmp_path / "pids")))
        eventually(lambda: bool(pids_in(tmp_path / "pids.child")), "the grandchild")
        (grandchild,) = pids_in(tmp_path / "pids.child")
        watched.supervisor.stop()
        eventually(lambda: not is_alive(grandchild), "its end")

    def test_ends_a_part_that_ignores_the_request(
        self, watched: Watched, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("banksia.demo.supervisor._STOP_SECONDS", 0.3)
        watched.supervisor.start(Part("deaf", python(DEAF, tmp_path / "pids")))
        eventually(lambda: bool(pids_in(tmp_path / "pids")), "the deaf one")
        watched.supervisor.stop()
        assert not is_alive(pids_in(tmp_path / "pids")[0])


class TestWatch:
    def test_brings_back_a_part_that_was_killed(self, watched: Watched, tmp_path: Path) -> None:
        pids = tmp_path / "pids"
        watched.supervisor.start(Part("sleeper", python(SLEEPER, pids)))
        eventually(lambda: len(pids_in(pids)) == 1, "the first start")
        os.kill(pids_in(pids)[0], signal.SIGKILL)
        watched.watch_until(lambda: len(pids_in(pids)) == 2)
        assert is_alive(pids_in(pids)[1])
        assert "The sleeper ended with status -9" in watched.said[0]

    def test_ends_what_a_killed_part_left_behind(self, watched: Watched, tmp_path: Path) -> None:
        children = tmp_path / "pids.child"
        watched.supervisor.start(Part("family", python(FAMILY, tmp_path / "pids")))
        eventually(lambda: len(pids_in(children)) == 1, "the child")
        os.kill(watched.supervisor.pids()["family"], signal.SIGKILL)
        watched.watch_until(lambda: len(pids_in(children)) == 2)
        assert not is_alive(pids_in(children)[0])

    def test_waits_longer_after_each_death(self, watched: Watched, tmp_path: Path) -> None:
        died = tmp_path / "died"
        watched.supervisor.start(Part("mortal", python("import sys; open(sys.argv[1], 'a').write('1\\n')", died)))
        watched.watch_until(lambda: len(pids_in(died)) == 3)
        assert ["now" in watched.said[0], "in 1 s" in watched.said[1]] == [True, True]


class TestWaitUntilReady:
    def test_shows_the_end_of_the_log_of_a_part_that_ends_first(self, watched: Watched) -> None:
        part = Part("broken", python("raise SystemExit('the disk is on fire')"), "http://127.0.0.1:9/")
        watched.supervisor.start(part)
        with pytest.raises(PartError, match=r"broken ended with status 1(.|\n)*the disk is on fire"):
            watched.supervisor.wait_until_ready()

    def test_gives_up_when_somebody_asks_to_stop(self, watched: Watched, tmp_path: Path) -> None:
        watched.supervisor.start(Part("silent", python(SLEEPER, tmp_path / "pids"), "http://127.0.0.1:9/"))
        watched.stop.set()
        with pytest.raises(Stopped):
            watched.supervisor.wait_until_ready()


class TestRunOnce:
    def test_refuses_to_go_on_after_a_failure(self, watched: Watched) -> None:
        with pytest.raises(PartError, match="Preparing failed"):
            watched.supervisor.run_once("Preparing", python("raise SystemExit(3)"))

    def test_is_cut_short_when_somebody_asks_to_stop(self, watched: Watched, tmp_path: Path) -> None:
        watched.stop.set()
        with pytest.raises(Stopped):
            watched.supervisor.run_once("Preparing", python(SLEEPER, tmp_path / "pids"))
        assert all(not is_alive(pid) for pid in pids_in(tmp_path / "pids"))


def test_a_part_ends_with_a_supervisor_that_is_killed(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    code = (
        "import os, sys, threading; from pathlib import Path;"
        "from banksia.demo.supervisor import Part, Supervisor;"
        "supervisor = Supervisor(os.environ, Path(sys.argv[1]), print, threading.Event());"
        f"supervisor.start(Part('sleeper', (sys.executable, '-c', {SLEEPER!r}, sys.argv[2]))); supervisor.watch()"
    )
    with subprocess.Popen(python(code, tmp_path, pids)) as killed:
        eventually(lambda: bool(pids_in(pids)), "the start")
        killed.kill()
    eventually(lambda: not is_alive(pids_in(pids)[0]), "its end")
