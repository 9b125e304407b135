"""What search reads of some properties, made anew after their records changed."""

import uuid
from collections.abc import Collection

from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.kit.database import organisation_id_of
from banksia.kit.models import new_id
from banksia.modules.property.queries import entries

STEPS = (entries.ANALYZE_TOUCHED, entries.UPDATE_STATUSES, *entries.REFRESH)
"""From the table of touched properties to their entries."""


def refresh_search(session: Session, property_ids: Collection[uuid.UUID]) -> None:
    """Make the search entries of these properties anew, and their statuses; in the session's transaction."""
    if not property_ids:
        return
    session.flush()
    given = {"organisation": organisation_id_of(session), "run": new_id(), "ids": list(property_ids)}
    session.execute(text(entries.DROP_TOUCHED))
    for statement in (entries.CREATE_TOUCHED_BY_ID, *STEPS, entries.DROP_TOUCHED):
        session.execute(text(statement), given)
