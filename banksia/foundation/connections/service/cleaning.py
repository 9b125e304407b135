"""What modules and we told each other is kept long enough to look into a problem, and no longer."""

from datetime import timedelta

from sqlalchemy.orm import Session

from banksia.foundation.connections.queries.calling import access_tokens_before, reminders_before
from banksia.foundation.connections.queries.telling import dead_before, delivered_before, received_before
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of

KEPT_FOR, DEAD_KEPT_FOR = timedelta(days=30), timedelta(days=90)


def forget_old(session: Session) -> None:
    """Remove what was delivered 30 days ago, what was given up 90 days ago, and tokens that have run out."""
    organisation_id, now = organisation_id_of(session), utc_now()
    session.execute(delivered_before(organisation_id, now - KEPT_FOR))
    session.execute(dead_before(organisation_id, now - DEAD_KEPT_FOR))
    session.execute(received_before(organisation_id, now - KEPT_FOR))
    session.execute(reminders_before(organisation_id, now - KEPT_FOR))
    session.execute(access_tokens_before(organisation_id, now - timedelta(hours=1)))
