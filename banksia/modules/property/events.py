"""What others may hear of the truth.

An import of a whole council changes a million records: events name up to a few hundred of them each.
"""

import uuid

from banksia.kit.events import Event

RECORDS_PER_EVENT = 500


class ImportApplied(Event):
    """An import changed parcels, addresses or properties."""

    import_run_id: uuid.UUID


class ParcelCreated(Event):
    """Parcels came into the truth."""

    parcel_ids: list[uuid.UUID]


class ParcelEnded(Event):
    """Parcels ended: they are historic now."""

    parcel_ids: list[uuid.UUID]


class AddressChanged(Event):
    """Addresses of properties are new, changed or ended."""

    property_ids: list[uuid.UUID]


class OwnerChanged(Event):
    """Owners of properties are new, changed or ended."""

    property_ids: list[uuid.UUID]
