"""A message in the form that mail servers take."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime


@dataclass(frozen=True)
class Envelope:
    """Everything about a message but its attachments."""

    message_id: str
    from_name: str
    from_address: str
    reply_to: str
    to: str
    subject: str
    text: str
    html: str
    sent_at: datetime


@dataclass(frozen=True)
class AttachedFile:
    """A file of a message."""

    name: str
    content_type: str
    content: bytes


def compose(envelope: Envelope, attachments: Sequence[AttachedFile] = ()) -> EmailMessage:
    """Text first, HTML as its alternative, files after both."""
    message = EmailMessage()
    message["Message-ID"] = envelope.message_id
    message["Date"] = format_datetime(envelope.sent_at)
    message["From"] = Address(_one_line(envelope.from_name), addr_spec=envelope.from_address)
    message["To"] = Address(addr_spec=envelope.to)
    if envelope.reply_to:
        message["Reply-To"] = Address(addr_spec=envelope.reply_to)
    message["Subject"] = _one_line(envelope.subject)
    message["Auto-Submitted"] = "auto-generated"  # so that holiday replies do not answer us
    message.set_content(envelope.text)
    message.add_alternative(envelope.html, subtype="html")
    for attached in attachments:
        kind, _, subkind = attached.content_type.partition("/")
        message.add_attachment(
            attached.content, maintype=kind, subtype=subkind or "octet-stream", filename=_one_line(attached.name)
        )
    return message


def _one_line(text: str) -> str:
    """A header holds one line; a name with a line break must not start another header."""
    return " ".join(text.split())
