"""G-NAF's parts of an address as ours, and the address as a council writes it.

Trap: in STREET_TYPE_AUT the CODE is the full word and the NAME its abbreviation; the tables of flats, levels and
suffixes are the other way round. Our own tables know both, so either is read.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from banksia.modules.property.service.parsing import AddressParts, ParcelParts
from banksia.modules.property.service.parsing.streets import expand, known_locality
from banksia.modules.property.service.parsing.tables import flat_types, level_types, street_suffixes, street_types

_PARCEL: Final = re.compile(r"([A-Z0-9]{1,5})/([A-Z0-9]{0,4})/+(DP|SP)0*([1-9][0-9]{0,6})")
_CADID: Final = re.compile(r"[0-9]{5,12}")
NOTHING: Final[Mapping[str, str]] = {}


class StreetWords(NamedTuple):
    """A street in its locality, as our keys compare it."""

    name: str | None
    type: str | None
    suffix: str | None
    locality: str | None
    text: str
    """All of it as a council writes it."""


@lru_cache(maxsize=100_000)
def street_words(name: str, kind: str, suffix: str, locality: str) -> StreetWords:
    """A street as G-NAF has it: MT is MOUNT and ST is SAINT, as in every other source."""
    words = expand(tuple(name.upper().replace(".", "").split()))
    last = len(words) - 1
    full = " ".join("SAINT" if word == "ST" and place < last else word for place, word in enumerate(words))
    placed = known_locality(tuple(locality.upper().split())) or locality.upper() or None
    kind = street_types().get(kind.upper(), kind.upper())
    direction = street_suffixes().get(suffix.upper(), suffix.upper())
    text = " ".join(f"{name} {kind} {suffix} {locality}".upper().split())
    return StreetWords(full or None, kind or None, direction or None, placed, text)


def flat_type_of(code: str, names: Mapping[str, str] = NOTHING) -> str | None:
    """A flat's type in full, from its code or word."""
    return _word(code, names, flat_types())


def level_type_of(code: str, names: Mapping[str, str] = NOTHING) -> str | None:
    """A level's type in full, from its code or word."""
    return _word(code, names, level_types())


def _word(code: str, names: Mapping[str, str], ours: Mapping[str, str]) -> str | None:
    if not code:
        return None
    code = code.strip().upper()
    name = names.get(code, code).upper()
    return ours.get(name) or ours.get(code) or name


def digits(text: str) -> str:
    """A number without the zeros before it."""
    return text.lstrip("0") or "0" if text.isdigit() else text


def written(parts: AddressParts, street: str) -> str:
    """`3/12 HOSKINS STREET LITHGOW 2790`, `SHOP 2, 5-7 MAIN STREET WALLERAWANG 2845`, `LOT 9 MOUNT STREET ...`."""
    text = f"{parts.building}, " if parts.building else ""
    if parts.level_type:
        text += f"{parts.level_type} {parts.level}, " if parts.level else f"{parts.level_type}, "
    number = f"{parts.number or ''}{parts.number_suffix or ''}" + (f"-{parts.number_last}" if parts.number_last else "")
    if parts.flat_type == "UNIT" and parts.flat and number:
        text += f"{parts.flat}/"
    elif parts.flat_type:
        text += f"{parts.flat_type} {parts.flat}, " if parts.flat else f"{parts.flat_type}, "
    text += number or (f"LOT {parts.lot}" if parts.lot else "")
    return " ".join(f"{text} {street} {parts.postcode or ''}".split())


@lru_cache(maxsize=20_000)
def parcel_of(legal: str) -> tuple[tuple[ParcelParts, ...], str | None]:
    """LEGAL_PARCEL_ID as a parcel, or as the state's own number of one (a CADID); nothing when it is neither."""
    legal = legal.strip().upper()
    found = _PARCEL.fullmatch(legal)
    if found:
        lot, section, label, plan = found.groups()
        return (ParcelParts(digits(lot), digits(section) if section else None, label, plan),), None
    return (), legal if _CADID.fullmatch(legal) else None
