"""The dry run: each line of the manifest gets a verdict, and nothing is loaded."""

import itertools
from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from banksia.foundation.storage import public as storage
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions, organisation_id_of
from banksia.kit.models import new_id
from banksia.modules.files import queries
from banksia.modules.files.errors import BatchNotFound, FileNameMissing, FolderTooDeep, ManifestUnreadable
from banksia.modules.files.models import Batch, BatchRow, Folder
from banksia.modules.files.service.adding import base_name
from banksia.modules.files.service.folders.property_folders import DEEPEST
from banksia.modules.files.service.loading import manifest
from banksia.modules.files.service.loading.manifest import Line
from banksia.modules.files.service.loading.starting import place_of
from banksia.modules.property.public import NamedProperty, properties_of_assessments, properties_of_parcels

AT_ONCE = 500


def check_batch(transactions: Transactions, *, batch_id: UUID) -> Batch:
    """Read the manifest of a load and judge each line; the same again begins anew. Outside any transaction."""
    with transactions() as session:
        batch = get_batch(session, batch_id, lock=True)
        if batch.state != "checking":
            return batch
        rows = delete(BatchRow).where(BatchRow.organisation_id == batch.organisation_id)
        session.execute(rows.where(BatchRow.batch_id == batch.id))
        place, shelf = batch.place, place_of(session, batch)
    try:
        content = _manifest_of(shelf)
        stored = storage.put_bytes(transactions, content)
        counts = _judge(transactions, batch_id, shelf, content)
    except (storage.PlaceFailed, storage.FileMissing) as error:
        return _end(transactions, batch_id, "failed", note=_why(error, place))
    except ManifestUnreadable as error:
        return _end(transactions, batch_id, "failed", note=error.detail)
    return _end(transactions, batch_id, "checked", counts=counts, manifest_id=stored.id)


def _why(error: Exception, place: str) -> str:
    if isinstance(error, storage.FileMissing):
        return f"There is no {manifest.NAME} in {place}. Put it beside the files."
    return str(error)


def _manifest_of(shelf: storage.Place) -> bytes:
    size = shelf.size_of(manifest.NAME)
    if size > manifest.MOST_BYTES:
        message = f"The manifest is larger than {manifest.MOST_BYTES // 1_000_000} MB. Split the load."
        raise ManifestUnreadable(message)
    return b"".join(shelf.read(manifest.NAME, size=size))


def _judge(transactions: Transactions, batch_id: UUID, shelf: storage.Place, content: bytes) -> Counter[str]:
    counts: Counter[str] = Counter()
    seen: set[str] = set()
    lines = manifest.read_manifest(content)
    for chunk in iter(lambda: list(itertools.islice(lines, AT_ONCE)), []):
        with transactions() as session:
            named = _properties(session, chunk)
            folders = _folder_names(session)
        rows = [_row(line, shelf, named, folders, seen) for line in chunk]
        counts.update(str(row["verdict"]) for row in rows)
        if counts.total() > manifest.MOST_ROWS:
            message = f"The manifest has more than {manifest.MOST_ROWS:,} lines. Split the load."
            raise ManifestUnreadable(message)
        with transactions() as session:
            own = {"organisation_id": organisation_id_of(session), "batch_id": batch_id, "created_at": utc_now()}
            session.execute(insert(BatchRow), [{"id": new_id(), **own, **row} for row in rows])
    return counts


def _properties(session: Session, lines: Iterable[Line]) -> dict[str, NamedProperty]:
    parcels = sorted({line.parcel for line in lines if line.parcel})
    numbers = sorted({line.assessment for line in lines if line.assessment and not line.parcel})
    return {
        **{f"parcel {text}": found for text, found in properties_of_parcels(session, parcels).items()},
        **{f"assessment {text}": found for text, found in properties_of_assessments(session, numbers).items()},
    }


def _folder_names(session: Session) -> set[str]:
    structure = queries.structure_of(organisation_id_of(session)).where(Folder.archived_at.is_(None))
    return {folder.name.lower() for folder in session.scalars(structure) if folder.parent_id is None}


