"""The one statement of a search, and the streets that a gazetteer is made of."""

import uuid
from typing import Final

from sqlalchemy import Select, select

from banksia.modules.property.models import Gazetteer, Street

ARGUMENTS: Final = (
    "organisation", "wanted", "parcels_first", "plans", "plan_types", "lots", "sections", "lows", "highs", "numbers",
    "suffixes", "lasts", "unit_codes", "unit_types", "unit_flags", "assessment",
)  # fmt: skip
BETWEEN, NOTHING = "\x1e", "\x1f"
"""What stands between the elements of a list, and for a missing one; no text that is searched for holds either."""
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
