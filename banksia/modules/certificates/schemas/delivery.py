"""How an order comes to its customer: mail with what became of it, and paper over the counter."""

import uuid
from typing import Annotated

from pydantic import Field

from banksia.foundation.notifications.public import MessageStatus
from banksia.kit.schemas import Paragraph, ReadModel, RequestModel, RequiredLine, UtcDatetime
from banksia.modules.certificates.models import DeliveryStepKind
from banksia.modules.certificates.schemas.orders import Email


class MailRead(ReadModel):
    """One mail about an order."""

    id: uuid.UUID
    subject: str
    to_address: str
    status: MessageStatus
    written_at: UtcDatetime
    sent_at: UtcDatetime | None
    """When the council's mail server accepted it."""
    bounced_at: UtcDatetime | None
    error: str | None
    """What the mail server said that did not take it, or that returned it."""
    opened_at: UtcDatetime | None
    """When the link in it was first opened."""
    attachments: list[str]
    is_repeat: bool


class DeliveryStepRead(ReadModel):
    """Something that happened on the way besides mail that was sent."""

    kind: DeliveryStepKind
    at: UtcDatetime
    actor_name: str
    from_address: str | None
    to_address: str | None
    note: str | None


class DownloadRead(ReadModel):
    """A certificate that somebody downloaded."""

    number: str
    at: UtcDatetime
    actor_name: str
    by_staff: bool


class DeliveryRead(ReadModel):
    """Everything about the way of an order to its customer, the newest first."""

    email: str | None
    mail_bounced_at: UtcDatetime | None
    """When mail came back, while nobody has sent it again or told the customer another way."""
    mails: list[MailRead]
    steps: list[DeliveryStepRead]
    downloads: list[DownloadRead]


class MailAgain(RequestModel):
    """Send a mail again; without one, a fresh link to the order.

    Another address than the order's becomes the order's: links that were mailed before stop working.
    """

    mail_id: uuid.UUID | None = None
    email: Email | None = None


class ToldByPhone(RequestModel):
    """What was said to a customer whose mail came back."""

    note: Annotated[Paragraph, Field(min_length=3, max_length=2000)]


class HandOver(RequestModel):
    """Certificates that somebody collects."""

    line_ids: Annotated[list[uuid.UUID], Field(min_length=1, max_length=100)]
    collected_by: RequiredLine


class WaitingLine(ReadModel):
    """A certificate on paper that waits at the counter."""

    line_id: uuid.UUID
    order_id: uuid.UUID
    order_number: str
    customer_name: str
    phone: str | None
    reference: str | None
    title: str
    address: str
    parcel: str
    issued_at: UtcDatetime
    certificate_number: str


class DeliveryCounts(ReadModel):
    """How many orders have mail that came back, and how many certificates wait at the counter; counted up to `most`."""

    mail_came_back: int
    to_hand_over: int
    most: int
