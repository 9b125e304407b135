"""A quick way through the long lists of addresses that imports bring; it answers what `read_address` answers."""

import re
from dataclasses import replace
from functools import lru_cache
from typing import Final

from banksia.modules.property.service.parsing.addresses import AddressParts, read_address
from banksia.modules.property.service.parsing.numbers import split_number
from banksia.modules.property.service.parsing.text import plain

_LISTED: Final = re.compile(
    r"(?:(?:(UNIT|SHOP|SUITE) )?([0-9]{1,5}[A-Z]?)(?:/|, ))?([0-9]{1,5}[A-Z]?(?:-[0-9]{1,5}[A-Z]?)?) ([A-Z].*)"
)
_STREET_ONLY: Final = AddressParts(number="1")


def read_listed_address(text: str) -> AddressParts:
    """Read one address of a list: what follows the number is read once for all the numbers of a street."""
    match = _LISTED.fullmatch(text)
    if match is None or (match[1] and "," not in text) or (not match[1] and match[2] and "/" not in text):
        return read_address(plain(text))
    rest = _rest(match[4])
    if rest is None:
        return read_address(plain(text))
    number, suffix, last = split_number(match[3])
    flat_type = match[1] or ("UNIT" if match[2] else None)
    return AddressParts(
        None, None, None, flat_type, match[2], number, suffix, last,
        rest.street, rest.type, rest.suffix, rest.locality, rest.state, rest.postcode,
    )  # fmt: skip


@lru_cache(maxsize=50_000)
def _rest(words: str) -> AddressParts | None:
    """What the words after a number say; None when they say something about the number itself."""
    parts = read_address(plain(f"1 {words}"))
    unnumbered = replace(parts, street=None, type=None, suffix=None, locality=None, state=None, postcode=None)
    return parts if parts.street and unnumbered == _STREET_ONLY else None
