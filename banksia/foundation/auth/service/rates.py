"""How often something may be tried, counted in the database so that every process counts together.

A try counts whatever becomes of it: a refusal undoes the transaction that it was counted in, so it is counted again
once that has ended, in a transaction of its own. Not beside it: with two connections for one request a crowd of
refusals could take them all.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from sqlalchemy import event
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, SessionTransaction

from banksia.foundation.auth.errors import TooManyAttempts
from banksia.foundation.auth.models import RateCount
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of, platform_of
from banksia.kit.models import new_id

_NOTED = "auth.tries_counted"
_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class _Try:
    name: str
    subject_hash: str
    window_starts_at: datetime


def limit_rate(session: Session, name: str, *, subject: str, at_most: int, per: timedelta) -> None:
    """Count one attempt of a subject (an address, an e-mail); raises TooManyAttempts after `at_most` in a window.

    It stays counted when the transaction is undone.
    """
    if platform_of(session).settings.rate_limits == "off":
        return
    now, seconds = utc_now(), int(per.total_seconds())
    starts_at = datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, UTC)
    tried = _Try(name, hashlib.sha256(subject.encode()).hexdigest(), starts_at)
    count = _count(session, tried)
    session.info.setdefault(_NOTED, []).append(tried)
    if count > at_most:
        raise TooManyAttempts(starts_at + per - now)


def _count(session: Session, tried: _Try) -> int:
    statement = insert(RateCount).values(
        id=new_id(),
        organisation_id=organisation_id_of(session),
        name=tried.name,
        subject_hash=tried.subject_hash,
        window_starts_at=tried.window_starts_at,
        count=1,
    )
    key = ["organisation_id", "name", "subject_hash", "window_starts_at"]
    counted = statement.on_conflict_do_update(index_elements=key, set_={"count": RateCount.count + 1})
    return session.scalars(counted.returning(RateCount.count)).one()


@event.listens_for(Session, "after_commit")
def _forget(session: Session) -> None:
    if not session.in_nested_transaction():
        session.info.pop(_NOTED, None)


@event.listens_for(Session, "after_soft_rollback")
def _count_again(session: Session, ended: SessionTransaction) -> None:
    """Count what was undone; its connection is free again by now."""
    if ended.parent is not None:
        return
    tries: list[_Try] = session.info.pop(_NOTED, [])
    if not tries:
        return
    try:
        with platform_of(session).database.session(organisation_id_of(session)) as counting:
            for tried in tries:
                _count(counting, tried)
    except SQLAlchemyError:  # the refusal stands; that the database is away is told by whoever needs it next
        _log.exception("auth.try_not_counted", names=[tried.name for tried in tries])
