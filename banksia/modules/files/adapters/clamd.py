"""ClamAV's daemon, over its own protocol: the bytes are streamed to it and never named.

INSTREAM as in the manual of clamd: each chunk behind its length in four bytes, a length of nothing at the end.
"""

import contextlib
import socket
import struct
import time
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

_CHUNK_BYTES: Final = 64 * 1024
_LONGEST_REPLY: Final = 4096
_PORT: Final = 3310
_FOUND, _CLEAN, _TOO_LARGE = " FOUND", "stream: OK", "size limit exceeded"


class ScannerAwayError(Exception):
    """The daemon did not answer, or not as it should: nothing is known of the file."""


class TooLargeToScanError(Exception):
    """The daemon takes no stream as long as this."""


def scan(url: str, chunks: Iterable[bytes], *, wait_seconds: float = 30, most_seconds: float = 120) -> str | None:
    """The name of what was found in a file, or None when nothing was.

    `url` is `tcp://host:3310` or `unix:///path`. Waits so many seconds for each answer of the daemon, and so many in
    all. Raises ScannerAwayError and TooLargeToScanError; what reading the chunks raises goes through.
    """
    ends_at = time.monotonic() + most_seconds
    with _connected(url, wait_seconds) as connection:
        for chunk in chunks:
            if time.monotonic() > ends_at:
                message = f"The scanner took longer than {most_seconds:g} seconds."
                raise ScannerAwayError(message)
            if not _send(connection, chunk):
                break  # it has said why, and closed
        return _verdict(_reply(connection))


def _connected(url: str, wait_seconds: float) -> socket.socket:
    parts = urlsplit(url)
    try:
        if parts.scheme == "unix":
            connection = socket.socket(socket.AF_UNIX)
            connection.settimeout(wait_seconds)
            connection.connect(parts.path)
        else:
            connection = socket.create_connection((parts.hostname or "", parts.port or _PORT), wait_seconds)
        connection.sendall(b"zINSTREAM\0")
    except OSError as error:
        message = f"The scanner at {url} does not answer: {error}"
        raise ScannerAwayError(message) from error
    return connection


def _send(connection: socket.socket, chunk: bytes) -> bool:
    """Send a chunk in parts; answers whether the daemon still takes more."""
    try:
        for start in range(0, len(chunk), _CHUNK_BYTES):
            part = chunk[start : start + _CHUNK_BYTES]
            connection.sendall(struct.pack("!I", len(part)) + part)
    except TimeoutError as error:
        message = "The scanner takes no more."
        raise ScannerAwayError(message) from error
    except OSError:
        return False
    return True


def _reply(connection: socket.socket) -> str:
    said = b""
    with contextlib.suppress(OSError):  # it closed: what it said before can still be read
        connection.sendall(struct.pack("!I", 0))
    try:
        while not said.endswith(b"\0") and len(said) < _LONGEST_REPLY and (more := connection.recv(_LONGEST_REPLY)):
            said += more
    except OSError as error:
        message = f"The scanner did not answer to the end: {error}"
        raise ScannerAwayError(message) from error
    return said.rstrip(b"\0\n").decode("utf-8", "replace")


def _verdict(reply: str) -> str | None:
    if reply == _CLEAN:
        return None
    if reply.startswith("stream: ") and reply.endswith(_FOUND):
        return reply.removeprefix("stream: ").removesuffix(_FOUND)
    if _TOO_LARGE in reply:
        raise TooLargeToScanError(reply)
    message = f"The scanner answered {reply[:200]!r}."
    raise ScannerAwayError(message)
