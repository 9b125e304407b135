"""Folders and S3 prefixes that files are fetched from, in any depth. Nothing here writes there."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

if TYPE_CHECKING:
    from obstore.store import S3Config

READ_BYTES = 8 * 1024 * 1024
FILES_AT_ONCE = 1_000
"""A folder of more is none that is watched for the next delivery."""
_UNFINISHED = (".part", ".tmp", ".partial", ".filepart", ".crdownload")


class PlaceFailed(Exception):  # noqa: N818  (named for what happened)
    """The folder is not there, or the store does not answer."""


class FileMissing(Exception):  # noqa: N818  (the same)
    """There is no such file in the place."""


@dataclass(frozen=True)
class PlacedFile:
    """A file as it lies there now."""

    name: str
    size: int
    modified_at: datetime.datetime

    @property
    def mark(self) -> str:
        """What tells this delivery from an earlier one of the same name."""
        return f"{self.name}|{self.size}|{self.modified_at.isoformat()}"


class Place(Protocol):
    """A place with files; every method raises PlaceFailed, and those that name a file FileMissing."""

    def files(self) -> list[PlacedFile]:
        """The files at the top, the oldest first; unfinished ones, links and folders are left out."""

    def size_of(self, path: str) -> int:
        """How many bytes a file has."""

    def read(self, path: str, *, size: int) -> Iterator[bytes]:
        """The first so many bytes of a file."""


def open_place(url: str, *, options: str = "") -> Place:
    """A folder by its path, or `s3://bucket/prefix`; `options` is the query of the operator's setting."""
    parts = urlsplit(url)
    if parts.scheme == "s3":
        return _Prefix(parts.netloc, unquote(parts.path.strip("/")), options)
    return _Folder(Path(url))


class _Folder:
    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()

    def files(self) -> list[PlacedFile]:
        with _named_errors():
            entries = [each for each in self.folder.iterdir() if each.is_file() and not each.is_symlink()]
            found = [_seen(each) for each in entries if _is_finished(each.name)]
        return sorted(found, key=lambda file: (file.modified_at, file.name))[:FILES_AT_ONCE]

    def size_of(self, path: str) -> int:
        with _named_errors():
            return self._inside(path).stat().st_size

    def read(self, path: str, *, size: int) -> Iterator[bytes]:
        left = size
        with _named_errors(), self._inside(path).open("rb") as content:
            while left > 0 and (block := content.read(min(READ_BYTES, left))):
                left -= len(block)
                yield block

    def _inside(self, path: str) -> Path:
        """A link that leads out of the place leads to nothing."""
        found = (self.folder / path).resolve()
        if not found.is_relative_to(self.folder) or not found.is_file():
            raise FileMissing(path)
        return found


def _seen(path: Path) -> PlacedFile:
    status = path.stat()
    return PlacedFile(path.name, status.st_size, datetime.datetime.fromtimestamp(status.st_mtime, datetime.UTC))


def _is_finished(name: str) -> bool:
    return not name.startswith(".") and not name.lower().endswith(_UNFINISHED)


class _Prefix:
    def __init__(self, bucket: str, prefix: str, options: str) -> None:
        given = {name: values[-1] for name, values in parse_qs(options).items()}
        config: S3Config = {}
        if "endpoint" in given:
            config["endpoint"] = given["endpoint"]
        if "region" in given:
            config["region"] = given["region"]
        http = given.get("endpoint", "").startswith("http://")
        self.bucket = S3Store(
            bucket,
            prefix=prefix or None,
            config=config,
            client_options={"allow_http": http, "timeout": "60s"},
            retry_config={"max_retries": 3},
        )

    def files(self) -> list[PlacedFile]:
        with _named_errors():
            entries = obstore.list_with_delimiter(self.bucket)["objects"]
        found = [
            PlacedFile(each["path"], each["size"], each["last_modified"])
            for each in entries
            if _is_finished(each["path"])
        ]
        return sorted(found, key=lambda file: (file.modified_at, file.name))[:FILES_AT_ONCE]

    def size_of(self, path: str) -> int:
        with _named_errors():
            return obstore.head(self.bucket, path)["size"]

    def read(self, path: str, *, size: int) -> Iterator[bytes]:
        for start in range(0, size, READ_BYTES):
            with _named_errors():
                end = min(start + READ_BYTES, size)
                block = bytes(obstore.get_range(self.bucket, path, start=start, end=end))
            yield block


@contextmanager
def _named_errors() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise FileMissing(str(error)) from error
    except (OSError, BaseError) as error:
        message = f"The folder cannot be read: {type(error).__name__}."
        raise PlaceFailed(message) from error
