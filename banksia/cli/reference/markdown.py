"""The little Markdown that the reference needs."""

from collections.abc import Iterable, Sequence

WRITTEN_BY = "<!-- Written by `make generate`; change the code instead. -->"


def page(title: str, introduction: str, *parts: str) -> str:
    """A whole page; empty parts are left out."""
    return "\n\n".join([WRITTEN_BY, f"# {title}", introduction, *(part for part in parts if part)]) + "\n"


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table, or nothing without rows."""
    lines = [" | ".join(_cell(each) for each in row) for row in rows]
    if not lines:
        return ""
    return "\n".join([f"| {line} |" for line in (" | ".join(heads), " | ".join("---" for _ in heads), *lines)])


def titled(title: str, text: str) -> str:
    """A small heading over a part, or nothing without it."""
    return f"{title}\n\n{text}" if text else ""


def code(text: object) -> str:
    """Text as code; nothing stays nothing."""
    return f"`{text}`" if str(text) else ""


def _cell(value: object) -> str:
    return " ".join(str(value).split()).replace("|", "\\|")
