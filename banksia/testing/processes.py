"""An installation of real processes for tests and benchmarks: each with its own log, killed at the end."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx2 as httpx
from pydantic import SecretStr

from banksia.kit.settings import Settings
from banksia.kit.tether import dies_with_parent
from banksia.testing.warm import WarmProcess, start_warm

Process = subprocess.Popen[bytes] | WarmProcess


def eventually(
    holds: Callable[[], bool],
    what: str,
    *,
    seconds: float = 30.0,
    every: float = 0.05,
    why_not: Callable[[], str] = lambda: "",
) -> None:
    """Wait until something holds; fails with what was waited for, and with what `why_not` then answers."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"{what}: not within {seconds:.0f} seconds\n{why_not()}"
        time.sleep(every)


def variables_of(settings: Settings) -> dict[str, str]:
    """Settings as the variables that make them again in another process."""
    found = {}
    for name, value in settings.model_dump(exclude_defaults=True).items():
        if isinstance(value, list):
            found[name] = ",".join(map(_plain, value))
        else:
            found[name] = _plain(value)
    return {f"BANKSIA_{name.upper()}": value for name, value in found.items()}


def _plain(value: object) -> str:
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)


@dataclass
class Installation:
    """Starts `banksia ...` commands that share settings."""

    folder: Path
    settings: Settings
    python_path: tuple[Path, ...] = ()
    warm: bool = False
    """Whether processes are forked from a template instead of started cold, for tests that start many."""
    processes: dict[str, Process] = field(default_factory=dict)

    def environment(self, **variables: str) -> dict[str, str]:
        """The variables of a process: those of this machine, none of Banksia's but ours."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("BANKSIA_", "PYTEST_"))}
        if self.python_path:
            kept["PYTHONPATH"] = os.pathsep.join(str(path) for path in self.python_path)
        return kept | variables_of(self.settings) | variables

    def run(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run a command of Banksia to its end; both of its outputs are in `stdout`."""
        return subprocess.run(
            [sys.executable, "-m", "banksia", *arguments],
            env=self.environment(COLUMNS="200", **variables),
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=100,
            check=False,
        )

    def start(self, name: str, *arguments: str, **variables: str) -> Process:
        """Start a command of Banksia that goes on until it is stopped."""
        environment, log = self.environment(**variables), self.log_of(name)
        if self.warm:
            self.processes[name] = start_warm(arguments, environment, self.folder, log)
            return self.processes[name]
        with log.open("ab") as output:
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-m", "banksia", *arguments],
                env=environment,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=dies_with_parent(signal.SIGKILL),  # noqa: PLW1509  (a run ended by force leaves none)
            )
        return self.processes[name]

    def serve(self, port: int, **variables: str) -> str:
        """Start the API and wait until it answers; answers its address."""
        self.start("api", "serve", "--port", str(port), **variables)
        url = f"http://127.0.0.1:{port}"
        self.wait_for(f"{url}/healthz", "api")
        return url

    def wait_for(self, url: str, name: str) -> None:
        """Wait until a process that we started answers 200 at an address."""

        def answers() -> bool:
            assert self.is_running(name), f"{name} ended:\n{self.tail(name)}"
            with contextlib.suppress(httpx.TransportError):
                return httpx.get(url, timeout=5, trust_env=False).status_code == 200
            return False

        eventually(answers, f"{name} answers at {url}", seconds=90)

    def is_running(self, name: str) -> bool:
        """Whether a process that we started has not ended."""
        return name in self.processes and self.processes[name].poll() is None

    def kill(self, name: str) -> None:
        """End a process and all that it started with SIGKILL: it may tidy nothing."""
        process = self.processes.pop(name)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def close(self) -> None:
        """End everything."""
        for name in list(self.processes):
            self.kill(name)

    def log_of(self, name: str) -> Path:
        """Where the output of a process goes."""
        return self.folder / f"{name}.log"

    def tail(self, name: str) -> str:
        """The end of a process's output, for the message of a failed test."""
        log = self.log_of(name)
        return "\n".join(log.read_text("utf-8", errors="replace").splitlines()[-40:]) if log.exists() else ""


@contextlib.contextmanager
def installation(folder: Path, settings: Settings, *python_path: Path, warm: bool = False) -> Iterator[Installation]:
    """An installation whose processes end with the block."""
    made = Installation(folder, settings, python_path, warm)
    try:
        yield made
    finally:
        made.close()
