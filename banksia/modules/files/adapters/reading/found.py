"""What a reader finds in a file, and the words for what it cannot find."""

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final, Protocol

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_CHARACTERS: Final = 1_000_000
DAMAGED: Final = "The file is damaged, incomplete, or not what it says it is."
LOCKED: Final = "The file asks for a password."
EMPTY: Final = "The file is empty."
NO_WORDS: Final = "There are no words in the file."
_KEPT = {ord(letter) for letter in "\t\n"}
_LEFT_OUT = {code: None for code in (*range(32), 127, 0xFFFE, 0xFFFF) if code not in _KEPT} | {0x0C: "\n", 0x0D: "\n"}


class UnreadableError(Exception):
    """Why something cannot be had of this file, in a sentence for a person."""


class EnoughError(Exception):
    """The words are as many as are kept."""


@dataclass(frozen=True)
class Text:
    """The words of a file. `is_scan` says that it has pages, and no words on them until somebody reads the picture.

    `scan_pages` are the pages, counted from 1, of which that is true in a file whose other pages have words.
    """

    words: str
    note: str = ""
    is_scan: bool = False
    scan_pages: tuple[int, ...] = ()


class Readable(Protocol):
    """A file that is open, of one kind."""

    page_count: int | None
    """None for what has no pages."""

    def text(self) -> Text:
        """The words; raises UnreadableError."""

    def picture(self, number: int, longest: int) -> "Image | None":
        """A page, counted from 1, at most so many pixels long; None where there is nothing to see."""

    def preview(self) -> bytes | None:
        """A file that a browser can show, when it cannot show this one."""


@dataclass(frozen=True)
class Source:
    """The bytes of a file: at its beginning, and of a known size. `ends_at` is when reading words has to stop."""

    file: BinaryIO
    size: int
    memory_bytes: int
    ends_at: float

    def head(self, most: int) -> bytes:
        """The first bytes."""
        self.file.seek(0)
        return self.file.read(most)

    @property
    def time_is_up(self) -> bool:
        """Whether what was found so far has to do."""
        return time.monotonic() > self.ends_at


class Words:
    """Words that are gathered until there are enough."""

    def __init__(self, most: int = MOST_CHARACTERS) -> None:
        self._parts: list[str] = []
        self._left = most

    def add(self, text: str) -> None:
        """Take some more; what is too much is left out."""
        if part := text[: self._left]:
            self._left -= len(part)
            self._parts.append(part)

    @property
    def is_full(self) -> bool:
        """Whether nothing more is taken."""
        return self._left <= 0

    def joined(self) -> str:
        """All of them, as PostgreSQL can keep them."""
        return clean("".join(self._parts))


def clean(text: str) -> str:
    """Without NUL, other control characters and halves of characters, of which files are full."""
    whole = text.encode("utf-8", "ignore").decode()
    return whole.replace("\r\n", "\n").translate(_LEFT_OUT)[:MOST_CHARACTERS].strip()
