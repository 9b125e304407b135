"""Keeps the parts of one installation running: starts them, waits for them, brings back what dies, stops them all."""

import contextlib
import http.client
import os
import signal
import subprocess
import threading
import time
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NoReturn

from banksia.kit.tether import dies_with_parent

_LONGEST_WAIT_SECONDS = 30.0
_HEALTHY_SECONDS = 60.0
_START_SECONDS = 300.0
"""A part that ends fails at once; one that only takes long, on a machine with other things to do, is waited for."""
_STOP_SECONDS = 10.0
_LARGEST_LOG = 10 * 1024**2
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # a proxy knows nothing of our loopback


class PartError(RuntimeError):
    """A part did not come up; the text holds the end of its log."""


class Stopped(Exception):  # noqa: N818  (no error: somebody asked us to stop while we waited)
    """Somebody asked to stop."""


@dataclass(frozen=True)
class Part:
    """A process to keep running."""

    name: str
    command: Sequence[str]
    ready_url: str = ""
    """Answers 200 once the part can be used; without one it counts as ready when started."""


@dataclass
class _Running:
    part: Part
    process: subprocess.Popen[bytes]
    started_at: float
    deaths: int = 0
    restart_at: float | None = None


class Supervisor:
    """Starts parts in the main thread, so that even `kill -9` of this process ends them (see tether)."""

    def __init__(
        self, environment: Mapping[str, str], log_dir: Path, say: Callable[[str], None], stop: threading.Event
    ) -> None:
        """Take the variables of every part, where their logs go, how to tell a person, and when to stop."""
        self._environment = dict(environment)
        self._log_dir = log_dir
        self._say = say
        self._stop = stop
        self._running: list[_Running] = []
        log_dir.mkdir(parents=True, exist_ok=True)

    def run_once(self, name: str, command: Sequence[str]) -> None:
        """Run a command to its end with its output on the terminal. Raises PartError or Stopped."""
        process = self._spawn(command, output=None)
        while (status := process.poll()) is None:
            if self._stop.wait(0.05):
                _end([process])
                raise Stopped
        if status:
            message = f"{name} failed; what it said stands above."
            raise PartError(message)

    def start(self, part: Part) -> None:
        """Start a part; `wait_until_ready` tells when it can be used."""
        self._running.append(_Running(part, self._spawn(part.command, self.log_of(part)), time.monotonic()))

    def wait_until_ready(self) -> None:
        """Wait for every part. Raises PartError when one ends first, Stopped when somebody lost patience."""
        deadline = time.monotonic() + _START_SECONDS
        for running in self._running:
            while not self._is_ready(running):
                if self._stop.wait(0.1):
                    raise Stopped
                if time.monotonic() > deadline:
                    self._fail(running.part, f"did not answer within {_START_SECONDS:.0f} seconds")

    def watch(self) -> None:
        """Bring back what dies, with a longer wait each time, until somebody asks to stop."""
        while not self._stop.wait(0.25):
            for running in self._running:
                self._look_after(running)

    def stop(self) -> None:
        """Stop every part and whatever it started: by request, and after ten seconds by force."""
        _end([running.process for running in self._running])
        self._running.clear()

    def pids(self) -> dict[str, int]:
        """The process of each part, by its name."""
        return {running.part.name: running.process.pid for running in self._running}

    def log_of(self, part: Part) -> Path:
        """Where the output of a part goes."""
        return self._log_dir / f"{part.name}.log"

    def _spawn(self, command: Sequence[str], output: Path | None) -> subprocess.Popen[bytes]:
        with contextlib.ExitStack() as stack:
            log = stack.enter_context(_opened(output)) if output else None
            return subprocess.Popen(
                list(command),
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C in the terminal reaches us alone; we stop the parts in order
                preexec_fn=dies_with_parent(signal.SIGTERM),  # noqa: PLW1509  (main thread, before any other exists)
            )

    def _is_ready(self, running: _Running) -> bool:
        if (status := running.process.poll()) is not None:
            self._fail(running.part, f"ended with status {status}")
        if not running.part.ready_url:
            return True
        try:
            with _DIRECT.open(running.part.ready_url, timeout=5) as answer:
                return bool(answer.status == 200)
        except (OSError, http.client.HTTPException):  # also what answers there for a moment without being our part
            return False

    def _fail(self, part: Part, what: str) -> NoReturn:
        log = self.log_of(part)
        tail = "\n".join(log.read_text("utf-8", errors="replace").splitlines()[-15:])
        message = f"The {part.name} {what}. The end of its log, {log}:\n\n{tail}"
        raise PartError(message)

    def _look_after(self, running: _Running) -> None:
        now = time.monotonic()
        if running.restart_at is None:
            if (status := running.process.poll()) is None:
                return
            _end([running.process])  # what it started itself would keep its port and its work
            lived = now - running.started_at
            running.deaths = 1 if lived > _HEALTHY_SECONDS else running.deaths + 1
            pause = 0.0 if running.deaths == 1 else min(_LONGEST_WAIT_SECONDS, 2.0 ** (running.deaths - 2))
            running.restart_at = now + pause
            when = f"in {pause:.0f} s" if pause else "now"
            self._say(
                f"The {running.part.name} ended with status {status}; it starts again {when}. "
                f"Its log: {self.log_of(running.part)}"
            )
        if now >= running.restart_at:
            running.process = self._spawn(running.part.command, self.log_of(running.part))
            running.started_at, running.restart_at = now, None


def _opened(log: Path) -> IO[bytes]:
    """Open a log to append to; a large one makes room first, with its last state kept beside it."""
    if log.exists() and log.stat().st_size > _LARGEST_LOG:
        log.replace(log.with_suffix(".log.1"))
    return log.open("ab")


def _end(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + _STOP_SECONDS
    for process in processes:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0.0, deadline - time.monotonic()))
        with contextlib.suppress(ProcessLookupError):  # a part leads the group of all that it started
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
