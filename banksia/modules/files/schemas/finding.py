"""What searches answer."""

import uuid

from banksia.kit.schemas import ReadModel, UtcDatetime
from banksia.modules.files.schemas.documents import DocumentRead


class FoundDocument(DocumentRead):
    """A document that a search found, with the folder it lies in."""

    folder_name: str


class FoundDocuments(ReadModel):
    """What a search found; `more` says that there is more than is shown."""

    results: list[FoundDocument]
    more: bool


class FolderCount(ReadModel):
    """How many documents a folder of a file has."""

    folder_id: uuid.UUID
    name: str
    document_count: int


class FileSummary(ReadModel):
    """A property's file in one row of a list: who touched it last, what is in it, what is pinned, what was said."""

    property_id: uuid.UUID
    address: str | None
    parcels: list[str]
    assessment: str | None
    status: str
    document_count: int
    folders: list[FolderCount]
    pinned: list[str]
    last_actor_name: str | None
    last_action: str | None
    last_at: UtcDatetime | None
    comment: str | None
    comment_by: str | None
    comment_at: UtcDatetime | None


class FileSummaries(ReadModel):
    """The files of the properties that a search found, best first."""

    results: list[FileSummary]
