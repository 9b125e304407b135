"""What search answers."""

import uuid

from banksia.kit.schemas import ReadModel
from banksia.modules.property.schemas.land import Status


class SearchResult(ReadModel):
    """One property and one of its addresses."""

    id: uuid.UUID
    address: str | None
    parcels: list[str]
    assessment: str | None
    status: Status
    is_synthetic: bool


class SearchResults(ReadModel):
    """What was found, best first."""

    results: list[SearchResult]
