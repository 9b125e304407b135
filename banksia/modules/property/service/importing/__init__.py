"""Imports: a file in, the truth of a council changed as a whole or not at all."""

from hashlib import sha256
from pathlib import Path

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.events.public import emit
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.kit.models import new_id
from banksia.modules.property.errors import ImportRefused, ImportSuspicious
from banksia.modules.property.events import ImportApplied
from banksia.modules.property.models import ImportRun, Source
from banksia.modules.property.permissions import IMPORTS_RUN
from banksia.modules.property.service.importing.applying import FromSource, OnStep
from banksia.modules.property.service.importing.options import ImportOptions, ImportReport
from banksia.modules.property.service.importing.reading import Progress
from banksia.modules.property.service.importing.working import Job, carry_out

__all__ = ["ImportOptions", "ImportReport", "import_addresses"]


def import_addresses(
    session: Session,
    actor: Actor,
    path: Path,
    options: ImportOptions,
    *,
    source: Source | None = None,
    confirm_suspicious: bool = True,
    on_progress: Progress | None = None,
    on_step: OnStep = lambda _step: None,
) -> ImportReport:
    """Import a file of any format into the session's council, at once; raises ImportRefused and ImportSuspicious.

    A second run of the same file changes nothing. With `dry_run` everything is done and taken back, and the counts
    say what would change. Rows that cannot be taken are listed in the report file and do not stop the rest.
    `on_progress` hears how many bytes of how many are read, `on_step` what is being done.
    """
    actor.require(IMPORTS_RUN)
    if not path.exists():
        message = f"There is no file “{path}”. Check the path and try again."
        raise ImportRefused(message)
    savepoint = session.begin_nested()
    run = _begin(session, actor, path, options, source)
    given = FromSource(source.id, source.is_complete, source.ended_percent_limit) if source else FromSource()
    report = carry_out(session, Job(run.id, path, options, given, actor.name, on_progress, on_step))
    suspicious = report.findings and not confirm_suspicious and not options.dry_run
    if options.dry_run or suspicious or not report.changed:
        session.expunge(run)
        savepoint.rollback()
        if suspicious:
            raise ImportSuspicious(" ".join(finding["message"] for finding in report.findings))
        return report
    run.counts, run.report, run.finished_at = report.counts, report.recorded(), utc_now()
    session.flush()
    savepoint.commit()  # house: commit, ends the savepoint that a dry run takes back, not the transaction
    audit.record(session, actor, "property.import_applied", subject=run, detail={"file": path.name, **report.counts})
    emit(session, ImportApplied(import_run_id=run.id))
    return report


def _begin(session: Session, actor: Actor, path: Path, options: ImportOptions, source: Source | None) -> ImportRun:
    run = ImportRun(
        id=new_id(),
        organisation_id=organisation_id_of(session),
        source_id=source.id if source else None,
        state="applied",
        format=options.format,
        file_name=path.name,
        sha256=digest_of(path),
        options=options.recorded(),
        counts={},
        report={},
        requested_by_id=actor.user_id,
        requested_by_name=actor.name,
        applied_by_id=actor.user_id,
        applied_by_name=actor.name,
        started_at=utc_now(),
    )
    session.add(run)
    session.flush()
    return run


def digest_of(path: Path) -> str:
    """SHA-256 of a file, in hex; of a folder, over the names and digests of its files."""
    digest = sha256()
    if path.is_dir():
        for each in sorted(each for each in path.rglob("*") if each.is_file()):
            digest.update(f"{each.relative_to(path)} {digest_of(each)}\n".encode())
        return digest.hexdigest()
    with path.open("rb") as content:
        while block := content.read(1024 * 1024):
            digest.update(block)
    return digest.hexdigest()
