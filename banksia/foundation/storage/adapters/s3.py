"""Objects in S3 or anything that speaks its protocol, through `obstore`."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import S3Store as Bucket

from banksia.foundation.storage.adapters.incoming import Incoming
from banksia.foundation.storage.adapters.store import ObjectMissing, StoredKey, StoreUnavailable

if TYPE_CHECKING:
    from obstore.store import S3Config

# A create-only put is one request whose body `obstore` holds in memory; above this size the upload is multipart.
SINGLE_REQUEST_BYTES = 8 * 1024 * 1024
READ_BYTES = 8 * 1024 * 1024


class S3Store:
    """One bucket. Credentials come from AWS's usual environment variables or the machine's role."""

    def __init__(
        self,
        bucket: str,
        *,
        prefix: str = "",
        endpoint: str | None = None,
        region: str | None = None,
        incoming_folder: Path | None = None,
    ) -> None:
        self.incoming_folder = incoming_folder or Path(tempfile.gettempdir()) / "banksia-incoming"
        config: S3Config = {}
        if endpoint is not None:
            config["endpoint"] = endpoint
        if region is not None:
            config["region"] = region
        self._bucket = Bucket(
            bucket,
            prefix=prefix or None,
            config=config,
            client_options={"allow_http": (endpoint or "").startswith("http://"), "timeout": "60s"},
            retry_config={"max_retries": 3},
        )

    def put(self, key: str, incoming: Incoming) -> None:
        incoming.flush_to_disk()
        with _named_errors(key):
            if incoming.size <= SINGLE_REQUEST_BYTES:
                self._create(key, incoming)
            elif self.size_of(key) != incoming.size:
                # Keyed by content and visible only when complete, so two uploads at once write the same bytes.
                obstore.put(self._bucket, key, incoming.path, use_multipart=True)
        incoming.discard()

    def open(self, key: str, *, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        size = self.size_of(key)
        if size is None:
            raise ObjectMissing(key)
        return self._read(key, start, size if stop is None else min(stop, size))

    def size_of(self, key: str) -> int | None:
        with _named_errors(key):
            try:
                return obstore.head(self._bucket, key)["size"]
            except FileNotFoundError:
                return None

    def delete(self, key: str) -> None:
        with _named_errors(key):
            try:
                obstore.delete(self._bucket, key)
            except FileNotFoundError:
                return

    def keys(self, prefix: str) -> Iterator[StoredKey]:
        with _named_errors(prefix):
            for page in obstore.list(self._bucket, prefix.rstrip("/"), chunk_size=1000):
                for entry in page:
                    yield StoredKey(entry["path"], entry["size"], entry["last_modified"])

    def check(self) -> None:
        with _named_errors("the bucket"):
            next(iter(obstore.list(self._bucket, chunk_size=1)), None)

    def _create(self, key: str, incoming: Incoming) -> None:
        content = incoming.path.read_bytes()
        try:
            obstore.put(self._bucket, key, content, mode="create")
        except AlreadyExistsError:
            if self.size_of(key) != incoming.size:
                obstore.put(self._bucket, key, content, mode="overwrite")

    def _read(self, key: str, start: int, stop: int) -> Iterator[bytes]:
        """Bounded ranges, so that a slow reader never holds a connection longer than the store allows."""
        for offset in range(start, stop, READ_BYTES):
            with _named_errors(key):
                piece = bytes(obstore.get_range(self._bucket, key, start=offset, end=min(offset + READ_BYTES, stop)))
            yield piece


@contextmanager
def _named_errors(key: str) -> Iterator[None]:
    try:
        yield
    except BaseError as error:
        raise StoreUnavailable(f"The object store did not answer for {key}: {type(error).__name__}") from error
