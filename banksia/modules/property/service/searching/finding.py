"""One search of one council, in the session of a request."""

import json
import uuid
from typing import Any

from sqlalchemy import text as sql
from sqlalchemy.orm import Session

from banksia.kit.database import organisation_id_of
from banksia.modules.property.queries.searching import ARGUMENTS, SEARCH
from banksia.modules.property.service.searching.asking import Asked, as_meant, as_typed
from banksia.modules.property.service.searching.gazetteers import load, remembered

NO_RESULTS = "[]"


def find_properties(session: Session, text: str, *, limit: int = 10) -> list[dict[str, Any]]:
    """Properties of the session's council that a text can mean, best first; no text raises.

    Each has `id`, `address`, `parcels`, `assessment`, `status`, `is_synthetic`, `successors` (what the lots of a
    historic property became) and `match` (why it was found). There is one result per property and address; `limit` is
    at most fifty.
    """
    organisation_id = organisation_id_of(session)
    known = remembered(organisation_id) or load(session, organisation_id)
    asked = as_typed(organisation_id, text, known)
    generation, found = _look_up(session, organisation_id, asked, limit)
    if generation != known.gazetteer.generation:
        known = load(session, organisation_id)
        asked = as_typed(organisation_id, text, known)
        _, found = _look_up(session, organisation_id, asked, limit)
    if found == NO_RESULTS and not asked.guessed and (asked := as_meant(organisation_id, text, known)).anything:
        _, found = _look_up(session, organisation_id, asked, limit)
    results: list[dict[str, Any]] = json.loads(found)
    return results


def _look_up(session: Session, organisation_id: uuid.UUID, asked: Asked, limit: int) -> tuple[uuid.UUID | None, str]:
    parameters = dict(zip(ARGUMENTS, asked.of(organisation_id, limit), strict=True))
    row = session.execute(sql(SEARCH), parameters).one()
    return row.generation, row.results
