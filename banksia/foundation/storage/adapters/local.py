"""Objects on this machine's disk.

`obstore` has a local store too, but it never calls fsync: after a power cut a committed row could point at nothing.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from banksia.foundation.storage.adapters.incoming import Incoming
from banksia.foundation.storage.adapters.store import CHUNK_BYTES, ObjectMissing, StoredKey, StoreUnavailable


class LocalStore:
    """Temp file, fsync, rename, fsync of the folder: after that the bytes are there whatever happens."""

    def __init__(self, root: Path) -> None:
        self._objects = root / "objects"
        self.incoming_folder = root / "incoming"  # same file system as the objects, or the rename would be a copy

    def put(self, key: str, incoming: Incoming) -> None:
        target = self._path(key)
        incoming.flush_to_disk()
        if self.size_of(key) == incoming.size:
            os.utime(target)  # young again, so that a running sweep leaves it for the row that is about to come
            incoming.discard()
            return
        self._make_durable_folder(target.parent)
        incoming.path.chmod(0o440)
        incoming.path.rename(target)
        _sync_folder(target.parent)
        incoming.discard()

    def open(self, key: str, *, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        path = self._path(key)
        if not path.is_file():
            raise ObjectMissing(key)
        return _read(path, start, stop)

    def size_of(self, key: str) -> int | None:
        try:
            return self._path(key).stat().st_size
        except FileNotFoundError:
            return None

    def delete(self, key: str) -> None:
        path = self._path(key)
        path.unlink(missing_ok=True)
        if path.parent.is_dir():
            _sync_folder(path.parent)

    def keys(self, prefix: str) -> Iterator[StoredKey]:
        for folder, folders, files in os.walk(self._path(prefix.rstrip("/"))):
            folders.sort()
            for name in sorted(files):
                path = Path(folder, name)
                status = path.stat()
                modified_at = datetime.fromtimestamp(status.st_mtime, UTC)
                yield StoredKey(path.relative_to(self._objects).as_posix(), status.st_size, modified_at)

    def check(self) -> None:
        try:
            self.incoming_folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreUnavailable(f"The folder for objects cannot be made: {error}") from error
        if not os.access(self.incoming_folder, os.W_OK):
            raise StoreUnavailable(f"The folder {self.incoming_folder} cannot be written. Give this user the right to.")

    def _path(self, key: str) -> Path:
        parts = PurePosixPath(key).parts
        if not parts or parts[0] == "/" or ".." in parts:
            raise ValueError(f"{key!r} is not a key of an object")
        return self._objects.joinpath(*parts)

    def _make_durable_folder(self, folder: Path) -> None:
        """A new folder is itself an entry in its parent, which a power cut can lose: every parent is synced too.

        Also when the folder was there already, because whoever made it may not have come to its own fsync yet.
        """
        folder.mkdir(parents=True, exist_ok=True)
        for parent in folder.parents:
            _sync_folder(parent)
            if parent == self._objects.parent:
                return


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _read(path: Path, start: int, stop: int | None) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        remaining = (path.stat().st_size if stop is None else stop) - start
        while remaining > 0 and (chunk := file.read(min(CHUNK_BYTES, remaining))):
            remaining -= len(chunk)
            yield chunk
