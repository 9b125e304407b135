"""What others may hear of mail."""

import uuid

from banksia.kit.events import Event


class MessageBounced(Event):
    """A mail did not reach its reader and is not tried again: refused, returned, or given up after a day of tries.

    `about_kind` and `about_id` are what its sender said that it is about. The address stays with the message.
    """

    message_id: uuid.UUID
    about_kind: str | None
    about_id: uuid.UUID | None
    reason: str
