"""One row of a file, checked and taken apart into what the staging table holds."""

import datetime
from collections.abc import Iterator
from typing import Any, NamedTuple

from banksia.modules.property.service.importing.shape_columns import shape_columns
from banksia.modules.property.service.keys import address_key, place_of, street_key
from banksia.modules.property.service.parsing import AddressParts, ParcelParts

StagedRow = tuple[Any, ...]
"""One parcel and one address of a row, either of which can be missing, in the order of the staging table's columns."""


class ReadRow(NamedTuple):
    """A row that was understood. A `valid_to` in the past says that the source has ended the record.

    Readers turn `point` and `geometry` (GeoJSON) into longitude and latitude of GDA2020 before they hand a row on.
    An address of G-NAF can name its parcel by `parcel_external_id` (a CADID) alone.
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


def staged(row: ReadRow, point: tuple[float, float] | None) -> Iterator[StagedRow]:
    """The row once per parcel, or once without one."""
    address = _address_columns(row)
    shape = shape_columns(row.geometry) if row.geometry else (None, None, None, None)
    for parcel in row.parcels or (None,):
        yield (
            row.line, *address, *(point or (None, None)), *_parcel_columns(parcel), row.is_synthetic, row.status,
            row.area, row.assessment, row.address_valid_from, row.address_valid_to, row.parcel_valid_from,
            row.parcel_valid_to, row.address_external_id, row.parcel_external_id, *shape,
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
