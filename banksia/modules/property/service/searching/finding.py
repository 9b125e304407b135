"""One search of one council, in the session of a request."""

import json
import uuid
from typing import Any

from sqlalchemy import text as sql
from sqlalchemy.orm import Session

from banksia.kit.database import organisation_id_of
from banksia.modules.property.queries.searching import ARGUMENTS, BETWEEN, NOTHING, SEARCH
from banksia.modules.property.service.searching.gazetteers import Known, load, remembered
from banksia.modules.property.service.searching.probes import PLACE_FIELDS, Probes, guesses_for, probes_for

MAX_RESULTS = 50
MAX_TEXT = 200
NO_RESULTS = "[]"
PARCEL_COLUMNS = 4


def find_properties(session: Session, text: str, *, limit: int = 10) -> list[dict[str, Any]]:
    """Properties of the session's council that a text can mean, best first; no text raises.

    Each has `id`, `address`, `parcels`, `assessment`, `status`, `is_synthetic`, `successors` (what the lots of a
    historic property became) and `match` (why it was found). There is one result per property and address; `limit` is
    at most fifty.
    """
    organisation_id = organisation_id_of(session)
    known = remembered(organisation_id) or load(session, organisation_id)
    asked = probes(text, known)
    generation, found = _look_up(session, organisation_id, asked, limit)
    if generation != known.gazetteer.generation:
        known = load(session, organisation_id)
        asked = probes(text, known)
        _, found = _look_up(session, organisation_id, asked, limit)
    if found == NO_RESULTS and not asked.guessed and (asked := guesses(text, known)):
        _, found = _look_up(session, organisation_id, asked, limit)
    results: list[dict[str, Any]] = json.loads(found)
    return results


def probes(text: str, known: Known) -> Probes:
    """What a text asks for as it was typed, or what it may have meant when as typed it means nothing here."""
    asked = probes_for(text[:MAX_TEXT], known.gazetteer)
    return asked or guesses(text, known)


def guesses(text: str, known: Known) -> Probes:
    """What a text may have meant."""
    return guesses_for(text[:MAX_TEXT], known.gazetteer, known.spelling)


def arguments_for(organisation_id: uuid.UUID, asked: Probes, limit: int) -> list[Any]:
    """The arguments of the search statement, in its order."""
    parcels = [
        (p.plan, NOTHING if p.bare else p.plan_type, p.lot or NOTHING, p.section or NOTHING) for p in asked.parcels
    ]
    return [
        str(organisation_id),
        max(1, min(limit, MAX_RESULTS)),
        asked.parcels_first,
        *(map(BETWEEN.join, zip(*parcels, strict=True)) if parcels else [""] * PARCEL_COLUMNS),
        *(map(BETWEEN.join, zip(*asked.places, strict=True)) if asked.places else [""] * len(PLACE_FIELDS)),
        str(asked.begun_number or ""),
        asked.assessment,
    ]


def _look_up(session: Session, organisation_id: uuid.UUID, asked: Probes, limit: int) -> tuple[uuid.UUID | None, str]:
    parameters = dict(zip(ARGUMENTS, arguments_for(organisation_id, asked, limit), strict=True))
    row = session.execute(sql(SEARCH), parameters).one()
    return row.generation, row.results
