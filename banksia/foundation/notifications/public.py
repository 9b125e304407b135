"""What other parts use: send mail, and follow what became of it."""

from banksia.foundation.notifications.errors import MessageConfidential, MessageNotFound, MessageOnItsWay
from banksia.foundation.notifications.events import MessageBounced
from banksia.foundation.notifications.models import Message
from banksia.foundation.notifications.schemas import MessageStatus
from banksia.foundation.notifications.service.writing import (
    Attachment,
    get_message,
    messages_about,
    resend_message,
    send_mail,
    statuses_about,
)

__all__ = [
    "Attachment",
    "Message",
    "MessageBounced",
    "MessageConfidential",
    "MessageNotFound",
    "MessageOnItsWay",
    "MessageStatus",
    "get_message",
    "messages_about",
    "resend_message",
    "send_mail",
    "statuses_about",
]
