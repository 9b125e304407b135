"""How well a street of the council fits the words after its name: type, suffix and locality, each of them optional."""

from typing import NamedTuple

from banksia.modules.property.queries.searching import BUILDING_MARK, NOTHING
from banksia.modules.property.service.parsing import tables
from banksia.modules.property.service.parsing.tables import name_key

END = "\U0010ffff"
"""Sorts behind everything that begins with the same letters."""

EVERYWHERE = ("\x01", BUILDING_MARK)
"""Every street; an element of a list is never empty, because a list of one empty text is no list."""

Words = tuple[str, ...]


class Range(NamedTuple):
    """Street keys from `low` up to `high`, and why their addresses can be what is meant.

    `streets` are whole keys in place of the two, for all streets of a locality at once.
    """

    low: str
    high: str
    why: str
    streets: str = NOTHING


class Street(NamedTuple):
    """One street in one locality."""

    key: str
    name: str
    type: str
    suffix: str
    locality: Words


def fit_of(street: Street, rest: Words) -> int:
    """How well type, suffix and locality fit what was typed after the name: 2 complete, 1 as far as it goes, 0 not."""
    if not rest:
        return 2
    best = 0
    typed = _type_fit(street, rest)
    for taken, fit in ((typed[0], typed[1]), (0, 2)):
        if fit:
            best = max(best, min(fit, _fit_after_type(street, rest[taken:])))
    return best


def is_type(street: Street, rest: Words) -> bool:
    """Whether the words are the street's type and nothing else."""
    return " ".join(rest) in tables.type_spellings().get(street.type, frozenset())


def _type_fit(street: Street, rest: Words) -> tuple[int, int]:
    """How many words the type takes, and how well it fits."""
    spellings = tables.type_spellings().get(street.type, frozenset())
    for length in (3, 2, 1):
        if len(rest) >= length and " ".join(rest[:length]) in spellings:
            return length, 2
    if len(rest) == 1 and street.type and street.type.startswith(rest[0]):
        return 1, 1
    return 0, 0


def _fit_after_type(street: Street, rest: Words) -> int:
    if not rest:
        return 2
    place = tuple(part for word in rest for part in name_key(word).split())
    fit = _place_fit(street.locality, place)
    if street.suffix and tables.street_suffixes().get(rest[0]) == street.suffix:
        fit = max(fit, _place_fit(street.locality, place[1:]) if len(rest) > 1 else 2)
    return fit


def _place_fit(locality: Words, typed: Words) -> int:
    if typed and typed[0] == "SAINT":
        typed = ("ST", *typed[1:])
    if typed == locality:
        return 2
    begins = typed and len(typed) <= len(locality) and typed[:-1] == locality[: len(typed) - 1]
    return int(bool(begins) and locality[len(typed) - 1].startswith(typed[-1]))
