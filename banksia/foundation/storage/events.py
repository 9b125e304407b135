"""What others may hear of stored bytes."""

import uuid

from banksia.kit.events import Event


class FixityFailed(Event):
    """Bytes that were stored are damaged or missing; told when it is found, and again only after they were whole."""

    object_id: uuid.UUID
    sha256: str
    verdict: str
    """`damaged` or `missing`."""
