"""Addresses in every form that people type: units, ranges, lots, suburb first, with and without commas."""

import re
from dataclasses import dataclass
from typing import Final

from banksia.modules.property.service.parsing import tables
from banksia.modules.property.service.parsing.numbers import Head, Segment, is_number, read_head, segments, split_number
from banksia.modules.property.service.parsing.streets import StreetParts, expand, known_locality, read_street
from banksia.modules.property.service.parsing.text import join_numbers


@dataclass(frozen=True, slots=True)
class AddressParts:
    """The parts of one address after AS/NZS 4819 and G-NAF, in capitals; None where the text says nothing."""

    building: str | None = None
    level_type: str | None = None
    level: str | None = None
    flat_type: str | None = None
    flat: str | None = None
    number: str | None = None
    number_suffix: str | None = None
    number_last: str | None = None
    street: str | None = None
    type: str | None = None
    suffix: str | None = None
    locality: str | None = None
    state: str | None = None
    postcode: str | None = None
    lot: str | None = None


@dataclass(frozen=True, slots=True)
class Dissected:
    """An address before anybody decides which words are the street: search asks the council's own streets for that."""

    head: Head
    before: tuple[str, ...]
    """Words that stand before the number: a locality, a building, or the street itself."""
    after: tuple[str, ...]


_TOKEN: Final = re.compile(r"[A-Z0-9'+&-]*[A-Z0-9][A-Z0-9'+&-]*|[,/]")
_NUMBER_SUFFIX: Final = re.compile(r"(?<![A-Z0-9])([0-9]+) ?/ ?([A-Z])(?![A-Z0-9'])(?! ?/)")
_POSTCODE: Final = re.compile(r"0[2-9][0-9]{2}|[1-9][0-9]{3}")
_STATES: Final = ("NSW", "QLD", "VIC", "SA", "WA", "TAS", "ACT", "NT")
_UNMISTAKABLE: Final = ("NSW", "QLD")
_STATE_HINT: Final = re.compile(
    r"NEW SOUTH|QUEENSLAND|AUSTRALIA|TERRITORY|TASMANIA|VICTORIA|\bQ\b|\bNO\b|(?:NSW|QLD|VIC|ACT|TAS)[0-9]"
)
_STATE_NAMES: Final = (
    (re.compile(r"\b(NSW|QLD|VIC|ACT|TAS)(?=[0-9]{4}\b)"), r"\1 "),
    (re.compile(r"\bNEW SOUTH WALES\b"), "NSW"),
    (re.compile(r"\bQUEENSLAND\b"), "QLD"),
    (re.compile(r"\bSOUTH AUSTRALIA\b"), "SA"),
    (re.compile(r"\bWESTERN AUSTRALIA\b"), "WA"),
    (re.compile(r"\bAUSTRALIAN CAPITAL TERRITORY\b"), "ACT"),
    (re.compile(r"\bNORTHERN TERRITORY\b"), "NT"),
    (re.compile(r"\bTASMANIA\b"), "TAS"),
    (re.compile(r"\bVICTORIA(?=,? [38][0-9]{3}$)"), "VIC"),
    (re.compile(r"\bQ(?=,? [49][0-9]{3}$)"), "QLD"),
    (re.compile(r"(?<=[A-Z0-9])[ ,]+AUSTRALIA$"), ""),
    (re.compile(r"\bNO (?=[0-9])"), ""),
)


def read_address(text: str) -> AddressParts:
    """Read a plain text as one address; what it does not say stays None, and no text raises."""
    tokens, state, postcode = _region(_tokens(text))
    return _assemble(segments(tokens), state, postcode)


def dissect(text: str) -> Dissected:
    """Take a plain text's units and numbers off and leave its words; state and postcode go when they are complete."""
    tokens = _tokens(text)
    without, state, postcode = _region(tokens)
    if state in (None, "NSW") or postcode:
        tokens = without
    parts = segments(tokens)
    heads = [read_head(part.pieces) for part in parts]
    main = _main(parts, heads)
    head = heads[main]
    for other in (*heads[:main][::-1], *heads[main + 1 :]):
        _adopt(head, other)
    before = [
        word for part, other in zip(parts[:main], heads, strict=False) if not other.number for word in _words(part)
    ]
    after = [word for part in parts[main:] for word in _words(part)]
    return Dissected(head, expand(tuple(before)), expand(tuple(after)))


def _tokens(text: str) -> list[str]:
    text = join_numbers(text)
    if "/" in text:
        text = _NUMBER_SUFFIX.sub(r"\1\2", text)
    if _STATE_HINT.search(text):
        for pattern, short in _STATE_NAMES:
            text = pattern.sub(short, text)
    return [word.strip("'+&-") or word for word in _TOKEN.findall(text)]


def _words(part: Segment) -> list[str]:
    return [word for chunk in part.chunks for word in chunk]


