"""Documents and their log, as routes take and answer them."""

import uuid
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from banksia.kit.schemas import Line, Paragraph, ReadModel, RequestModel, RequiredLine, UtcDatetime
from banksia.modules.files.schemas.asking import Day
from banksia.modules.files.schemas.folders import FolderSummary

Action = Literal[
    "document_added",
    "version_added",
    "document_downloaded",
    "document_viewed",
    "certificate_filed",
    "certificate_replaced",
    "document_changed",
    "document_moved",
    "document_linked",
    "document_unlinked",
    "document_pinned",
    "document_unpinned",
    "document_sent",
    "shared_opened",
    "sending_returned",
    "comment_added",
    "reminder_set",
    "reminder_sent",
    "reminder_cancelled",
    "removal_asked",
    "removal_withdrawn",
    "removal_refused",
    "document_isolated",
    "document_restored",
    "document_purged",
    "load_undone",
    "folder_created",
    "folder_renamed",
    "folder_archived",
    "folder_reopened",
    "application_created",
    "demolition_noted",
    "retention_chosen",
    "hold_placed",
    "hold_lifted",
    "file_exported",
    "file_imported",
]


BytesState = Literal["not_checked", "whole", "damaged", "missing"]


class UploadParameters(RequestModel):
    """What the address of an upload says of the file, whose bytes are the body."""

    folder_id: uuid.UUID
    file_name: Annotated[str, Field(min_length=1, max_length=255, description="The file's own name, with its ending")]
    title: Annotated[Line, Field(description="Made of the file's name when empty")] = ""
    description: Annotated[Paragraph, Field(max_length=500)] = ""  # travels in the address, which is no longer
    parcel: Annotated[Line | None, Field(description="One of the property's parcels, such as 2/2/DP2288")] = None
    add_anyway: Annotated[bool, Field(description="Add it although the file has these bytes already")] = False
    dated_on: Annotated[Day | None, Field(description="The day that the paper bears")] = None


class VersionParameters(RequestModel):
    """What the address of a new version says of the file, whose bytes are the body."""

    file_name: Annotated[str, Field(min_length=1, max_length=255, description="The file's own name, with its ending")]
    add_anyway: Annotated[bool, Field(description="Add it although the file has these bytes already")] = False


class UploadMetadata(RequestModel):
    """What `Upload-Metadata` says of a file that comes in parts: each key with its value in Base64.

    With `document_id` it becomes the next version of that document, else a new one in the folder of the property.
    """

    filename: Annotated[str, Field(min_length=1, max_length=255)]
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    property_id: uuid.UUID | None = None
    folder_id: uuid.UUID | None = None
    title: Line = ""
    description: Paragraph = ""
    parcel: Line | None = None
    dated_on: Day | None = None
    document_id: uuid.UUID | None = None
    add_anyway: bool = False

    @model_validator(mode="after")
    def name_a_place(self) -> Self:
        """A file belongs to a document, or to a folder of a property."""
        if self.document_id is None and (self.property_id is None or self.folder_id is None):
            message = "Name the property and the folder, or the document that it is a new version of."
            raise ValueError(message)
        return self


class UploadRead(ReadModel):
    """How far an upload is: `receiving`, `whole` while the document is being written, or `finished`."""

    id: uuid.UUID
    size: int
    offset: int
    state: Literal["receiving", "whole", "finished"]
    document_id: uuid.UUID | None
    expires_at: UtcDatetime


class VersionRead(ReadModel):
    """One version of a document."""

    number: int
    file_name: str
    sha256: str
    size: int
    content_type: str
    virus_scan: Literal["not_scanned", "clean", "infected"]
    virus_name: str
    scanned_at: UtcDatetime | None
    text_state: Literal["waiting", "done", "none", "unavailable", "ocr_waiting", "ocr_done", "ocr_failed"]
    text_note: str
    picture_state: Literal["waiting", "done", "none", "unavailable"]
    page_count: int | None
    has_preview: bool
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
    dated_on: date | None
    created_at: UtcDatetime
    changed_at: UtcDatetime
    pinned_at: UtcDatetime | None
    pinned_by_name: str | None
    state: Literal["present", "isolated", "purged"]
    latest: VersionRead


class PlacedDocument(DocumentRead):
    """A document as one property's file shows it.

    `shown_in` is its folder there; `from_parcel` and `until_on` say that the land was another parcel before, and
    `is_linked` that the document has its place in another property's file. `removed_at` is when it left the file, which
    only the file of an earlier day shows.
    """

    shown_in: uuid.UUID
    from_parcel: str | None
    until_on: date | None
    is_linked: bool
    removed_at: UtcDatetime | None


class LinkRead(ReadModel):
    """Another property whose file shows a document."""

    property_id: uuid.UUID
    property_label: str
    folder_id: uuid.UUID
    linked_by_name: str


class DocumentDetail(DocumentRead):
    """A document with all its versions, the newest first, and the files that show it besides its own.

    `bytes_state` is what was found when the latest version's bytes were last read again, at `last_verified_at`.
    """

    folder_name: str
    versions: list[VersionRead]
    links: list[LinkRead]
    last_verified_at: UtcDatetime | None
    bytes_state: BytesState
    kept_because: str | None
    kept_until_on: date | None
    removal_id: uuid.UUID | None
    removal_is_mine: bool


class DocumentUpdate(RequestModel):
    """What changes of a document; what is not given stays."""

    title: RequiredLine | None = None
    description: Paragraph | None = None
    dated_on: Day | None = None
    folder_id: uuid.UUID | None = None


class PinUpdate(RequestModel):
    """Pin a document for everyone, or unpin it."""

    pinned: bool


class LinkCreate(RequestModel):
    """Another property whose file is to show the document, in its own folder's place unless another is named."""

    property_id: uuid.UUID
    folder_id: Annotated[
        uuid.UUID | None, Field(description="Where in that file; the document's own folder by default")
    ] = None


class ActivityRead(ReadModel):
    """A line of the log."""

    id: uuid.UUID
    created_at: UtcDatetime
    action: Action
    actor_name: str
    folder_id: uuid.UUID | None
    document_id: uuid.UUID | None
    document_title: str | None
    folder_name: str | None
    version_number: int | None
    detail: dict[str, Any]


class ParcelRead(ReadModel):
    """A parcel of the property: `2/2/DP2288`, Lot 2 Section 2 DP 2288."""

    text: str
    title: str
    status: str


class AncestorRead(ReadModel):
    """A parcel that the land was before, and the day on which it became others."""

    property_id: uuid.UUID
    parcel: str
    title: str
    until_on: date


class PinnedRead(ReadModel):
    """A pinned document."""

    id: uuid.UUID
    title: str
    folder_id: uuid.UUID


class FileRead(ReadModel):
    """The file of one property: its folders, and what happened in it last."""

    property_id: uuid.UUID
    address: str | None
    parcels: list[ParcelRead]
    assessment: str | None
    document_count: int
    inherited_count: int
    lineage: list[AncestorRead]
    folders: list[FolderSummary]
    holds: list[str]
    pinned: list[PinnedRead]
    recent: list[ActivityRead]


class OcrRead(ReadModel):
    """How far the reading of scanned pages is, and what it cost."""

    is_on: bool
    why_off: str
    waiting: int
    """Documents; at most 10,000 are counted."""
    done: int
    failed: int
    pages: int
    """Pages read so far, of those that wait as well."""
    seconds: float
    """Time that they took, in seconds of a processor that does nothing else."""
