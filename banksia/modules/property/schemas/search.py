"""What search answers."""

import uuid
from typing import Literal

from banksia.kit.schemas import ReadModel
from banksia.modules.property.schemas.land import Status


class Match(ReadModel):
    """Why something was found: by what, and how well that fits what was typed.

    `begins`: what was typed is its beginning; `spelling`: a word was corrected or its place in the text changed;
    `other`: the street has another type or lies in another suburb.
    """

    by: Literal["address", "building", "parcel", "assessment", "owner"]
    how: Literal["exact", "begins", "spelling", "other"]


class SearchResult(ReadModel):
    """One property and one of its addresses."""

    id: uuid.UUID
    address: str | None
    parcels: list[str]
    assessment: str | None
    status: Status
    is_synthetic: bool
    successors: list[str]
    """What the lots of a historic property became, as far as it is current: `["1//DP1246224"]`."""
    match: Match


class SearchResults(ReadModel):
    """What was found, best first."""

    results: list[SearchResult]


class ResultCouncil(ReadModel):
    """The council that a result belongs to."""

    slug: str
    name: str
    url: str


class CouncilResult(SearchResult):
    """A result of one of several councils."""

    council: ResultCouncil


class CouncilResults(ReadModel):
    """What was found at the councils of an installation, best first."""

    results: list[CouncilResult]
    councils_searched: int
    councils_left: int
    """So many councils were not searched, because time was up."""


class OwnerMatch(ReadModel):
    """An owner, and the property that is owned."""

    id: uuid.UUID
    owner: str
    address: str | None
    parcels: list[str]
    assessment: str | None
    status: Status
    match: Match


class OwnerMatches(ReadModel):
    """The owners whose names hold the words, in the order of their names."""

    results: list[OwnerMatch]
