"""Imports: a file in, the truth of a council changed as a whole or not at all."""

import csv
import time
from collections import deque
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.events.public import emit
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.modules.property.errors import ImportRefused
from banksia.modules.property.events import ImportApplied
from banksia.modules.property.models import ImportRun
from banksia.modules.property.permissions import IMPORTS_RUN
from banksia.modules.property.service.importing.applying import Applying
from banksia.modules.property.service.importing.options import ImportOptions, ImportReport, Rejected
from banksia.modules.property.service.importing.readers import open_reader
from banksia.modules.property.service.importing.rows import StagedRow, staged

__all__ = ["ImportOptions", "ImportReport", "import_addresses"]

BATCH = 5_000
Progress = Callable[[int, int], None]


def import_addresses(
    session: Session, actor: Actor, path: Path, options: ImportOptions, *, on_progress: Progress | None = None
) -> ImportReport:
    """Import a file of addresses and parcels into the session's council; raises ImportRefused.

    A second run of the same file changes nothing. With `dry_run` everything is done and taken back, and the counts
    say what would change. Rows that cannot be taken are listed in the report file and do not stop the rest.
    `on_progress` hears how many bytes of how many are read.
    """
    actor.require(IMPORTS_RUN)
    if not path.is_file():
        message = f"There is no file “{path}”. Check the path and try again."
        raise ImportRefused(message)
    begun = time.perf_counter()
    report = ImportReport()
    savepoint = session.begin_nested()
    applying = Applying(session)
    reader = _Reader(path, options, on_progress)
    applying.stage(reader.staged())
    report.counts = {"rows": reader.rows, "rejected": reader.rejected, **applying.apply()}
    report.report = reader.report if reader.rejected else None
    if options.dry_run:
        savepoint.rollback()
    else:
        savepoint.commit()  # house: commit, ends the savepoint that a dry run takes back, not the transaction
        if report.changed:
            _record(session, actor, path, options, (report, applying))
    report.seconds = time.perf_counter() - begun
    return report


def _record(
    session: Session, actor: Actor, path: Path, options: ImportOptions, done: tuple[ImportReport, Applying]
) -> None:
    report, applying = done
    with path.open("rb") as content:
        digest = sha256()
        while block := content.read(1024 * 1024):
            digest.update(block)
    run = ImportRun(
        id=applying.run_id,
        organisation_id=organisation_id_of(session),
        format=options.format,
        file_name=path.name,
        sha256=digest.hexdigest(),
        options=options.recorded(),
        counts=report.counts,
        started_at=applying.started_at,
        finished_at=utc_now(),
    )
    session.add(run)
    audit.record(session, actor, "property.import_applied", subject=run, detail={"file": path.name, **report.counts})
    emit(session, ImportApplied(import_run_id=run.id))


class _Reader:
    """Hands on the rows that can be taken, and lists the others in the report file."""

    def __init__(self, path: Path, options: ImportOptions, on_progress: Progress | None) -> None:
        self.file = open_reader(path, options)
        self.on_progress = on_progress
        self.report = options.report or Path(f"{path.name.split('.', 1)[0]}.rejected.csv")
        self.rows = self.rejected = 0

    def staged(self) -> Iterator[StagedRow]:
        """Every row that can be taken; the others go to the report file."""
        rejected: deque[Rejected] = deque()
        for row in self.file.rows():
            self.rows += 1
            if isinstance(row, Rejected):
                rejected.append(row)
            else:
                yield from staged(row, row.point)
            if self.rows % BATCH == 0:
                self._write(rejected)
                if self.on_progress:
                    self.on_progress(min(self.file.read, self.file.size), self.file.size)
        self._write(rejected)
        if self.on_progress:
            self.on_progress(self.file.size, self.file.size)

    def _write(self, rejected: deque[Rejected]) -> None:
        """Append to the report file; it is begun by the first rejected row."""
        if not rejected:
            return
        begin = self.rejected == 0
        with self.report.open("w" if begin else "a", encoding="utf-8", newline="") as lines:
            writer = csv.writer(lines)
            if begin:
                writer.writerow(["line", "reason", "value"])
            for row in sorted(rejected, key=lambda each: each.line):
                writer.writerow([row.line, row.reason, row.value])
        self.rejected += len(rejected)
        rejected.clear()
