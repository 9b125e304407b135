"""What other modules may use of the truth."""

from banksia.modules.property.errors import ImportRefused, ParcelNotFound, PropertyNotFound
from banksia.modules.property.schemas import AddressRead, ParcelRead, PropertyRead
from banksia.modules.property.service.importing import ImportOptions, ImportReport, import_addresses
from banksia.modules.property.service.properties import (
    get_property,
    parcel_of_property,
    properties_with_ids,
    snapshot_property,
)
from banksia.modules.property.service.searching import find_properties

__all__ = [
    "AddressRead",
    "ImportOptions",
    "ImportRefused",
    "ImportReport",
    "ParcelNotFound",
    "ParcelRead",
    "PropertyNotFound",
    "PropertyRead",
    "find_properties",
    "get_property",
    "import_addresses",
    "parcel_of_property",
    "properties_with_ids",
    "snapshot_property",
]
