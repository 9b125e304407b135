"""What the conformance check found: the same list of checks for built-in, Python and remote modules."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

Outcome = Literal["passed", "failed", "skipped"]
CHECKS: dict[str, str] = {
    "manifest": "It says what it is",
    "names": "Its names begin with its own",
    "dependencies": "What it builds on is there",
    "routes": "Each route names its audience and permission, and answers",
    "migrations": "Its tables stay in its own schema",
    "identity": "It believes only who Banksia says is asking",
    "events": "An event that comes twice counts once",
    "pages": "Its pages mount, and leave nothing behind",
    "accessibility": "Its pages can be used by everybody",
    "health": "It says that it is well",
}
"""Every check and what is true when it passes, in the order in which they are made."""


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. The text of a failure says what to do."""

    check: str
    outcome: Outcome
    text: str


@dataclass
class Report:
    """Everything that was found about one module."""

    subject: str
    findings: list[Finding] = field(default_factory=list)

    def passed(self, check: str, text: str) -> None:
        """All is well, and what that means here."""
        self._add(check, "passed", text)

    def failed(self, check: str, text: str) -> None:
        """Something is wrong, and what to do."""
        self._add(check, "failed", text)

    def skipped(self, check: str, text: str) -> None:
        """Nothing was looked at, and why."""
        self._add(check, "skipped", text)

    def judge(self, check: str, problems: Iterable[str], well: str) -> None:
        """Every problem is a failure; without one the check passed."""
        found = list(dict.fromkeys(problems))
        for problem in found:
            self.failed(check, problem)
        if not found:
            self.passed(check, well)

    @property
    def failures(self) -> list[str]:
        """What is wrong, each with its check."""
        return [f"{each.check}: {each.text}" for each in self.findings if each.outcome == "failed"]

    @property
    def is_conformant(self) -> bool:
        """Whether nothing failed."""
        return not self.failures

    def _add(self, check: str, outcome: Outcome, text: str) -> None:
        assert check in CHECKS, check
        self.findings.append(Finding(check, outcome, text))
