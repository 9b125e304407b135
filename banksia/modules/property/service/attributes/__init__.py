"""Other truths of a property: the council's catalogue as it stands for one property, and recording by hand."""

from banksia.modules.property.service.attributes.reading import KnownAttribute, attributes_of, list_attributes
from banksia.modules.property.service.attributes.recording import record_attribute

__all__ = ["KnownAttribute", "attributes_of", "list_attributes", "record_attribute"]
