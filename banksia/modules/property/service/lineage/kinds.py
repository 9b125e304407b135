"""What the kinds of events are: how many parcels stand on each side, and whether the parents end by them."""

from collections.abc import Mapping
from dataclasses import dataclass

ANY = 10_000


@dataclass(frozen=True)
class Kind:
    """One kind of event; `rule` says in a sentence what its sides are."""

    title: str
    parents: tuple[int, int]
    children: tuple[int, int]
    rule: str
    ends_parents: bool = True


KINDS: Mapping[str, Kind] = {
    "subdivision": Kind("Subdivision", (1, 1), (2, ANY), "A subdivision makes two lots or more of one."),
    "consolidation": Kind("Consolidation", (2, ANY), (1, 1), "A consolidation makes one lot of two or more."),
    "boundary_adjustment": Kind(
        "Boundary adjustment", (1, ANY), (1, ANY), "A boundary adjustment makes new lots of at least one old lot."
    ),
    "strata_registration": Kind(
        "Strata registration", (1, ANY), (2, ANY), "A strata plan makes at least two lots of one lot or more."
    ),
    "strata_termination": Kind(
        "Strata termination", (1, ANY), (1, ANY), "A termination turns strata lots back into at least one lot."
    ),
    # The road itself is seldom a lot; where a lot is named, the rest of it goes on.
    "road_closure": Kind(
        "Road closure", (0, ANY), (1, ANY), "A road closure makes at least one lot.", ends_parents=False
    ),
}
