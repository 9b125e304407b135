"""What the routes of property files take and answer."""

import uuid
from typing import Annotated, Literal

from pydantic import Field

from banksia.kit.schemas import Line, Paragraph, ReadModel, RequestModel, UtcDatetime

Action = Literal[
    "document_added", "document_downloaded", "document_viewed", "certificate_filed", "certificate_replaced"
]


class UploadParameters(RequestModel):
    """What the address of an upload says of the file, whose bytes are the body."""

    folder_id: uuid.UUID
    file_name: Annotated[str, Field(min_length=1, max_length=255, description="The file's own name, with its ending")]
    title: Annotated[Line, Field(description="Made of the file's name when empty")] = ""
    description: Annotated[Paragraph, Field(max_length=500)] = ""  # travels in the address, which is no longer
    parcel: Annotated[Line | None, Field(description="One of the property's parcels, such as 2/2/DP2288")] = None
    add_anyway: Annotated[bool, Field(description="Add it although the file has these bytes already")] = False


class FolderRead(ReadModel):
    """A folder of every file."""

    id: uuid.UUID
    key: str
    name: str


class FolderSummary(FolderRead):
    """A folder of one property's file."""

    document_count: int


class VersionRead(ReadModel):
    """One version of a document."""

    number: int
    file_name: str
    sha256: str
    size: int
    content_type: str
    virus_scan: Literal["not_scanned"]
    added_by_name: str
    created_at: UtcDatetime


class DocumentRead(ReadModel):
    """A document with its latest version."""

    id: uuid.UUID
    property_id: uuid.UUID
    folder_id: uuid.UUID
    title: str
    description: str
    parcel: str | None
    property_label: str
    created_at: UtcDatetime
    changed_at: UtcDatetime
    latest: VersionRead


class DocumentDetail(DocumentRead):
    """A document with all its versions, the newest first."""

    versions: list[VersionRead]


class ActivityRead(ReadModel):
    """A line of the log."""

    id: uuid.UUID
    created_at: UtcDatetime
    action: Action
    actor_name: str
    document_id: uuid.UUID
    document_title: str
    version_number: int


class ParcelRead(ReadModel):
    """A parcel of the property: `2/2/DP2288`, Lot 2 Section 2 DP 2288."""

    text: str
    title: str
    status: str


class FileRead(ReadModel):
    """The file of one property: its folders, and what happened in it last."""

    property_id: uuid.UUID
    address: str | None
    parcels: list[ParcelRead]
    assessment: str | None
    document_count: int
    folders: list[FolderSummary]
    recent: list[ActivityRead]
