"""Commands in processes that begin with everything imported: forked from a template, which only ever imports.

A real process of its own in every other respect: own session, own variables, own log, killed like any other. Starting
one takes a tenth of the time of a cold start, so a test can afford to kill dozens.
"""

import contextlib
import multiprocessing
import os
import runpy
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path

from banksia.kit.tether import follow_parent

TEMPLATE = ("banksia.cli.building", "banksia.testing.warm_imports")


class WarmProcess:
    """What the tests need of subprocess.Popen, over a forked process."""

    def __init__(self, process: BaseProcess) -> None:
        """Take a process that was started."""
        self._process = process
        self.pid: int = process.pid or 0

    def poll(self) -> int | None:
        """The exit status, or None while it runs."""
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait for its end."""
        self._process.join(timeout)
        return self._process.exitcode


def start_warm(arguments: Sequence[str], environment: Mapping[str, str], cwd: Path, log: Path) -> WarmProcess:
    """Start `banksia ARGUMENTS` in a fork of the template; its output is appended to a file."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(TEMPLATE))
    process = context.Process(target=_run, args=(list(arguments), dict(environment), str(cwd), str(log)))
    process.start()
    warm = WarmProcess(process)
    while warm.poll() is None and not _leads_its_group(warm.pid):
        time.sleep(0.002)
    return warm


def _leads_its_group(pid: int) -> bool:
    """Whether what is killed by its group would be hit: a process that was forked just now has none of its own yet."""
    with contextlib.suppress(ProcessLookupError):
        return os.getpgid(pid) == pid
    return False


def _run(arguments: list[str], environment: dict[str, str], cwd: str, log: str) -> None:
    follow_parent(signal.SIGKILL)
    os.setsid()
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for stream in (1, 2):
        os.dup2(output, stream)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment)
    multiprocessing.set_start_method("fork", force=True)  # as in a process that was started cold
    sys.argv = ["banksia", *arguments]
    runpy.run_module("banksia", run_name="__main__")  # as `python -m banksia` does
