"""Search by owner, for those who may see owners: every word typed begins a word of the name; it is written down."""

import json
from typing import Any

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.kit.actor import Actor
from banksia.kit.database import organisation_id_of
from banksia.modules.property.models import Owner
from banksia.modules.property.queries.owner_words import entries_of_properties, owners_with_word
from banksia.modules.property.schemas.search import OwnerMatch, OwnerMatches
from banksia.modules.property.service.parsing import plain

MAX_CANDIDATES = 2_000
"""So many owners who share the longest word are looked at; a longer text narrows them down."""
MIN_LETTERS = 2


def words_of_name(name: str) -> list[str]:
    """The words of an owner's name as they are kept and compared: capitals, without marks."""
    return list(dict.fromkeys(plain(name).replace("'", "").replace(",", " ").replace("-", " ").split()))


def find_owners(session: Session, actor: Actor, text: str, *, limit: int) -> OwnerMatches:
    """Current owners whose names hold all the words, in any order, by name; that they were looked for is recorded."""
    words = words_of_name(text)
    rows = _owners(session, words) if max(map(len, words), default=0) >= MIN_LETTERS else []
    rows = sorted(rows, key=lambda row: (row.name, row.id))[:limit]
    detail = {"words": words, "owners": [str(row.id) for row in rows]}
    audit.record(session, actor, "property.owners_searched", detail=detail)
    entries = _entries(session, rows)
    return OwnerMatches(
        results=[_read(row, entries[row.property_id], words) for row in rows if row.property_id in entries]
    )


def _owners(session: Session, words: list[str]) -> list[Owner]:
    longest = max(words, key=len)
    candidates = session.scalars(owners_with_word(organisation_id_of(session), longest, MAX_CANDIDATES)).unique()
    return [row for row in candidates if _holds(words_of_name(row.name), words)]


def _holds(name: list[str], typed: list[str]) -> bool:
    return all(any(word.startswith(each) for word in name) for each in typed)


def _entries(session: Session, rows: list[Owner]) -> dict[Any, dict[str, Any]]:
    """What search answers of their properties, one address each."""
    if not rows:
        return {}
    found: dict[Any, dict[str, Any]] = {}
    wanted = {row.property_id for row in rows}
    for property_id, result in session.execute(entries_of_properties(organisation_id_of(session), wanted)):
        found.setdefault(property_id, json.loads(result))
    return found


def _read(row: Owner, entry: dict[str, Any], words: list[str]) -> OwnerMatch:
    how = "exact" if set(words) == set(words_of_name(row.name)) else "begins"
    return OwnerMatch.model_validate(entry | {"owner": row.name, "match": {"by": "owner", "how": how}})
