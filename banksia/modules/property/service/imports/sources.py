"""Where files come from, and how they are read."""

import uuid
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.paging import Key, page_of
from banksia.modules.property.errors import ImportNotNow, SourceInvalid, SourceNotFound
from banksia.modules.property.models import Source
from banksia.modules.property.queries import imports as queries
from banksia.modules.property.schemas.imports import ImportSourceCreate, ImportSourceRead, ImportSourceUpdate
from banksia.modules.property.service.importing.options import ImportOptions
from banksia.modules.property.service.imports.allowed_folders import check_watched_url

_NULLABLE = frozenset({"crs", "watched_url"})


def list_sources(
    session: Session, actor: Actor, *, retired: bool, limit: int, cursor: str | None
) -> tuple[list[ImportSourceRead], str | None]:
    """The council's sources by name, those in use or those that were retired."""
    chosen = Source.retired_at.is_not(None) if retired else Source.retired_at.is_(None)
    rows, following = page_of(
        session,
        queries.sources_of(actor.organisation_id).where(chosen),
        keys=[Key(Source.name, "name"), Key(Source.id, "id")],
        limit=limit,
        cursor=cursor,
    )
    return _described(session, actor, rows), following


def read_source(session: Session, actor: Actor, *, source_id: uuid.UUID) -> ImportSourceRead:
    """One source; raises SourceNotFound."""
    return _described(session, actor, [get_source(session, actor, source_id)])[0]


def get_source(session: Session, actor: Actor, source_id: uuid.UUID, *, lock: bool = False) -> Source:
    """The row of a source; raises SourceNotFound."""
    found = queries.sources_of(actor.organisation_id).where(Source.id == source_id)
    source = session.scalar(found.with_for_update() if lock else found)
    if source is None:
        raise SourceNotFound
    return source


def usable_source(session: Session, actor: Actor, source_id: uuid.UUID) -> Source:
    """A source that still takes files; raises SourceNotFound and ImportNotNow."""
    source = get_source(session, actor, source_id)
    if source.retired_at is not None:
        message = f"“{source.name}” is retired and takes no files. Choose another source."
        raise ImportNotNow(message)
    return source


def create_source(session: Session, actor: Actor, *, created: ImportSourceCreate) -> ImportSourceRead:
    """Keep a new source; raises SourceInvalid."""
    values = created.model_dump()
    _check(session, actor, values, None)
    source = Source(organisation_id=actor.organisation_id, **values)
    session.add(source)
    session.flush()
    audit.record(session, actor, "property.source_created", subject=source, detail={"name": source.name})
    return _described(session, actor, [source])[0]


def update_source(
    session: Session, actor: Actor, *, source_id: uuid.UUID, changes: ImportSourceUpdate
) -> ImportSourceRead:
    """Change how a source's next files are read; raises SourceNotFound and SourceInvalid."""
    source = get_source(session, actor, source_id, lock=True)
    given = changes.model_dump(exclude_unset=True)
    change_source(session, actor, source, given)
    return _described(session, actor, [source])[0]


def change_source(session: Session, actor: Actor, source: Source, given: dict[str, Any]) -> None:
    """Set what was given and differs; raises SourceInvalid."""
    values = {name: value for name, value in given.items() if value is not None or name in _NULLABLE}
    _check(session, actor, values, source)
    changed = {name: value for name, value in values.items() if getattr(source, name) != value}
    if not changed:
        return
    for name, value in changed.items():
        setattr(source, name, value)
    audit.record(session, actor, "property.source_changed", subject=source, detail=changed)
    session.flush()


def retire_source(session: Session, actor: Actor, *, source_id: uuid.UUID) -> ImportSourceRead:
    """Take no more files from a source; what came from it stays. Raises SourceNotFound."""
    source = get_source(session, actor, source_id, lock=True)
    if source.retired_at is None:
        source.retired_at = utc_now()
        audit.record(session, actor, "property.source_retired", subject=source, detail={"name": source.name})
        session.flush()
    return _described(session, actor, [source])[0]


def _check(session: Session, actor: Actor, values: dict[str, Any], source: Source | None) -> None:
    name = values.get("name")
    if name is not None:
        same = session.scalar(queries.sources_of(actor.organisation_id).where(Source.name == name))
        if same is not None and same is not source:
            message = f"There is a source called “{name}” already{' (retired)' if same.retired_at else ''}."
            raise SourceInvalid("name", f"{message} Choose another name.")
    if values.get("watched_url"):
        values["watched_url"] = check_watched_url(session, values["watched_url"])
    elif "watched_url" in values:
        values["watched_url"] = None
    watched = values.get("watched_url", source.watched_url if source else None)
    if values.get("applies_unwatched") and not watched:
        message = "Only the files of a watched folder can be applied without a review. Name the folder too."
        raise SourceInvalid("applies_unwatched", message)


def _described(session: Session, actor: Actor, rows: list[Source]) -> list[ImportSourceRead]:
    ids = [row.id for row in rows]
    found: Any = session.execute(queries.last_applied(actor.organisation_id, ids)) if ids else ()
    applied = {source_id: finished_at for source_id, finished_at in found}  # noqa: C416  (a row is no pair to mypy)
    return [
        ImportSourceRead(
            **{name: getattr(row, name) for name in ImportSourceRead.model_fields if name != "last_applied_at"},
            last_applied_at=applied.get(row.id),
        )
        for row in rows
    ]


def source_for_command(
    session: Session, actor: Actor, name: str, options: ImportOptions, *, is_complete: bool
) -> Source:
    """The source of that name, made if there is none; raises ImportNotNow and SourceInvalid."""
    source = session.scalar(queries.source_named(actor.organisation_id, name))
    if source is None:
        values = {
            "name": name,
            "format": options.format,
            "mapping": options.mapping,
            "crs": options.crs,
            "localities": list(options.localities),
            "synthesise_parcels": options.synthesise_parcels,
            "is_complete": is_complete,
        }
        create_source(session, actor, created=ImportSourceCreate.model_validate(values))
        return session.scalars(queries.source_named(actor.organisation_id, name)).one()
    if source.format != options.format:
        raise SourceInvalid("format", f"“{name}” gives files of the format {source.format}, not {options.format}.")
    if is_complete:
        change_source(session, actor, source, {"is_complete": True})
    return usable_source(session, actor, source.id)


def options_with(source: Source, options: ImportOptions) -> ImportOptions:
    """The options, completed by how the source's files are read."""
    return replace(
        options,
        mapping=options.mapping or source.mapping,
        crs=options.crs or source.crs,
        localities=options.localities or tuple(source.localities),
        synthesise_parcels=options.synthesise_parcels or source.synthesise_parcels,
    )
