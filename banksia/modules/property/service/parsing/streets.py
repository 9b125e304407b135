"""Street, type, suffix and locality out of the words after a number.

Where nothing but words is given, every split is scored: a locality of the state's list weighs most (longest first, so
RED HILL and WEST WALLSEND stay whole), then a street type before it. Commas decide when they are there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from banksia.modules.property.service.parsing import tables

Words = tuple[str, ...]
_ABBREVIATED: Final = {"MT": "MOUNT", "NTH": "NORTH", "STH": "SOUTH"}
_MAX_LOCALITY_WORDS: Final = 5
_MAX_WORDS: Final = 12
_IMPOSSIBLE: Final = -100.0


@dataclass(frozen=True, slots=True)
class StreetParts:
    """What the words after the number say."""

    building: str | None = None
    street: str | None = None
    type: str | None = None
    suffix: str | None = None
    locality: str | None = None


@dataclass(frozen=True, slots=True)
class _Street:
    name: Words
    type: str | None = None
    suffix: str | None = None
    guessed: bool = False


def known_locality(words: Words) -> str | None:
    """The locality of the state's list that these words are, as the state writes it."""
    key = tables.name_key(" ".join("ST" if word == "SAINT" else word for word in words))
    found = tables.localities().get(key)
    return found or tables.localities().get(tables.name_key(" ".join(words)))


@lru_cache(maxsize=20_000)
def read_street(chunks: tuple[Words, ...], *, numbered: bool, regioned: bool) -> StreetParts:
    """Read the words between commas.

    `numbered`: a house or lot number stands before them, so that there is a street. `regioned`: a state or postcode
    stands after them, so that words without a number can be a locality that the list does not know.
    """
    plain = [expand(chunk)[:_MAX_WORDS] for chunk in chunks if chunk]
    if not plain:
        return StreetParts()
    if len(plain) == 1:
        return _split(plain[0], numbered=numbered, regioned=regioned)
    return _by_commas(_joined(plain), numbered=numbered)


def expand(words: Words) -> Words:
    """MT, NTH, STH and 1ST in full."""
    if not any(word in _ABBREVIATED or word[0].isdigit() for word in words):
        return words
    full = (tables.ordinal_word(word) or _ABBREVIATED.get(word, word) for word in words)
    return tuple(" ".join(full).split())


def _joined(chunks: list[Words]) -> list[Words]:
    """A comma before a lone street type or suffix separates nothing: `FAIRVIEW, DRIVE`."""
    joined: list[Words] = []
    continuing = tables.street_types().keys() | tables.street_suffixes().keys()
    for chunk in chunks:
        if joined and known_locality(chunk) is None and " ".join(chunk) in continuing:
            joined[-1] += chunk
        else:
            joined.append(chunk)
    return joined


def _by_commas(chunks: list[Words], *, numbered: bool) -> StreetParts:
    if len(chunks) == 1:
        return _split(chunks[0], numbered=numbered, regioned=False)
    first, last = _read(chunks[0]), _read(chunks[-1])
    if known_locality(chunks[0]) and first.type is None and last.type and not known_locality(chunks[-1]):
        return _parts(last, known_locality(chunks[0]))
    if known_locality(chunks[-1]) is None and last.type is None:
        whole = _split(chunks[-1], numbered=True, regioned=False)
        if whole.type and whole.locality and first.type is None:
            return StreetParts(" ".join(chunks[0]), whole.street, whole.type, whole.suffix, whole.locality)
    street = _read(chunks[-2])
    building = " ".join(word for chunk in chunks[:-2] for word in chunk) or None
    if street.type is None and building is None:
        # `6 FAIRVIEW DRIVE LITHGOW, GREATER LITHGOW`: the street's own locality is the nearer one.
        inner = _split(chunks[-2], numbered=True, regioned=False)
        if inner.type and inner.locality:
            return inner
    return _parts(street, _locality(chunks[-1]), building)


def _parts(street: _Street, locality: str | None, building: str | None = None) -> StreetParts:
    return StreetParts(building, _saintly(street.name), street.type, street.suffix, locality)


def _saintly(name: Words) -> str | None:
    """ST before a name is SAINT."""
    spelt = ["SAINT" if word == "ST" and place + 1 < len(name) else word for place, word in enumerate(name)]
    return " ".join(spelt) or None


def _locality(words: Words) -> str | None:
    spelt = ("ST", *words[1:]) if words and words[0] == "SAINT" and len(words) > 1 else words
    return known_locality(words) or " ".join(spelt) or None


def _read(words: Words, *, guess: bool = True) -> _Street:
    """A street's name, type and suffix; the name has at least one word that is not THE."""
    suffix = None
    if len(words) > 2 and words[-1] in tables.street_suffixes():
        before, kind, _ = _type_of(words[:-1], guess=False)
        if kind and before:
            suffix, words = tables.street_suffixes()[words[-1]], words[:-1]
    name, kind, guessed = _type_of(words, guess=guess)
    return _Street(name, kind, suffix, guessed)


def _type_of(words: Words, *, guess: bool) -> tuple[Words, str | None, bool]:
    types = tables.street_types()
    for length in (3, 2, 1):
        name, last = words[:-length], " ".join(words[-length:])
        if name and name != ("THE",) and last in types:
            return name, types[last], False
    if guess and len(words) > 1 and words[:-1] != ("THE",):
        kind = tables.misspelt_type(words[-1])
        if kind:
            return words[:-1], kind, True
    return words, None, False


def _split(words: Words, *, numbered: bool, regioned: bool) -> StreetParts:
    """The best of all splits into street and locality."""
    best = max(_splits(words, numbered=numbered, regioned=regioned), key=lambda found: found[0])
    return best[1]


def _splits(words: Words, *, numbered: bool, regioned: bool) -> Iterator[tuple[float, StreetParts]]:
    for length in range(min(len(words), _MAX_LOCALITY_WORDS) + 1):
        left, right = words[: len(words) - length], words[len(words) - length :]
        known = known_locality(right) if right else None
        if not left:
            if not numbered:
                score = 30.0 if known else 6.0 if regioned else _IMPOSSIBLE
                yield score, StreetParts(locality=_locality(right))
            continue
        street = _read(left)
        if right and known is None:
            score = _IMPOSSIBLE if street.type is None or _is_type(right[-1:]) or _is_type(right) else -3 - length / 2
        else:
            score = 10.0 + 2 * length if known else 0.0
        yield score + _street_score(street), _parts(street, _locality(right))


def _is_type(words: Words) -> bool:
    return " ".join(words) in tables.street_types() and words not in (("HILL",), ("END",), ("VIEW",), ("PARK",))


def _street_score(street: _Street) -> float:
    """A common type is worth more than a rare or guessed one; one inside the name speaks against the split."""
    types = tables.street_types()
    score = 0.0
    if street.type:
        score = 4.0 if street.guessed else 8.0 if street.type in tables.STRONG_TYPES else 4.0
    inner = sum(5.0 for word in street.name[1:] if types.get(word) in tables.STRONG_TYPES and word != "ST")
    dangling = 6.0 if len(street.name) > 1 and street.name[-1] == "ST" else 0.0
    return score - inner - dangling
