"""What a measurement was made on: a number without its machine says nothing."""

import os
import platform
import re
import subprocess
from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import psycopg

from banksia.kit.embedded_postgres import EmbeddedPostgres

PACKAGES = ("fastapi", "starlette", "granian", "sqlalchemy", "psycopg", "celery", "typst")


def describe_machine(server: EmbeddedPostgres) -> Iterator[tuple[str, str]]:
    """Name and value of what a reader must know."""
    cpu = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text("utf-8"))
    memory_kb = int(re.findall(r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text("utf-8"))[0])
    yield "measured on", f"{datetime.now().astimezone():%d %b %Y}"
    yield "processor", f"{os.cpu_count()} cores, {cpu.group(1).strip() if cpu else platform.machine()}"
    yield "memory", f"{memory_kb / 1024**2:.1f} GB"
    yield "system", f"{platform.system()} {platform.release()}"
    yield "Python", platform.python_version()
    with psycopg.connect(server.url()) as connection:
        row = connection.execute("SHOW server_version").fetchone()
        yield "PostgreSQL", row[0] if row else "?"
    yield "packages", ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    yield "code", _commit()


def _commit() -> str:
    """Which commit was measured, with a word when the files differ from it."""
    told = [
        subprocess.run(["git", *arguments], capture_output=True, text=True, check=False, cwd=Path(__file__).parent)  # noqa: S607  (git is found on the PATH)
        for arguments in (("rev-parse", "--short=10", "HEAD"), ("status", "--porcelain"))
    ]
    if told[0].returncode:
        return "no git checkout"
    return told[0].stdout.strip() + (" with changes" if told[1].stdout.strip() else "")