def _region(tokens: list[str]) -> tuple[list[str], str | None, str | None]:
    """Take the state and the postcode out, wherever they stand."""
    place = _state_at(tokens)
    if place is None:
        return _lone_postcode(tokens)
    state = tokens[place]
    before, after = tokens[:place], tokens[place + 1 :]
    following = after[1:] if after[:1] == [","] else after
    preceding = before[:-1] if before[-1:] == [","] else before
    if following and _POSTCODE.fullmatch(following[0]):
        return [*before, ",", *following[1:]], state, following[0]
    if preceding and _POSTCODE.fullmatch(preceding[-1]) and (len(preceding) == 1 or not is_number(preceding[-2])):
        return [*preceding[:-1], ",", *after], state, preceding[-1]
    if following and _POSTCODE.fullmatch(following[-1]):
        return [*before, ",", *following[:-1]], state, following[-1]
    return [*before, ",", *after], state, None


def _state_at(tokens: list[str]) -> int | None:
    for place in range(len(tokens) - 1, -1, -1):
        if tokens[place] in _UNMISTAKABLE or (tokens[place] in _STATES and place > 0 and _is_state(tokens, place)):
            return place
    return None


def _is_state(tokens: list[str], place: int) -> bool:
    """Whether SA or ACT is meant: it ends the text, or a postcode is beside it."""
    beside = (*tokens[max(0, place - 2) : place], *tokens[place + 1 : place + 3])
    ends = all(near == "," or _POSTCODE.fullmatch(near) for near in tokens[place + 1 :])
    return ends or any(_POSTCODE.fullmatch(near) for near in beside)


def _lone_postcode(tokens: list[str]) -> tuple[list[str], str | None, str | None]:
    """Without a state, four digits at the end are a postcode unless they can only be the house number."""
    words = [word for word in tokens if word != ","]
    if len(words) < 2:
        return tokens, None, None
    last, before = words[-1], words[-2]
    if _POSTCODE.fullmatch(last) and tokens[-1] == last and before[0].isalpha() and not is_number(before):
        numbered = any(is_number(word) for word in words[:-1])
        if numbered or last.startswith("2") or before not in tables.street_types():
            return [*tokens[:-1], ","], None, last
    first = words[0]
    if re.fullmatch(r"2[0-9]{3}", first) and known_locality(tuple(words[1:])):
        return tokens[1:], None, first
    return tokens, None, None


def _assemble(parts: list[Segment], state: str | None, postcode: str | None) -> AddressParts:
    heads = [read_head(part.pieces) for part in parts]
    main = _main(parts, heads)
    head, chunks, building, locality = heads[main], _chunks(parts[main]), None, None
    regioned = bool(state or postcode)
    earlier = [chunk for part in parts[:main] for chunk in _chunks(part)]
    later = [chunk for part in parts[main + 1 :] for chunk in _chunks(part)]
    for other in (*heads[:main][::-1], *heads[main + 1 :]):
        _adopt(head, other)
    numbered = bool(head.number or head.lot)
    bare = [part for part, other in zip(parts[:main], heads[:main], strict=True) if not other.number]
    clean = [chunk for part in bare for chunk in _chunks(part)]
    if earlier and _belongs_before(earlier, chunks):
        chunks = [*earlier, *chunks]
    elif len(clean) == 1 and known_locality(clean[0]):
        locality = known_locality(clean[0])
    elif clean:
        building = " ".join(word for chunk in clean for word in chunk)
    street = read_street((*chunks, *later), numbered=numbered, regioned=regioned)
    if locality and street.locality:
        building = locality
    return _address(head, street, building, street.locality or locality, (state, postcode))


def _chunks(part: Segment) -> list[tuple[str, ...]]:
    return [tuple(chunk) for chunk in part.chunks]


def _main(parts: list[Segment], heads: list[Head]) -> int:
    """The segment of the street: the last with a number and words, else the last with a number, else the last."""
    numbered = [place for place, head in enumerate(heads) if head.number or head.lot]
    worded = [place for place in numbered if parts[place].chunks]
    return (worded or numbered or [len(parts) - 1])[-1]


def _adopt(head: Head, other: Head) -> None:
    """A unit or level named elsewhere belongs to the street's number, unless that place has a number of its own."""
    if other.number:
        return
    if head.flat is None and head.flat_type is None:
        head.flat_type, head.flat = other.flat_type, other.flat
    if head.level_type is None:
        head.level_type, head.level = other.level_type, other.level
    head.lot = head.lot or other.lot


def _belongs_before(earlier: list[tuple[str, ...]], chunks: list[tuple[str, ...]]) -> bool:
    """`FAIRVIEW DR 6` and `FAIRVIEW DR 6 LITHGOW`: the street stands before its number."""
    if chunks and not (len(chunks) == 1 and known_locality(chunks[0])):
        return False
    street = read_street(tuple(earlier), numbered=True, regioned=False)
    return not chunks or street.type is not None


def _address(
    head: Head, street: StreetParts, building: str | None, locality: str | None, region: tuple[str | None, str | None]
) -> AddressParts:
    number, suffix, last = split_number(head.number) if head.number else (None, None, None)
    return AddressParts(
        building=street.building or building,
        level_type=head.level_type,
        level=head.level,
        flat_type=head.flat_type,
        flat=head.flat,
        number=number,
        number_suffix=suffix,
        number_last=last,
        street=street.street,
        type=street.type,
        suffix=street.suffix,
        locality=locality,
        state=region[0],
        postcode=region[1],
        lot=head.lot,
    )
