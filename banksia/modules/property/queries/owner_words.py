"""Owners by the words of their names, scoped to one organisation."""

import uuid
from collections.abc import Collection

from sqlalchemy import Select, select

from banksia.modules.property.models import Owner, OwnerWord, SearchEntry

BEHIND_ALL_WORDS = "~"
"""Sorts behind every letter and digit, so that a prefix is a range, which row-level security lets the index answer."""


def owners_with_word(organisation_id: uuid.UUID, beginning: str, limit: int) -> Select[Owner]:
    """Current owners with a word in their name that begins so, in the order of those words."""
    return (
        select(Owner)
        .join(OwnerWord, OwnerWord.owner_id == Owner.id)
        .where(
            OwnerWord.organisation_id == organisation_id,
            OwnerWord.word >= beginning,
            OwnerWord.word < beginning + BEHIND_ALL_WORDS,
            Owner.organisation_id == organisation_id,
            Owner.valid_to.is_(None),
        )
        .order_by(OwnerWord.word, OwnerWord.owner_id)
        .limit(limit)
    )


def entries_of_properties(organisation_id: uuid.UUID, ids: Collection[uuid.UUID]) -> Select[uuid.UUID, str]:
    """What search answers of properties, the street address before the units."""
    return (
        select(SearchEntry.property_id, SearchEntry.result)
        .where(SearchEntry.organisation_id == organisation_id, SearchEntry.property_id.in_(ids), SearchEntry.place == 0)
        .order_by(SearchEntry.rank, SearchEntry.street_key, SearchEntry.number, SearchEntry.unit_order)
    )
