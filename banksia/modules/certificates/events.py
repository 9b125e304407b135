"""What other modules may hear of certificates."""

import datetime
import uuid

from banksia.kit.events import Event


class CertificateIssued(Event):
    """A certificate exists: its bytes are stored under `object_id` and never change.

    `supersedes_id` is the certificate that this one replaces, if it does.
    """

    certificate_id: uuid.UUID
    number: str
    title: str
    order_id: uuid.UUID
    order_number: str
    property_id: uuid.UUID
    parcel: str
    object_id: uuid.UUID
    sha256: str
    size_bytes: int
    issued_at: datetime.datetime
    supersedes_id: uuid.UUID | None
