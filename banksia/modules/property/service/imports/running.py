"""The work of imports in a worker: check and apply, each of which can be done again.

A process that dies leaves the import as it was, and the state says what was wanted: the outbox offers the work again.
What is wrong with the file makes the import fail with a sentence; a database or an object store that is away does not,
the work is tried again later.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.events.public import emit
from banksia.foundation.storage import public as storage
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions
from banksia.kit.errors import Problem
from banksia.kit.kill_points import reach
from banksia.modules.property.events import ImportApplied
from banksia.modules.property.models import ImportRun
from banksia.modules.property.service.importing.applying import FromSource, lock_imports
from banksia.modules.property.service.importing.options import ImportReport
from banksia.modules.property.service.importing.working import Job, carry_out
from banksia.modules.property.service.imports.fetching import fetched
from banksia.modules.property.service.imports.progress import ProgressNotes
from banksia.modules.property.service.imports.quality import queue_review
from banksia.modules.property.service.imports.reading import get_run
from banksia.modules.property.service.imports.reviewing import options_of_run, start_apply, stored_file

log = structlog.get_logger()
UNEXPECTED = (
    "The import could not be finished, and nothing was changed. Try it again; if it fails again, your administrator"
    " finds the reason in the log."
)
CHANGED_MEANWHILE = "The records have changed since this import was checked. Look at what is suspicious now."


class _SuspiciousNow(Exception):  # noqa: N818  (it takes the transaction back, and is no failure)
    def __init__(self, report: ImportReport) -> None:
        super().__init__()
        self.report = report


def run_check(transactions: Transactions, *, run_id: uuid.UUID) -> None:
    """Do everything that the import would do, keep what was found, and take the rest back."""
    run, stored = _begun(transactions, run_id, "checking")
    if run is None or stored is None:
        return
    with failing(transactions, run_id, "checking", "failed"):
        with fetched(transactions.platform, stored, run.file_name) as path:
            report = _dry_run(transactions, run, path)
            rejected = _keep_rejected(transactions, report.report) if report.report else None
        with transactions() as session:
            _note_checked(session, transactions.actor, run_id, report, rejected)


def _begun(
    transactions: Transactions, run_id: uuid.UUID, state: str
) -> tuple[ImportRun | None, storage.StoredObject | None]:
    """The import and its file, unless the work was done already or is no longer wanted."""
    with transactions() as session:
        run = get_run(session, transactions.actor, run_id)
        return (run, stored_file(session, run)) if run.state == state else (None, None)


def _job(transactions: Transactions, run: ImportRun, path: Path, *, dry_run: bool) -> Job:
    notes = ProgressNotes(transactions, run.id)
    source = FromSource(
        run.source_id, bool(run.options.get("is_complete")), int(run.options.get("ended_percent_limit", 5))
    )
    options = replace(options_of_run(run, dry_run=dry_run), report=path.with_name("rejected.csv"))
    name = run.applied_by_name or run.requested_by_name
    return Job(run.id, path, options, source, name, on_progress=notes.advance, on_step=notes.step)


def _dry_run(transactions: Transactions, run: ImportRun, path: Path) -> ImportReport:
    job = _job(transactions, run, path, dry_run=True)
    with transactions() as session:
        savepoint = session.begin_nested()
        report = carry_out(session, job)
        savepoint.rollback()
    return report


def _keep_rejected(transactions: Transactions, path: Path) -> storage.StoredObject:
    """Store the list of rejected rows, however long it is; called outside any transaction."""
    with path.open("rb") as content:
        blocks = iter(partial(content.read, 1024 * 1024), b"")
        stored = storage.keep_stream(transactions, blocks, size=path.stat().st_size)
    with transactions() as session:
        return storage.record_object(session, stored)


def _note_checked(
    session: Session, actor: Actor, run_id: uuid.UUID, report: ImportReport, rejected: storage.StoredObject | None
) -> None:
    run = get_run(session, actor, run_id, lock=True)
    if run.state != "checking":
        return
    run.state, run.counts, run.report = "checked", report.counts, report.recorded()
    run.rejected_object_id = rejected.id if rejected else None
    audit.record(session, actor, "property.import_checked", subject=run, detail={"file": run.file_name})
    if run.options.get("apply_unwatched") and not report.findings:
        start_apply(session, actor, run, confirm_suspicious=False)
    session.flush()


def run_apply(transactions: Transactions, *, run_id: uuid.UUID) -> None:
    """Make the import part of the truth in one transaction; done again, it changes nothing."""
    run, stored = _begun(transactions, run_id, "applying")
    if run is None or stored is None:
        return
    with failing(transactions, run_id, "applying", "failed"):
        with fetched(transactions.platform, stored, run.file_name) as path:
            job = _job(transactions, run, path, dry_run=False)
            try:
                with transactions() as session:
                    _apply(session, transactions.actor, job)
                    reach("property.import_written")
            except _SuspiciousNow as found:
                _back_to_review(transactions, run_id, found.report)
        reach("property.import_applied")


def _apply(session: Session, actor: Actor, job: Job) -> None:
    lock_imports(session, job.on_step)
    run = get_run(session, actor, job.run_id, lock=True)
    if run.state != "applying":
        return
    report = carry_out(session, job)
    if report.findings and not run.options.get("confirm_suspicious"):
        raise _SuspiciousNow(report)
    run.state, run.counts, run.report, run.finished_at = "applied", report.counts, report.recorded(), utc_now()
    audit.record(
        session,
        replace(actor, user_id=run.applied_by_id, name=run.applied_by_name or actor.name),
        "property.import_applied",
        subject=run,
        detail={"file": run.file_name, **report.counts},
    )
    emit(session, ImportApplied(import_run_id=run.id))
    queue_review(session)
    session.flush()


def _back_to_review(transactions: Transactions, run_id: uuid.UUID, report: ImportReport) -> None:
    with transactions() as session:
        run = get_run(session, transactions.actor, run_id, lock=True)
        run.state, run.counts, run.report = "checked", report.counts, report.recorded()
        run.failure = CHANGED_MEANWHILE


@contextmanager
def failing(transactions: Transactions, run_id: uuid.UUID, state: str, otherwise: str) -> Iterator[None]:
    """Turn what goes wrong into a sentence on the import, and leave what passes by itself to a later try."""
    try:
        yield
    except (OperationalError, InterfaceError, storage.StorageUnavailable):
        raise
    except Problem as problem:
        _note_failure(transactions, run_id, state, otherwise, problem.detail)
    except Exception:
        log.exception("import_failed", run_id=str(run_id), state=state)
        _note_failure(transactions, run_id, state, otherwise, UNEXPECTED)


def _note_failure(transactions: Transactions, run_id: uuid.UUID, state: str, otherwise: str, detail: str) -> None:
    with transactions() as session:
        run = get_run(session, transactions.actor, run_id, lock=True)
        if run.state == state:
            run.state, run.failure = otherwise, detail
            audit.record(session, transactions.actor, "property.import_failed", subject=run, detail={"failure": detail})
