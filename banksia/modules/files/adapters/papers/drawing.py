"""Draw a paper as a tagged PDF that screen readers can read (PDF/UA-1): the same words, the same bytes."""

import json
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files

from banksia.kit.typesetting import typeset


@dataclass(frozen=True)
class Section:
    """A heading and its table; every row has as many cells as there are columns. `shares` are parts of the width."""

    heading: str
    columns: list[str]
    shares: list[int]
    rows: list[list[str]]
    empty: str = "None."


@dataclass(frozen=True)
class Paper:
    """What is printed, in words. `made_at` is the PDF's own date in seconds since 1970."""

    title: str
    council: str
    lead: str
    facts: list[tuple[str, str]]
    sections: list[Section]
    made_at: int


def draw_paper(paper: Paper) -> bytes:
    """The PDF, as many pages as it takes; the head of a table is repeated on each."""
    return typeset(_template(), {"paper": json.dumps(asdict(paper), ensure_ascii=False)}, timestamp=paper.made_at)


@cache
def _template() -> bytes:
    return files(__package__).joinpath("paper.typ").read_bytes()
