"""Documents, tables and slides of office programs: packed XML, unpacked as it is read and never as a whole."""

import codecs
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any, Final
from xml.etree import ElementTree as ET  # in a process that has nothing to lose; entities end at expat's limit

from banksia.modules.files.adapters.reading.found import (
    DAMAGED,
    LOCKED,
    NO_WORDS,
    EnoughError,
    Source,
    Text,
    UnreadableError,
    Words,
)

MOST_UNPACKED: Final = 128 * 1024**2
_CHUNK: Final = 64 * 1024
_ENCRYPTED_FLAG: Final = 1
_LINES: Final = frozenset({"p", "h", "br", "tr", "table-row", "list-item", "row"})
_CELLS: Final = frozenset({"tab", "tc", "table-cell", "c"})
_KINDS: Final = (
    ("word/document.xml", re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml"), {"t"}),
    ("ppt/presentation.xml", re.compile(r"ppt/(slides/slide|notesSlides/notesSlide)\d+\.xml"), {"t"}),
    ("content.xml", re.compile(r"content\.xml"), None),
)


def get_ready() -> None:
    """Load what is loaded on first use, while files can still be opened."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as writing:
        writing.writestr("é", b"")
    with zipfile.ZipFile(packed) as reading:
        reading.read("é")
    codecs.lookup("cp437")  # for names in older packers


class Office:
    """A packed file that is open."""

    page_count: int | None = None

    def __init__(self, source: Source) -> None:
        source.file.seek(0)
        try:
            self._zip = zipfile.ZipFile(source.file)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise UnreadableError(DAMAGED) from error
        self._names = set(self._zip.namelist())
        self._unpacked = 0
        self.is_office = "xl/workbook.xml" in self._names or any(mark in self._names for mark, _, _ in _KINDS)

    def text(self) -> Text:
        """All words, in the order of the parts."""
        words = Words()
        try:
            if "xl/workbook.xml" in self._names:
                self._read_tables(words)
            else:
                self._read_pages(words)
        except EnoughError:
            pass
        except (zipfile.BadZipFile, zlib.error, EOFError, ET.ParseError, NotImplementedError, ValueError) as error:
            raise UnreadableError(DAMAGED) from error
        found = words.joined()
        return Text(found, "" if found else NO_WORDS)

    def _read_pages(self, words: Words) -> None:
        for mark, parts, holders in _KINDS:
            if mark in self._names:
                for name in sorted(filter(parts.fullmatch, self._names), key=_in_order):
                    self._parse(name, _Flow(words, holders))
                return

    def _read_tables(self, words: Words) -> None:
        shared = _Strings()
        if "xl/sharedStrings.xml" in self._names:
            self._parse("xl/sharedStrings.xml", shared)
        for name in sorted(filter(re.compile(r"xl/worksheets/sheet\d+\.xml").fullmatch, self._names), key=_in_order):
            self._parse(name, _Sheet(words, shared.found))

    def _parse(self, name: str, target: Any) -> None:
        parser = ET.XMLParser(target=target)  # noqa: S314  (confined; see above)
        for chunk in self._chunks(name):
            parser.feed(chunk)
        parser.close()

    def _chunks(self, name: str) -> Iterator[bytes]:
        if self._zip.getinfo(name).flag_bits & _ENCRYPTED_FLAG:
            raise UnreadableError(LOCKED)
        with self._zip.open(name) as part:
            while chunk := part.read(_CHUNK):
                self._unpacked += len(chunk)
                if self._unpacked > MOST_UNPACKED:
                    message = f"The file unpacks to more than {MOST_UNPACKED // 1024**2} MB, so its words are not read."
                    raise UnreadableError(message)
                yield chunk

    def picture(self, _number: int, _longest: int) -> None:
        """Nothing here draws it."""

    def preview(self) -> None:
        """Its words are shown."""


def _in_order(name: str) -> tuple[str, int]:
    """`slide10` after `slide9`; the document before its notes."""
    number = re.search(r"(\d+)\.xml$", name)
    return re.sub(r"\d+\.xml$", "", name.replace("document", "")), int(number[1]) if number else 0


def _plain(tag: str) -> str:
    return tag.rpartition("}")[2]


class _Flow:
    """Words in their order; only those within `holders` when there are any."""

    def __init__(self, words: Words, holders: set[str] | None) -> None:
        self._words, self._holders = words, holders
        self._held = 0

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        self._held += self._holders is not None and _plain(tag) in self._holders

    def end(self, tag: str) -> None:
        name = _plain(tag)
        self._held -= self._holders is not None and name in self._holders
        if name in _LINES or name in _CELLS or name == "s":
            self._add("\n" if name in _LINES else "\t" if name in _CELLS else " ")

    def data(self, text: str) -> None:
        if self._holders is None or self._held:
            self._add(text)

    def _add(self, text: str) -> None:
        self._words.add(text)
        if self._words.is_full:
            raise EnoughError


class _Strings:
    """The strings that the cells of a workbook name by their place."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._parts: list[str] = []
        self._left = 4_000_000
        self._in_text = False

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        self._in_text = _plain(tag) == "t"

    def end(self, tag: str) -> None:
        self._in_text = False
        if _plain(tag) == "si":
            self.found.append("".join(self._parts))
            self._parts.clear()

    def data(self, text: str) -> None:
        if self._in_text and self._left > 0:
            self._parts.append(text)
            self._left -= len(text)


class _Sheet:
    """The cells of a sheet, row by row; dates stay the numbers that they are in the file."""

    def __init__(self, words: Words, shared: list[str]) -> None:
        self._add: Callable[[str], None] = _Flow(words, None).data
        self._shared = shared
        self._kind = ""
        self._in_value = False
        self._parts: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _plain(tag)
        if name == "c":
            self._kind = attributes.get("t", "")
        self._in_value = name in ("v", "t")

    def end(self, tag: str) -> None:
        name = _plain(tag)
        self._in_value = False
        if name == "c":
            self._add(self._value() + "\t")
        elif name == "row":
            self._add("\n")

    def _value(self) -> str:
        value = "".join(self._parts)
        self._parts.clear()
        if self._kind != "s":
            return value
        return self._shared[int(value)] if value.isdecimal() and int(value) < len(self._shared) else ""

    def data(self, text: str) -> None:
        if self._in_value:
            self._parts.append(text)
