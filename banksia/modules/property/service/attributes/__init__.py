"""Other truths of a property: the council's catalogue as it stands for one property, and recording by hand."""

from banksia.modules.property.service.attributes.reading import (
    DefinedAttribute,
    KnownAttribute,
    attributes_of,
    defined_attributes,
    list_attributes,
)
from banksia.modules.property.service.attributes.recording import record_attribute

__all__ = [
    "DefinedAttribute",
    "KnownAttribute",
    "attributes_of",
    "defined_attributes",
    "list_attributes",
    "record_attribute",
]
