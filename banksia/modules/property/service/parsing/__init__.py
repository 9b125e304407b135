"""Reads what people type: parcels, addresses, or both; pure functions that no text can make raise."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

from banksia.modules.property.service.parsing.addresses import AddressParts, Dissected, dissect, read_address
from banksia.modules.property.service.parsing.listed import read_listed_address
from banksia.modules.property.service.parsing.numbers import Head, split_number
from banksia.modules.property.service.parsing.parcels import ParcelParts, ParcelReading, read_parcels
from banksia.modules.property.service.parsing.text import plain

__all__ = [
    "AddressParts",
    "Dissected",
    "Head",
    "ParcelParts",
    "Reading",
    "dissect",
    "parse",
    "plain",
    "read",
    "read_listed_address",
    "read_parcel_cell",
    "read_parcels",
    "split_number",
]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says."""

    kind: Literal["parcel", "address", "mixed"]
    parcels: tuple[ParcelParts, ...]
    address: AddressParts
    tenure: str = ""


def read(text: str) -> Reading:
    """Read a text; `mixed` when it names both, or when both readings of it stand."""
    typed = plain(text)
    found = read_parcels(typed)
    if not found.parcels:
        return Reading("address", (), read_address(typed))
    if not found.certain:
        return Reading("mixed", found.parcels, read_address(typed), found.tenure)
    address = _address_beside(found)
    return Reading("mixed" if address else "parcel", found.parcels, address or AddressParts(), found.tenure)


def read_parcel_cell(text: str) -> tuple[ParcelParts, ...]:
    """The parcels of a text that can hold nothing else, such as a cell of a register."""
    found = read_parcels(plain(text))
    return found.parcels if not found.rest else ()


def _address_beside(found: ParcelReading) -> AddressParts | None:
    """The address in what the parcels left over, if it can be one."""
    if not found.rest:
        return None
    address = read_address(found.rest)
    placed = address.street and (address.number or address.lot or address.type)
    known = address.locality and not address.street
    return address if placed or known else None


def parse(text: str) -> dict[str, Any]:
    """The JSON object of `banksia property parse`: kind, parcels, address; parts are text or None."""
    reading = read(text)
    parcels = [
        {"lot": p.lot, "section": p.section, "plan_type": p.plan_type, "plan": p.plan, "part": p.part}
        for p in reading.parcels
    ]
    return {"kind": reading.kind, "parcels": parcels, "address": asdict(reading.address)}
