"""Bytes on their way in: written to a file and hashed as they come, never held in memory."""

import hashlib
import os
import tempfile
import time
from collections.abc import Iterable
from io import BufferedRandom, BufferedWriter
from pathlib import Path
from types import TracebackType
from typing import Self

SNIFF_BYTES = 64 * 1024
READ_BYTES = 1024 * 1024
SUFFIX = ".part"


class TooManyBytes(Exception):  # noqa: N818  (named for what happened, like every error here)
    """More bytes came than were allowed."""


class Incoming:
    """A file being received. Leaving the `with` block discards it unless a store has taken it."""

    def __init__(self, folder: Path, *, limit: int | None = None, received: Path | None = None) -> None:
        """Make a new file, or take one that has come already and hash it from the disk; failing keeps that one."""
        self._hash = hashlib.sha256()
        self._limit = limit
        self.size = 0
        self.head = b""
        self._file: BufferedWriter | BufferedRandom
        if received is None:
            folder.mkdir(parents=True, exist_ok=True)
            descriptor, name = tempfile.mkstemp(suffix=SUFFIX, dir=folder)
            self.path = Path(name)
            self._file = os.fdopen(descriptor, "wb")
        else:
            self.path, self._file = received, received.open("r+b")
            while chunk := self._file.read(READ_BYTES):
                self._note(chunk)

    def write(self, chunk: bytes) -> None:
        """Append a chunk; `TooManyBytes` as soon as the limit is passed."""
        self._note(chunk)
        self._file.write(chunk)

    def _note(self, chunk: bytes) -> None:
        self.size += len(chunk)
        if self._limit is not None and self.size > self._limit:
            raise TooManyBytes
        if len(self.head) < SNIFF_BYTES:
            self.head += chunk[: SNIFF_BYTES - len(self.head)]
        self._hash.update(chunk)

    def write_all(self, chunks: Iterable[bytes]) -> None:
        """Append every chunk of a source that is pulled."""
        for chunk in chunks:
            self.write(chunk)

    @property
    def sha256(self) -> str:
        """Hash of what has been written so far, in lower-case hexadecimal."""
        return self._hash.hexdigest()

    def flush_to_disk(self) -> None:
        """Return once the disk has the bytes."""
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Let go of the file and leave it where it is."""
        self._file.close()

    def discard(self) -> None:
        """Close and remove the file; nothing happens when a store has already moved it away."""
        self._file.close()
        self.path.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.discard()


def discard_unfinished(folder: Path, *, older_than_seconds: float) -> int:
    """Remove what a killed process left half received; says how many files went."""
    oldest = time.time() - older_than_seconds
    removed = 0
    for part in folder.glob(f"*{SUFFIX}"):
        try:
            if part.stat().st_mtime < oldest:
                part.unlink()
                removed += 1
        except FileNotFoundError:  # another worker was quicker, or the upload has just finished
            continue
    return removed
