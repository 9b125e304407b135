"""What an import is asked to do, and what it reports."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class ImportOptions:
    """How to read a file; `crs` is needed for X and Y, `mapping` names the columns that cannot be guessed."""

    format: str = "csv"
    mapping: dict[str, str] = field(default_factory=dict)
    crs: str | None = None
    synthesise_parcels: bool = False
    dry_run: bool = False
    report: Path | None = None
    localities: tuple[str, ...] = ()
    """Take these localities only, so that a council reads its own part of a state's file; empty takes all."""

    def recorded(self) -> dict[str, Any]:
        """What is kept with the import."""
        return {
            "mapping": self.mapping,
            "crs": self.crs,
            "synthesise_parcels": self.synthesise_parcels,
            "localities": list(self.localities),
        }


@dataclass
class ImportReport:
    """What an import did, or would do."""

    counts: dict[str, int] = field(default_factory=dict)
    report: Path | None = None
    """The file that lists the rejected rows; None when there are none."""
    findings: list[dict[str, Any]] = field(default_factory=list)
    """What is suspicious: a code, a sentence, how many, and a few examples."""
    samples: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    """The first records that are new, changed and ended."""
    seconds: float = 0.0

    @property
    def changed(self) -> bool:
        """Whether anything of the truth is new or different."""
        return has_changed(self.counts)

    def recorded(self) -> dict[str, Any]:
        """What is kept with the import."""
        return {
            "findings": self.findings,
            "samples": {"new": [], "changed": [], "ended": []} | self.samples,
            "conflicts": self.counts.get("conflicts", 0),
        }


def has_changed(counts: dict[str, int]) -> bool:
    """Whether counts say that anything of the truth is new or different."""
    return any(count for name, count in counts.items() if name.endswith(("_new", "_changed", "_ended", "_reopened")))


@dataclass(frozen=True)
class Rejected:
    """One row that was not taken."""

    line: int
    reason: str
    value: str


class RowRejected(Exception):  # noqa: N818  (a verdict on one row, not a failure of the import)
    """Raised while a row is read; the import goes on with the next."""

    def __init__(self, reason: str, value: str) -> None:
        """Take the reason, as a sentence, and what stood in the row."""
        super().__init__(reason)
        self.reason, self.value = reason, value
