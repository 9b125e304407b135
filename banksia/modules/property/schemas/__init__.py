"""What the module takes and answers with."""

from banksia.modules.property.schemas.land import AddressRead, ParcelRead, PropertyRead, SourceRead, Status
from banksia.modules.property.schemas.search import CouncilResults, OwnerMatches, SearchResult, SearchResults

__all__ = [
    "AddressRead",
    "CouncilResults",
    "OwnerMatches",
    "ParcelRead",
    "PropertyRead",
    "SearchResult",
    "SearchResults",
    "SourceRead",
    "Status",
]
