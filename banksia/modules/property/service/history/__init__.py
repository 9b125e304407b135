"""Everything that happened to a property, in one time line."""

from banksia.modules.property.service.history.timeline import list_history

__all__ = ["list_history"]
