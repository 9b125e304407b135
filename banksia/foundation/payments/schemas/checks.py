"""The checks of the books as people see them."""

from banksia.kit.schemas import ReadModel, UtcDatetime


class FindingRead(ReadModel):
    """One thing that fails a check, and the page on which it is put right."""

    text: str
    href: str


class CheckRead(ReadModel):
    """Something that is always true while the books are in order, and whether it is."""

    name: str
    module: str
    title: str
    explanation: str
    found: int
    """How many things fail it, counted to `found_at_most`."""
    found_at_most: int
    examples: list[FindingRead]
    checked_at: UtcDatetime | None
    """Null when it has never run."""
    failing_since: UtcDatetime | None


class ChecksRead(ReadModel):
    """Every check, those that fail first."""

    checks: list[CheckRead]
