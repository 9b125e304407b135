"""What other modules may use of the truth."""

from banksia.modules.property.errors import ImportRefused, ParcelNotFound, PropertyNotFound, PropertyNotYet
from banksia.modules.property.schemas import AddressRead, ParcelRead, PropertyRead
from banksia.modules.property.service.attributes import KnownAttribute, attributes_of
from banksia.modules.property.service.importing import ImportOptions, ImportReport, import_addresses
from banksia.modules.property.service.lineage import Relative, ancestors_of, leads_to, successors_of
from banksia.modules.property.service.properties import (
    get_property,
    parcel_of_property,
    properties_with_ids,
)
from banksia.modules.property.service.searching import find_properties
from banksia.modules.property.service.snapshots import snapshot_property

__all__ = [
    "AddressRead",
    "ImportOptions",
    "ImportRefused",
    "ImportReport",
    "KnownAttribute",
    "ParcelNotFound",
    "ParcelRead",
    "PropertyNotFound",
    "PropertyNotYet",
    "PropertyRead",
    "Relative",
    "ancestors_of",
    "attributes_of",
    "find_properties",
    "get_property",
    "import_addresses",
    "leads_to",
    "parcel_of_property",
    "properties_with_ids",
    "snapshot_property",
    "successors_of",
]
