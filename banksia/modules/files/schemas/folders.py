"""Folders, as routes take and answer them."""

import uuid
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from banksia.kit.schemas import ReadModel, RequestModel, RequiredLine, UtcDatetime

FolderKind = Literal["fixed", "application", "own"]
ApplicationClass = Literal["major-works", "significant-applications", "subdivisions"]
"""Codes of the classes that a development application can be kept by; those of FA450 that every council is given."""
FolderName = Annotated[RequiredLine, Field(max_length=120)]
ApplicationNumber = Annotated[
    str,
    StringConstraints(strip_whitespace=True, pattern=r"^(19|20)[0-9]{2}/[1-9][0-9]{0,5}$"),
    Field(description="Year and number of the NSW Planning Portal, such as 2017/41"),
]


class FolderRead(ReadModel):
    """A folder of every file, or of one property's."""

    id: uuid.UUID
    key: str | None
    name: str
    kind: FolderKind
    property_id: uuid.UUID | None
    parent_id: uuid.UUID | None
    application_number: str | None
    position: int
    is_restricted: bool
    retention_class_id: uuid.UUID | None
    archived_at: UtcDatetime | None
    archived_by_name: str | None
    demolished_on: date | None


class FolderSummary(FolderRead):
    """A folder of one property's file.

    `document_count` is of the folder alone. `kept` says how long what is in it is kept; without a class it is none, and
    all is kept until one is chosen. `from_parcel` names the parcel whose file it comes from, when that is not the
    property's own.
    """

    document_count: int
    kept: str | None
    from_parcel: str | None
    on_hold: bool


class FolderCreate(RequestModel):
    """A folder of one property, in another or at the top."""

    name: FolderName
    parent_id: uuid.UUID | None = None


class FolderUpdate(RequestModel):
    """What changes of a folder of one property."""

    name: FolderName | None = None
    demolished_on: date | None = None


class FolderRetention(RequestModel):
    """The class by which what is in a folder is kept; none takes that of the folder above."""

    retention_class_id: uuid.UUID | None


class FolderArchive(RequestModel):
    """Close a folder to new documents, or open it again."""

    archived: bool


class ApplicationCreate(RequestModel):
    """The folder of a development application: of major works, significant and so a State archive, or a subdivision."""

    number: ApplicationNumber
    kept_as: ApplicationClass = "major-works"


class StructureFolderCreate(RequestModel):
    """A folder of every file."""

    name: FolderName
    parent_id: uuid.UUID | None = None
    retention_class_id: uuid.UUID | None = None
    is_restricted: bool = False


class StructureFolderUpdate(RequestModel):
    """What changes of a folder of every file; what is not given stays."""

    name: FolderName | None = None
    position: Annotated[int, Field(ge=1, le=1000)] | None = None
    retention_class_id: uuid.UUID | None = None
    is_restricted: bool | None = None
    is_archived: bool | None = None
