"""What every object store does, whichever disk or provider stands behind it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from banksia.foundation.storage.adapters.incoming import Incoming

CHUNK_BYTES = 1024 * 1024


class ObjectMissing(Exception):  # noqa: N818  (named for what happened, like every error here)
    """The store has no bytes under this key."""

    def __init__(self, key: str) -> None:
        super().__init__(f"The object store has nothing under {key}. Restore it from a backup.")


class StoreUnavailable(Exception):  # noqa: N818  (the same)
    """The store did not answer, or refused; the same call may succeed later."""


@dataclass(frozen=True)
class StoredKey:
    """One object as the store itself lists it."""

    key: str
    size: int
    modified_at: datetime


class ObjectStore(Protocol):
    """Immutable bytes under keys made from their content."""

    @property
    def incoming_folder(self) -> Path:
        """Where bytes rest while they arrive, before anything is known of them."""

    def put(self, key: str, incoming: Incoming) -> None:
        """Make the received bytes durable under `key` and let go of the incoming file.

        Whoever returns from here may commit a row: the bytes survive a power cut. Bytes already there are kept,
        unless their size is wrong, when the copy just received replaces the damaged one.
        """

    def open(self, key: str, *, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """Bytes `start` up to, not including, `stop`; `ObjectMissing` is raised here, before the first chunk."""

    def size_of(self, key: str) -> int | None:
        """Size in bytes, or None when there is no such object."""

    def delete(self, key: str) -> None:
        """Remove the bytes; a key that is not there is no error."""

    def keys(self, prefix: str) -> Iterator[StoredKey]:
        """Everything under a prefix that ends at a slash, for the orphan sweep."""

    def check(self) -> None:
        """Raise `StoreUnavailable` unless the store answers and can be written."""
