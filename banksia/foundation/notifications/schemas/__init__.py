"""What the routes of mail answer."""

import uuid
from typing import Literal

from banksia.kit.schemas import ReadModel, UtcDatetime

MessageStatus = Literal["queued", "sending", "sent", "refused", "bounced"]


class AttachmentRead(ReadModel):
    """A file that went with a message."""

    object_id: uuid.UUID
    file_name: str


class MessageRead(ReadModel):
    """A message in the list."""

    id: uuid.UUID
    created_at: UtcDatetime
    template: str
    to_address: str
    subject: str
    status: MessageStatus
    attempts: int
    error: str | None
    sent_at: UtcDatetime | None
    bounced_at: UtcDatetime | None
    resend_of_id: uuid.UUID | None


class MessageDetail(MessageRead):
    """A message with its words."""

    text: str
    html: str
    attachments: list[AttachmentRead]


class BounceTaken(ReadModel):
    """What a report of returned mail came to: `ignored` when it tells of a delay or of mail that is not ours."""

    result: Literal["bounced", "ignored"]
    message_id: uuid.UUID | None
