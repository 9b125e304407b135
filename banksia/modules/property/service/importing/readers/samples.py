"""Rows as the preview of a file shows them."""

import datetime
from collections.abc import Iterable
from dataclasses import fields

from banksia.modules.property.service.importing.options import Rejected
from banksia.modules.property.service.importing.readers.description import SampleRow
from banksia.modules.property.service.importing.rows import ReadAttribute, ReadOwner, ReadRow
from banksia.modules.property.service.parsing import AddressParts, ParcelParts

Read = ReadRow | ReadOwner | ReadAttribute | Rejected


def sample_of(line: int, raw: list[str], read: Iterable[Read]) -> SampleRow:
    """One row, and all that was read from it."""
    shown = [cell[:300] for cell in raw]
    parcels: list[str] = []
    values: dict[str, str] = {}
    address, parts, rejected = None, {}, None
    for each in read:
        if isinstance(each, Rejected):
            rejected = f"{each.reason} {each.value}".strip()
        elif isinstance(each, ReadRow):
            address, parts = each.text or None, _parts(each.parts)
            parcels = [_label(parcel) for parcel in each.parcels]
            values = _land_values(each)
        elif isinstance(each, ReadOwner):
            parcels = [_label(parcel) for parcel in each.key_parcels]
            names = "; ".join(filter(None, (values.get("name"), each.name)))
            values = _texts(
                assessment=each.assessment, name=names, postal_address=each.postal_address, email=each.email,
                owned_since=each.owned_since_on,
            )  # fmt: skip
        else:
            parcels = [_label(parcel) for parcel in each.parcels]
            values |= _texts(assessment=each.assessment, source=each.source, detail=each.detail, as_at=each.as_at_on)
            values[each.code] = each.value_text
    return SampleRow(line, shown, address, parts, parcels, values, rejected)


def _land_values(row: ReadRow) -> dict[str, str]:
    point = row.point or (None, None)
    begins, ends = row.address_valid_from or row.parcel_valid_from, row.address_valid_to or row.parcel_valid_to
    return _texts(
        assessment=row.assessment, status=row.status, area=row.area, longitude=point[0], latitude=point[1],
        valid_from=begins, valid_to=ends, address_external_id=row.address_external_id,
        parcel_external_id=row.parcel_external_id,
    )  # fmt: skip


def _texts(**values: object) -> dict[str, str]:
    return {
        name: value.date().isoformat() if isinstance(value, datetime.datetime) else str(value)
        for name, value in values.items()
        if value not in (None, "")
    }


def _parts(parts: AddressParts | None) -> dict[str, str]:
    if parts is None:
        return {}
    return {each.name: value for each in fields(parts) if (value := getattr(parts, each.name))}


def _label(parcel: ParcelParts) -> str:
    return f"{'PT ' if parcel.part else ''}{parcel.lot}/{parcel.section or ''}/{parcel.plan_type}{parcel.plan}"
