"""Units, levels, lots and numbers: what stands before the street's words."""

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Final, Literal

from banksia.modules.property.service.parsing import tables

NUMBER: Final = re.compile(r"([A-Z]{0,2})([0-9]{1,6})([A-Z]{0,2})(?:[-+]([A-Z]{0,2}[0-9]{1,6}[A-Z]{0,2}|[A-Z]))?")
_GLUED: Final = {"U": "UNIT", "A": "APARTMENT", "F": "FLAT", "L": "LEVEL"}
_GLUED_NUMBER: Final = re.compile(r"([UAFL])([0-9]{1,5}[A-Z]?(?:-[0-9]{1,5}[A-Z]?)?)")
_WITHOUT_NUMBER: Final = ("REAR", "PENTHOUSE")
_STOREYS: Final = ("GROUND", "LOWER GROUND", "UPPER GROUND", "BASEMENT", "MEZZANINE", "ROOFTOP", "PODIUM")
_MARKS: Final = (",", "/")
_LOT_ID: Final = re.compile(r"[A-Z]{0,2}[0-9]{1,5}[A-Z]{0,2}|[A-Z]")

Kind = Literal["number", "flat", "level", "lot"]


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of a head: a bare number, or one that a word names."""

    kind: Kind
    text: str | None
    name: str | None = None


@dataclass(slots=True)
class Head:
    """What stands before a run of words."""

    flat_type: str | None = None
    flat: str | None = None
    level_type: str | None = None
    level: str | None = None
    lot: str | None = None
    number: str | None = None


@dataclass(slots=True)
class Segment:
    """A head and the words that follow it, kept apart where a comma stood."""

    pieces: list[Piece] = field(default_factory=list)
    chunks: list[list[str]] = field(default_factory=list)


def is_number(token: str) -> bool:
    """Whether a token can be a house, unit or lot number; `12TH` is a word."""
    return NUMBER.fullmatch(token) is not None and tables.ordinal_word(token) is None


def segments(tokens: list[str]) -> list[Segment]:
    """Cut the tokens before every head."""
    found = [Segment()]
    position, comma = 0, False
    while position < len(tokens):
        pieces, end = _pieces(tokens, position)
        if pieces:
            if found[-1].chunks:
                found.append(Segment())
            found[-1].pieces += pieces
            position, comma = end, True
            continue
        word = tokens[position]
        position += 1
        if word in _MARKS:
            comma = True
        elif found[-1].chunks and not comma:
            found[-1].chunks[-1].append(word)
        else:
            found[-1].chunks.append([word])
            comma = False
    return found


def _pieces(tokens: list[str], start: int) -> tuple[list[Piece], int]:
    """The piece that begins there, if one does, and where it ends."""
    token = tokens[start]
    if len(token) > 1 and token.isalpha() and token not in _first_words():
        return [], start
    for read in (_lot, _storey, _named, _glued, _bare):
        pieces, end = read(tokens, start)
        if pieces:
            return pieces, end
    return [], start


@cache
def _first_words() -> frozenset[str]:
    """The words that can begin a piece; all others belong to names."""
    names = (*tables.flat_types(), *tables.level_types(), *_STOREYS, "LOT", "LT")
    return frozenset(name.split()[0] for name in names)


def _at(tokens: list[str], position: int) -> str:
    return tokens[position] if position < len(tokens) else ""


def _number_follows(tokens: list[str], position: int) -> bool:
    while _at(tokens, position) in _MARKS:
        position += 1
    return is_number(_at(tokens, position))


def _lot(tokens: list[str], start: int) -> tuple[list[Piece], int]:
    if tokens[start] in ("LOT", "LT") and _LOT_ID.fullmatch(_at(tokens, start + 1)):
        return [Piece("lot", tokens[start + 1])], start + 2
    return [], start


def _storey(tokens: list[str], start: int) -> tuple[list[Piece], int]:
    """`GROUND FLOOR`, `1ST FLOOR`, `LOWER GROUND LEVEL`."""
    ordinal = tokens[start].rstrip("STNDRH")
    if ordinal.isdigit() and tables.ordinal_word(tokens[start]) and _at(tokens, start + 1) in ("FLOOR", "LEVEL"):
        return [Piece("level", ordinal, tokens[start + 1])], start + 2
    for length in (2, 1):
        words = " ".join(tokens[start : start + length])
        end = start + length
        if words in _STOREYS and _at(tokens, end) in ("FLOOR", "LEVEL"):
            full = words if words == "GROUND" else f"{words} FLOOR"
            return [Piece("level", None, tables.level_types().get(full, full))], end + 1
        if words in _STOREYS and words != "GROUND" and _at(tokens, end) == "," and _number_follows(tokens, end):
            return [Piece("level", None, words)], end
    return [], start


def _named(tokens: list[str], start: int) -> tuple[list[Piece], int]:
    """`UNIT 3`, `SHOP A`, `LEVEL 2`, `MARINE BERTH 7`, `REAR`."""
    for length in (3, 2, 1):
        word, end = " ".join(tokens[start : start + length]), start + length
        flat, level = tables.flat_types().get(word), tables.level_types().get(word)
        if (flat is None and level is None) or len(tokens) < end or _ends_locality(tokens, end):
            continue
        identifier = _at(tokens, end)
        lettered = len(identifier) == 1 and identifier.isalpha() and _number_follows(tokens, end + 1)
        if is_number(identifier) or lettered:
            alone = flat in _WITHOUT_NUMBER and not _number_follows(tokens, end + 1)
            if not alone:
                return [Piece("level", identifier, level) if level else Piece("flat", identifier, flat)], end + 1
        if flat in _WITHOUT_NUMBER and _number_follows(tokens, end):
            return [Piece("flat", None, flat)], end
    return [], start


def _ends_locality(tokens: list[str], end: int) -> bool:
    """`MEADOW FLAT 163`: the word belongs to the locality before the number."""
    return any(" ".join(tokens[max(0, end - words) : end]) in tables.localities() for words in (2, 3) if end >= words)


def _glued(tokens: list[str], start: int) -> tuple[list[Piece], int]:
    """`U3` is a unit, and so are `A6` and `L2` when the number still follows; `A4 RABAUL` is a number."""
    match = _GLUED_NUMBER.fullmatch(tokens[start])
    if match and (match[1] == "U" or _number_follows(tokens, start + 1)):
        return [Piece("level" if match[1] == "L" else "flat", match[2], _GLUED[match[1]])], start + 1
    return [], start


def _bare(tokens: list[str], start: int) -> tuple[list[Piece], int]:
    """`12`, `12A`, `40 B` before a name, and the `A` of `A/5`."""
    token, after = tokens[start], _at(tokens, start + 1)
    if is_number(token):
        letter = len(after) == 1 and "A" <= after <= "M" and after != "E" and token[-1].isdigit()
        then = _at(tokens, start + 2)
        if letter and then.isalpha() and then not in tables.street_types():
            return [Piece("number", token + after)], start + 2
        return [Piece("number", token)], start + 1
    if len(token) == 1 and token.isalpha() and after == "/" and is_number(_at(tokens, start + 2)):
        return [Piece("number", token)], start + 1
    return [], start


def read_head(pieces: list[Piece]) -> Head:
    """Who is the unit and who the number: the last bare number is the street's."""
    head = Head()
    bare: list[str] = []
    for piece in pieces:
        if piece.kind == "flat":
            head.flat_type, head.flat = piece.name, piece.text
        elif piece.kind == "level":
            head.level_type, head.level = piece.name, piece.text
        elif piece.kind == "lot":
            head.lot = piece.text
        elif piece.text:
            bare.append(piece.text)
    if bare:
        head.number = bare[-1]
        if len(bare) > 1 and head.flat is None:
            head.flat_type, head.flat = head.flat_type or "UNIT", bare[-2]
    elif head.flat and "-" in head.flat and head.lot is None:
        head.flat, head.number = head.flat.split("-", 1)
    return head


@lru_cache(maxsize=10_000)
def split_number(number: str) -> tuple[str, str | None, str | None]:
    """A number's first part, its suffix and its last part: `33A-33B` -> 33, A, 33B; a prefix stays: `A4`."""
    match = NUMBER.fullmatch(number)
    if match is None:
        return number, None, None
    prefix, digits, suffix, last = match.groups()
    if last and last.isalpha():
        last = digits + last
    return prefix + (digits.lstrip("0") or "0"), suffix or None, last
