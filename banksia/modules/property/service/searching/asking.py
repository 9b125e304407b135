"""What to ask the database for a text, kept for a while: most of what people type has just been typed before.

Beginnings are short and shared, and every letter taken back asks the same again. What is kept are the statement's
arguments, never what was found.
"""

import threading
import uuid
from collections import OrderedDict
from typing import Any, NamedTuple

from banksia.modules.property.queries.searching import BETWEEN, NOTHING
from banksia.modules.property.service.searching.gazetteers import Known
from banksia.modules.property.service.searching.probes import PLACE_FIELDS, Probes, guesses_for, probes_for

MAX_RESULTS = 50
MAX_TEXT = 200
MAX_KEPT, MAX_KEPT_PLACES = 4_096, 150
"""So many texts a process keeps, and only those that mean so few places: some twenty megabytes at most."""
PARCEL_COLUMNS = 4
_kept: OrderedDict[tuple[uuid.UUID, uuid.UUID, bool, str], "Asked"] = OrderedDict()
_lock = threading.Lock()


class Asked(NamedTuple):
    """The arguments of the search statement after the organisation and the limit."""

    arguments: tuple[Any, ...]
    anything: bool
    guessed: bool

    def of(self, organisation_id: uuid.UUID, limit: int) -> list[Any]:
        """All arguments, in their order."""
        return [str(organisation_id), max(1, min(limit, MAX_RESULTS)), *self.arguments]


def as_typed(organisation_id: uuid.UUID, text: str, known: Known) -> Asked:
    """What a text asks for as it was typed, or what it may have meant when as typed it means nothing here."""
    return _kept_or_read(organisation_id, text, known, guessing=False)


def as_meant(organisation_id: uuid.UUID, text: str, known: Known) -> Asked:
    """What a text may have meant."""
    return _kept_or_read(organisation_id, text, known, guessing=True)


def probes(text: str, known: Known) -> Probes:
    """What a text asks for, read anew."""
    asked = probes_for(text[:MAX_TEXT], known.gazetteer)
    return asked or guesses(text, known)


def guesses(text: str, known: Known) -> Probes:
    """What a text may have meant, read anew."""
    return guesses_for(text[:MAX_TEXT], known.gazetteer, known.spelling)


def asked_of(found: Probes) -> Asked:
    """What was read, as the statement takes it."""
    parcels = [
        (p.plan, NOTHING if p.bare else p.plan_type, p.lot or NOTHING, p.section or NOTHING) for p in found.parcels
    ]
    arguments = (
        found.parcels_first,
        *(map(BETWEEN.join, zip(*parcels, strict=True)) if parcels else [""] * PARCEL_COLUMNS),
        *(map(BETWEEN.join, zip(*found.places, strict=True)) if found.places else [""] * len(PLACE_FIELDS)),
        str(found.begun_number or ""),
        found.assessment,
    )
    return Asked(arguments, bool(found), found.guessed)


def _kept_or_read(organisation_id: uuid.UUID, text: str, known: Known, *, guessing: bool) -> Asked:
    generation = known.gazetteer.generation
    if generation is None:
        return asked_of(guesses(text, known) if guessing else probes(text, known))
    key = (organisation_id, generation, guessing, text[:MAX_TEXT])
    kept = _kept.get(key)
    if kept is not None:
        return kept
    found = guesses(text, known) if guessing else probes(text, known)
    asked = asked_of(found)
    if len(found.places) <= MAX_KEPT_PLACES:
        with _lock:
            _kept[key] = asked
            while len(_kept) > MAX_KEPT:
                _kept.popitem(last=False)
    return asked
