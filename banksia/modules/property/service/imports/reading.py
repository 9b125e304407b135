"""Imports as people see them: state, progress, what may be done now, and the report."""

import uuid
from typing import Any

from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.kit.paging import Key, page_of
from banksia.modules.property.errors import ImportNotFound
from banksia.modules.property.models import ImportRun
from banksia.modules.property.queries import imports as queries
from banksia.modules.property.schemas.imports import (
    ImportAction,
    ImportProgressRead,
    ImportRunDetail,
    ImportRunRead,
    ImportSamples,
    ImportSourceName,
)

NEWEST_FIRST = (Key(ImportRun.id, "id", descending=True),)
_WAITING = ("checking", "applying", "reverting")
_ACTIONS: dict[str, list[ImportAction]] = {
    "received": ["preview", "check", "discard"],
    "checked": ["preview", "check", "apply", "discard"],
    "failed": ["preview", "check", "discard"],
    "applied": ["revert"],
}
_NO_SAMPLES = ImportSamples(new=[], changed=[], ended=[])


def list_imports(
    session: Session,
    actor: Actor,
    *,
    source_id: uuid.UUID | None,
    state: str | None,
    limit: int,
    cursor: str | None,
) -> tuple[list[ImportRunRead], str | None]:
    """The council's imports, the newest first."""
    found = queries.runs_of(actor.organisation_id)
    if source_id is not None:
        found = found.where(ImportRun.source_id == source_id)
    if state is not None:
        found = found.where(ImportRun.state == state)
    rows, following = page_of(session, found, keys=NEWEST_FIRST, limit=limit, cursor=cursor)
    about = _About(session, actor, rows)
    return [ImportRunRead.model_validate(about.of(row)) for row in rows], following


def read_import(session: Session, actor: Actor, *, run_id: uuid.UUID) -> ImportRunDetail:
    """One import with its report; raises ImportNotFound."""
    return describe_run(session, actor, get_run(session, actor, run_id))


def get_run(session: Session, actor: Actor, run_id: uuid.UUID, *, lock: bool = False) -> ImportRun:
    """The row of an import; raises ImportNotFound."""
    found = queries.runs_of(actor.organisation_id).where(ImportRun.id == run_id)
    if lock:
        found = found.with_for_update().execution_options(populate_existing=True)
    run = session.scalar(found)
    if run is None:
        raise ImportNotFound
    return run


def describe_run(session: Session, actor: Actor, run: ImportRun) -> ImportRunDetail:
    """An import in full."""
    report = run.report
    return ImportRunDetail(
        **_About(session, actor, [run]).of(run),
        sha256=run.sha256,
        options=run.options,
        findings=report.get("findings", []),
        samples=ImportSamples.model_validate(report["samples"]) if "samples" in report else _NO_SAMPLES,
        conflicts=report.get("conflicts", 0),
    )


class _About:
    """What belongs to some imports, read at once."""

    def __init__(self, session: Session, actor: Actor, rows: list[ImportRun]) -> None:
        source_ids = {row.source_id for row in rows if row.source_id}
        names: Any = session.execute(queries.source_names(actor.organisation_id, source_ids)) if source_ids else ()
        self.sources = {source_id: ImportSourceName(id=source_id, name=name) for source_id, name in names}
        running = [row.id for row in rows if row.state in _WAITING]
        found = session.scalars(queries.progress_of(actor.organisation_id, running)) if running else ()
        self.progress = {each.import_run_id: each for each in found}

    def of(self, run: ImportRun) -> dict[str, Any]:
        """The columns that every picture of an import has."""
        progress = self.progress.get(run.id)
        actions = _ACTIONS.get(run.state, [])
        return {
            "id": run.id,
            "source": self.sources.get(run.source_id) if run.source_id else None,
            "state": run.state,
            "format": run.format,
            "file_name": run.file_name,
            "counts": {name: count for name, count in run.counts.items() if isinstance(count, int)},
            "is_suspicious": bool(run.report.get("findings")),
            "has_rejected": run.rejected_object_id is not None,
            "failure": run.failure,
            "progress": ImportProgressRead.model_validate(progress) if progress else None,
            "actions": actions if run.object_id or run.state == "applied" else [],
            "requested_by_name": run.requested_by_name,
            "applied_by_name": run.applied_by_name,
            "reverted_by_name": run.reverted_by_name,
            "started_at": run.started_at,
            "finished_at": run.finished_at,
            "reverted_at": run.reverted_at,
        }
