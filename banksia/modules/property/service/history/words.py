"""The journal in words: what a table and a column are called, and how a value reads."""

import datetime
import uuid
from collections.abc import Mapping
from typing import Any

from banksia.kit.words import day_in_words
from banksia.modules.property.models import Change
from banksia.modules.property.schemas.history import HistoryChange

RECORDS: Mapping[str, str] = {
    "properties": "Property",
    "parcels": "Parcel",
    "addresses": "Address",
    "property_parcels": "Parcel of the property",
    "parcel_addresses": "Address of the parcel",
    "property_addresses": "Address of the property",
    "parcel_shapes": "Boundary",
    "attribute_values": "Attribute",
    "owners": "Owner",
}
LABELS: Mapping[str, str] = {
    "text": "Address",
    "postcode": "Postcode",
    "building": "Building",
    "longitude": "Longitude",
    "latitude": "Latitude",
    "status": "Status",
    "area_square_metres": "Area in square metres",
    "is_part": "Part lot",
    "is_synthetic": "Invented parcel",
    "assessment_id": "Assessment",
    "external_id": "Number in its source",
    "value": "Value",
    "detail": "Detail",
    "source": "Source",
    "as_at_on": "As at",
    "valid_to": "Held until",
    "name": "Name",
    "postal_address": "Postal address",
    "email": "E-mail",
    "owned_since_on": "Owner since",
}
"""Columns that say something to a person; the others follow from these."""


def title_of(change: Change) -> str:
    """`Address corrected`, `Parcel ended`."""
    record = RECORDS.get(change.table_name, "Record")
    if not change.before:
        return f"{record} recorded"
    if "valid_to" in change.before:
        return f"{record} ended" if change.after.get("valid_to") else f"{record} holds again"
    return f"{record} corrected" if change.act == "correction" else f"{record} changed"


def changes_in_words(change: Change, assessments: Mapping[str, str]) -> list[HistoryChange]:
    """The columns of a change that say something, before and after."""
    names = [name for name in LABELS if name in change.after]
    return [
        HistoryChange(
            label=LABELS[name],
            before=_in_words(name, change.before.get(name), assessments),
            after=_in_words(name, change.after.get(name), assessments),
        )
        for name in names
    ]


def assessments_named(changes: list[Change]) -> set[uuid.UUID]:
    """The assessments whose numbers the changes need."""
    found = [side.get("assessment_id") for change in changes for side in (change.before, change.after)]
    return {uuid.UUID(each) for each in found if each}


def _in_words(name: str, value: Any, assessments: Mapping[str, str]) -> str | None:
    if value is None:
        return None
    if name == "assessment_id":
        return assessments.get(str(value), "unknown")
    if name in ("valid_to", "as_at_on", "owned_since_on"):
        return day_in_words(datetime.datetime.fromisoformat(str(value)))
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return f"{value:g}" if isinstance(value, float) and name == "area_square_metres" else str(value)
