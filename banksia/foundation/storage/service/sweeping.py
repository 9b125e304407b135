"""Rows and bytes compared: it finds bytes without rows and rows without bytes, and removes neither.

Bytes that a killed upload left behind cost a little space and are used again when the same file comes. Removing them
could race with that very upload, so the sweep reports and a person decides.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import structlog
from sqlalchemy.orm import Session

from banksia.foundation.storage import queries
from banksia.foundation.storage.adapters.incoming import discard_unfinished
from banksia.foundation.storage.adapters.parts import discard_forgotten
from banksia.foundation.storage.adapters.store import StoredKey
from banksia.foundation.storage.models import StoredObject, Sweep
from banksia.foundation.storage.service.fixity import verify_object
from banksia.foundation.storage.service.keeping import object_key, store_of
from banksia.foundation.storage.service.resuming import UPLOADS_LIVE
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions, organisation_id_of

GRACE = timedelta(hours=24)  # longer than any upload: younger bytes may still get their row
ROWS_AT_ONCE = 1000
EXAMPLES = 100

log = structlog.get_logger()


@dataclass
class Findings:
    """What one comparison saw; the lists hold the first hundred only."""

    objects_seen: int = 0
    objects_damaged: int = 0
    bytes_without_row: int = 0
    rows_without_bytes: int = 0
    unclaimed: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Whether rows and bytes agree."""
        return not (self.bytes_without_row or self.rows_without_bytes or self.objects_damaged)

    def note_damaged(self, sha256: str) -> None:
        """Bytes whose hash is another than their row's."""
        self.objects_damaged += 1
        if len(self.damaged) < EXAMPLES:
            self.damaged.append(sha256)

    def note_unclaimed(self, sha256: str) -> None:
        """Bytes that no row names."""
        self.bytes_without_row += 1
        if len(self.unclaimed) < EXAMPLES:
            self.unclaimed.append(sha256)

    def note_missing(self, sha256: str) -> None:
        """A row whose bytes are not there, or not whole."""
        self.rows_without_bytes += 1
        if len(self.missing) < EXAMPLES:
            self.missing.append(sha256)


def sweep_objects(transactions: Transactions) -> Sweep:
    """Compare a council's rows with its bytes and record what was found; call it outside any transaction."""
    folder = store_of(transactions.platform).incoming_folder
    discard_unfinished(folder, older_than_seconds=GRACE.total_seconds())
    discard_forgotten(folder, older_than_seconds=2 * UPLOADS_LIVE.total_seconds())
    findings = compare_objects(transactions)
    if findings.rows_without_bytes:
        log.error("storage.rows_without_bytes", count=findings.rows_without_bytes, examples=findings.missing[:10])
    if findings.bytes_without_row:
        log.warning("storage.bytes_without_row", count=findings.bytes_without_row, examples=findings.unclaimed[:10])
    sweep = Sweep(
        organisation_id=transactions.actor.organisation_id,
        objects_seen=findings.objects_seen,
        bytes_without_row=findings.bytes_without_row,
        rows_without_bytes=findings.rows_without_bytes,
        examples={"bytes_without_row": findings.unclaimed, "rows_without_bytes": findings.missing},
    )
    with transactions() as session:
        session.add(sweep)
    return sweep


def compare_objects(transactions: Transactions, *, on_object: Callable[[], None] = lambda: None) -> Findings:
    """Walk rows and bytes side by side, both in the order of their hashes, so that millions need no memory.

    Objects that were given up have no row here: bytes of theirs that are still there are bytes without one.
    """
    findings = Findings()
    organisation_id = transactions.actor.organisation_id
    store = store_of(transactions.platform)
    rows = _rows(transactions)
    row = next(rows, None)
    for listed in store.keys(f"{organisation_id.hex}/"):
        sha256 = listed.key.rsplit("/", 1)[-1]
        findings.objects_seen += 1
        on_object()
        while row is not None and row.sha256 < sha256:
            _note_unless_there(transactions, findings, row)
            row = next(rows, None)
        if row is not None and row.sha256 == sha256:
            if row.size != listed.size:
                findings.note_missing(sha256)
            row = next(rows, None)
        elif _is_old(listed):
            findings.note_unclaimed(sha256)
    while row is not None:
        _note_unless_there(transactions, findings, row)
        row = next(rows, None)
    return findings


def _note_unless_there(transactions: Transactions, findings: Findings, row: StoredObject) -> None:
    """The listing may be older than the row: ask the store itself before saying that bytes are missing."""
    if store_of(transactions.platform).size_of(object_key(row.organisation_id, row.sha256)) != row.size:
        findings.note_missing(row.sha256)


def _is_old(listed: StoredKey) -> bool:
    return utc_now() - listed.modified_at > GRACE


def verify_bytes(transactions: Transactions, findings: Findings, *, on_object: Callable[[], None]) -> None:
    """Read every object again and note what is damaged; what is missing was noted by the comparison."""
    for row in _rows(transactions):
        if verify_object(transactions, row) == "damaged":
            findings.note_damaged(row.sha256)
        on_object()


def count_objects(session: Session) -> int:
    """How many objects the council has, for a bar that shows how far a verification is."""
    return int(session.scalars(queries.count_of_objects(organisation_id_of(session))).one())


def _rows(transactions: Transactions) -> Iterator[StoredObject]:
    """A council's rows by hash, a short transaction for each thousand."""
    after = ""
    while True:
        rows_query = queries.objects_of(transactions.actor.organisation_id).where(
            StoredObject.sha256 > after, queries.is_there()
        )
        with transactions() as session:
            rows = list(session.scalars(rows_query.order_by(StoredObject.sha256).limit(ROWS_AT_ONCE)))
        yield from rows
        if len(rows) < ROWS_AT_ONCE:
            return
        after = rows[-1].sha256