def _row(
    line: Line, shelf: storage.Place, named: dict[str, NamedProperty], folders: set[str], seen: set[str]
) -> dict[str, object]:
    path = manifest.safe_path(line.path)
    home = named.get(f"parcel {line.parcel}" if line.parcel else f"assessment {line.assessment}")
    size, reason = _size(shelf, path, seen)
    reason = reason or _fault(line, home, folders)
    if path is not None:
        seen.add(path)
    return {
        "number": line.number,
        "path": path or line.path,
        "title": line.title[:200],
        "description": line.description[:5000],
        "folder_words": line.folder,
        "property_words": line.parcel or line.assessment,
        "property_id": home.property_id if home else None,
        "parcel": home.parcel if home else None,
        "dated_on": manifest.read_day(line.date) if line.date else None,
        "box": " ".join(part for part in (line.batch, line.box) if part),
        "size": size,
        "verdict": "rejected" if reason else "ready",
        "reason": reason,
        "created": {},
    }


def _size(shelf: storage.Place, path: str | None, seen: set[str]) -> tuple[int | None, str]:
    if path is None:
        return None, "The path is empty or leads out of the folder."
    if path in seen:
        return None, "This file stands in the manifest already."
    try:
        base_name(path)
    except FileNameMissing as error:
        return None, f"{error.title}. {error.detail}"
    try:
        return shelf.size_of(path), ""
    except storage.FileMissing:
        return None, "The file is not there."


def _fault(line: Line, home: NamedProperty | None, folders: set[str]) -> str:
    """Why a line cannot be loaded, in a sentence; empty when it can."""
    if home is None:
        named = line.parcel or line.assessment
        return f"No property has {named}." if named else "The line names no parcel and no assessment."
    top = line.folder.split("/", maxsplit=1)[0].strip()
    if not top:
        return "The line names no folder."
    if not (top.lower() in folders or application_number(line.folder)):
        return f"There is no folder “{top}” in the files of this council."
    if _levels(line.folder) > DEEPEST:
        return FolderTooDeep(DEEPEST).detail
    if line.date and manifest.read_day(line.date) is None:
        return f"“{line.date}” is no day. Write 2017-03-12 or 12/3/2017."
    return ""


def _levels(folder: str) -> int:
    """How many levels of folders a line names; an application is one, although its number has a slash."""
    levels = sum(1 for part in folder.split("/") if part.strip())
    return levels - 1 if application_number(folder) else levels


def application_number(folder: str) -> str | None:
    """`DA 2017/41` or `DA 2017/41/Plans`: the number of a development application, or None."""
    words = folder.strip()
    if words[:3].upper() != "DA ":
        return None
    parts = words[3:].split("/")
    if len(parts) < 2 or not all(part.strip().isascii() and part.strip().isdigit() for part in parts[:2]):
        return None
    year, number = parts[0].strip(), str(int(parts[1]))
    return f"{year}/{number}" if len(year) == 4 and year[:2] in {"19", "20"} and number != "0" else None


def get_batch(session: Session, batch_id: UUID, *, lock: bool = False) -> Batch:
    """A load of the council; raises BatchNotFound."""
    wanted = queries.batches_of(organisation_id_of(session)).where(Batch.id == batch_id)
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    batch = session.scalars(wanted).one_or_none()
    if batch is None:
        raise BatchNotFound
    return batch


def _end(
    transactions: Transactions,
    batch_id: UUID,
    state: str,
    *,
    note: str = "",
    counts: Counter[str] | None = None,
    manifest_id: UUID | None = None,
) -> Batch:
    with transactions() as session:
        batch = get_batch(session, batch_id, lock=True)
        batch.state, batch.note, batch.manifest_id = state, note, manifest_id
        batch.counts, batch.row_count = dict(counts or {}), (counts or Counter()).total()
        batch.ended_at = utc_now() if state == "failed" else None
        return batch
