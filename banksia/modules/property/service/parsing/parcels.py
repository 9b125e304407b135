"""Lot, section and plan in the notations that people and councils use.

A parcel is LOT/SECTION/PLAN with the section usually empty. Lots have up to five letters or digits, sections up to
four, plan numbers up to seven digits [Conveyancing (General) Regulation 2018 cl 11]. Two slashes, a plan's label or the
words LOT and PT make a reading certain; one slash and nothing else (`123/313`) can be a unit and a number as well.
"""

import re
from dataclasses import dataclass, replace
from typing import Final

MAX_RANGE = 200
"""A range names at most this many lots; a longer one is read as its two end points."""
_MAX_LIST = 200


@dataclass(frozen=True, slots=True)
class ParcelParts:
    """One parcel as it was written; without a lot it stands for a whole plan."""

    lot: str | None
    section: str | None
    plan_type: str
    plan: str
    part: bool = False
    bare: bool = False
    """The plan had no label: DP is meant, and SP when no such DP exists."""


@dataclass(frozen=True, slots=True)
class ParcelReading:
    """The parcels of a text, what is left of it, and whether it can only be parcels."""

    parcels: tuple[ParcelParts, ...] = ()
    rest: str = ""
    tenure: str = ""
    """`ENCLOSURE PERMIT 510145`: kept, but no parcel."""
    certain: bool = True


_TENURE: Final = re.compile(
    r"\b(?:ENCLOSURE PERMIT|PERMISSIVE OCCUPANCY|CROWN ROAD|ROAD PERMIT|HOMESTEAD FARM|LICEN[CS]E [0-9]|PERMIT [0-9]"
    r"|(?:SPECIAL|CROWN|PERPETUAL|CONDITIONAL|WESTERN LANDS|HOMESTEAD|GRAZING) (?:LEASE|LICEN[CS]E|PERMIT|PURCHASE))"
)
# Whatever names a parcel has one of these; most of what people type has none.
_HINT: Final = re.compile(r"/|(?:DP|SP) ?[0-9]|\b(?:LO?TS?|PLAN|PA?R?T|DP|SP|L[0-9]+[A-Z]?)\b|\b(?:LO?T|PT)S?[0-9]")
_SPELLINGS: Final = tuple(
    (re.compile(pattern), short)
    for pattern, short in (
        (r"\bDEPOSITED PLAN\b", "DP"),
        (r"\bSTRATA PLAN\b", "SP"),
        (r"\bPLAN (?:NUMBER |NO )?(?=(?:DP|SP)? ?[0-9])", "PLAN "),
        (r"\bPLAN (?=DP|SP)", ""),
        (r"\bPLAN (?=[0-9])", "DP "),
        (r"\bCOMMON PROPERTY\b", "CP"),
        (r"\bSECT(?:ION)?(?= ?[A-Z0-9])", "SEC"),
        (r"\bLO?TS?(?= ?[0-9])", "LOT "),
        (r"\bLOTS\b", "LOT"),
        (r"\bPART(?= )", "PT"),
        (r"(?<=[0-9])(?=(?:DP|SP) ?[0-9])", " "),
        (r"\b(DP|SP)(?: (?:NO|NUMBER))?(?=[ 0-9])", r" \1 "),
        (r"\b(SEC|PT)(?=[0-9])", r"\1 "),
        (r"\b(?:AND)\b|\+", "&"),
        (r"(?<=[0-9]) +TO +(?=[0-9])", "-"),
    )
)
_TOKEN: Final = re.compile(r"[A-Z0-9']+|[/,&-]")
_LOT: Final = re.compile(r"(?=[A-Z0-9]{1,5}$)(?:[A-Z]{0,3}[0-9]+[A-Z]{0,3}|[A-Z]{1,2})")
_SECTION: Final = re.compile(r"[A-Z0-9]{1,4}")
_PLAN: Final = re.compile(r"0{0,7}[0-9]{1,7}")
_SHORT_LOT: Final = re.compile(r"L([0-9]{1,4}[A-Z]?)")
_SHORT_SECTION: Final = re.compile(r"S([0-9]{1,3}[A-Z]?)")
_LABELS: Final = ("DP", "SP")
_KEYWORDS: Final = frozenset(("LOT", "SEC", "PT", "IN", "OF", "ON", "DP", "SP", "NO"))
_CONNECTORS: Final = ("IN", "OF", "ON", ",")


