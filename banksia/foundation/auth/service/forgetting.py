"""What nobody can use any more is not kept: who signed in and when stands in the audit log."""

from datetime import timedelta

from sqlalchemy.orm import Session

from banksia.foundation.auth.queries import counts_before, sessions_before, tokens_before
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of

COUNTS_KEPT, SESSIONS_KEPT = timedelta(days=2), timedelta(days=30)


def forget_old(session: Session) -> None:
    """Remove old counts of attempts, and sessions and links that ended long ago."""
    organisation_id, now = organisation_id_of(session), utc_now()
    session.execute(counts_before(organisation_id, now - COUNTS_KEPT))
    session.execute(sessions_before(organisation_id, now - SESSIONS_KEPT))
    session.execute(tokens_before(organisation_id, now - SESSIONS_KEPT))
