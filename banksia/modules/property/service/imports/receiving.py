"""A file comes in: checked before its first byte, stored, and only then an import."""

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.storage import public as storage
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions
from banksia.kit.kill_points import reach
from banksia.kit.models import new_id
from banksia.modules.property.errors import ImportRefused
from banksia.modules.property.models import ImportRun, Source
from banksia.modules.property.schemas.imports import ImportRunDetail
from banksia.modules.property.service.imports.reading import describe_run
from banksia.modules.property.service.imports.sources import usable_source


@dataclass(frozen=True)
class ImportUpload:
    """What is said of a file before it is sent. `size` is in bytes, `sha256` is the sender's own reckoning."""

    source_id: uuid.UUID
    file_name: str
    size: int
    sha256: str


@contextmanager
def receive_import(transactions: Transactions, upload: ImportUpload) -> Iterator[storage.Receiving]:
    """Take a file's bytes once it is known that they may come.

    Raises SourceNotFound, ImportNotNow, ImportRefused and what `storage.receive` raises.
    """
    with transactions() as session:
        usable_source(session, transactions.actor, upload.source_id)
    base_name(upload.file_name)
    if upload.size == 0:
        message = "The file is empty. Export it again and look into it before you send it."
        raise ImportRefused(message)
    with storage.receive(transactions.platform, size=upload.size) as receiving:
        yield receiving


def add_import(transactions: Transactions, upload: ImportUpload, receiving: storage.Receiving) -> ImportRunDetail:
    """Make the received bytes safe, then write the import; called outside any transaction."""
    stored = receiving.keep(transactions, sha256=upload.sha256)
    reach("property.file_stored")
    actor = transactions.actor
    with transactions() as session:
        source = usable_source(session, actor, upload.source_id)
        run = write_import(session, actor, source, storage.record_object(session, stored), base_name(upload.file_name))
        return describe_run(session, actor, run)


def write_import(
    session: Session, actor: Actor, source: Source, stored: storage.StoredObject, file_name: str
) -> ImportRun:
    """The import of a stored file, received and not yet checked."""
    run = ImportRun(
        id=new_id(),
        organisation_id=actor.organisation_id,
        source_id=source.id,
        state="received",
        format=source.format,
        file_name=file_name,
        sha256=stored.sha256,
        object_id=stored.id,
        options=options_of(source),
        counts={},
        report={},
        requested_by_id=actor.user_id,
        requested_by_name=actor.name,
        started_at=utc_now(),
    )
    session.add(run)
    session.flush()
    detail = {"file": file_name, "source": source.name, "sha256": stored.sha256, "size": stored.size}
    audit.record(session, actor, "property.import_received", subject=run, detail=detail)
    return run


def options_of(source: Source) -> dict[str, object]:
    """How a source's files are read, kept with each import."""
    return {
        "mapping": source.mapping,
        "crs": source.crs,
        "localities": source.localities,
        "synthesise_parcels": source.synthesise_parcels,
        "is_complete": source.is_complete,
        "ended_percent_limit": source.ended_percent_limit,
    }


def base_name(file_name: str) -> str:
    """The last part of a name that may hold folders of either kind; raises ImportRefused when nothing is left."""
    name = re.sub(r"[\x00-\x1f\x7f]+", " ", re.split(r"[/\\]", file_name)[-1]).strip()
    if not name.strip("."):
        message = "The file has no name. Give it one, with the ending that its kind has."
        raise ImportRefused(message)
    return name
