"""One row of cells, checked and taken apart into an address and parcels."""

import re
from dataclasses import replace
from functools import lru_cache
from typing import Final

from banksia.modules.property.service.importing.options import RowRejected
from banksia.modules.property.service.importing.readers.values import area_cell, number_cell, status_cell, validity
from banksia.modules.property.service.importing.rows import ReadRow
from banksia.modules.property.service.importing.synthesis import synthetic_parcel
from banksia.modules.property.service.keys import street_key
from banksia.modules.property.service.parsing import (
    AddressParts,
    ParcelParts,
    plain,
    read_listed_address,
    read_parcel_cell,
)
from banksia.modules.property.service.parsing.addresses import read_address
from banksia.modules.property.service.parsing.tables import street_suffixes, street_types

MAX_ADDRESS: Final = 300
# One parcel in the notations that most registers keep to; all others are read by the parser, which answers the same.
_SIMPLE: Final = re.compile(
    r"(?:LOT )?(?:0{0,3}(?=[1-9]))?([1-9][0-9]{0,4}|(?<!0)CP)"
    r"(?:/([1-9][0-9]{0,3})?/| (?:SEC(?:TION)? ([1-9][0-9]{0,3}) )?)(DP|SP) ?([1-9][0-9]{0,6})"
)
_BARE: Final = re.compile(r"([1-9][0-9]{0,4})/(?:([1-9][0-9]{0,3})?/)?([1-9][0-9]{0,6})")
# What legal descriptions add to their parcels: titles, parishes, leases, exceptions.
_ADDED: Final = re.compile(
    r"[,;(]?\s*\b(?:PARISH|PH|COUNTY|CO|VOL(?:UME)?|FOL(?:IO)?|CT|BEING|HAVING|SUBJECT|EXCEPT(?:ING)?|EXCL|INC|INCLUDING"
    r"|LICEN[CS]E|LIC|LEASE|EP|PO|WLL?|GL|RESERVE|TRUST|TITLE|AUTO CONSOL|ALLOTMENT|UNDER|ALSO|KNOWN)\b.*"
)
_COLON: Final = re.compile(r"\b(LOT|SEC(?:TION)?|DP|SP|PLAN|NO)\s*[:.]\s*")


def read_row(
    line: int, cells: dict[str, str], names: tuple[str, str], *, synthesise: bool, area_unit: str = ""
) -> ReadRow:
    """Check one row; raises RowRejected with the reason and what stood there."""
    text, parts = read_address_cells(cells)
    parcels = parcels_of(cells)
    if parts is None and not parcels:
        raise RowRejected("There is neither an address nor a lot and plan.", ",".join(cells.values())[:200])
    is_synthetic = bool(synthesise and parts and not parcels)
    if is_synthetic and parts:
        parcels = (synthetic_parcel(parts, street_key(parts.street, parts.type, parts.suffix, parts.locality)),)
    begins, ends = validity(cells)
    return ReadRow(
        line=line,
        text=text,
        parts=parts,
        parcels=parcels,
        is_synthetic=is_synthetic,
        assessment=cells.get("assessment") or None,
        status=status_cell(cells),
        area=area_cell(cells, area_unit),
        point=_point(cells, names),
        address_valid_from=begins if parts else None,
        address_valid_to=ends if parts else None,
        parcel_valid_from=begins if parcels and not is_synthetic else None,
        parcel_valid_to=ends if parcels and not is_synthetic else None,
        address_external_id=cells.get("address_external_id") or None,
        parcel_external_id=cells.get("parcel_external_id") or None,
    )


def read_address_cells(cells: dict[str, str]) -> tuple[str, AddressParts | None]:
    """The address of one column, or of a column for each part; empty and None when there is none."""
    text = " ".join(cells.get("address", "").split())
    if not text:
        street = cells.get("street", "")
        return _from_parts(cells) if street or cells.get("building") else ("", None)
    locality, postcode = cells.get("locality", ""), cells.get("postcode", "")
    if locality and locality.upper() not in text.upper():
        text = f"{text}, {locality}"
    if postcode and postcode not in text:
        text = f"{text} {postcode}"
    return text, checked_address(text)


def checked_address(text: str) -> AddressParts:
    """Read an address; raises RowRejected when it places nothing."""
    if len(text) > MAX_ADDRESS:
        raise RowRejected(f"The address has more than {MAX_ADDRESS} characters.", text[:100])
    parts = read_listed_address(text.upper())
    if not parts.street and not parts.locality:
        raise RowRejected("No street and no locality can be read in the address.", text)
    if not (parts.street or parts.number or parts.lot or parts.building):
        raise RowRejected("The address names a locality only.", text)
    return parts


