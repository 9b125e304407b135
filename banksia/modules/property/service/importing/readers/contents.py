"""The bytes of an upload, whatever it is packed in: a plain file, a .gz, the members of a .zip, the files of a folder.

Nothing is ever unpacked to disk or into memory as a whole. Limits hold while bytes are read, for what an archive says
about itself can be a lie.
"""

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath
from typing import IO, Final, cast

from banksia.modules.property.errors import ImportRefused

MAX_UNPACKED: Final = 24 * 1024**3
"""The whole country's G-NAF unpacks to about half of this."""
MAX_RATIO: Final = 200
RATIO_COUNTS_FROM: Final = 64 * 1024**2
"""A small file of equal lines may be packed as tightly as it likes."""
MAX_MEMBERS: Final = 20_000
_ARCHIVES: Final = (".zip", ".7z", ".rar", ".gz", ".tgz", ".tar", ".bz2", ".xz")
_DAMAGED: Final = (gzip.BadGzipFile, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError)


class Contents:
    """The files of an upload by name; `size` and `read` are bytes of those that are expected to be read."""

    def __init__(self, path: Path) -> None:
        """List what is there; raises ImportRefused for an archive that cannot be trusted."""
        self.path = path
        self.size = self.read = 0
        self.archive = _opened(path) if path.is_file() and is_zip(path) else None
        if self.archive is not None:
            self.sizes = _members(path, self.archive)
        elif path.is_dir():
            found = sorted(each for each in path.rglob("*") if each.is_file() and not each.is_symlink())
            self.sizes = {str(each.relative_to(path)): each.stat().st_size for each in found}
        elif path.is_file():
            self.sizes = {path.name: path.stat().st_size}
        else:
            message = f"There is no file “{path}”. Check the path and try again."
            raise ImportRefused(message)
        self.expect(self.sizes)

    @property
    def names(self) -> list[str]:
        """Every file, by its path inside the archive or folder."""
        return list(self.sizes)

    def expect(self, names: Iterable[str]) -> None:
        """Say which files will be read, so that progress is a share of those."""
        self.size = sum(self.sizes[name] for name in names)

    def only(self, *endings: str) -> str:
        """The one file that ends so; raises ImportRefused when there is none or more than one."""
        if self.archive is None and not self.path.is_dir():
            return self.path.name
        fitting = [name for name in self.names if name.lower().endswith(endings) and not _hidden(name)]
        if len(fitting) != 1:
            listed = ", ".join(fitting[:5]) if fitting else "none"
            message = f"“{self.path.name}” must hold exactly one file of {', '.join(endings)}. It holds: {listed}."
            raise ImportRefused(message)
        return fitting[0]

    def open(self, name: str, *, counted: bool = True) -> IO[bytes]:
        """One file's bytes, unpacked while they are read; `counted` adds them to the progress."""
        count = self._count if counted else _ignored
        if self.archive is not None:
            info = self.archive.getinfo(name)
            with _explained(self.path.name):
                member = self.archive.open(info)
            return io.BufferedReader(_Checked(self.path.name, member, count, lambda: info.compress_size), 256 * 1024)
        path = self.path / name if self.path.is_dir() else self.path
        raw = path.open("rb")
        if path.suffix.lower() != ".gz":
            return io.BufferedReader(_Checked(path.name, raw, count, None), 256 * 1024)
        unpacked = cast("IO[bytes]", gzip.GzipFile(fileobj=raw))
        packed = _Packed(raw, count)
        return io.BufferedReader(_Checked(path.name, unpacked, packed.moved, packed.position, raw), 256 * 1024)

    def _count(self, number: int) -> None:
        self.read = min(self.read + number, self.size)


class _Packed:
    """Progress of a .gz is the place in the packed file, for nobody knows how long it is unpacked."""

    def __init__(self, raw: IO[bytes], count: Callable[[int], None]) -> None:
        self.raw, self.count, self.last = raw, count, 0

    def position(self) -> int:
        return max(self.raw.tell(), 1)

    def moved(self, _: int) -> None:
        place = self.raw.tell()
        self.count(place - self.last)
        self.last = place


class _Checked(io.RawIOBase):
    """Counts what is read, and stops at a bomb; damage becomes a sentence."""

    def __init__(
        self,
        name: str,
        source: IO[bytes],
        count: Callable[[int], None],
        packed: Callable[[], int] | None,
        below: IO[bytes] | None = None,
    ) -> None:
        self.name, self.source, self.count, self.packed, self.below = name, source, count, packed, below
        self.unpacked = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        with _explained(self.name):
            found = self.source.read(len(buffer))
        buffer[: len(found)] = found
        self.unpacked += len(found)
        self.count(len(found))
        if self.packed and self.unpacked > RATIO_COUNTS_FROM and self.unpacked > MAX_RATIO * self.packed():
            message = f"“{self.name}” unpacks to more than {MAX_RATIO} times its size. Send the file unpacked."
            raise ImportRefused(message)
        if self.packed and self.unpacked > MAX_UNPACKED:
            message = f"“{self.name}” unpacks to more than {MAX_UNPACKED // 1024**3} GB. Send one state's files only."
            raise ImportRefused(message)
        return len(found)

    def close(self) -> None:
        self.source.close()
        if self.below is not None:
            self.below.close()
        super().close()


class _explained:  # noqa: N801  (reads as a word of its `with`)
    """Damage of a packed file, as a sentence."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self) -> None:
        """Nothing to set up."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, _DAMAGED):
            message = f"“{self.name}” is damaged and cannot be unpacked. Send the file again."
            raise ImportRefused(message) from error


def _ignored(_: int) -> None:
    """Bytes of a look at the beginning are no progress."""


def is_zip(path: Path) -> bool:
    """Whether the file begins as a zip does, whatever its name."""
    with path.open("rb") as content:
        return content.read(4) in (b"PK\x03\x04", b"PK\x05\x06")


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        message = f"“{path.name}” is not a text file, and as a zip it is damaged. Send the file again."
        raise ImportRefused(message) from error


def _members(path: Path, archive: zipfile.ZipFile) -> dict[str, int]:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if any(info.filename == "xl/workbook.xml" for info in infos):
        message = f"“{path.name}” is an Excel workbook. Save it as CSV (UTF-8) and send that."
        raise ImportRefused(message)
    reason = _distrusted(infos)
    if reason:
        message = f"“{path.name}” {reason}"
        raise ImportRefused(message)
    return {info.filename: info.file_size for info in infos}


def _distrusted(infos: list[zipfile.ZipInfo]) -> str | None:
    """Why an archive is not opened, as the rest of a sentence; None when it may be."""
    if len(infos) > MAX_MEMBERS:
        return f"holds more than {MAX_MEMBERS:,} files. Send only those that are to be imported."
    if sum(info.file_size for info in infos) > MAX_UNPACKED:
        return f"unpacks to more than {MAX_UNPACKED // 1024**3} GB. Send one state's files only."
    for info in infos:
        parts = PurePosixPath(info.filename.replace("\\", "/")).parts
        if ".." in parts or info.filename.startswith(("/", "\\")) or ":" in info.filename[:2]:
            return "holds files that point outside of it. Pack the files again and send that."
        if info.flag_bits & 1:
            return "is protected by a password. Pack it without one and send it again."
        if info.filename.lower().endswith(_ARCHIVES):
            return f"holds another archive, “{info.filename}”. Unpack that and send its files."
    return None


def _hidden(name: str) -> bool:
    """What macOS and editors leave in an archive."""
    return any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(name).parts)
