"""How often something may be tried, counted in the database so that every process counts together."""

import hashlib
from datetime import UTC, datetime, timedelta

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from banksia.foundation.auth.errors import TooManyAttempts
from banksia.foundation.auth.models import RateCount
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of, platform_of
from banksia.kit.models import new_id


def limit_rate(session: Session, name: str, *, subject: str, at_most: int, per: timedelta) -> None:
    """Count one attempt of a subject (an address, an e-mail); raises TooManyAttempts after `at_most` in a window."""
    if platform_of(session).settings.rate_limits == "off":
        return
    now, seconds = utc_now(), int(per.total_seconds())
    starts_at = datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, UTC)
    statement = insert(RateCount).values(
        id=new_id(),
        organisation_id=organisation_id_of(session),
        name=name,
        subject_hash=hashlib.sha256(subject.encode()).hexdigest(),
        window_starts_at=starts_at,
        count=1,
    )
    key = ["organisation_id", "name", "subject_hash", "window_starts_at"]
    counted = statement.on_conflict_do_update(index_elements=key, set_={"count": RateCount.count + 1})
    if session.scalars(counted.returning(RateCount.count)).one() > at_most:
        raise TooManyAttempts(starts_at + per - now)
