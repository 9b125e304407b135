"""One row of a file, checked and taken apart into what the staging table holds."""

import datetime
from collections.abc import Iterator
from typing import Any, NamedTuple

from banksia.kit.models import new_id
from banksia.modules.property.models import STATUSES
from banksia.modules.property.service.importing.options import RowRejected
from banksia.modules.property.service.importing.synthesis import synthetic_parcel
from banksia.modules.property.service.keys import address_key, place_of, street_key
from banksia.modules.property.service.parsing import AddressParts, ParcelParts, read_listed_address, read_parcel_cell

MAX_ADDRESS = 300


StagedRow = tuple[Any, ...]
"""One parcel and one address of a row, either of which can be missing, in the order of the staging table's columns."""


class ReadRow(NamedTuple):
    """A row that was understood. A `valid_to` in the past says that the source has ended the record.

    Readers turn `point` and `geometry` (GeoJSON) into longitude and latitude of GDA2020 before they hand a row on.
    A row of a state's register can name its parcel by `parcel_external_id` (a CADID) alone.
    """

    line: int
    text: str
    parts: AddressParts | None
    parcels: tuple[ParcelParts, ...]
    is_synthetic: bool
    assessment: str | None
    status: str | None
    area: float | None
    point: tuple[float, float] | None
    address_valid_from: datetime.datetime | None = None
    address_valid_to: datetime.datetime | None = None
    parcel_valid_from: datetime.datetime | None = None
    parcel_valid_to: datetime.datetime | None = None
    address_external_id: str | None = None
    parcel_external_id: str | None = None
    geometry: dict[str, Any] | None = None


class ReadOwner(NamedTuple):
    """An owner of the property that the key names: by its parcels, by its assessment, or both."""

    line: int
    key_parcels: tuple[ParcelParts, ...]
    assessment: str | None
    key_text: str
    """The key as the file wrote it, for the work list of rows that could not be placed."""
    name: str
    postal_address: str | None
    email: str | None
    owned_since_on: datetime.date | None


class ReadAttribute(NamedTuple):
    """One value of one attribute; `code` is the catalogue's code or title as the file wrote it."""

    line: int
    parcels: tuple[ParcelParts, ...]
    assessment: str | None
    key_text: str
    code: str
    value_text: str
    detail: str
    source: str
    as_at_on: datetime.date | None


def read_row(line: int, cells: dict[str, str], coordinates: tuple[str, str], *, synthesise: bool) -> ReadRow:
    """Check one row; raises RowRejected with the reason and what stood there."""
    text = " ".join(cells.get("address", "").split())
    parcels = _parcels(cells)
    parts = _address(text) if text else None
    if parts is None and not parcels:
        raise RowRejected("There is neither an address nor a lot and plan.", ",".join(cells.values())[:200])
    is_synthetic = bool(synthesise and parts and not parcels)
    if is_synthetic and parts:
        parcels = (synthetic_parcel(parts, street_key(parts.street, parts.type, parts.suffix, parts.locality)),)
    status = cells.get("status", "").lower() or None
    if status and status not in STATUSES:
        raise RowRejected(f"The status is none of {', '.join(STATUSES)}.", status)
    area = _number(cells, "area", "area")
    point = _point(cells, coordinates)
    return ReadRow(line, text, parts, parcels, is_synthetic, cells.get("assessment") or None, status, area, point)


def _address(text: str) -> AddressParts:
    if len(text) > MAX_ADDRESS:
        raise RowRejected(f"The address has more than {MAX_ADDRESS} characters.", text[:100])
    parts = read_listed_address(text.upper())
    if not parts.street and not parts.locality:
        raise RowRejected("No street and no locality can be read in the address.", text)
    if not (parts.street or parts.number or parts.lot or parts.building):
        raise RowRejected("The address names a locality only.", text)
    return parts


def _parcels(cells: dict[str, str]) -> tuple[ParcelParts, ...]:
    lot, section, plan = cells.get("lot", ""), cells.get("section", ""), cells.get("plan", "")
    written = cells.get("parcel", "") or (f"{lot}/{section}/{plan}" if lot or plan else "")
    if not written:
        return ()
    if not cells.get("parcel") and not (lot and plan):
        raise RowRejected("A parcel needs both a lot and a plan.", written)
    parcels = read_parcel_cell(written)
    if not parcels or any(parcel.lot is None for parcel in parcels):
        raise RowRejected("The lot, section and plan cannot be read, for example 2/2/DP2288.", written)
    return parcels


def _number(cells: dict[str, str], field: str, name: str) -> float | None:
    value = cells.get(field, "")
    if not value:
        return None
    try:
        found = float(value)
    except ValueError:
        raise RowRejected(f"The {name} is not a number.", value) from None
    if not -1e9 < found < 1e9:
        raise RowRejected(f"The {name} is impossible.", value)
    return found


def _point(cells: dict[str, str], names: tuple[str, str]) -> tuple[float, float] | None:
    first, second = _number(cells, names[0], names[0]), _number(cells, names[1], names[1])
    if (first is None) != (second is None):
        raise RowRejected(
            f"There is only one of {names[0]} and {names[1]}.", cells.get(names[0]) or cells.get(names[1], "")
        )
    return None if first is None or second is None else (first, second)


def staged(row: ReadRow, point: tuple[float, float] | None) -> Iterator[StagedRow]:
    """The row once per parcel, with the ids that new records would get."""
    for parcel in row.parcels or (None,):
        yield (
            row.line, *_address_columns(row), *(point or (None, None)), *_parcel_columns(parcel), row.is_synthetic,
            row.status, row.area, row.assessment, new_id(), new_id(), new_id(),
        )  # fmt: skip


def _parcel_columns(parcel: ParcelParts | None) -> tuple[Any, ...]:
    if parcel is None:
        return None, None, None, None, False, False
    return parcel.lot, parcel.section or "", parcel.plan_type, parcel.plan, parcel.part, parcel.bare


def _address_columns(row: ReadRow) -> tuple[Any, ...]:
    parts = row.parts
    if parts is None:
        return (*(None,) * 17, 0, "", None, "", 0, "")
    street = street_key(parts.street, parts.type, parts.suffix, parts.locality)
    return (
        address_key(parts, street), row.text, street, parts.street or "", parts.type or "", parts.suffix or "",
        parts.locality or "", parts.building, parts.level_type, parts.level, parts.flat_type, parts.flat, parts.number,
        parts.number_suffix, parts.number_last, parts.lot, parts.postcode, *place_of(parts),
    )  # fmt: skip
