"""The one statement of a search, and the streets that a gazetteer is made of."""

import uuid
from typing import Final

from sqlalchemy import Select, exists, select

from banksia.modules.property.models import Address, Gazetteer, SearchEntry, Street

ARGUMENTS: Final = (
    "organisation", "wanted", "parcels_first", "plans", "plan_types", "lots", "sections", "lows", "highs", "numbers",
    "suffixes", "lasts", "unit_codes", "unit_types", "ranks", "whys", "streets", "begun_number",
    "assessment",
)  # fmt: skip
BETWEEN, NOTHING, WITHIN = "\x1e", "\x1f", "\x1d"
"""What stands between the elements of a list, for a missing one, and between the streets of one place; no text that is
searched for holds any of them."""
ADDRESS, ADDRESS_BEGINS, ADDRESS_SPELLING, ADDRESS_OTHER = "abcd"
BUILDING, BUILDING_BEGINS, BUILDING_SPELLING = "efg"
"""Why a place can be what is meant, as the statement takes it and writes it out as `match`."""
ANY_PLAN: Final = "*"
"""In place of a plan's number that is not typed yet."""
FIRST_HISTORIC: Final = 2
"""The lowest rank of an entry of a historic property."""
BUILDING_MARK: Final = "~"
"""Stands before a building's name where an entry of a street has the street's key; it sorts behind all streets."""
_CALL: Final = "SELECT generation, results FROM property.search({})"

SEARCH: Final = _CALL.format(", ".join(f":{name}" for name in ARGUMENTS))
"""As a session runs it, with names."""
SEARCH_BY_POSITION: Final = _CALL.format(", ".join("%s" for _ in ARGUMENTS))
"""The same statement as a bare connection prepares it."""


def streets_of(organisation_id: uuid.UUID) -> Select[str, str, str, str]:
    """Key, type, suffix and locality of every street, sorted by key."""
    return (
        select(Street.key, Street.type, Street.suffix, Street.locality)
        .where(Street.organisation_id == organisation_id, Street.valid_to.is_(None))
        .order_by(Street.key)
    )


def gazetteer_of(organisation_id: uuid.UUID) -> Select[uuid.UUID]:
    """The generation of the council's streets."""
    return select(Gazetteer.generation).where(Gazetteer.organisation_id == organisation_id)


def buildings_of(organisation_id: uuid.UUID) -> Select[str | None]:
    """The names of the council's buildings, each once."""
    return (
        select(Address.building)
        .where(Address.organisation_id == organisation_id, Address.building.is_not(None), Address.valid_to.is_(None))
        .distinct()
    )


def any_historic(organisation_id: uuid.UUID) -> Select[bool]:
    """Whether search has anything that is historic at all."""
    return select(exists().where(SearchEntry.organisation_id == organisation_id, SearchEntry.rank >= FIRST_HISTORIC))
