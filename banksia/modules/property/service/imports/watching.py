"""Folders and S3 prefixes that are looked into for new files, within what the operator allows.

A new file becomes an import and is checked. It is applied by itself only when its source says so and the check found
nothing suspicious; everything else waits for a person.
"""

import datetime

import structlog

from banksia.foundation.audit import public as audit
from banksia.foundation.storage import public as storage
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions, organisation_id_of
from banksia.modules.property.errors import SourceInvalid
from banksia.modules.property.models import Source
from banksia.modules.property.queries import imports as queries
from banksia.modules.property.service.imports.allowed_folders import find_watched
from banksia.modules.property.service.imports.receiving import base_name, write_import
from banksia.modules.property.service.imports.reviewing import start_check

SETTLED_AFTER = datetime.timedelta(seconds=60)
"""A file that was changed later than that may still be growing."""
log = structlog.get_logger()


def watch_sources(transactions: Transactions) -> int:
    """Look into every watched folder of the council; answers how many new files became imports.

    Called outside any transaction. A folder that cannot be read is noted in the log and looked into next time.
    """
    with transactions() as session:
        watched = list(session.scalars(queries.watched_sources(organisation_id_of(session))))
    return sum(_watch(transactions, source) for source in watched)


def _watch(transactions: Transactions, source: Source) -> int:
    try:
        place = _open(transactions, source)
        files = [each for each in place.files() if each.size and each.modified_at < utc_now() - SETTLED_AFTER]
        new = _unseen(transactions, source, files)
        for each in new:
            _take(transactions, source, place, each)
    except (storage.PlaceFailed, storage.FileMissing, SourceInvalid, storage.UploadTooLarge) as error:
        log.warning("watch_failed", source_id=str(source.id), error=str(error))
        return 0
    return len(new)


def _open(transactions: Transactions, source: Source) -> storage.Place:
    """The place, asked again whether it is allowed: the setting may have changed, and a link may lead out of it."""
    assert source.watched_url is not None  # noqa: S101  (only such sources are asked for)
    with transactions() as session:
        found = find_watched(session, source.watched_url)
    return storage.open_place(found.url, options=found.options)


def _unseen(transactions: Transactions, source: Source, files: list[storage.PlacedFile]) -> list[storage.PlacedFile]:
    marks = [each.mark for each in files]
    with transactions() as session:
        statement = queries.watched_marks(organisation_id_of(session), source.id, marks)
        seen = set(session.scalars(statement)) if marks else set()
    return [each for each in files if each.mark not in seen]


def _take(transactions: Transactions, source: Source, place: storage.Place, file: storage.PlacedFile) -> None:
    """Store the file's bytes, then write its import and have it checked."""
    stored = storage.keep_stream(transactions, place.read(file.name, size=file.size), size=file.size)
    with transactions() as session:
        actor = transactions.actor
        run = write_import(session, actor, source, storage.record_object(session, stored), base_name(file.name))
        run.options = {**run.options, "watched": file.mark, "apply_unwatched": source.applies_unwatched}
        audit.record(session, actor, "property.watched_file_found", subject=run, detail={"file": file.name})
        start_check(session, actor, run)
