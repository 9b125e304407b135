"""What the parts of the bench share: a running installation to measure, and rows to answer with."""

import math
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from banksia.kit.embedded_postgres import EmbeddedPostgres
from banksia.kit.platform import Platform
from banksia.kit.ports import free_port
from banksia.kit.settings import Settings
from banksia.testing.processes import Installation


@dataclass(frozen=True)
class Row:
    """One line of the table. What was not measured stays None."""

    what: str
    size: str = ""
    p50_ms: float | None = None
    p99_ms: float | None = None
    per_second: float | None = None
    beside: float | None = None
    """The rate as a part of that of the bare handler in the same run."""
    first: float | None = None
    """The part of all queries whose answer was right at rank one."""
    in_ten: float | None = None
    """The part of all queries whose answer was in the first ten."""
    megabytes: float | None = None
    aim: str = ""
    met: bool | None = None
    note: str = ""

    @classmethod
    def of_samples(cls, what: str, seconds: Sequence[float], **others: Any) -> "Row":
        """A row of timings taken one after another, in seconds each."""
        return cls(
            what,
            p50_ms=quantile(seconds, 0.50) * 1000,
            p99_ms=quantile(seconds, 0.99) * 1000,
            per_second=len(seconds) / sum(seconds),
            **others,
        )


@dataclass
class Bench:
    """A migrated installation with one council, on a PostgreSQL of its own."""

    quick: bool
    folder: Path
    server: EmbeddedPostgres
    settings: Settings
    platform: Platform
    organisation_id: uuid.UUID
    installation: Installation
    data: Path | None

    def serve(self, port: int | None = None, **variables: str) -> str:
        """Start the API as a process of its own, in the place of one that is there; answers its address."""
        if "api" in self.installation.processes:
            self.installation.kill("api")
        return self.installation.serve(port or free_port(), **variables)


def quantile(samples: Sequence[float], part: float) -> float:
    """The smallest sample that at least this part of all samples does not exceed."""
    ordered = sorted(samples)
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)]


def timed(do: Callable[[], object], count: int, *, warmup: int = 3) -> list[float]:
    """How long something takes, in seconds, each time of many; the first few are not counted."""
    for _ in range(warmup):
        do()
    found = []
    for _ in range(count):
        began = time.perf_counter()
        do()
        found.append(time.perf_counter() - began)
    return found
