"""What can be said about a file before it is imported: its form, its columns, and how its first rows are read."""

from dataclasses import dataclass, field

SAMPLE_ROWS = 20


@dataclass(frozen=True)
class SampleRow:
    """One of the first rows: as the file has it, and what an import would take from it."""

    line: int
    raw: list[str]
    address: str | None = None
    address_parts: dict[str, str] = field(default_factory=dict)
    """The parts that were read, without those that the address does not have."""
    parcels: list[str] = field(default_factory=list)
    """LOT/SECTION/PLAN of each parcel."""
    values: dict[str, str] = field(default_factory=dict)
    """What else was read, by field, as text: assessment, status, area, longitude, latitude, dates, an owner's name."""
    rejected: str | None = None
    """Why an import would not take the row, as a sentence; None when it would."""


@dataclass(frozen=True)
class FileDescription:
    """A file as the preview shows it; `problems` are sentences that say what to do."""

    format: str
    encoding: str | None
    delimiter: str | None
    columns: list[str]
    mapping: dict[str, str]
    """Our field to the file's column: what was given, completed by what the headers say."""
    fields: list[str]
    """Every field that a mapping of this format can name."""
    rows: list[SampleRow]
    problems: list[str]
