"""Every object is read again within a set period, and its hash compared with the one that it came with.

Each run takes the share that keeps the period, so that millions of files are read evenly and no night is busy. A run
reads for a bounded time; what it leaves is the oldest of the next one.
"""

import hashlib
import math
import time
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from banksia.foundation.events.public import emit
from banksia.foundation.storage import queries
from banksia.foundation.storage.adapters.store import ObjectMissing, StoreUnavailable
from banksia.foundation.storage.errors import StorageUnavailable
from banksia.foundation.storage.events import FixityFailed
from banksia.foundation.storage.models import StoredObject, Verification
from banksia.foundation.storage.service.keeping import object_key, store_of
from banksia.kit.among import among
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions, organisation_id_of, platform_of
from banksia.kit.models import new_id

RUNS_EVERY: Final = timedelta(hours=1)
LONGEST_RUN_S: Final = 120.0
PART_OF_PERIOD: Final = 0.8
"""A round is planned to end early, so that a day on which nothing runs does not break the period."""
FAILURES_LISTED: Final = 100

log = structlog.get_logger()


@dataclass(frozen=True)
class FailedObject:
    """An object whose bytes are not what came."""

    object_id: uuid.UUID
    sha256: str
    size: int
    verdict: str
    verified_at: datetime


@dataclass(frozen=True)
class FixityReport:
    """How far the reading has come; `verified_in_period` and `never_verified` count objects."""

    period_days: int
    objects: int
    size: int
    verified_in_period: int
    never_verified: int
    oldest_verified_at: datetime | None
    failed: list[FailedObject]
    """The first hundred."""


def verify_share(transactions: Transactions) -> int:
    """Read again the objects whose turn it is; answers how many. Call it outside any transaction.

    The store not answering ends the run and says nothing about an object.
    """
    with transactions() as session:
        due = _due(session)
    deadline = time.monotonic() + LONGEST_RUN_S
    for number, stored in enumerate(due):
        if time.monotonic() >= deadline:
            log.warning("storage.fixity_out_of_time", read=number, due=len(due))
            return number
        verify_object(transactions, stored)
    return len(due)


def verify_object(transactions: Transactions, stored: StoredObject) -> str:
    """Read an object's bytes and record what was found: `whole`, `damaged` or `missing`.

    Call it outside any transaction. Raises StorageUnavailable when the store does not answer.
    """
    verdict = _read_again(transactions, stored)
    with transactions() as session:
        if session.scalar(queries.is_gone(stored.organisation_id, stored.id)):
            return "whole"  # given up while it was read
        _record(session, stored, verdict)
    if verdict != "whole":
        log.error("storage.fixity_failed", object_id=str(stored.id), sha256=stored.sha256, verdict=verdict)
    return verdict


def last_verified(session: Session, object_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Verification]:
    """When each of these objects was last read again and what was found; those never read are left out."""
    rows = queries.verifications_of(organisation_id_of(session)).where(among(Verification.object_id, object_ids))
    return {row.object_id: row for row in session.scalars(rows)}


def fixity_report(session: Session) -> FixityReport:
    """How the council's objects stand; it counts all of them, so it is for a page that is asked for seldom."""
    organisation_id, days = organisation_id_of(session), platform_of(session).settings.fixity_days
    figures = queries.fixity_figures(organisation_id, since=utc_now() - timedelta(days=days))
    objects, size, verified, never, oldest = session.execute(figures).one()
    failed = session.execute(queries.failed_objects(organisation_id).limit(FAILURES_LISTED))
    return FixityReport(
        period_days=days,
        objects=objects,
        size=int(size),
        verified_in_period=verified,
        never_verified=never,
        oldest_verified_at=oldest,
        failed=[
            FailedObject(stored.id, stored.sha256, stored.size, found.verdict, found.verified_at)
            for stored, found in failed
        ],
    )


def _due(session: Session) -> list[StoredObject]:
    """The share of one run, never verified first, then the oldest; nothing that was read lately."""
    organisation_id = organisation_id_of(session)
    period = timedelta(days=platform_of(session).settings.fixity_days)
    total = session.scalars(queries.count_of_objects(organisation_id)).one()
    share = math.ceil(int(total) * RUNS_EVERY / (period * PART_OF_PERIOD))
    due = queries.due_for_verification(organisation_id, before=utc_now() - period / 2)
    return list(session.scalars(due.limit(share)))


def _read_again(transactions: Transactions, stored: StoredObject) -> str:
    found, size = hashlib.sha256(), 0
    try:
        key = object_key(stored.organisation_id, stored.sha256)
        for chunk in store_of(transactions.platform).open(key):
            found.update(chunk)
            size += len(chunk)
    except (ObjectMissing, FileNotFoundError):
        return "missing"
    except StoreUnavailable as error:
        raise StorageUnavailable from error
    except OSError:  # a disk that cannot read these bytes has damaged them
        log.exception("storage.fixity_unreadable", sha256=stored.sha256)
        return "damaged"
    return "whole" if (size, found.hexdigest()) == (stored.size, stored.sha256) else "damaged"


def _record(session: Session, stored: StoredObject, verdict: str) -> None:
    """Write what was found, and tell of a failure that is new."""
    values = {"verified_at": utc_now(), "verdict": verdict}
    before = last_verified(session, [stored.id]).get(stored.id)
    session.execute(
        insert(Verification)
        .values(
            id=new_id(),
            created_at=utc_now(),
            organisation_id=stored.organisation_id,
            object_id=stored.id,
            **values,
        )
        .on_conflict_do_update(index_elements=["organisation_id", "object_id"], set_=values)
    )
    if verdict != "whole" and (before is None or before.verdict == "whole"):
        emit(session, FixityFailed(object_id=stored.id, sha256=stored.sha256, verdict=verdict))
