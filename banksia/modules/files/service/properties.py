"""What a file takes from the property that it is about, as it is on the day."""

from uuid import UUID

from sqlalchemy.orm import Session

from banksia.modules.property.public import PropertyRead, get_property, parcel_of_property


def label_of(found: PropertyRead) -> str:
    """The property in one line: its address, else its parcels in words."""
    return found.address or ", ".join(parcel.title for parcel in found.parcels)


def parcel_of(session: Session, property_id: UUID, named: str | None) -> str | None:
    """The parcel that a document is put on: the one that was named, else the only one, else the whole property.

    Written `2/2/DP2288`. Raises PropertyNotFound or ParcelNotFound.
    """
    if named:
        return parcel_of_property(session, property_id, named).text
    parcels = get_property(session, property_id).parcels
    return parcels[0].text if len(parcels) == 1 else None
