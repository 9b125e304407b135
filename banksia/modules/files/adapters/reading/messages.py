"""Messages as Outlook keeps them (.msg), and other files in Microsoft's older container."""

import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

import olefile

from banksia.modules.files.adapters.reading.found import (
    DAMAGED,
    LOCKED,
    NO_WORDS,
    Source,
    Text,
    UnreadableError,
    Words,
)
from banksia.modules.files.adapters.reading.letters import decoded, get_ready, words_of_page

__all__ = ["Ole", "get_ready"]
# Property tags: Microsoft's [MS-OXPROPS]; the streams that hold them: [MS-OXMSG] 2.2.
_SUBJECT, _SENDER, _SENDER_ADDRESS, _TO, _CC = "0037", "0C1A", "5D01", "0E04", "0E03"
_BODY, _BODY_HTML, _ATTACHED_NAME = "1000", "1013", "3707"
_UNICODE, _CODE_PAGE, _BINARY = "001F", "001E", "0102"
_SENT_AT: Final = 0x00390040
_MOST_BYTES: Final = 8 * 1024**2
_EPOCH: Final = datetime(1601, 1, 1, tzinfo=UTC)


class Ole:
    """A file in the older container: a message, or something whose words are not read."""

    page_count: int | None = None

    def __init__(self, source: Source) -> None:
        source.file.seek(0)
        try:
            self._ole = olefile.OleFileIO(source.file)
        except (OSError, ValueError, IndexError, struct.error) as error:
            raise UnreadableError(DAMAGED) from error
        if self._ole.exists("EncryptedPackage"):
            raise UnreadableError(LOCKED)
        self.is_message = self._ole.exists("__properties_version1.0")

    def text(self) -> Text:
        """Who, to whom, when, about what, and the words of the message."""
        words = Words()
        for line in self._lines():
            words.add(line + "\n")
        found = words.joined()
        return Text(found, "" if found else NO_WORDS)

    def _lines(self) -> Iterator[str]:
        sender = " ".join(filter(None, (self._said(_SENDER), self._said(_SENDER_ADDRESS))))
        sent_at = self._sent_at()
        fields = {"From": sender, "To": self._said(_TO), "Cc": self._said(_CC), "Date": sent_at}
        for name, value in {**fields, "Subject": self._said(_SUBJECT)}.items():
            if value:
                yield f"{name}: {value}"
        yield ""
        yield self._said(_BODY) or words_of_page(decoded(self._bytes(f"__substg1.0_{_BODY_HTML}{_BINARY}")))
        for folder in sorted({entry[0] for entry in self._ole.listdir() if entry[0].startswith("__attach_version1.0")}):
            if name := self._said(_ATTACHED_NAME, folder + "/"):
                yield f"Attached: {name}"

    def _said(self, tag: str, folder: str = "") -> str:
        content = self._bytes(f"{folder}__substg1.0_{tag}{_UNICODE}")
        if content:
            return content.decode("utf-16-le", "replace").strip("\x00")
        return decoded(self._bytes(f"{folder}__substg1.0_{tag}{_CODE_PAGE}")).strip("\x00")

    def _bytes(self, stream: str) -> bytes:
        if not self._ole.exists(stream):
            return b""
        with self._ole.openstream(stream) as opened:
            found: bytes = opened.read(_MOST_BYTES)
        return found

    def _sent_at(self) -> str:
        """The time that the sender's program gave it, in UTC; after 32 bytes come entries of 16 ([MS-OXMSG] 2.4)."""
        properties = self._bytes("__properties_version1.0")[32:]
        for at in range(0, len(properties) - 15, 16):
            tag, _flags, ticks = struct.unpack_from("<IIQ", properties, at)
            if tag == _SENT_AT and ticks < 4 * 10**17:  # beyond this no calendar goes
                return (_EPOCH + timedelta(microseconds=ticks // 10)).strftime("%Y-%m-%d %H:%M UTC")
        return ""

    def picture(self, _number: int, _longest: int) -> None:
        """There is nothing to see."""

    def preview(self) -> None:
        """Its words are shown."""
