"""How parcels became others: reading the family of a parcel, checking, recording and undoing an event."""

from banksia.modules.property.service.lineage.checking import preview_lineage
from banksia.modules.property.service.lineage.family import (
    Relative,
    ancestors_of,
    ancestors_of_each,
    leads_to,
    successors_of,
)
from banksia.modules.property.service.lineage.reading import read_lineage
from banksia.modules.property.service.lineage.recording import record_lineage
from banksia.modules.property.service.lineage.undoing import undo_lineage

__all__ = [
    "Relative",
    "ancestors_of",
    "ancestors_of_each",
    "leads_to",
    "preview_lineage",
    "read_lineage",
    "record_lineage",
    "successors_of",
    "undo_lineage",
]
