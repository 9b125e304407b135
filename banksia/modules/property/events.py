"""What others may hear of the truth."""

import uuid

from banksia.kit.events import Event


class ImportApplied(Event):
    """An import changed parcels, addresses or properties."""

    import_run_id: uuid.UUID
