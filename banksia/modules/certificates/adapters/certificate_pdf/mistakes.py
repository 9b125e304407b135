"""What is wrong in a council's own text, where, and in words that say what to do."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

BODY = "body.typ"
PRELUDE = (
    '#import "/fields.typ": answer, attribute, data, headline, new-page, section, sections // what the text can use\n'
)
PRELUDE_LINES = PRELUDE.count("\n")
MOST_MISTAKES = 20

_STANDARDS = re.compile(r"^PDF/A-2a(, PDF/UA-1)? error: |^PDF/UA-1 error: ")
_PLACE = re.compile(rf"┌─ (\S*/)?{re.escape(BODY)}:(?P<line>\d+):(?P<column>\d+)$", re.MULTILINE)
_ERROR = re.compile(r"^error: ", re.MULTILINE)
_HINT = re.compile(r"= hint: (?P<hint>.+)$", re.MULTILINE)
_IN_PLAIN_WORDS = (
    (re.compile(r"^file not found|escape the project root"), "A template cannot read files."),
    (re.compile(r"download package|package not found|invalid package"), "A template cannot use packages."),
    (
        re.compile(r"^page configuration is not allowed"),
        "A template cannot set up pages. Letterhead, page size and foot are the same on every certificate.",
    ),
    (re.compile(r"^pagebreaks are not allowed"), "Write #new-page() to begin a new page."),
    (
        re.compile(r"^document set rules are not allowed"),
        "A template cannot set the document's title: it is the certificate's.",
    ),
    (re.compile(r"^missing alt text"), 'Describe it for people who cannot see it, with alt: "...".'),
)


@dataclass(frozen=True)
class Mistake:
    """One thing wrong; `line` and `column` count from 1 in the council's own text, None where no place is known."""

    message: str
    line: int | None = None
    column: int | None = None
    hint: str | None = None


class TemplateRefusedError(ValueError):
    """A council's own text cannot be printed."""

    def __init__(self, *mistakes: Mistake) -> None:
        """Take what is wrong with it."""
        super().__init__("; ".join(each.message for each in mistakes))
        self.mistakes = mistakes


def mistakes_in(diagnostic: str) -> tuple[Mistake, ...]:
    """Read what the compiler wrote; what has no place in the council's text is left out."""
    return tuple(_read(diagnostic))[:MOST_MISTAKES]


def _read(diagnostic: str) -> Iterator[Mistake]:
    starts = [match.end() for match in _ERROR.finditer(diagnostic)]
    for start, end in zip(starts, [*starts[1:], len(diagnostic)], strict=True):
        error = diagnostic[start:end]
        place = _PLACE.search(error)
        if place:
            message = _STANDARDS.sub("", error.split("\n", 1)[0]).removeprefix("panicked with: ")
            hint = _HINT.search(error)
            plain = next((words for pattern, words in _IN_PLAIN_WORDS if pattern.search(message)), None)
            yield Mistake(
                message=plain or _sentence(message),
                line=max(int(place["line"]) - PRELUDE_LINES, 1),
                column=int(place["column"]) + 1,
                hint=_sentence(hint["hint"]) if hint and not plain else None,
            )


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "?")) else ".")
