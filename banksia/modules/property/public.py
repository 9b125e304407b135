"""What other modules may use of the truth."""

from banksia.modules.property.errors import ImportRefused, ParcelNotFound, PropertyNotFound, PropertyNotYet
from banksia.modules.property.schemas import AddressRead, ParcelRead, PropertyRead
from banksia.modules.property.service.attributes import (
    DefinedAttribute,
    KnownAttribute,
    attributes_of,
    defined_attributes,
)
from banksia.modules.property.service.doubts import doubts_about
from banksia.modules.property.service.importing import ImportOptions, ImportReport, import_addresses
from banksia.modules.property.service.lineage import Relative, ancestors_of, ancestors_of_each, leads_to, successors_of
from banksia.modules.property.service.named import (
    NamedProperty,
    properties_of_assessments,
    properties_of_parcels,
)
from banksia.modules.property.service.owners import owners_with_email
from banksia.modules.property.service.parsing import read_parcel_cell
from banksia.modules.property.service.properties import (
    get_property,
    parcel_named,
    parcel_of_property,
    properties_with_ids,
)
from banksia.modules.property.service.searching import find_properties
from banksia.modules.property.service.snapshots import snapshot_each, snapshot_property

__all__ = [
    "AddressRead",
    "DefinedAttribute",
    "ImportOptions",
    "ImportRefused",
    "ImportReport",
    "KnownAttribute",
    "NamedProperty",
    "ParcelNotFound",
    "ParcelRead",
    "PropertyNotFound",
    "PropertyNotYet",
    "PropertyRead",
    "Relative",
    "ancestors_of",
    "ancestors_of_each",
    "attributes_of",
    "defined_attributes",
    "doubts_about",
    "find_properties",
    "get_property",
    "import_addresses",
    "leads_to",
    "owners_with_email",
    "parcel_named",
    "parcel_of_property",
    "properties_of_assessments",
    "properties_of_parcels",
    "properties_with_ids",
    "read_parcel_cell",
    "snapshot_each",
    "snapshot_property",
    "successors_of",
]
