"""Memory of each process of an installation at rest and after work, from /proc: what is its own and what it shares."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx2 as httpx

from banksia.testing.processes import eventually
from bench.measuring import Bench, Row

TITLE = "Memory"
REQUESTS = 300


def measure(bench: Bench) -> Iterator[Row]:
    """The proportional set size of each process with its children, so that shared pages count once."""
    url = bench.serve()
    running = bench.installation
    running.start("worker", "worker", "--concurrency", "2")
    running.start("beat", "beat")
    with httpx.Client(base_url=url, trust_env=False) as client:
        eventually(lambda: len(family(running.processes["worker"].pid)) >= 3, "the worker has forked")
        for _ in range(REQUESTS):
            client.get("/api/organisations/current").raise_for_status()
    for name in ("api", "worker", "beat"):
        pids = family(running.processes[name].pid)
        yield Row(f"{name}, {len(pids)} processes", megabytes=sum(map(megabytes, pids)), note=_note(name))
    pids = family(bench.server.pid)
    yield Row(f"PostgreSQL, {len(pids)} processes", megabytes=sum(map(megabytes, pids)))
    for name in ("api", "worker", "beat"):
        running.kill(name)


def _note(name: str) -> str:
    return {"api": f"after {REQUESTS} requests, one worker process", "worker": "concurrency 2, at rest"}.get(name, "")


def family(pid: int) -> list[int]:
    """A process and all that came from it."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True)  # noqa: S607  (ps is found on the PATH)
    parents = [tuple(map(int, line.split())) for line in listed.stdout.splitlines()]
    found = [pid]
    for each in found:
        found += [child for child, parent in parents if parent == each and child not in found]
    return found


def megabytes(pid: int) -> float:
    """The proportional set size of one process."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text("utf-8")
    return int(re.findall(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)[0]) / 1024
