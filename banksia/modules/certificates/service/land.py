"""The land that certificates are about, read from the truth about properties."""

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from banksia.modules.property import public as properties

_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Land:
    """One parcel of a property, as it is now; `parcel` is as the land register writes it, `2/2/DP2288`."""

    described: properties.PropertyRead
    parcel_id: uuid.UUID
    parcel: str
    parcel_title: str
    status: str

    @property
    def property_id(self) -> uuid.UUID:
        """Its property."""
        return self.described.id

    @property
    def address(self) -> str | None:
        """The address of its property."""
        return self.described.address


ParcelsByProperty = dict[uuid.UUID, dict[str, Land]]
"""For each property that exists, its parcels by their text; none when it is an address without a parcel."""


def find_lands(session: Session, property_ids: Iterable[uuid.UUID]) -> ParcelsByProperty:
    """Find the parcels of some properties, in a fixed number of queries."""
    found = properties.properties_with_ids(session, list(property_ids))
    return {
        property_id: {
            plain_parcel(parcel.text): Land(
                described=each,
                parcel_id=parcel.id,
                parcel=parcel.text,
                parcel_title=parcel.title,
                status=parcel.status,
            )
            for parcel in each.parcels
        }
        for property_id, each in found.items()
    }


def plain_parcel(text: str) -> str:
    """Fold what people type of a parcel's text: case and spaces say nothing."""
    return _SPACES.sub("", text).upper()
