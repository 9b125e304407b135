"""Draw a statement as a tagged PDF that screen readers can read (PDF/UA-1): the same words, the same bytes."""

import json
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files

from banksia.kit.typesetting import typeset


@dataclass(frozen=True)
class StatementPage:
    """What is printed, in words."""

    document_title: str
    council: dict[str, str]
    facts: list[tuple[str, str]]
    address: list[str]
    opening: str
    movements: list[tuple[str, str, str, str]]
    """Day, what it is for, amount, and what is owed after it."""
    closing: str
    ageing: list[tuple[str, str]]
    note: str
    made_at: int
    """Seconds since 1970, the PDF's own date."""


def render_statement(page: StatementPage) -> bytes:
    """The PDF, as many pages as it takes; the head of the table is repeated on each."""
    data = json.dumps(asdict(page), ensure_ascii=False)
    return typeset(_template(), {"statement": data}, timestamp=page.made_at)


@cache
def _template() -> bytes:
    return files(__package__).joinpath("statement.typ").read_bytes()