def _from_parts(cells: dict[str, str]) -> tuple[str, AddressParts]:
    get = cells.get
    flat, flat_type = get("flat", ""), get("flat_type", "")
    number = f"{get('number', '')}{get('number_suffix', '')}"
    last = f"{get('number_last', '')}{get('number_last_suffix', '')}"
    if last and last not in (number, "0"):
        number = f"{number}-{last}"
    lot = "" if number else get("address_lot", "")
    head_text, head = _head(flat_type, flat, get("level_type", ""), get("level", ""), number, lot)
    words, street = _street(get("street", ""), get("street_type", ""), get("street_suffix", ""), get("locality", ""))
    building = plain(get("building", "")) or None
    postcode = get("postcode", "")
    text = " ".join(f"{head_text} {words} {postcode}".split())
    if building:
        text = f"{building}, {text}"
    if len(text) > MAX_ADDRESS:
        raise RowRejected(f"The address has more than {MAX_ADDRESS} characters.", text[:100])
    parts = replace(
        head, building=building, street=street.street, type=street.type, suffix=street.suffix,
        locality=street.locality, state=get("state", "").upper() or None, postcode=postcode or None,
    )  # fmt: skip
    if not parts.street and not (parts.building and parts.locality):
        raise RowRejected("No street can be read in the columns of the address.", text)
    return text, parts


@lru_cache(maxsize=20_000)
def _head(flat_type: str, flat: str, level_type: str, level: str, number: str, lot: str) -> tuple[str, AddressParts]:
    """The unit, level and number as they are written together, and as they are read."""
    number = "" if number == "0" else number.replace(" ", "")
    unit = "" if flat == "0" else flat
    written = ""
    if level and level != "0":
        written = f"{level_type or 'LEVEL'} {level}, "
    if unit or flat_type:
        named = flat_type or not re.fullmatch(r"[0-9]+[A-Za-z]?", unit)
        written += f"{flat_type} {unit}".strip() + (", " if named else "/")
    written += number or (f"LOT {lot}" if lot else "")
    written = written.upper().removesuffix("/").removesuffix(", ")
    return written, read_address(plain(f"{written} EXAMPLE STREET")) if written else AddressParts()


@lru_cache(maxsize=50_000)
def _street(name: str, kind: str, suffix: str, locality: str) -> tuple[str, AddressParts]:
    """The street and locality as they are written together, and as they are read; the columns know better."""
    words = " ".join(f"{name} {kind} {suffix} {locality}".split()).upper()
    read = read_address(plain(f"1 {name} {kind} {suffix}, {locality}"))
    full = street_types().get(plain(kind)) if kind else None
    if full and read.type != full:
        direction = street_suffixes().get(plain(suffix)) if suffix else None
        read = replace(read, street=plain(name) or None, type=full, suffix=direction, building=None)
    return words, read


def parcels_of(cells: dict[str, str]) -> tuple[ParcelParts, ...]:
    """The parcels of a legal description, or of columns for lot, section and plan; raises RowRejected."""
    written = cells.get("parcel", "")
    if not written:
        lot, section, plan = cells.get("lot", ""), cells.get("section", ""), cells.get("plan", "")
        if not lot and not plan:
            return ()
        if not lot or not plan:
            raise RowRejected("A parcel needs both a lot and a plan.", f"{lot}/{section}/{plan}")
        kind = cells.get("plan_type", "")
        written = f"{lot}/{section}/{kind if plan.isdigit() else ''}{plan}"
    parcels = read_parcels_cell(written)
    if not parcels:
        raise RowRejected("The lot, section and plan cannot be read, for example 2/2/DP2288.", written)
    return parcels


@lru_cache(maxsize=5_000)
def read_parcels_cell(written: str) -> tuple[ParcelParts, ...]:
    """Every parcel that a cell names, lists and ranges too, without tenure and title words; empty if unreadable."""
    upper = written.upper()
    if simple := _SIMPLE.fullmatch(upper):
        lot, section, section_word, label, plan = simple.groups()
        return (ParcelParts(lot, section or section_word, label, plan),)
    if bare := _BARE.fullmatch(upper):
        return (ParcelParts(bare[1], bare[2], "DP", bare[3], bare=True),)
    spelt = _COLON.sub(r"\1 ", upper)
    parcels = read_parcel_cell(spelt) or read_parcel_cell(_ADDED.sub("", spelt))
    return () if any(parcel.lot is None for parcel in parcels) else parcels


def _point(cells: dict[str, str], names: tuple[str, str]) -> tuple[float, float] | None:
    first, second = number_cell(cells, names[0], names[0]), number_cell(cells, names[1], names[1])
    if (first is None) != (second is None):
        raise RowRejected(
            f"There is only one of {names[0]} and {names[1]}.", cells.get(names[0]) or cells.get(names[1], "")
        )
    return None if first is None or second is None or not (first or second) else (first, second)
