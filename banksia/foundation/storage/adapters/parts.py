"""The part file of an upload that can be resumed: it outlives the request, the process and a power cut."""

import contextlib
import fcntl
import os
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

from banksia.foundation.storage.adapters.incoming import Incoming

SUFFIX, LOCK_SUFFIX = ".resumable", ".lock"
"""Another ending than that of files received in one go: `discard_unfinished` leaves these alone."""


class PartBusy(Exception):  # noqa: N818  (named for what happened, like every error here)
    """Another request writes to this part now."""


class PartFile:
    """The bytes of one upload that have come so far."""

    def __init__(self, folder: Path, upload_id: uuid.UUID) -> None:
        """Take the folder that all machines share; nothing is made yet."""
        self._folder = folder
        self.path = folder / f"{upload_id.hex}{SUFFIX}"
        self._lock_path = folder / f"{upload_id.hex}{LOCK_SUFFIX}"

    @contextlib.contextmanager
    def only_writer(self) -> Iterator[None]:
        """Be the only one who writes, on every machine that shares the folder; raises PartBusy. A kill lets go."""
        self._folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._lock_path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            self._lock(descriptor)
            try:
                yield
            finally:
                self._lock_path.unlink(missing_ok=True)
        finally:
            os.close(descriptor)

    def _lock(self, descriptor: int) -> None:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            mine, named = os.fstat(descriptor), self._lock_path.stat()
        except (BlockingIOError, FileNotFoundError) as error:
            raise PartBusy from error
        if mine.st_ino != named.st_ino:  # who had it removed the file between our opening and our locking it
            raise PartBusy

    def size(self) -> int | None:
        """How many bytes lie there, counted or not; None when there is no file."""
        try:
            return self.path.stat().st_size
        except FileNotFoundError:
            return None

    def open_at(self, offset: int) -> "PartWriter":
        """Write from the recorded offset on; what a killed process left behind it is cut off first."""
        return PartWriter(self.path, offset)

    def as_incoming(self) -> Incoming:
        """The whole file, hashed from the disk, for a store to take; call it while being the only writer."""
        return Incoming(self._folder, received=self.path)

    def discard(self) -> None:
        """Remove the bytes; nothing happens when there are none."""
        self.path.unlink(missing_ok=True)


class PartWriter:
    """Appends to a part file. Nothing it wrote counts before `flush_to_disk` has returned."""

    def __init__(self, path: Path, offset: int) -> None:
        """Open the file, cut it to the offset, and go there."""
        is_new = not path.exists()
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        self.offset = offset
        os.ftruncate(self._descriptor, offset)
        os.lseek(self._descriptor, offset, os.SEEK_SET)
        if is_new:
            _sync_folder(path.parent)

    def write(self, chunk: bytes) -> None:
        """Append a chunk."""
        view = memoryview(chunk)
        while view:
            written = os.write(self._descriptor, view)
            view, self.offset = view[written:], self.offset + written

    def flush_to_disk(self) -> None:
        """Return once the disk has the bytes."""
        os.fsync(self._descriptor)

    def cut_back(self, offset: int) -> None:
        """Take back what was written after an offset."""
        os.ftruncate(self._descriptor, offset)
        os.lseek(self._descriptor, offset, os.SEEK_SET)
        self.offset = offset

    def close(self) -> None:
        """Let go of the file; closing twice is no error."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def discard_forgotten(folder: Path, *, older_than_seconds: float) -> int:
    """Remove parts that nobody wrote to for so long that no upload can still own them; says how many went."""
    oldest = time.time() - older_than_seconds
    removed = 0
    for path in (*folder.glob(f"*{SUFFIX}"), *folder.glob(f"*{LOCK_SUFFIX}")):
        with contextlib.suppress(FileNotFoundError):  # another worker was quicker
            if path.stat().st_mtime < oldest:
                path.unlink()
                removed += 1
    return removed


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
