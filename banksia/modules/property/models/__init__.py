"""The tables of the module.

Every record of the truth says from which import and line it comes and from when to when it holds; nothing is deleted,
it ends. Rows of links carry no identity of their own, so that a council's first import writes as little as the truth
needs.
"""

from banksia.modules.property.models.attributes import ATTRIBUTE_KINDS, AttributeDefinition, AttributeValue
from banksia.modules.property.models.changes import CORRECTION_STATES, Change, Conflict, Correction
from banksia.modules.property.models.columns import STATUSES, Sourced
from banksia.modules.property.models.imports import (
    FORMATS,
    RUN_STATES,
    ImportProgress,
    ImportRun,
    QualityFinding,
    Source,
    UnmatchedRow,
)
from banksia.modules.property.models.land import (
    Address,
    Assessment,
    Parcel,
    ParcelAddress,
    Property,
    PropertyAddress,
    PropertyParcel,
    Street,
)
from banksia.modules.property.models.lineage import LINEAGE_KINDS, LineageEvent, LineageParcel, ParcelShape
from banksia.modules.property.models.owners import Owner, OwnerWord
from banksia.modules.property.models.search import Gazetteer, SearchEntry

__all__ = [
    "ATTRIBUTE_KINDS",
    "CORRECTION_STATES",
    "FORMATS",
    "LINEAGE_KINDS",
    "RUN_STATES",
    "STATUSES",
    "Address",
    "Assessment",
    "AttributeDefinition",
    "AttributeValue",
    "Change",
    "Conflict",
    "Correction",
    "Gazetteer",
    "ImportProgress",
    "ImportRun",
    "LineageEvent",
    "LineageParcel",
    "Owner",
    "OwnerWord",
    "Parcel",
    "ParcelAddress",
    "ParcelShape",
    "Property",
    "PropertyAddress",
    "PropertyParcel",
    "QualityFinding",
    "SearchEntry",
    "Source",
    "Sourced",
    "Street",
    "UnmatchedRow",
]
