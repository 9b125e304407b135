"""Reports on what is kept."""

import uuid

from banksia.kit.schemas import ReadModel, UtcDatetime


class StorageRow(ReadModel):
    """Versions and their bytes, in one folder or of one kind of file."""

    name: str
    count: int
    size: int


class StorageKindRow(StorageRow):
    """A kind of file by its type; `ending` is what most of their names end with."""

    ending: str | None


class StorageRead(ReadModel):
    """How much is kept; the same bytes in two documents are counted in each."""

    documents: int
    isolated: int
    purged: int
    versions: int
    size: int
    folders: list[StorageRow]
    kinds: list[StorageKindRow]


class FixityFailureRead(ReadModel):
    """Bytes that are not what was stored, with the document that has them."""

    sha256: str
    verdict: str
    """`damaged` or `missing`."""
    verified_at: UtcDatetime
    document_id: uuid.UUID | None
    document_title: str
    property_id: uuid.UUID | None


class FixityRead(ReadModel):
    """How far the reading of stored bytes has come within its period; `failed` has the first hundred."""

    period_days: int
    objects: int
    size: int
    verified_in_period: int
    never_verified: int
    oldest_verified_at: UtcDatetime | None
    failed: list[FixityFailureRead]
