"""What to look up for a text: parcels, and places in streets, each as one range of an index."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from banksia.modules.property.queries.searching import (
    ADDRESS,
    ADDRESS_SPELLING,
    BUILDING,
    BUILDING_SPELLING,
    NOTHING,
)
from banksia.modules.property.service.keys import number_of, unit_code_of
from banksia.modules.property.service.parsing import (
    Dissected,
    Head,
    ParcelParts,
    dissect,
    plain,
    read_parcels,
    split_number,
)
from banksia.modules.property.service.searching.fitting import EVERYWHERE, Range, Words
from banksia.modules.property.service.searching.gazetteer import Gazetteer
from banksia.modules.property.service.searching.partial import partial_parcel
from banksia.modules.property.service.searching.spelling import Spelling

MAX_PARCELS = 50
MAX_GUESSED = 200
"""So many places are looked up for what a text may have meant."""
_MAX_WORDS = 12
_LONG_NUMBER = 1_000
_MAX_OTHERS = 12
"""Without a number so many streets are looked at for their units and for what is historic."""
_ANYWHERE = Range(*EVERYWHERE, ADDRESS)
_LIKELY_PLAN_DIGITS = 4
"""Of one slash and no words, the reading as a parcel comes first from this many digits on the right."""
_ASSESSMENT = re.compile(r"(?=.*[0-9])[0-9A-Z.-]{3,20}")
_NAMED_ASSESSMENT = re.compile(
    r"(?:RATES? )?ASS(?:ESS(?:MENT)?)?(?: NO| NUMBER)? (?=[0-9A-Z.-]*[0-9])([0-9A-Z.-]{1,20})"
)
_POSTCODE_LIKE = re.compile(r"(2[0-9]{3}),? ([A-Z].*)")


Place = tuple[str, ...]
"""One range of streets and what is known about number and unit, in the order of `PLACE_FIELDS`."""
PLACE_FIELDS = (
    "low", "high", "number", "suffix", "last", "unit_code", "unit_type", "rank", "why", "streets",
)  # fmt: skip


@dataclass(slots=True)
class Probes:
    """All that one text asks for, best first."""

    parcels: tuple[ParcelParts, ...] = ()
    places: list[Place] = field(default_factory=list)
    begun_number: int | None = None
    """Of a number alone: those that begin with its digits are asked for as well."""
    parcels_first: bool = True
    assessment: str | None = None
    guessed: bool = False

    def __bool__(self) -> bool:
        """Whether there is anything to look up."""
        return bool(self.parcels or self.places or self.assessment)


def probes_for(text: str, gazetteer: Gazetteer) -> Probes:
    """What a text asks for, taken as it was typed."""
    typed = plain(text)
    named = _NAMED_ASSESSMENT.fullmatch(typed)
    if named:
        return Probes(assessment=named[1])
    found = read_parcels(typed)
    begun = None if found.parcels else partial_parcel(typed)
    probes = Probes(parcels=(begun,) if begun else found.parcels[:MAX_PARCELS])
    address = typed if begun else _address_text(typed, probes.parcels, found.rest, certain=found.certain)
    if address:
        dissected = _dissect(address, gazetteer)
        asked, orders = _asked(dissected.head), _word_orders(dissected)
        probes.places = _places(asked, orders, gazetteer)
        if not any(orders):
            probes.begun_number = _begun(asked)
    if not found.certain:
        probes.parcels_first = len(found.parcels[0].plan) >= _LIKELY_PLAN_DIGITS
    if _ASSESSMENT.fullmatch(typed):
        probes.assessment = typed
    return probes


def guesses_for(text: str, gazetteer: Gazetteer, spelling: Spelling) -> Probes:
    """What a text may have meant when nothing was found as it was typed; parcels and numbers are not guessed."""
    typed = plain(text)
    found = read_parcels(typed)
    probes = Probes(guessed=True)
    address = _address_text(typed, found.parcels, found.rest, certain=found.certain)
    if not address:
        return probes
    dissected = dissect(address)
    asked, orders = _asked(dissected.head), [words[:_MAX_WORDS] for words in _word_orders(dissected)]
    for words in orders:
        probes.places += _in_ranges(asked, _respelt(gazetteer.transposed(words)), gazetteer)
    for words in orders:
        probes.places += _respelt_places(asked, words, gazetteer, spelling)
        if len(probes.places) > MAX_GUESSED:
            break
    for words in orders:
        probes.places += _in_ranges(asked, gazetteer.loose_ranges(words), gazetteer)
    del probes.places[MAX_GUESSED:]
    return probes


def _respelt_places(asked: "_Asked", words: Words, gazetteer: Gazetteer, spelling: Spelling) -> list[Place]:
    """Where the corrected words lie; once some correction means a street, those of more edits are not tried."""
    found: list[Place] = []
    cheapest: int | None = None
    for cost, alternative in spelling.alternatives(words):
        if cheapest is not None and cost > cheapest + 1:
            break
        ranges = gazetteer.ranges(alternative, numbered=asked.number is not None)
        if ranges:
            cheapest = cost if cheapest is None else cheapest
            found += _in_ranges(asked, _respelt(ranges), gazetteer)
    return found


def _respelt(ranges: Iterable[Range]) -> list[Range]:
    return [each._replace(why=BUILDING_SPELLING if each.why >= BUILDING else ADDRESS_SPELLING) for each in ranges]


def _address_text(typed: str, parcels: tuple[ParcelParts, ...], rest: str, *, certain: bool) -> str:
    """The part of a text that can be an address: all of it, or what its parcels leave over."""
    return typed if not parcels or not certain else rest


def _dissect(address: str, gazetteer: Gazetteer) -> Dissected:
    """Four digits before a name are its number when the council has such a street, whatever else they can be."""
    dissected = dissect(address)
    numbered = _POSTCODE_LIKE.fullmatch(address)
    if numbered and dissected.head.number is None:
        again = dissect(numbered[2])
        if gazetteer.is_street(again.after) and not again.head.number:
            again.head.number = numbered[1]
            return again
    return dissected


def _word_orders(found: Dissected) -> list[Words]:
    """The street can stand before or after the number, and a building before both."""
    if not found.before:
        return [found.after]
    if not found.after:
        return [found.before]
    return [found.before + found.after, found.after + found.before, found.after]


class _Asked(NamedTuple):
    """What the text says about number and unit."""

    number: int | None = None
    suffix: str = NOTHING
    last: str = NOTHING
    unit_code: str = NOTHING
    unit_type: str = NOTHING


def _asked(head: Head) -> _Asked:
    code = unit_code_of(head.flat_type, head.flat, head.level_type, head.level)
    unit = (code, head.flat_type or NOTHING) if code else (NOTHING, NOTHING)
    if head.number:
        first, letters, last = split_number(head.number)
        number, suffix = number_of(first + (letters or ""))
        return _Asked(number, suffix or NOTHING, last or NOTHING, *unit)
    if head.lot:
        number, suffix = number_of(head.lot, lot=True)
        return _Asked(number, suffix or NOTHING, NOTHING, *unit)
    return _Asked(None, NOTHING, NOTHING, *unit)


def _places(asked: _Asked, orders: list[Words], gazetteer: Gazetteer) -> list[Place]:
    if any(orders):
        for words in orders:
            ranges = gazetteer.ranges(words, numbered=asked.number is not None) if words else []
            if ranges:
                return _in_ranges(asked, ranges, gazetteer)
        return []
    if asked.number is None:
        return []
    return _in_ranges(asked, [_ANYWHERE], gazetteer)


def _begun(asked: _Asked) -> int | None:
    """A number that may still be typed: of 1 also 10 to 19, 100 to 199, 1000 to 1999 can be meant."""
    known = (asked.suffix, asked.last, asked.unit_code) != (NOTHING, NOTHING, NOTHING)
    return asked.number if not known and asked.number is not None and 0 < asked.number < _LONG_NUMBER else None


def _in_ranges(asked: _Asked, ranges: list[Range], gazetteer: Gazetteer) -> list[Place]:
    """Exact names before begun ones, street addresses before units; a unit that was asked for is looked for alone."""
    if not ranges:
        return []
    number = NOTHING if asked.number is None else str(asked.number)
    exact = [each for each in ranges if each.why in (ADDRESS, BUILDING)]
    groups = [exact, [each for each in ranges if each.why not in (ADDRESS, BUILDING)]] if exact else [ranges]
    ranks = gazetteer.ranks
    _, suffix, last, unit_code, _ = asked
    if unit_code != NOTHING:
        kinds = [NOTHING] if asked.unit_type in ("UNIT", NOTHING) else [asked.unit_type, NOTHING]
        return [
            (low, high, number, suffix, last, unit_code, kind, rank, why, streets)
            for kind in kinds
            for group in groups
            for rank in ranks[1::2]
            for low, high, why, streets in group
        ]
    asked_for = [(number, asked.suffix, asked.last)]
    if asked.last != NOTHING:
        # A range that nobody has is looked for by its ends.
        end, suffix = number_of(asked.last)
        asked_for += [(number, asked.suffix, NOTHING), (str(end), suffix or NOTHING, NOTHING)]
    return [
        (low, high, number, suffix, last, NOTHING, NOTHING, rank, why, streets)
        for number, suffix, last in asked_for
        for group in groups
        for rank in ranks
        for low, high, why, streets in (group if asked.number is not None or rank == "0" else group[:_MAX_OTHERS])
    ]
