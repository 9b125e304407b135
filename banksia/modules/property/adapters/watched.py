"""The files of a watched folder or S3 prefix; nothing here writes there."""

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


class WatchFailed(Exception):  # noqa: N818  (named for what happened)
    """The folder is not there, or the store does not answer."""


@dataclass(frozen=True)
class WatchedFile:
    """A file as it lies there now."""

    name: str
    size: int
    modified_at: datetime.datetime

    @property
    def mark(self) -> str:
        """What tells this delivery from an earlier one of the same name."""
        return f"{self.name}|{self.size}|{self.modified_at.isoformat()}"


class Watched(Protocol):
    """A place with files; both methods raise WatchFailed."""

    def files(self) -> list[WatchedFile]:
        """The files that lie there, the oldest first; unfinished ones and folders are left out."""

    def read(self, file: WatchedFile) -> Iterator[bytes]:
        """The bytes of one of them."""


def open_watched(url: str, *, options: str = "") -> Watched:
    """A folder by its path, or `s3://bucket/prefix`; `options` is the query of the operator's setting."""
    parts = urlsplit(url)
    return (
        _Prefix(parts.netloc, unquote(parts.path.strip("/")), options) if parts.scheme == "s3" else _Folder(Path(url))
    )


class _Folder:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def files(self) -> list[WatchedFile]:
        with _named_errors():
            entries = [each for each in self.folder.iterdir() if each.is_file() and not each.is_symlink()]
        found = [_seen(each) for each in entries if _is_finished(each.name)]
        return sorted(found, key=lambda file: (file.modified_at, file.name))[:FILES_AT_ONCE]

    def read(self, file: WatchedFile) -> Iterator[bytes]:
        with _named_errors(), (self.folder / file.name).open("rb") as content:
            while block := content.read(READ_BYTES):
                yield block


def _seen(path: Path) -> WatchedFile:
    status = path.stat()
    return WatchedFile(path.name, status.st_size, datetime.datetime.fromtimestamp(status.st_mtime, datetime.UTC))


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

    def files(self) -> list[WatchedFile]:
        with _named_errors():
            entries = obstore.list_with_delimiter(self.bucket)["objects"]
        found = [
            WatchedFile(each["path"], each["size"], each["last_modified"])
            for each in entries
            if _is_finished(each["path"])
        ]
        return sorted(found, key=lambda file: (file.modified_at, file.name))[:FILES_AT_ONCE]

    def read(self, file: WatchedFile) -> Iterator[bytes]:
        for start in range(0, file.size, READ_BYTES):
            with _named_errors():
                end = min(start + READ_BYTES, file.size)
                block = bytes(obstore.get_range(self.bucket, file.name, start=start, end=end))
            yield block


@contextmanager
def _named_errors() -> Iterator[None]:
    try:
        yield
    except (OSError, BaseError) as error:
        message = f"The watched folder cannot be read: {type(error).__name__}."
        raise WatchFailed(message) from error