def read_parcels(text: str) -> ParcelReading:
    """Read the parcels of a plain text; `rest` is what no parcel used, without the tenure at its end."""
    if not _HINT.search(text):
        return ParcelReading(rest=text)
    tenure = _TENURE.search(text)
    body = text[: tenure.start()] if tenure else text
    for pattern, short in _SPELLINGS:
        body = pattern.sub(short, body)
    reading = _Scanner(_TOKEN.findall(body)).read()
    return replace(reading, tenure=text[tenure.start() :], certain=True) if tenure and reading.parcels else reading


def _number(digits: str) -> str:
    return digits.lstrip("0") or "0"


def _lot(token: str) -> str:
    return _number(token) if token.isdigit() else token


@dataclass(slots=True)
class _Group:
    """Lots that share a plan."""

    parcels: list[ParcelParts]
    end: int
    certain: bool
    """Whether it is parcels even with other words beside it."""
    alone: bool = True
    """Whether it is parcels when nothing stands beside it."""


class _Scanner:
    """Walks over the tokens once; every method takes a position and answers where its reading ends."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens

    def read(self) -> ParcelReading:
        """Every group of parcels; uncertain ones only count when nothing else stands beside them."""
        groups: list[_Group] = []
        rest: list[str] = []
        position = 0
        while position < len(self.tokens):
            group = self.group(position)
            if group is None:
                rest.append(self.tokens[position])
                position += 1
                continue
            groups.append(group)
            rest.append(",")
            position = group.end
        words = [token for token in rest if token not in (",", "&")]
        if words and any(not group.certain and len(group.parcels[0].plan) < 6 for group in groups):
            return ParcelReading(rest=" ".join(self.tokens))
        parcels = tuple(dict.fromkeys(parcel for group in groups for parcel in group.parcels))
        lone = len(groups) == 1 and not words and not groups[0].alone
        return ParcelReading(parcels, " ".join(rest) if words else "", certain=not lone)

    def at(self, position: int) -> str:
        """The token there, or nothing."""
        return self.tokens[position] if position < len(self.tokens) else ""

    def group(self, start: int) -> _Group | None:
        """Lots and their plan, or a plan and its lots."""
        if self.at(start) in _LABELS:
            return self.plan_first(start)
        lots, position, named = self.lots(start)
        if not lots:
            return None
        listed = len(lots) > 1 and "-" not in self.tokens[start:position]
        found = self.after_slash(position) or self.after_words(position, named=named)
        if found is None:
            return None
        section, plan, end, certain = found
        if section is None and self.at(end) == "SEC":
            section, end = self.section(end)
        return _Group(_in_plan(plan, section, lots), end, certain, certain or named or listed)

    def plan_first(self, start: int) -> _Group | None:
        """`DP 2288 LOT 2 SEC 2`, or a plan alone."""
        plan, position = self.plan(start)
        if plan is None:
            return None
        after = position + 1 if self.at(position) == "," else position
        if self.at(after) in ("LOT", "PT"):
            lots, end, _ = self.lots(after)
            if lots and self.plan(end)[0] is None and self.at(end) != "/":
                section, end = self.section(end)
                return _Group(_in_plan(plan, section, lots), end, certain=True)
        return _Group([plan], position, certain=True)

    def lots(self, start: int) -> tuple[list[tuple[str, bool]], int, bool]:
        """`1, PT 2, 4-6`: each lot and whether it is a part, where the list ends, whether a word named them lots."""
        lots: list[tuple[str, bool]] = []
        position, named = start, False
        while len(lots) < _MAX_LIST:
            part = False
            while self.at(position) in ("LOT", "PT"):
                part |= self.at(position) == "PT"
                named = True
                position += 1
            found, end = self.lot(position, alone=not named and not lots)
            if not found:
                break
            if self.at(end) == "PT" and self.at(end + 1) not in ("LOT", "") and not self.is_lot(end + 1):
                part, named, end = True, True, end + 1
            lots += [(lot, part) for lot in found]
            position = end
            while self.at(position) in (",", "&"):
                position += 1
            if position == end and self.at(position) not in ("LOT", "PT"):
                break
        return lots, position, named

    def is_lot(self, position: int) -> bool:
        """Whether a lot could stand there."""
        token = self.at(position)
        return token not in _KEYWORDS and _LOT.fullmatch(token) is not None

    def lot(self, position: int, *, alone: bool) -> tuple[list[str], int]:
        """One lot or a range of lots."""
        token = self.at(position)
        short = _SHORT_LOT.fullmatch(token)
        if short and alone and (self.at(position + 1) in _LABELS or _SHORT_SECTION.fullmatch(self.at(position + 1))):
            return [short[1]], position + 1
        if not self.is_lot(position):
            return [], position
        if self.at(position + 1) == "-" and self.is_lot(position + 2):
            return _range(token, self.at(position + 2)), position + 3
        return [_lot(token)], position + 1

    def section(self, position: int) -> tuple[str | None, int]:
        """`SEC 15`, `, SEC 15` or `S2`; None when there is none."""
        start = position + 1 if self.at(position) == "," else position
        word = self.at(start)
        if word == "SEC" and _SECTION.fullmatch(self.at(start + 1)) and self.at(start + 1) not in _KEYWORDS:
            return _lot(self.at(start + 1)), start + 2
        short = _SHORT_SECTION.fullmatch(word)
        if short and self.at(start + 1) in _LABELS:
            return short[1], start + 1
        return None, position

    def plan(self, position: int, *, bare: bool = False) -> tuple[ParcelParts | None, int]:
        """`DP 2288`, or only the digits where a bare plan may stand."""
        labelled = self.at(position) in _LABELS
        label, at = (self.at(position), position + 1) if labelled else ("DP", position)
        if not (labelled or bare) or not _PLAN.fullmatch(self.at(at)):
            return None, position
        return ParcelParts(None, None, label, _number(self.at(at)), bare=not labelled), at + 1

    def after_slash(self, position: int) -> tuple[str | None, ParcelParts, int, bool] | None:
        """`//DP1`, `/2/DP1`, `/1//DP1`, `/SEC 2/DP1`, `/2 DP1` and `/2288` after the lots."""
        if self.at(position) != "/":
            return None
        start = position + 1
        if self.at(start) == "/":
            plan, end = self.plan(start + 1, bare=True)
            return (None, plan, end, True) if plan else None
        plan, end = self.plan(start)
        if plan:
            return None, plan, end, True
        token_at = start + 1 if self.at(start) == "SEC" else start
        if _SECTION.fullmatch(self.at(token_at)) and self.at(token_at) not in _KEYWORDS:
            after = token_at + 1
            slashes = 0
            while self.at(after) == "/" and slashes < 2:
                after, slashes = after + 1, slashes + 1
            plan, end = self.plan(after, bare=slashes > 0)
            if plan:
                return _lot(self.at(token_at)), plan, end, True
        plan, end = self.plan(start, bare=True)
        return (None, plan, end, False) if plan and self.at(end) != "/" else None

    def after_words(self, position: int, *, named: bool) -> tuple[str | None, ParcelParts, int, bool] | None:
        """`SEC 2 OF DP 1`, `IN DP 1`, `, DP 1` after the lots; a bare number only after LOT and SEC, or when long."""
        section, at = self.section(position)
        while self.at(at) in _CONNECTORS:
            at += 1
        long_number = named and self.at(at).isdigit() and len(self.at(at)) >= 6
        plan, end = self.plan(at, bare=named and (section is not None or long_number))
        return (section, plan, end, True) if plan else None


def _in_plan(plan: ParcelParts, section: str | None, lots: list[tuple[str, bool]]) -> list[ParcelParts]:
    return [replace(plan, lot=lot, section=section, part=part) for lot, part in lots]


def _range(first: str, last: str) -> list[str]:
    """The lots from first to last, both included."""
    if first.isdigit() and last.isdigit() and 0 <= int(last) - int(first) <= MAX_RANGE:
        return [str(number) for number in range(int(first), int(last) + 1)]
    if len(first) == len(last) == 1 and first.isalpha() and last.isalpha() and first <= last:
        return [chr(code) for code in range(ord(first), ord(last) + 1)]
    return [_lot(first), _lot(last)]
