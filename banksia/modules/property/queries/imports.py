"""Sources, imports, conflicts and unmatched rows, scoped to one organisation."""

import datetime
import uuid
from collections.abc import Collection

from sqlalchemy import Select, func, select

from banksia.modules.property.models import Conflict, Correction, ImportProgress, ImportRun, Source, UnmatchedRow

Ids = Collection[uuid.UUID]


def sources_of(organisation_id: uuid.UUID) -> Select[Source]:
    """The sources of a council."""
    return select(Source).where(Source.organisation_id == organisation_id)


def watched_sources(organisation_id: uuid.UUID) -> Select[Source]:
    """Sources whose folder is looked into."""
    return sources_of(organisation_id).where(Source.watched_url.is_not(None), Source.retired_at.is_(None))


def watched_marks(organisation_id: uuid.UUID, source_id: uuid.UUID, marks: Collection[str]) -> Select[str]:
    """Which of these deliveries have become imports already."""
    mark = ImportRun.options["watched"].as_string()
    return select(mark).where(
        ImportRun.organisation_id == organisation_id, ImportRun.source_id == source_id, mark.in_(marks)
    )


def source_named(organisation_id: uuid.UUID, name: str) -> Select[Source]:
    """The source of that name."""
    return sources_of(organisation_id).where(Source.name == name)


def source_names(organisation_id: uuid.UUID, ids: Ids) -> Select[uuid.UUID, str]:
    """Sources by id."""
    return select(Source.id, Source.name).where(Source.organisation_id == organisation_id, Source.id.in_(ids))


def last_applied(organisation_id: uuid.UUID, source_ids: Ids) -> Select[uuid.UUID | None, datetime.datetime | None]:
    """When an import of each source was applied last."""
    return (
        select(ImportRun.source_id, func.max(ImportRun.finished_at))
        .where(
            ImportRun.organisation_id == organisation_id,
            ImportRun.source_id.in_(source_ids),
            ImportRun.state == "applied",
        )
        .group_by(ImportRun.source_id)
    )


def runs_of(organisation_id: uuid.UUID) -> Select[ImportRun]:
    """The imports of a council."""
    return select(ImportRun).where(ImportRun.organisation_id == organisation_id)


def run_names(organisation_id: uuid.UUID, ids: Ids) -> Select[uuid.UUID, str]:
    """The names of imported files, by import."""
    return select(ImportRun.id, ImportRun.file_name).where(
        ImportRun.organisation_id == organisation_id, ImportRun.id.in_(ids)
    )


def progress_of(organisation_id: uuid.UUID, run_ids: Ids) -> Select[ImportProgress]:
    """How far running imports are."""
    return select(ImportProgress).where(
        ImportProgress.organisation_id == organisation_id, ImportProgress.import_run_id.in_(run_ids)
    )


def conflicts_of(organisation_id: uuid.UUID) -> Select[Conflict]:
    """What imports said against corrections."""
    return select(Conflict).where(Conflict.organisation_id == organisation_id)


def contradicted_corrections(organisation_id: uuid.UUID, property_id: uuid.UUID) -> Select[Correction]:
    """The corrections of a property that an import contradicts and nobody has decided between, the oldest first."""
    return (
        select(Correction)
        .join(Conflict, Conflict.correction_id == Correction.id)
        .where(
            Correction.organisation_id == organisation_id,
            Correction.property_id == property_id,
            Conflict.organisation_id == organisation_id,
            Conflict.state == "open",
        )
        .order_by(Correction.id)
    )


def corrections_with_ids(organisation_id: uuid.UUID, ids: Ids) -> Select[Correction]:
    """Corrections by id."""
    return select(Correction).where(Correction.organisation_id == organisation_id, Correction.id.in_(ids))


def unmatched_of(organisation_id: uuid.UUID, kind: str) -> Select[UnmatchedRow]:
    """Rows of files about properties that the truth does not know, still waiting."""
    return select(UnmatchedRow).where(
        UnmatchedRow.organisation_id == organisation_id,
        UnmatchedRow.kind == kind,
        UnmatchedRow.resolved_at.is_(None),
    )


def unmatched_with_id(organisation_id: uuid.UUID, row_id: uuid.UUID) -> Select[UnmatchedRow]:
    """One such row, still waiting."""
    return select(UnmatchedRow).where(
        UnmatchedRow.organisation_id == organisation_id, UnmatchedRow.id == row_id, UnmatchedRow.resolved_at.is_(None)
    )
