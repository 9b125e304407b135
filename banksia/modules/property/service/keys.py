"""How addresses are told apart, sorted and found: one set of rules for imports and for search."""

import re
from typing import NamedTuple

from banksia.modules.property.service.parsing import AddressParts
from banksia.modules.property.service.parsing.tables import name_key

LOT_NUMBERS = 10_000_000
"""Lot-only addresses sort after all numbers: lot 9 is kept as this plus nine."""
MAX_NUMBER = LOT_NUMBERS + 9_999_999
_NUMBER = re.compile(r"([A-Z]*)([0-9]{1,7})([A-Z]*)")
_LETTERS_ONLY = 2_000_000


class Place(NamedTuple):
    """Where an address sorts in its street: both ends of its number, and its unit (0 for the street address itself)."""

    from_number: int
    from_suffix: str
    to_number: int | None
    to_suffix: str
    unit_order: int
    unit_code: str


def street_key(name: str | None, kind: str | None, suffix: str | None, locality: str | None) -> str:
    """Name, type, suffix and locality between tabs: a tab sorts before every letter, so FAIR comes before FAIRVIEW."""
    return f"{name_key(name or '')}\t{kind or ''}\t{suffix or ''}\t{name_key(locality or '')}"


def number_of(text: str, *, lot: bool = False) -> tuple[int, str]:
    """A number as digits and suffix; a prefix is kept apart from a suffix, so A4 is not 4A."""
    match = _NUMBER.fullmatch(text)
    if match is None:
        return LOT_NUMBERS if lot else 0, text
    prefix, digits, suffix = match.groups()
    return int(digits) + (LOT_NUMBERS if lot else 0), f"<{prefix}{suffix}" if prefix else suffix


def unit_code_of(flat_type: str | None, flat: str | None, level_type: str | None, level: str | None) -> str:
    """What tells a unit from the others of its number; a level without a unit counts as one, and empty is no unit."""
    return flat or flat_type or (f"L{level or ''}{level_type}" if level_type else "")


def unit_of(parts: AddressParts) -> tuple[int, str]:
    """The order and the code of a unit; nought and empty for the street address itself."""
    code = unit_code_of(parts.flat_type, parts.flat, parts.level_type, parts.level)
    if not code:
        return 0, ""
    match = re.search(r"([0-9]{1,6})([A-Z]?)", code)
    if match is None:
        return _LETTERS_ONLY + ord(code[0]), code
    return 1 + int(match[1]) * 2 + bool(match[2]), code


def place_of(parts: AddressParts) -> Place:
    """Where an address sorts in its street."""
    unit_order, unit_code = unit_of(parts)
    if parts.number is None:
        number, suffix = number_of(parts.lot, lot=True) if parts.lot else (0, "")
        return Place(number, suffix, None, "", unit_order, unit_code)
    number, suffix = number_of(parts.number + (parts.number_suffix or ""))
    if parts.number_last is None:
        return Place(number, suffix, None, "", unit_order, unit_code)
    return Place(number, suffix, *number_of(parts.number_last), unit_order, unit_code)


def address_key(parts: AddressParts, street: str) -> str:
    """What makes two writings the same address; the postcode does not, for not every source has it."""
    number = f"{parts.number or ''}\t{parts.number_suffix or ''}\t{parts.number_last or ''}\t{parts.lot or ''}"
    unit = f"{parts.flat_type or ''}\t{parts.flat or ''}\t{parts.level_type or ''}\t{parts.level or ''}"
    return f"{street}\t{number}\t{unit}\t{parts.building or ''}"
