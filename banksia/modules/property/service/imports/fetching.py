"""The stored file of an import as a file that readers can open, for as long as they need it."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from banksia.foundation.storage.public import StoredObject, open_object
from banksia.kit.platform import Platform

HEAD_BYTES = 4 * 1024 * 1024
_LEFT_OVER_SECONDS = 24 * 3600
_LINES = frozenset({"csv", "gnaf-core", "owners", "attributes"})
_PACKED = (".zip", ".gz")


@contextmanager
def fetched(platform: Platform, stored: StoredObject, file_name: str, *, head_of: str | None = None) -> Iterator[Path]:
    """The bytes under the file's own name, whose ending says what it is; call it outside any transaction.

    With `head_of` a format, only the first few megabytes of a file of lines, which is all that a preview reads.
    Raises BytesMissing and StorageUnavailable.
    """
    work = platform.settings.data_dir / "imports"
    work.mkdir(parents=True, exist_ok=True)
    _remove_left_over(work)
    in_part = head_of in _LINES and not file_name.lower().endswith(_PACKED) and stored.size > HEAD_BYTES
    with tempfile.TemporaryDirectory(dir=work, ignore_cleanup_errors=True) as folder:
        path = Path(folder) / file_name[-200:]
        with path.open("wb") as out:
            for chunk in open_object(platform, stored, stop=HEAD_BYTES if in_part else None):
                out.write(chunk)
        if in_part:
            _cut_at_line(path)
        yield path


def _cut_at_line(path: Path) -> None:
    head = path.read_bytes()
    path.write_bytes(head[: head.rfind(b"\n") + 1] or head)


def _remove_left_over(work: Path) -> None:
    """Remove what a killed process left behind."""
    oldest = time.time() - _LEFT_OVER_SECONDS
    for folder in work.iterdir():
        try:
            if folder.stat().st_mtime < oldest:
                shutil.rmtree(folder, ignore_errors=True)
        except FileNotFoundError:
            continue
