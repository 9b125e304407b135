"""Text files with one record a line: which encoding, which delimiter, which line is the header, and their rows."""

import codecs
import csv
import io
import itertools
import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from banksia.modules.property.errors import ImportRefused
from banksia.modules.property.service.importing.options import Rejected
from banksia.modules.property.service.importing.readers.contents import Contents

MAX_CELL: Final = 1_000
_SAMPLE_BYTES: Final = 1024 * 1024
_SAMPLE_RECORDS: Final = 200
_HEADER_WITHIN: Final = 15
"""Reports put titles above their columns; more lines than this they do not need."""
_MAX_LINES_OF_ROW: Final = 200
_MAX_LINE: Final = 1_000_000
_DELIMITERS: Final = (",", ";", "\t", "|")
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_BINARY: Final = {b"\xd0\xcf\x11\xe0": "an Excel or Word file", b"%PDF": "a PDF", b"SQLi": "a database"}
_SEPARATOR_LINE: Final = re.compile(r"sep=(.)\s*", re.IGNORECASE)


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are no UTF-8 are the Windows code page of old systems; both can stand in one file."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error("banksia-windows", _as_windows)


class TextForm(NamedTuple):
    """How a text file is written."""

    encoding: str
    label: str
    """The encoding as people call it."""
    delimiter: str
    header: list[str]
    header_line: int
    skipped: int
    """How many records stand above the rows, the header included."""
    width: int
    is_ragged: bool
    """Whether rows leave out their empty last cells as a matter of course."""


def text_form(contents: Contents, name: str, known: Callable[[Sequence[str]], int]) -> TextForm:
    """Look at the beginning of a file; `known` counts the names of a possible header that mean something.

    Raises ImportRefused for a file that is no text.
    """
    with contents.open(name, counted=False) as raw:
        sample = raw.read(_SAMPLE_BYTES)
    encoding, label = _encoding(contents.path.name, sample)
    whole = len(sample) < _SAMPLE_BYTES
    text = sample.decode(encoding, errors=errors_of(encoding))
    lines = text.splitlines(keepends=True)[: None if whole else -1]
    directive = _SEPARATOR_LINE.fullmatch(lines[0]) if lines else None
    delimiters = (directive[1],) if directive else _DELIMITERS
    best: tuple[tuple[int, float, int], str, list[list[str]], int] | None = None
    for delimiter in delimiters:
        records = _sampled(lines, delimiter)
        place = _header_place(records, known)
        header = records[place] if records else []
        after = [record for record in records[place + 1 :] if record]
        even = sum(len(record) == len(header) for record in after) / len(after) if after else 0.0
        score = (known(header), even if len(header) > 1 else 0.0, len(header))
        if best is None or score > best[0]:
            best = (score, delimiter, records, place)
    assert best is not None  # noqa: S101  (there is always a delimiter)
    _, delimiter, records, place = best
    return _form((encoding, label), delimiter, records, place)


def _form(encoding: tuple[str, str], delimiter: str, records: list[list[str]], place: int) -> TextForm:
    header = [" ".join(name.replace("\x00", "").split()) for name in records[place]] if records else []
    width = next((number for number in range(len(header), 0, -1) if header[number - 1]), 0)
    after = [record for record in records[place + 1 :] if record]
    short = sum(len(record) < width for record in after)
    line = 1 + sum(1 + sum(cell.count("\n") for cell in record) for record in records[:place])
    return TextForm(*encoding, delimiter, header, line, place + 1, width, short * 5 > len(after) > 4)


def _encoding(name: str, sample: bytes) -> tuple[str, str]:
    for bom, encoding in _BOMS:
        if sample.startswith(bom):
            return encoding, encoding.upper().removesuffix("-SIG")
    for magic, what in _BINARY.items():
        if sample.startswith(magic):
            message = f"“{name}” is {what}. Export it as CSV (UTF-8) and import that."
            raise ImportRefused(message)
    nuls = sample.count(0)
    if nuls:
        evens = sample[0::2].count(0)
        if nuls * 3 > len(sample) and min(evens, nuls - evens) * 20 < nuls:
            return ("utf-16-be", "UTF-16") if evens * 2 > nuls else ("utf-16-le", "UTF-16")
        if (nuls > 8 and nuls * 1_000 > len(sample)) or sample.startswith(b"PK"):
            message = f"“{name}” is not a text file. Export it as CSV (UTF-8) and import it again."
            raise ImportRefused(message)
    try:
        sample[: sample.rfind(b"\n") + 1].decode("utf-8")
    except UnicodeDecodeError:
        return "utf-8", "Windows-1252"
    return "utf-8", "UTF-8"


