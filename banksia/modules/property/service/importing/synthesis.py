"""Invented parcels for addresses that come without one: the same for the same address, always marked as synthetic.

Addresses of a street share a deposited plan, with the house number as the lot; units share a strata plan. Plan
numbers lie above those that the state has given out. Two streets can fall on one plan number; lots of the same number
are then one parcel with two addresses, as on a corner.
"""

import re
from functools import lru_cache
from hashlib import blake2b

from banksia.modules.property.service.keys import unit_of
from banksia.modules.property.service.parsing import AddressParts, ParcelParts

_FIRST_PLAN, _PLANS = 2_000_000, 8_000_000
_SECTIONED_PLANS = 10
"""One plan in this many has a section, as old town plans have."""
_LOT = re.compile(r"[A-Z]{0,3}[0-9]{1,5}[A-Z]{0,3}")


@lru_cache(maxsize=50_000)
def _drawn(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8, person=b"banksia-parcels").digest(), "big")


def synthetic_parcel(parts: AddressParts, street: str) -> ParcelParts:
    """The parcel that stands in for the real one of an address."""
    number = f"{parts.number or ''}{parts.number_suffix or ''}"
    site = f"{street}\t{number}\t{parts.number_last or ''}\t{parts.lot or ''}"
    order, code = unit_of(parts)
    if order:
        lot = code if parts.flat_type in ("UNIT", None) else f"{(parts.flat_type or '')[0]}{code}"
        return ParcelParts(_lot(lot, site), None, "SP", _plan(f"strata\t{site}"))
    if parts.lot and not number:
        return ParcelParts(_lot(parts.lot, site), None, "DP", _plan(f"lots\t{street}"))
    if parts.number_last:
        return ParcelParts(_lot(number, site), None, "DP", _plan(f"ranges\t{street}\t{parts.number_last}"))
    drawn = _drawn(f"section\t{street}")
    section = str(1 + drawn // _SECTIONED_PLANS % 40) if drawn % _SECTIONED_PLANS == 0 else None
    return ParcelParts(_lot(number, site), section, "DP", _plan(f"plain\t{street}"))


def drawn_of(plan: str) -> int:
    """A number that all lots of one plan share."""
    return _drawn(f"bearing\t{plan}")


def _plan(text: str) -> str:
    return str(_FIRST_PLAN + _drawn(text) % _PLANS)


def _lot(wanted: str, site: str) -> str:
    """A lot has at most five letters or digits; what does not fit is drawn."""
    if len(wanted) <= 5 and _LOT.fullmatch(wanted):
        return wanted
    return str(10_000 + _drawn(f"{wanted}\t{site}") % 90_000)
