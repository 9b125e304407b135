"""The index of a bag: what `metadata.json` says of folders, documents, versions, comments and the log.

Version 1. Times are UTC in ISO 8601; `payload` of a version is its path in the bag.
"""

from datetime import date
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict


class BagVersion(BaseModel):
    """One version of a document."""

    model_config = ConfigDict(extra="ignore")

    number: int
    file_name: str
    sha256: str
    size: int
    content_type: str
    added_by_name: str
    added_at: str
    payload: str


class BagComment(BaseModel):
    """A comment on a document."""

    model_config = ConfigDict(extra="ignore")

    text: str
    author_name: str
    written_at: str


class BagDocument(BaseModel):
    """A document with all of its versions."""

    model_config = ConfigDict(extra="ignore")

    id: UUID
    folder: list[str]
    """Names from the top; the first of an application's is `DA 2017/41`."""
    title: str
    description: str
    parcel: str | None
    dated_on: date | None
    pinned: bool
    versions: list[BagVersion]
    comments: list[BagComment]


class BagIndex(BaseModel):
    """The whole index."""

    model_config = ConfigDict(extra="ignore")

    format: str = "banksia-property-file"
    version: int = 1
    council: str
    address: str | None
    parcels: list[str]
    assessment: str | None
    documents: list[BagDocument]
    comments: list[BagComment]
    log: list[dict[str, Any]]
