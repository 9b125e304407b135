"""Sources, imports and what an import reports."""

import uuid
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from banksia.kit.schemas import Line, ReadModel, RequestModel, RequiredLine, UtcDatetime

ImportFormat = Literal["csv", "gnaf", "gnaf-core", "nsw-lots", "owners", "attributes"]
ImportState = Literal[
    "received", "checking", "checked", "applying", "applied", "reverting", "reverted", "failed", "discarded"
]
ImportAction = Literal["preview", "check", "apply", "discard", "revert"]
Mapping = Annotated[
    dict[
        Annotated[str, StringConstraints(min_length=1, max_length=60)],
        Annotated[str, StringConstraints(max_length=200)],
    ],
    Field(
        max_length=200,
        description='Our field to the file\'s column: `{"address": "Site address"}`; empty says that it has none',
    ),
]
Crs = Annotated[
    str,
    StringConstraints(strip_whitespace=True, pattern=r"^EPSG:[0-9]{4,6}$"),
    Field(description="Reference system of X and Y: `EPSG:7855`"),
]
Localities = Annotated[list[RequiredLine], Field(max_length=500)]
WatchedUrl = Annotated[Line, Field(description="A folder or S3 prefix that is looked into for new files")]
Percent = Annotated[int, Field(ge=0, le=100)]


class ImportSourceCreate(RequestModel):
    """A system or a publisher whose files are imported again and again, and how they are read."""

    name: RequiredLine
    format: ImportFormat
    mapping: Mapping = Field(default={})
    crs: Crs | None = None
    localities: Localities = Field(default=[])
    is_complete: bool = False
    synthesise_parcels: bool = False
    ended_percent_limit: Percent = 5
    watched_url: WatchedUrl | None = None
    applies_unwatched: bool = False


class ImportSourceUpdate(RequestModel):
    """What changes of a source; what is left out stays, and null takes `crs` or `watched_url` away."""

    name: RequiredLine | None = None
    mapping: Mapping | None = None
    crs: Crs | None = None
    localities: Localities | None = None
    is_complete: bool | None = None
    synthesise_parcels: bool | None = None
    ended_percent_limit: Percent | None = None
    watched_url: WatchedUrl | None = None
    applies_unwatched: bool | None = None


class ImportSourceRead(ReadModel):
    """A source.

    `is_complete`: each file is the whole truth of the source, so that what it no longer lists has ended. An import that
    would end more than `ended_percent_limit` percent is suspicious. `applies_unwatched`: a watched file without
    anything suspicious is applied without a person's review. `last_applied_at` is null until one was.
    """

    id: uuid.UUID
    name: str
    format: ImportFormat
    mapping: dict[str, str]
    crs: str | None
    localities: list[str]
    is_complete: bool
    synthesise_parcels: bool
    ended_percent_limit: int
    watched_url: str | None
    applies_unwatched: bool
    created_at: UtcDatetime
    retired_at: UtcDatetime | None
    last_applied_at: UtcDatetime | None


class ImportParameters(RequestModel):
    """What the address of an upload says of the file, whose bytes are the body."""

    source_id: uuid.UUID
    file_name: Annotated[str, Field(min_length=1, max_length=255, description="The file's own name, with its ending")]


class ImportCheck(RequestModel):
    """How the file is to be read; what is given is kept with the source for its next files, the rest stays."""

    mapping: Mapping | None = None
    crs: Crs | None = None
    localities: Localities | None = None
    is_complete: bool | None = None
    synthesise_parcels: bool | None = None


class ImportApply(RequestModel):
    """Whether a person has looked at what is suspicious and wants the import all the same."""

    confirm_suspicious: bool = False


class ImportProgressRead(ReadModel):
    """How far a running import is: `done` of `total`, both 0 while that cannot be said."""

    step: str
    done: int
    total: int


class ImportSourceName(ReadModel):
    """The source of an import."""

    id: uuid.UUID
    name: str


class ImportFinding(ReadModel):
    """Something suspicious, as a sentence; `examples` name a few of the rows or records."""

    code: str
    message: str
    count: int
    examples: list[str]


class ImportSample(ReadModel):
    """One record that is new, changed or ended; of a change, the columns before and after."""

    kind: Literal["address", "parcel", "assessment", "property", "owner", "attribute"]
    label: str
    line: int | None
    before: dict[str, str | None]
    after: dict[str, str | None]


class ImportSamples(ReadModel):
    """The first records of each kind."""

    new: list[ImportSample]
    changed: list[ImportSample]
    ended: list[ImportSample]


class ImportRunRead(ReadModel):
    """One file on its way into the truth.

    `counts` holds what the check found, or what applying did: `rows`, `rejected`, `addresses_new`, `parcels_ended` and
    so on. `actions` are those that its state allows now. `failure` says why it failed and what to do.
    """

    id: uuid.UUID
    source: ImportSourceName | None
    state: ImportState
    format: ImportFormat
    file_name: str
    counts: dict[str, int]
    is_suspicious: bool
    has_rejected: bool
    failure: str | None
    progress: ImportProgressRead | None
    actions: list[ImportAction]
    requested_by_name: str
    applied_by_name: str | None
    reverted_by_name: str | None
    started_at: UtcDatetime
    finished_at: UtcDatetime | None
    reverted_at: UtcDatetime | None


class ImportRunDetail(ImportRunRead):
    """An import with its report: what is new, changed and ended, what is suspicious, and its options."""

    sha256: str
    options: dict[str, Any]
    findings: list[ImportFinding]
    samples: ImportSamples
    conflicts: int


class PreviewRow(ReadModel):
    """One of the first rows: as the file has it, and what an import would take from it.

    `values` holds what else was read, by field; `rejected` says why the row would not be taken, null when it would.
    """

    line: int
    raw: list[str]
    address: str | None
    address_parts: dict[str, str]
    parcels: list[str]
    values: dict[str, str]
    rejected: str | None


class ImportPreview(ReadModel):
    """The file before it is checked: its form, its columns, the mapping as guessed, its first rows, and problems.

    `fields` are those that a mapping of this format can name; `delimiter` and `encoding` are null where it has none.
    """

    format: ImportFormat
    encoding: str | None
    delimiter: str | None
    columns: list[str]
    mapping: dict[str, str]
    fields: list[str]
    rows: list[PreviewRow]
    problems: list[str]
