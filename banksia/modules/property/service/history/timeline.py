"""The time line: journal, corrections, lineage, and what came by imports, merged and paged.

Each part is asked for no more than one page, so a long history costs what a short one does.
"""

import uuid
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.kit.actor import Actor
from banksia.kit.paging import CursorInvalid, decode_cursor, encode_cursor
from banksia.modules.property import permissions
from banksia.modules.property.queries.history import Place
from banksia.modules.property.schemas.history import HistoryRead
from banksia.modules.property.service.history.facts import load_facts
from banksia.modules.property.service.history.parts import (
    attribute_entries,
    correction_entries,
    import_entries,
    journal_entries,
    lineage_entries,
    owner_entries,
)


def list_history(
    session: Session, actor: Actor, *, property_id: uuid.UUID, limit: int, cursor: str | None
) -> tuple[list[HistoryRead], str | None]:
    """What happened to a property, the newest first; raises PropertyNotFound.

    Owners only for who may see them, and then that they were read is written down.
    """
    place = _place(cursor)
    facts = load_facts(session, property_id, with_owners=actor.may(permissions.OWNERS_READ))
    entries = [
        *journal_entries(session, facts, place, limit + 1),
        *correction_entries(session, facts, place, limit + 1),
        *_older(place, (*lineage_entries(session, facts), *import_entries(facts))),
        *_older(place, (*attribute_entries(facts), *owner_entries(facts))),
    ]
    entries.sort(key=_place_of, reverse=True)
    page = entries[:limit]
    if any(entry.is_personal for entry in page):
        audit.record(session, actor, "property.owners_read", subject=facts.rows.row, detail={"history": True})
    return page, encode_cursor(_place_of(page[-1])) if len(entries) > limit else None


def _place_of(entry: HistoryRead) -> Place:
    return Place(entry.at, uuid.UUID(entry.id))


def _older(place: Place | None, entries: Iterable[HistoryRead]) -> Iterable[HistoryRead]:
    return entries if place is None else [entry for entry in entries if _place_of(entry) < place]


def _place(cursor: str | None) -> Place | None:
    if not cursor:
        return None
    at, row_id = decode_cursor(cursor, length=2)
    if not (isinstance(at, datetime) and at.tzinfo and isinstance(row_id, uuid.UUID)):
        raise CursorInvalid
    return Place(at, row_id)
