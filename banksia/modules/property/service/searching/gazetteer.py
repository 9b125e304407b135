"""The streets of one council, in memory: which of them do these words mean?

A street is found by its name, alone or followed by its type, suffix and locality, each of which may be left out; the
last word may still be typed. What is found are ranges of street keys in the order in which their addresses are to be
shown.
"""

import uuid
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from banksia.modules.property.queries.searching import ADDRESS, ADDRESS_BEGINS, ADDRESS_OTHER, WITHIN
from banksia.modules.property.service.parsing import tables
from banksia.modules.property.service.parsing.tables import name_key
from banksia.modules.property.service.searching.buildings import Buildings
from banksia.modules.property.service.searching.fitting import END, EVERYWHERE, Range, Street, Words, fit_of, is_type

MAX_STREETS = 40
"""So many streets are looked up one by one at most."""
MAX_LOCALITIES = 5
MIN_LOCALITY_LETTERS = 3


class Gazetteer:
    """Made once per council and generation; nothing changes it afterwards."""

    def __init__(
        self,
        generation: uuid.UUID | None,
        rows: Iterable[Sequence[str]],
        buildings: Iterable[str] = (),
        *,
        has_historic: bool = False,
    ) -> None:
        """Take key, type, suffix and locality of each street, sorted by key, and the names of buildings."""
        self.generation = generation
        self.by_name: dict[str, list[Street]] = {}
        self.by_locality: dict[str, list[Street]] = {}
        places: dict[str, tuple[str, Words]] = {}
        types: dict[str, str] = {}
        for key, kind, suffix, locality in rows:
            if locality not in places:
                place = name_key(locality)
                places[locality] = place, tuple(place.split())
            place, words = places[locality]
            name = key[: key.index("\t")]
            street = Street(key, name, types.setdefault(kind, kind), types.setdefault(suffix, suffix), words)
            self.by_name.setdefault(name, []).append(street)
            self.by_locality.setdefault(place, []).append(street)
        self.names = sorted(self.by_name)
        self.localities = sorted(self.by_locality)
        self.types = frozenset(types) - {""}
        self.buildings = Buildings(buildings)
        self.words = frozenset(word for name in (*self.names, *self.localities) for word in name.split())
        self.ranks = ("0", "1", "2", "3") if has_historic else ("0", "1")

    def streets(self) -> list[Street]:
        """All of them."""
        return [street for streets in self.by_name.values() for street in streets]

    def ranges(self, words: Words, *, numbered: bool) -> list[Range]:
        """Where the addresses lie that these words can mean, best first; empty when they mean nothing here.

        With a number the streets of a locality are looked up all at once, without one by one.
        """
        exact, begun = self._by_street(words)
        rotated_exact, rotated_begun = self._by_locality_first(words)
        locality = self._in_localities(words, numbered=numbered)
        building = self.buildings.ranges(words)
        begun_names = [Range(name, name + END, ADDRESS_BEGINS) for name in _begun_names(words) if self._has_name(name)]
        return [
            *(*exact, *rotated_exact, *locality[0], *building[0]),
            *(*begun, *begun_names, *rotated_begun, *locality[1], *building[1]),
        ]

    def transposed(self, words: Words) -> list[Range]:
        """The streets that these words name once two neighbours are swapped."""
        found: dict[Range, None] = {}
        for at in range(len(words) - 1):
            swapped = (*words[:at], words[at + 1], words[at], *words[at + 2 :])
            found |= dict.fromkeys((*self._by_street(swapped)[0], *self._by_locality_first(swapped)[0]))
        return list(found)

    def loose_ranges(self, words: Words) -> list[Range]:
        """Streets of the name that was typed with another type or another locality; those of the type come first."""
        for length in range(len(words) - 1, 0, -1):
            named = [s for name in _names(words[:length], closed=True) for s in self.by_name.get(name, ())]
            rest = words[length:]
            kind = tables.street_types().get(rest[0])
            place = _locality_key(rest[1:] if kind else rest)
            if named and (not place or place in self.by_locality or place in tables.localities()):
                return _keys(sorted(named, key=lambda street: street.type != kind), ADDRESS_OTHER)
        return []

    def is_street(self, words: Words) -> bool:
        """Whether the words name a street, complete."""
        return bool(self._by_street(words)[0])

    def _by_street(self, words: Words, place: Words = ()) -> tuple[list[Range], list[Range]]:
        """Name first, then what follows it; with `place`, only the streets of that locality."""
        exact: list[Range] = []
        begun: list[Range] = []
        for length in range(len(words), 0, -1):
            rest = words[length:]
            for name in _names(words[:length], closed=bool(rest) or bool(place)):
                if not rest and not place and name in self.by_name:
                    exact.append(Range(f"{name}\t", f"{name}\n", ADDRESS))
                    continue
                for street in self.by_name.get(name, ()):
                    if place and street.locality != place:
                        continue
                    fit = fit_of(street, rest)
                    if fit and not place and is_type(street, rest):
                        # One range for the streets of all localities.
                        whole = f"{name}\t{street.type}\t"
                        exact.append(Range(whole, f"{whole[:-1]}\n", ADDRESS))
                    elif fit:
                        (exact if fit == 2 else begun).append(_range(street, ADDRESS if fit == 2 else ADDRESS_BEGINS))
        return list(dict.fromkeys(exact)), begun

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
            begun += [_range(s, ADDRESS_BEGINS) for s in self.by_locality[place] if s.name.startswith(typed)]
        return exact, begun[:MAX_STREETS]

    def _in_localities(self, words: Words, *, numbered: bool) -> tuple[list[Range], list[Range]]:
        """All streets of the locality that the words name, and of those that they begin."""
        typed = _locality_key(words)
        exact = [typed] if typed in self.by_locality else []
        begun: list[str] = []
        if len(typed) >= MIN_LOCALITY_LETTERS:
            first, last = bisect_right(self.localities, typed), bisect_left(self.localities, typed + END)
            begun = self.localities[first : min(last, first + MAX_LOCALITIES)]
        if numbered:
            return self._whole(exact, ADDRESS), self._whole(begun, ADDRESS_BEGINS)
        streets = [street for place in begun for street in self.by_locality[place]]
        return _keys(self.by_locality.get(typed, []), ADDRESS), _keys(streets, ADDRESS_BEGINS)

    def _whole(self, places: list[str], why: str) -> list[Range]:
        """All streets of the places as one range."""
        keys = sorted(street.key for place in places for street in self.by_locality[place])
        return [Range(*EVERYWHERE, why, WITHIN.join(keys))] if keys else []

    def _has_name(self, beginning: str) -> bool:
        place = bisect_left(self.names, beginning)
        return place < len(self.names) and self.names[place].startswith(beginning)


def _range(street: Street, why: str) -> Range:
    return Range(street.key, f"{street.key}\x01", why)


def _keys(streets: Sequence[Street], why: str) -> list[Range]:
    return [_range(street, why) for street in streets[:MAX_STREETS]]


def _begun_names(words: Words) -> list[str]:
    """What the words can be the beginning of; a last ST can become STATION as well as SAINT GEORGE."""
    if not words:
        return []
    names = dict.fromkeys((name_key(" ".join(words)), *_names(words, closed=True)))
    return [name for name in names if name]


def _names(words: Words, *, closed: bool) -> set[str]:
    """How a street's name can be meant: ST before a name is SAINT, and so is a lone ST that something follows."""
    if "ST" not in words:
        return {name_key(" ".join(words))}
    spelt = tuple("SAINT" if w == "ST" and (closed or at + 1 < len(words)) else w for at, w in enumerate(words))
    return {name_key(" ".join(words)), name_key(" ".join(spelt))}


def _locality_key(words: Words) -> str:
    return name_key(" ".join("ST" if word == "SAINT" else word for word in words))
