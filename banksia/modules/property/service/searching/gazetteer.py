"""The streets of one council, in memory: which of them do these words mean?

A street is found by its name, alone or followed by its type, suffix and locality, each of which may be left out; the
last word may still be typed. What is found are ranges of street keys in the order in which their addresses are to be
shown.
"""

import uuid
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from banksia.modules.property.service.parsing import tables
from banksia.modules.property.service.parsing.tables import name_key

MAX_STREETS = 400
"""A locality's streets are looked up one by one, so far at most."""
MIN_LOCALITY_LETTERS = 3
_END = "\U0010ffff"

Words = tuple[str, ...]
Range = tuple[str, str]


class Street(NamedTuple):
    """One street in one locality."""

    key: str
    name: str
    type: str
    suffix: str
    locality: Words


class Gazetteer:
    """Made once per council and generation; nothing changes it afterwards."""

    def __init__(self, generation: uuid.UUID | None, rows: Iterable[Sequence[str]]) -> None:
        """Take key, type, suffix and locality of each street, sorted by key."""
        self.generation = generation
        self.by_name: dict[str, list[Street]] = {}
        self.by_locality: dict[str, list[Street]] = {}
        for key, kind, suffix, locality in rows:
            place = name_key(locality)
            street = Street(key, key.split("\t", 1)[0], kind, suffix, tuple(place.split()))
            self.by_name.setdefault(street.name, []).append(street)
            self.by_locality.setdefault(place, []).append(street)
        self.names = sorted(self.by_name)
        self.localities = sorted(self.by_locality)
        self.words = frozenset(word for name in (*self.names, *self.localities) for word in name.split())

    def ranges(self, words: Words) -> list[Range]:
        """Where the addresses lie that these words can mean, best first; empty when they mean nothing here."""
        exact, begun = self._by_street(words)
        rotated_exact, rotated_begun = self._by_locality_first(words)
        locality = self._in_localities(words)
        whole = name_key(" ".join(words))
        begun_names = [(whole, whole + _END)] if whole and self._has_name(whole) else []
        return [*exact, *rotated_exact, *locality[0], *begun, *begun_names, *rotated_begun, *locality[1]]

    def loose_ranges(self, words: Words) -> list[Range]:
        """Streets of the name that was typed with another type or another locality; those of the type come first."""
        for length in range(len(words) - 1, 0, -1):
            named = [s for name in _names(words[:length], closed=True) for s in self.by_name.get(name, ())]
            rest = words[length:]
            kind = tables.street_types().get(rest[0])
            place = _locality_key(rest[1:] if kind else rest)
            if named and (not place or place in self.by_locality or place in tables.localities()):
                return _keys(sorted(named, key=lambda street: street.type != kind))
        return []

    def _by_street(self, words: Words, place: Words = ()) -> tuple[list[Range], list[Range]]:
        """Name first, then what follows it; with `place`, only the streets of that locality."""
        exact: list[Range] = []
        begun: list[Range] = []
        for length in range(len(words), 0, -1):
            rest = words[length:]
            for name in _names(words[:length], closed=bool(rest) or bool(place)):
                if not rest and not place and name in self.by_name:
                    exact.append((f"{name}\t", f"{name}\n"))
                    continue
                for street in self.by_name.get(name, ()):
                    if place and street.locality != place:
                        continue
                    fit = _fit(street, rest)
                    if fit:
                        (exact if fit == 2 else begun).append((street.key, f"{street.key}\x01"))
        return exact, begun

    def _by_locality_first(self, words: Words) -> tuple[list[Range], list[Range]]:
        """`LITHGOW MAIN STREET`: the locality's name first, complete."""
        exact: list[Range] = []
        begun: list[Range] = []
        for length in range(len(words) - 1, 0, -1):
            place = _locality_key(words[:length])
            if place not in self.by_locality:
                continue
            rest = words[length:]
            found = self._by_street(rest, tuple(place.split()))
            exact += found[0]
            begun += found[1]
            typed = name_key(" ".join(rest))
            begun += [(s.key, f"{s.key}\x01") for s in self.by_locality[place] if s.name.startswith(typed)]
        return exact, begun[:MAX_STREETS]

    def _in_localities(self, words: Words) -> tuple[list[Range], list[Range]]:
        """All streets of the locality that the words name, and of those that they begin."""
        typed = _locality_key(words)
        exact = self.by_locality.get(typed, [])
        begun: list[Street] = []
        if len(typed) >= MIN_LOCALITY_LETTERS:
            first, last = bisect_right(self.localities, typed), bisect_left(self.localities, typed + _END)
            for place in self.localities[first:last]:
                begun += self.by_locality[place]
                if len(begun) > MAX_STREETS:
                    break
        return _keys(exact), _keys(begun)

    def _has_name(self, beginning: str) -> bool:
        place = bisect_left(self.names, beginning)
        return place < len(self.names) and self.names[place].startswith(beginning)


def _keys(streets: Sequence[Street]) -> list[Range]:
    return [(street.key, f"{street.key}\x01") for street in streets[:MAX_STREETS]]


def _names(words: Words, *, closed: bool) -> set[str]:
    """How a street's name can be meant: ST before a name is SAINT, and so is a lone ST that something follows."""
    spelt = tuple("SAINT" if w == "ST" and (closed or at + 1 < len(words)) else w for at, w in enumerate(words))
    return {name_key(" ".join(words)), name_key(" ".join(spelt))}


def _locality_key(words: Words) -> str:
    return name_key(" ".join("ST" if word == "SAINT" else word for word in words))


def _fit(street: Street, rest: Words) -> int:
    """How well type, suffix and locality fit what was typed after the name: 2 complete, 1 as far as it goes, 0 not."""
    if not rest:
        return 2
    best = 0
    typed = _type_fit(street, rest)
    for taken, fit in ((typed[0], typed[1]), (0, 2)):
        if fit:
            best = max(best, min(fit, _fit_after_type(street, rest[taken:])))
    return best


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
