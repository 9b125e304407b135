"""Plain text, web pages, messages and letters in RTF: words without pages."""

import contextlib
import email
import encodings
import pkgutil
from collections.abc import Callable, Iterator
from email import policy
from email.message import MIMEPart
from html.parser import HTMLParser
from importlib import import_module
from typing import Any, Final

import striprtf.striprtf

from banksia.modules.files.adapters.reading.found import NO_WORDS, EnoughError, Source, Text, Words

_MOST_BYTES: Final = 32 * 1024**2
"""Of a file whose words are not at its beginning: pictures inside letters take most of it."""
_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_LINES: Final = frozenset({"p", "br", "div", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "title", "pre"})
_UNSEEN: Final = frozenset({"script", "style", "template", "noscript"})


_SAMPLE: Final = (
    b"From: =?utf-8?q?a?= <a@b.example>\r\nDate: Mon, 1 Jan 2024 10:00:00 +0000\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n"
    b"Content-Transfer-Encoding: base64\r\n\r\nYQ==\r\n--x\r\nContent-Transfer-Encoding: quoted-printable\r\n"
    b"Content-Disposition: attachment; filename*=utf-8''a\r\n\r\na=20\r\n--x--\r\n"
)


def get_ready() -> None:
    """Load what is loaded on first use, every way to write letters among it, while files can still be opened."""
    "\n".join(_lines_of(_SAMPLE))
    words_of_rtf(b"{\\rtf1 a}")
    for module in pkgutil.iter_modules(encodings.__path__):
        if module.name not in ("mbcs", "oem"):  # those are Windows' own
            import_module(f"encodings.{module.name}")


def decoded(content: bytes) -> str:
    """Text of an unknown encoding: by its mark, else UTF-8 when it is that, else as Windows writes it."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        if len(content) == _MOST_BYTES and error.start > len(content) - 4:  # cut in the middle of a character
            return content[: error.start].decode("utf-8")
        return content.decode("cp1252", "replace")


class Letter:
    """A file of words; `words_of` takes its first bytes."""

    page_count: int | None = None

    def __init__(self, source: Source, words_of: Callable[[bytes], str]) -> None:
        self._source = source
        self._words_of = words_of

    def text(self) -> Text:
        """All its words."""
        words = Words()
        words.add(self._words_of(self._source.head(_MOST_BYTES)))
        found = words.joined()
        return Text(found, "" if found else NO_WORDS)

    def picture(self, _number: int, _longest: int) -> None:
        """There is nothing to see."""

    def preview(self) -> None:
        """Its words are shown."""


def plain(source: Source) -> Letter:
    """Plain text and CSV."""
    return Letter(source, decoded)


def rtf(source: Source) -> Letter:
    """A letter in RTF."""
    return Letter(source, words_of_rtf)


def words_of_rtf(content: bytes) -> str:
    """What a letter says, without its pictures."""
    untyped: Any = striprtf.striprtf.rtf_to_text
    return str(untyped(content.decode("latin-1"), errors="ignore"))


def html(source: Source) -> Letter:
    """A web page, as it is read."""
    return Letter(source, lambda content: words_of_page(decoded(content)))


def mail(source: Source) -> Letter:
    """A message as it was sent: who, to whom, when, about what, and its words."""
    return Letter(source, lambda content: "\n".join(_lines_of(content)))


def _lines_of(content: bytes) -> Iterator[str]:
    message = email.message_from_bytes(content, policy=policy.default)
    for field in ("From", "To", "Cc", "Date", "Subject"):
        if message.get(field):
            yield f"{field}: {message[field]}"
    body = message.get_body(preferencelist=("plain", "html"))
    if body is not None:
        yield ""
        yield words_of_page(_content(body)) if body.get_content_subtype() == "html" else _content(body)
    for attached in message.iter_attachments():
        if name := attached.get_filename():
            yield f"Attached: {name}"


def _content(part: MIMEPart) -> str:
    try:
        return str(part.get_content())
    except (LookupError, UnicodeError):  # an encoding that nobody knows
        payload = part.get_payload(decode=True)
        return decoded(payload) if isinstance(payload, bytes) else ""


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words = Words()
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  (the parser's)
        self._unseen += tag in _UNSEEN
        if tag in _LINES:
            self.words.add("\n")

    def handle_endtag(self, tag: str) -> None:
        self._unseen = max(0, self._unseen - (tag in _UNSEEN))
        self.words.add("\n" if tag in _LINES else "\t" if tag in ("td", "th") else "")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.words.add(data)
            if self.words.is_full:
                raise EnoughError


def words_of_page(page: str) -> str:
    """What a reader of a web page sees, each line without the spaces around it."""
    parser = _Page()
    with contextlib.suppress(EnoughError):
        parser.feed(page)
        parser.close()
    lines = (" ".join(line.split()) for line in parser.words.joined().splitlines())
    return "\n".join(line for line in lines if line)
