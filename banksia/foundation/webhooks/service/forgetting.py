"""What was sent is kept long enough to look into a problem, and no longer."""

from datetime import timedelta

from sqlalchemy.orm import Session

from banksia.foundation.webhooks.queries import deliveries_before, removed_before
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of

KEPT_FOR = timedelta(days=30)


def forget_old(session: Session) -> None:
    """Remove deliveries of more than 30 days ago, and webhooks that were removed before them."""
    organisation_id, moment = organisation_id_of(session), utc_now() - KEPT_FOR
    session.execute(deliveries_before(organisation_id, moment))
    session.execute(removed_before(organisation_id, moment))
