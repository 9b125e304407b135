"""The table of all measurements: on the terminal as they come, and as a page of the reference."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.measuring import Row

HEADS = (
    "part",
    "what",
    "size",
    "p50 ms",
    "p99 ms",
    "per second",
    "beside bare",
    "right first",
    "in 10",
    "MB",
    "aim",
    "met",
)
INTRODUCTION = (
    "The rows of a part were measured in the same run; ratios compare within it. Times are of one request or call "
    "after another, unless the row says otherwise."
)
PAGE = Path(__file__).parents[1] / "docs" / "reference" / "benchmarks.md"


def cells(part: str, row: Row) -> tuple[str, ...]:
    """A row as text."""
    met = "" if row.met is None else "yes" if row.met else "NO"
    return (
        part,
        row.what,
        row.size,
        _milliseconds(row.p50_ms),
        _milliseconds(row.p99_ms),
        ""
        if row.per_second is None
        else f"{row.per_second:,.0f}"
        if row.per_second >= 100
        else f"{row.per_second:.1f}",
        "" if row.beside is None else f"{row.beside:.0%}",
        "" if row.first is None else f"{row.first:.2%}",
        "" if row.in_ten is None else f"{row.in_ten:.2%}",
        "" if row.megabytes is None else f"{row.megabytes:,.0f}",
        row.aim,
        met,
    )


def _milliseconds(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:.0f}"


def show(console: Console, rows: Iterable[tuple[str, Row]]) -> None:
    """Print the one table, its columns as narrow as they can be."""
    table = Table(*HEADS, box=None, header_style="bold", pad_edge=False)
    for part, row in rows:
        style = "red" if row.met is False else ""
        table.add_row(*cells(part, row), style=style)
    console.print(table)


def write_page(
    rows: Sequence[tuple[str, Row]], machine: Iterable[tuple[str, str]], *, parts: Sequence[str], measured: set[str]
) -> None:
    """Write docs/reference/benchmarks.md: what was measured now, and of the other parts what stands there already."""
    old = PAGE.read_text("utf-8").splitlines() if PAGE.exists() else []
    table: list[str] = []
    notes: list[str] = []
    for part in parts:
        if part in measured:
            found = [(name, row) for name, row in rows if name == part]
            table += [_line(cell.replace("|", "\\|") for cell in cells(name, row)) for name, row in found]
            notes += [f"- **{name}, {row.what}** {row.size}: {row.note}" for name, row in found if row.note]
        else:
            table += [line for line in old if line.startswith(f"| {part} |")]
            notes += [line for line in old if line.startswith(f"- **{part}, ")]
    lines = [
        "<!-- Written by `make bench`. -->",
        "",
        "# Benchmarks",
        "",
        INTRODUCTION,
        "",
        *(f"- {name}: {value}" for name, value in machine),
        "",
        _line(HEADS),
        _line("---" for _ in HEADS),
        *table,
    ]
    PAGE.write_text("\n".join([*lines, *(["", "## Notes", "", *notes] if notes else [])]) + "\n", encoding="utf-8")


def _line(found: Iterable[str]) -> str:
    return "| " + " | ".join(found) + " |"
