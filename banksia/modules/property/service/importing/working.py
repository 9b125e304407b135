"""One file of any format into the session's transaction: counts, report and rejected rows out."""

import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from banksia.foundation.events.public import emit
from banksia.kit.database import platform_of
from banksia.kit.events import Event
from banksia.modules.property.errors import ImportRefused
from banksia.modules.property.events import RECORDS_PER_EVENT, AddressChanged, ParcelCreated, ParcelEnded
from banksia.modules.property.queries import reporting as queries
from banksia.modules.property.service.importing.applying import Applying, FromSource, OnStep, lock_imports
from banksia.modules.property.service.importing.attribute_rows import apply_attributes
from banksia.modules.property.service.importing.options import ImportOptions, ImportReport, has_changed
from banksia.modules.property.service.importing.owner_rows import apply_owners
from banksia.modules.property.service.importing.readers import (
    Reader,
    open_attribute_reader,
    open_owner_reader,
    open_reader,
)
from banksia.modules.property.service.importing.reading import Progress, ReadRows, RejectedRows
from banksia.modules.property.service.importing.reporting import findings_of, rejected_findings, samples_of
from banksia.modules.property.service.importing.rows import StagedRow, staged

FEW_RECORDS = 10 * RECORDS_PER_EVENT
"""Events about more records than these are written only when a module listens."""


@dataclass(frozen=True)
class Job:
    """What is to be imported, for whom, and who hears how far it is."""

    run_id: uuid.UUID
    path: Path
    options: ImportOptions
    source: FromSource
    actor_name: str
    on_progress: Progress | None = None
    on_step: OnStep = lambda _step: None


def carry_out(session: Session, job: Job) -> ImportReport:
    """Make a file part of the truth, in the session's transaction; raises ImportRefused.

    The row of the import must be there already. A dry run is carried out alike: the caller takes it back.
    """
    begun = time.perf_counter()
    name = job.path.name.split(".", 1)[0]
    rejected = RejectedRows(job.options.report or Path(f"{name}.rejected.csv"))
    read = ReadRows(rejected, job.on_progress)
    job.on_step("Reading the file")
    report = _KINDS.get(job.options.format, _land)(session, job, read)
    rejected.flush()
    report.report = rejected.path if rejected.count else None
    report.seconds = time.perf_counter() - begun
    return report


def _land(session: Session, job: Job, read: ReadRows) -> ImportReport:
    applying = Applying(session, run_id=job.run_id, source=job.source, actor_name=job.actor_name, on_step=job.on_step)
    applying.stage(_staged(open_reader(job.path, job.options), read))
    _refuse_without_rows(read, job)
    counts = applying.apply(refresh=not job.options.dry_run)
    counts = {"rows": read.rows, "rejected": read.rejected.count, **counts}
    findings = findings_of(applying, counts, file_format=job.options.format)
    report = ImportReport(counts=counts, findings=findings, samples=samples_of(applying))
    if not job.options.dry_run and has_changed(counts):
        _tell(session, applying)
    applying.finish()
    return report


def _staged(reader: Reader[Any], read: ReadRows) -> Iterator[StagedRow]:
    for row in read.of(reader):
        yield from staged(row, row.point)


def _owners(session: Session, job: Job, read: ReadRows) -> ImportReport:
    lock_imports(session, job.on_step)
    reader = open_owner_reader(job.path, job.options)
    counts = apply_owners(session, job.run_id, job.actor_name, read.of(reader))
    return _keyed_report(job, read, counts)


def _attributes(session: Session, job: Job, read: ReadRows) -> ImportReport:
    lock_imports(session, job.on_step)
    reader = open_attribute_reader(job.path, job.options)
    rows = read.of(reader)
    counts = apply_attributes(session, job.run_id, job.actor_name, rows, reject=read.rejected.add)
    read.rejected.flush()
    return _keyed_report(job, read, counts)


def _keyed_report(job: Job, read: ReadRows, counts: dict[str, int]) -> ImportReport:
    _refuse_without_rows(read, job)
    counts = {"rows": read.rows, "rejected": read.rejected.count, **counts}
    return ImportReport(counts=counts, findings=rejected_findings(counts))


def _refuse_without_rows(read: ReadRows, job: Job) -> None:
    """A file of which nothing can be taken was exported or mapped wrongly; of a complete source it would end all."""
    if read.rows and read.rows == read.rejected.count and job.source.is_complete:
        message = (
            f"None of the {read.rows:,} rows of “{job.path.name}” can be taken. Check the columns and their mapping,"
            " and whether it is the right file."
        )
        raise ImportRefused(message)


def _tell(session: Session, applying: Applying) -> None:
    """Let other modules hear of parcels that came and went, and of properties whose addresses changed."""
    _tell_of(session, applying, queries.NEW_PARCELS, ParcelCreated, "parcel_ids")
    _tell_of(session, applying, queries.ENDED_PARCELS, ParcelEnded, "parcel_ids")
    _tell_of(session, applying, queries.TOUCHED, AddressChanged, "property_ids")


def _tell_of(session: Session, applying: Applying, query: str, event: type[Event], field: str) -> None:
    heard = bool(platform_of(session).modules.listeners(event.name))
    limited = query if heard else f"{query} LIMIT {FEW_RECORDS + 1}"
    ids = [next(iter(row.values())) for row in applying.rows(limited)]
    if not heard and len(ids) > FEW_RECORDS:
        return
    for start in range(0, len(ids), RECORDS_PER_EVENT):
        emit(session, event(**{field: ids[start : start + RECORDS_PER_EVENT]}))


_KINDS = {"owners": _owners, "attributes": _attributes}
