"""The index of a bag: what `metadata.json` says of folders, documents, versions, comments and the log.

Version 1. Times are UTC in ISO 8601; `payload` of a version is its path in the bag.
"""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationInfo, field_validator

from banksia.modules.files.schemas.asking import Day
from banksia.modules.files.service.folders.property_folders import DEEPEST

FolderNames = list[Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]]
"""From the top; the first of an application's is `DA 2017/41`."""

_PAPER_DAY: TypeAdapter[date | None] = TypeAdapter(Day | None)


class BagFolder(BaseModel):
    """What the council that made the bag said of a folder. Bags of former days say nothing."""

    model_config = ConfigDict(extra="ignore")

    path: Annotated[FolderNames, Field(min_length=1, max_length=DEEPEST)]
    restricted: bool = False
    kept_as: str | None = None
    """The code of its own retention class; without one it is kept as the folder above."""


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
    """A comment on a document, or on a folder or the whole file."""

    model_config = ConfigDict(extra="ignore")

    text: str
    author_name: str
    written_at: str
    folder: Annotated[FolderNames, Field(max_length=DEEPEST)] = []
    """The folder that it is about, where it is about one."""


class BagLeftOut(BaseModel):
    """A version whose bytes are not in the bag, because they are not handed out."""

    model_config = ConfigDict(extra="ignore")

    document_id: UUID
    title: str
    number: int
    file_name: str
    sha256: str
    why: str


class BagDocument(BaseModel):
    """A document with all of its versions."""

    model_config = ConfigDict(extra="ignore")

    id: UUID
    folder: Annotated[FolderNames, Field(min_length=1, max_length=DEEPEST)]
    title: str
    description: str
    parcel: str | None
    dated_on: date | None
    pinned: bool
    versions: list[BagVersion]
    comments: list[BagComment]

    @field_validator("dated_on")
    @classmethod
    def check_day(cls, day: date | None, info: ValidationInfo) -> date | None:
        """What comes in bears a day that a paper can bear; what goes out bears the one that was kept."""
        return _PAPER_DAY.validate_python(day) if info.mode == "json" else day


class BagIndex(BaseModel):
    """The whole index."""

    model_config = ConfigDict(extra="ignore")

    format: str = "banksia-property-file"
    version: int = 1
    council: str
    address: str | None
    parcels: list[str]
    assessment: str | None
    folders: list[BagFolder] = []
    documents: list[BagDocument]
    left_out: list[BagLeftOut] = []
    comments: list[BagComment]
    log: list[dict[str, Any]]
