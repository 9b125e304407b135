"""What the module does: reading what people type, importing what councils have, and finding it again."""

from banksia.modules.property.service.importing import import_addresses
from banksia.modules.property.service.imports.reading import list_imports
from banksia.modules.property.service.imports.reverting import revert_at_once
from banksia.modules.property.service.imports.sources import options_with, source_for_command
from banksia.modules.property.service.properties import (
    get_property,
    parcel_of_property,
    properties_with_ids,
)
from banksia.modules.property.service.searching import find_properties
from banksia.modules.property.service.searching.across import find_at_all_councils
from banksia.modules.property.service.searching.limits import refuse_too_many
from banksia.modules.property.service.snapshots import snapshot_property

__all__ = [
    "find_at_all_councils",
    "find_properties",
    "get_property",
    "import_addresses",
    "list_imports",
    "options_with",
    "parcel_of_property",
    "properties_with_ids",
    "refuse_too_many",
    "revert_at_once",
    "snapshot_property",
    "source_for_command",
]
