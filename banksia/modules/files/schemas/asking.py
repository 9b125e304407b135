"""What addresses of lists say: which rows, in which order."""

import uuid
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from banksia.kit.schemas import Line, RequestModel
from banksia.modules.files.schemas.folders import ApplicationNumber, FolderKind

Day = Annotated[date, Field(ge=date(1788, 1, 1), le=date(2199, 12, 31))]
Cursor = Annotated[str, Field(max_length=500, description="Where the page starts: `next_cursor` of the last")]
LogKind = Literal["changes", "looks", "talk", "removal", "all"]
Limit = Annotated[int, Field(ge=1, le=100, description="How many rows at most")]


class DocumentsAsked(RequestModel):
    """Which documents of a file; `as_at_on` shows it as it was on a day."""

    folder_id: uuid.UUID | None = None
    order: Literal["changed", "added", "title"] = "changed"
    as_at_on: Day | None = None
    cursor: Cursor | None = None
    limit: Limit = 50


class LogAsked(RequestModel):
    """Which lines of a log."""

    folder_id: uuid.UUID | None = None
    kind: LogKind = "all"
    person: Line = ""
    from_on: Day | None = None
    until_on: Day | None = None
    cursor: Cursor | None = None
    limit: Limit = 50


class CommentsAsked(RequestModel):
    """Which comments: on a document, on a folder, or without either on the file as a whole."""

    folder_id: uuid.UUID | None = None
    document_id: uuid.UUID | None = None
    cursor: Cursor | None = None
    limit: Limit = 50


class SearchAsked(RequestModel):
    """What to search for, and where; without words all that it is narrowed to is found."""

    q: Annotated[str, Field(max_length=200)] = ""
    property_id: uuid.UUID | None = None
    kind: FolderKind | None = None
    application_number: ApplicationNumber | None = None
    from_on: Day | None = None
    until_on: Day | None = None
    person: Line = ""
    limit: Annotated[int, Field(ge=1, le=50)] = 20
