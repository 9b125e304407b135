"""Where the truth comes from: sources, the imports of their files, and what an import could not place."""

import datetime
import uuid
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from banksia.kit.models import NAMES_NO_OBJECT, Base, OrganisationOwned
from banksia.modules.property.models.columns import in_c_order

FORMATS = ("csv", "gnaf", "gnaf-core", "nsw-lots", "owners", "attributes")
RUN_STATES = ("received", "checking", "checked", "applying", "applied", "reverting", "reverted", "failed", "discarded")


class Source(OrganisationOwned, Base):
    """A system or a publisher whose files are imported again and again, and how they are read."""

    __tablename__ = "sources"
    __table_args__ = (UniqueConstraint("organisation_id", "name"),)

    name: Mapped[str]
    format: Mapped[str]
    mapping: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Our field to the file's column: {"address": "Site address"}."""
    crs: Mapped[str | None]
    localities: Mapped[list[str]] = mapped_column(default=list)
    """Only these are taken of a file that covers more than the council; empty takes all."""
    is_complete: Mapped[bool] = mapped_column(default=False)
    """Each file is the whole truth of the source: what it no longer lists has ended."""
    synthesise_parcels: Mapped[bool] = mapped_column(default=False)
    ended_percent_limit: Mapped[int] = mapped_column(default=5)
    """An import that would end a larger share of the source's records is suspicious and must be confirmed."""
    watched_url: Mapped[str | None]
    """A folder or S3 prefix that is looked into for new files; null when a person uploads them."""
    applies_unwatched: Mapped[bool] = mapped_column(default=False)
    """A watched file without anything suspicious is applied without a person's review."""
    retired_at: Mapped[datetime.datetime | None]


class ImportRun(OrganisationOwned, Base):
    """One file on its way into the truth: received, checked by a dry run, applied, and perhaps reverted."""

    __tablename__ = "import_runs"
    __table_args__ = (
        Index("ix_import_runs_latest", "organisation_id", "id"),
        CheckConstraint(
            "state IN ('received', 'checking', 'checked', 'applying', 'applied', 'reverting', 'reverted', 'failed',"
            " 'discarded')",
            name="state",
        ),
    )

    source_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("property.sources.id"))
    state: Mapped[str] = mapped_column(default="applied")
    format: Mapped[str]
    file_name: Mapped[str]
    sha256: Mapped[str]
    object_id: Mapped[uuid.UUID | None]
    """The stored file; null when it was imported from the command line."""
    rejected_object_id: Mapped[uuid.UUID | None]
    """The stored CSV of rejected rows with their reasons."""
    options: Mapped[dict[str, Any]]
    counts: Mapped[dict[str, Any]]
    report: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Samples of what is new, changed and ended, what is suspicious, and conflicts with corrections."""
    failure: Mapped[str | None]
    """Why it failed, as a sentence that says what to do."""
    requested_by_id: Mapped[uuid.UUID | None]
    requested_by_name: Mapped[str] = mapped_column(default="Banksia")
    applied_by_id: Mapped[uuid.UUID | None]
    applied_by_name: Mapped[str | None]
    started_at: Mapped[datetime.datetime]
    finished_at: Mapped[datetime.datetime | None]
    reverted_at: Mapped[datetime.datetime | None]
    reverted_by_name: Mapped[str | None]


class ImportProgress(Base):
    """How far a running import is; written in short transactions beside the long one."""

    __tablename__ = "import_progress"

    organisation_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    import_run_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    step: Mapped[str]
    done: Mapped[int]
    total: Mapped[int]
    updated_at: Mapped[datetime.datetime]


class UnmatchedRow(OrganisationOwned, Base):
    """A row about a property that the truth does not know: it waits in a work list until it can be placed."""

    __tablename__ = "unmatched_rows"
    __table_args__ = (Index("ix_unmatched_rows_latest", "organisation_id", "kind", "id"),)

    import_run_id: Mapped[uuid.UUID]
    kind: Mapped[str]
    """`owner` or `attribute`."""
    line: Mapped[int]
    key: Mapped[str]
    """The parcel or assessment as the file wrote it."""
    cells: Mapped[dict[str, Any]] = mapped_column(info=NAMES_NO_OBJECT)
    reason: Mapped[str]
    resolved_at: Mapped[datetime.datetime | None]


class QualityFinding(Base):
    """A record that looked wrong when the whole council was last looked through; lists ask whether it still is."""

    __tablename__ = "quality_findings"

    organisation_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = in_c_order(primary_key=True)
    label: Mapped[str] = in_c_order(primary_key=True)
    """The address or parcel in words, by which lists are ordered."""
    record_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
