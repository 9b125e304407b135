"""What a person does with an import before it is applied: look into it, check it, apply it, or let it be."""

import uuid

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.events.public import enqueue
from banksia.foundation.storage.public import BytesMissing, StoredObject, find_object
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions
from banksia.modules.property.errors import ImportNotFound, ImportNotNow, ImportSuspicious
from banksia.modules.property.models import ImportRun
from banksia.modules.property.schemas.imports import ImportCheck, ImportPreview, ImportRunDetail, PreviewRow
from banksia.modules.property.service.importing.options import ImportOptions
from banksia.modules.property.service.importing.readers.guessing import describe_file
from banksia.modules.property.service.imports.fetching import fetched
from banksia.modules.property.service.imports.reading import describe_run, get_run
from banksia.modules.property.service.imports.receiving import options_of
from banksia.modules.property.service.imports.sources import change_source, usable_source

_BEFORE_APPLYING = ("received", "checked", "failed")
_IN_WORDS = {
    "received": "waits to be checked",
    "checking": "is being checked",
    "checked": "is checked",
    "applying": "is being applied",
    "applied": "is applied",
    "reverting": "is being reverted",
    "reverted": "was reverted",
    "failed": "has failed",
    "discarded": "was discarded",
}


def require_state(run: ImportRun, allowed: tuple[str, ...], wish: str) -> None:
    """Refuse what the import's state does not allow; raises ImportNotNow."""
    if run.state not in allowed:
        message = f"This import {_IN_WORDS[run.state]}, so it cannot be {wish} now. Reload the page."
        raise ImportNotNow(message)


def preview_import(transactions: Transactions, *, run_id: uuid.UUID, check: ImportCheck) -> ImportPreview:
    """How the file would be read with these options; nothing is kept. Call it outside any transaction.

    Raises ImportNotFound, ImportNotNow, ImportRefused, BytesMissing and StorageUnavailable.
    """
    actor = transactions.actor
    with transactions() as session:
        run = get_run(session, actor, run_id)
        require_state(run, _BEFORE_APPLYING, "looked into")
        stored = stored_file(session, run)
    given = {**run.options, **check.model_dump(exclude_unset=True)}
    mapping = given["mapping"] or {}
    with fetched(transactions.platform, stored, run.file_name, head_of=run.format) as path:
        described = describe_file(path, run.format, mapping, given["crs"], synthesise=bool(given["synthesise_parcels"]))
    return ImportPreview(
        format=run.format,  # type: ignore[arg-type]  # written from the source's own format only
        encoding=described.encoding,
        delimiter=described.delimiter,
        columns=described.columns,
        mapping=described.mapping,
        fields=described.fields,
        rows=[PreviewRow.model_validate(row) for row in described.rows],
        problems=described.problems,
    )


def check_import(session: Session, actor: Actor, *, run_id: uuid.UUID, check: ImportCheck) -> ImportRunDetail:
    """Have the import tried without changing anything; what is given of its options is kept with the source.

    Raises ImportNotFound, ImportNotNow and SourceInvalid.
    """
    run = get_run(session, actor, run_id, lock=True)
    require_state(run, _BEFORE_APPLYING, "checked")
    if run.source_id is None or run.object_id is None:
        raise ImportNotFound
    source = usable_source(session, actor, run.source_id)
    change_source(session, actor, source, check.model_dump(exclude_unset=True))
    run.options = options_of(source)
    start_check(session, actor, run)
    return describe_run(session, actor, run)


def start_check(session: Session, actor: Actor, run: ImportRun) -> None:
    """Queue the dry run."""
    run.state, run.failure, run.finished_at = "checking", None, None
    run.counts, run.report, run.rejected_object_id = {}, {}, None
    session.flush()
    audit.record(session, actor, "property.import_check_started", subject=run, detail={"file": run.file_name})
    enqueue(session, "property.check_import", run_id=run.id)


def apply_import(session: Session, actor: Actor, *, run_id: uuid.UUID, confirm_suspicious: bool) -> ImportRunDetail:
    """Have a checked import applied; raises ImportNotFound, ImportNotNow and ImportSuspicious."""
    run = get_run(session, actor, run_id, lock=True)
    require_state(run, ("checked",), "applied")
    findings = run.report.get("findings", [])
    if findings and not confirm_suspicious:
        said = " ".join(finding["message"] for finding in findings)
        message = f"{said} Look at it, and apply the import with a confirmation if it is right all the same."
        raise ImportSuspicious(message)
    start_apply(session, actor, run, confirm_suspicious=confirm_suspicious)
    return describe_run(session, actor, run)


def start_apply(session: Session, actor: Actor, run: ImportRun, *, confirm_suspicious: bool) -> None:
    """Queue the work."""
    run.state, run.failure = "applying", None
    run.options = {**run.options, "confirm_suspicious": confirm_suspicious}
    run.applied_by_id, run.applied_by_name = actor.user_id, actor.name
    session.flush()
    detail = {"file": run.file_name, "confirm_suspicious": confirm_suspicious}
    audit.record(session, actor, "property.import_approved", subject=run, detail=detail)
    enqueue(session, "property.apply_import", run_id=run.id)


def discard_import(session: Session, actor: Actor, *, run_id: uuid.UUID) -> ImportRunDetail:
    """Let an import be that was not applied; raises ImportNotFound and ImportNotNow."""
    run = get_run(session, actor, run_id, lock=True)
    require_state(run, _BEFORE_APPLYING, "discarded")
    run.state, run.finished_at = "discarded", utc_now()
    audit.record(session, actor, "property.import_discarded", subject=run, detail={"file": run.file_name})
    session.flush()
    return describe_run(session, actor, run)


def record_rejected_download(session: Session, actor: Actor, *, run_id: uuid.UUID) -> tuple[StoredObject, str]:
    """Note that somebody takes the list of rejected rows; answers its bytes' row and a name for the file.

    Raises ImportNotFound.
    """
    run = get_run(session, actor, run_id)
    stored = find_object(session, run.rejected_object_id) if run.rejected_object_id else None
    if stored is None:
        raise ImportNotFound
    audit.record(session, actor, "property.rejected_rows_downloaded", subject=run, detail={"file": run.file_name})
    return stored, f"{run.file_name.split('.', 1)[0]}.rejected.csv"


def stored_file(session: Session, run: ImportRun) -> StoredObject:
    """The stored file of an import; raises ImportNotFound for one without a file, and BytesMissing."""
    if run.object_id is None:
        raise ImportNotFound
    stored = find_object(session, run.object_id)
    if stored is None:
        raise BytesMissing(run.sha256)
    return stored


def options_of_run(run: ImportRun, *, dry_run: bool = False) -> ImportOptions:
    """How the import's file is read."""
    given = run.options
    return ImportOptions(
        format=run.format,
        mapping=given.get("mapping") or {},
        crs=given.get("crs"),
        synthesise_parcels=bool(given.get("synthesise_parcels")),
        localities=tuple(given.get("localities") or ()),
        dry_run=dry_run,
    )
