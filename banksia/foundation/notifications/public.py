"""What other parts use: send mail."""

from banksia.foundation.notifications.models import Message
from banksia.foundation.notifications.service.writing import Attachment, send_mail

__all__ = ["Attachment", "Message", "send_mail"]