def errors_of(encoding: str) -> str:
    """What becomes of bytes that are none of the encoding."""
    return "banksia-windows" if encoding.startswith("utf-8") else "replace"


def _sampled(lines: list[str], delimiter: str) -> list[list[str]]:
    """The first records, as well as they can be read."""
    try:
        return list(itertools.islice(csv.reader(lines, delimiter=delimiter), _SAMPLE_RECORDS))
    except csv.Error:
        return [line.rstrip("\r\n").split(delimiter) for line in lines[:_SAMPLE_RECORDS]]


def _header_place(records: list[list[str]], known: Callable[[Sequence[str]], int]) -> int:
    """The first of the first lines that names the most; the first that is not empty when none names anything.

    One name alone may be a value by chance (`LOT ? DP` among lots): a line before it that is as full stays the header.
    """
    counts = [known(record) for record in records[:_HEADER_WITHIN]]
    first = next((place for place, record in enumerate(records) if any(record)), 0)
    if not any(counts):
        return first
    best = counts.index(max(counts))
    by_chance = counts[best] == 1 and sum(map(bool, records[first])) >= max(2, sum(map(bool, records[best])))
    return min(first, best) if by_chance else best


class _Lines:
    """The lines of the record that is being read, so that a quotation mark that never closes swallows one line only."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines = lines
        self.waiting: deque[str] = deque()
        self.taken: list[str] = []
        self.start = 1
        self.ended_inside = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self.taken) >= _MAX_LINES_OF_ROW:
            message = "a quotation mark opens and does not close"
            raise csv.Error(message)
        line = self.waiting.popleft() if self.waiting else next(self.lines, "")
        if not line:
            self.ended_inside = bool(self.taken)
            raise StopIteration
        self.taken.append(line)
        return line

    def next_record(self) -> None:
        """Forget the lines of the record before."""
        self.start += len(self.taken)
        self.taken.clear()

    def retreat(self) -> str:
        """Give back all lines of the record but its first, and answer that."""
        first, *others = self.taken
        self.waiting.extendleft(reversed(others))
        del self.taken[1:]
        self.ended_inside = False
        return first


def text_rows(contents: Contents, name: str, form: TextForm) -> Iterator[tuple[int, list[str]] | Rejected]:
    """Every row below the header with the line where it begins; what is no row is Rejected."""
    with (
        contents.open(name) as raw,
        io.TextIOWrapper(raw, encoding=form.encoding, errors=errors_of(form.encoding), newline="") as text,
    ):
        source = _Lines(_bounded(text))
        reader = csv.reader(source, delimiter=form.delimiter)
        number = 0
        while True:
            source.next_record()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                reason = f"The line is not CSV: {error}."
                yield Rejected(source.start, reason, source.retreat()[:200].strip())
                number += 1
                continue
            if source.ended_inside:
                reason = "A quotation mark opens in this line and does not close; the file may be cut off here."
                yield Rejected(source.start, reason, source.retreat()[:200].strip())
                reader = csv.reader(source, delimiter=form.delimiter)
                continue
            number += 1
            if number > form.skipped and any(cells):
                yield _checked(source, cells, form)


def _bounded(text: io.TextIOWrapper) -> Iterator[str]:
    """Lines; one without an end is cut, so that a file without line ends stays out of memory."""
    while line := text.readline(_MAX_LINE):
        yield line


def _checked(source: _Lines, cells: list[str], form: TextForm) -> tuple[int, list[str]] | Rejected:
    width = form.width
    if len(cells) == width:
        return source.start, cells
    if len(cells) > width:
        if not any(cells[width:]):
            return source.start, cells
    elif form.is_ragged or (len(cells) == 1 and width == 1):
        return source.start, cells
    elif not source.taken[-1].endswith(("\n", "\r")):
        return Rejected(source.start, "The file ends in the middle of this row.", shortened(cells))
    return Rejected(source.start, f"The row has {len(cells)} cells, the header {width}.", shortened(cells))


def shortened(cells: Sequence[str]) -> str:
    """A row as a list of rejected rows shows it."""
    return ",".join(cells)[:200]
