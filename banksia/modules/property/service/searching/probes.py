"""What to look up for a text: parcels, and places in streets, each as one range of an index."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from banksia.modules.property.service.keys import MAX_NUMBER, number_of, unit_of
from banksia.modules.property.service.parsing import AddressParts, Dissected, ParcelParts, dissect, read
from banksia.modules.property.service.parsing.text import plain
from banksia.modules.property.service.searching.gazetteer import Gazetteer, Range, Words
from banksia.modules.property.service.searching.spelling import Spelling

MAX_PARCELS = 50
_ANYWHERE: Range = ("", "\U0010ffff")
_LIKELY_PLAN_DIGITS = 4
"""Of one slash and no words, the reading as a parcel comes first from this many digits on the right."""
_ASSESSMENT = re.compile(r"[0-9A-Z.-]{3,20}")


class Place(NamedTuple):
    """One range of streets and what is known about the number; None is anything."""

    low: str
    high: str
    number: int | None
    suffix: str | None
    last: str | None
    unit_code: str | None
    unit_type: str | None
    is_unit: bool


@dataclass
class Probes:
    """All that one text asks for, best first."""

    parcels: tuple[ParcelParts, ...] = ()
    places: list[Place] = field(default_factory=list)
    parcels_first: bool = True
    assessment: str | None = None
    guessed: bool = False

    def __bool__(self) -> bool:
        """Whether there is anything to look up."""
        return bool(self.parcels or self.places or self.assessment)


def probes_for(text: str, gazetteer: Gazetteer) -> Probes:
    """What a text asks for, taken as it was typed."""
    reading = read(text)
    typed = plain(text)
    probes = Probes(parcels=tuple(p for p in reading.parcels if p.lot or p.plan)[:MAX_PARCELS])
    if reading.kind != "parcel":
        probes.places = _places(_numbered(reading.address), _word_orders(dissect(typed)), gazetteer)
    if reading.kind == "mixed":
        probes.parcels_first = len(reading.parcels[0].plan) >= _LIKELY_PLAN_DIGITS
    if _ASSESSMENT.fullmatch(typed) and any(c.isdigit() for c in typed):
        probes.assessment = typed
    return probes


def guesses_for(text: str, gazetteer: Gazetteer, spelling: Spelling) -> Probes:
    """What a text may have meant when nothing was found as it was typed; parcels and numbers are not guessed."""
    reading = read(text)
    probes = Probes(guessed=True)
    if reading.kind == "parcel":
        return probes
    asked = _numbered(reading.address)
    orders = _word_orders(dissect(plain(text)))
    for words in orders:
        for alternative in spelling.alternatives(words):
            probes.places += _places(asked, [alternative], gazetteer)
    for words in orders:
        probes.places += _in_ranges(asked, gazetteer.loose_ranges(words))
    return probes


def _word_orders(found: Dissected) -> list[Words]:
    """The street can stand before or after the number, and a building before both."""
    if not found.before:
        return [found.after]
    if not found.after:
        return [found.before]
    return [found.before + found.after, found.after + found.before, found.after]


class _Asked(NamedTuple):
    """What the text says about number and unit."""

    numbers: tuple[int, ...]
    suffix: str | None
    last: str | None
    unit_code: str | None
    unit_type: str | None


def _numbered(address: AddressParts) -> _Asked:
    order, code = unit_of(address)
    unit = (code, address.flat_type) if order else (None, None)
    if address.number is None:
        lots = (number_of(address.lot, lot=True)[0],) if address.lot else ()
        return _Asked(lots, number_of(address.lot)[1] if address.lot else None, None, *unit)
    number, suffix = number_of(address.number + (address.number_suffix or ""))
    return _Asked((number,), suffix or None, address.number_last, *unit)


def _places(asked: _Asked, orders: list[Words], gazetteer: Gazetteer) -> list[Place]:
    if any(orders):
        for words in orders:
            ranges = gazetteer.ranges(words) if words else []
            if ranges:
                return _in_ranges(asked, ranges)
        return []
    if asked.numbers and asked.unit_code is None:
        return [
            place
            for number in _begun_numbers(asked)
            for place in _in_ranges(asked._replace(numbers=(number,)), [_ANYWHERE])
        ]
    return _in_ranges(asked, [_ANYWHERE]) if asked.numbers else []


def _begun_numbers(asked: _Asked) -> list[int]:
    """The number itself, then those that begin with its digits: 1, 10 to 19, 100 to 199."""
    number = asked.numbers[0]
    if asked.suffix or asked.last or number == 0 or number > 999:
        return [number]
    found, first, span = [number], number * 10, 10
    while first < 1_000:
        found += range(first, first + span)
        first, span = first * 10, span * 10
    return [each for each in found if each <= MAX_NUMBER]


def _in_ranges(asked: _Asked, ranges: list[Range]) -> list[Place]:
    """Every range once for street addresses and once for units; a unit that was asked for is looked for alone."""
    number = asked.numbers[0] if asked.numbers else None
    if asked.unit_code is not None:
        typed = asked.unit_type if asked.unit_type != "UNIT" else None
        kinds = [typed, None] if typed else [None]
        return [
            Place(low, high, number, asked.suffix, asked.last, asked.unit_code, kind, is_unit=True)
            for kind in kinds
            for low, high in ranges
        ]
    asked_for = [(number, asked.suffix, asked.last)]
    if asked.last:
        # A range that nobody has is looked for by its ends.
        asked_for += [(number, asked.suffix, None), (*number_of(asked.last), None)]
    return [
        Place(low, high, number, suffix, last, None, None, is_unit=is_unit)
        for number, suffix, last in asked_for
        for is_unit in (False, True)
        for low, high in ranges
    ]
