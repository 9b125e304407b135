"""Delivery: claim, send, note; the mail server is called between two transactions."""

import uuid
from email.errors import MessageError
from email.message import EmailMessage
from pathlib import Path

import structlog

from banksia.foundation.notifications.adapters.catcher import MailCatcher
from banksia.foundation.notifications.adapters.composing import AttachedFile, Envelope, compose
from banksia.foundation.notifications.adapters.mailer import Mailer, MailRefused, MailUnavailable
from banksia.foundation.notifications.adapters.smtp import SmtpMailer
from banksia.foundation.notifications.models import Message
from banksia.foundation.notifications.service.bouncing import note_bounce
from banksia.foundation.notifications.service.writing import MAX_ATTEMPTS, conceal, get_message
from banksia.foundation.organisations.public import Council, current_organisation
from banksia.foundation.storage import public as storage
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions
from banksia.kit.kill_points import reach
from banksia.kit.settings import Settings

log = structlog.get_logger()


def mail_folder(settings: Settings) -> Path:
    """Where caught mail lies."""
    return settings.data_dir / "mail"


def mailer_of(settings: Settings) -> Mailer:
    """How this installation sends mail; raises MailUnavailable when production was given no server."""
    if settings.catches_mail:
        return MailCatcher(mail_folder(settings))
    if not settings.smtp_url:
        raise MailUnavailable("No mail server is set. Set BANKSIA_SMTP_URL to smtp://user:password@host:587.")
    return SmtpMailer(settings.smtp_url, returns_to=settings.mail_returns_to)


def deliver_message(transactions: Transactions, *, message_id: uuid.UUID) -> None:
    """Send one message unless it was sent. May run again after a crash: the Message-ID is made of the row's id.

    A refusal by the mail server is kept on the message. When the server is away this raises MailUnavailable, so that
    the outbox tries again later.
    """
    with transactions() as session:
        message = get_message(session, message_id)
        if message.status in {"sent", "refused", "bounced"}:
            return
        message.status, message.attempts = "sending", message.attempts + 1
        council = current_organisation(session)
        objects = [
            (storage.find_object(session, uuid.UUID(each["object_id"])), each["file_name"])
            for each in message.attachments
        ]
    reach("notifications.message_claimed")
    try:
        files = [_attached(transactions, stored, name) for stored, name in objects]
        mailer_of(transactions.platform.settings).send(_compose(transactions, message, council, files))
    except (MailRefused, MailUnavailable) as error:
        _note_failure(transactions, message_id, error)
        if isinstance(error, MailUnavailable):
            raise
        return
    reach("notifications.message_sent")
    with transactions() as session:
        message = get_message(session, message_id, lock=True)
        message.sent_at = utc_now()
        if message.status == "sending":  # it can have come back already
            message.status, message.error = "sent", None
        if message.confidential:
            conceal(message)


def _note_failure(transactions: Transactions, message_id: uuid.UUID, error: Exception) -> None:
    refused = isinstance(error, MailRefused)
    log.warning("notifications.message_failed", message_id=str(message_id), refused=refused, error=str(error))
    with transactions() as session:
        message = get_message(session, message_id, lock=True)
        message.status, message.error = "refused" if refused else "queued", str(error)
        if refused or message.attempts == MAX_ATTEMPTS:
            note_bounce(session, message, str(error))


def _attached(transactions: Transactions, stored: storage.StoredObject | None, file_name: str) -> AttachedFile:
    if stored is None:
        raise MailRefused(f"The attachment “{file_name}” is not in the file store.")
    return AttachedFile(file_name, stored.content_type, b"".join(storage.open_object(transactions.platform, stored)))


def _compose(transactions: Transactions, message: Message, council: Council, files: list[AttachedFile]) -> EmailMessage:
    from_address = transactions.platform.settings.mail_from
    envelope = Envelope(
        message_id=f"<{message.id}@{from_address.rpartition('@')[2]}>",
        from_name=council.name,
        from_address=from_address,
        reply_to=council.email,
        to=message.to_address,
        subject=message.subject,
        text=message.text,
        html=message.html,
        sent_at=utc_now(),
    )
    try:
        return compose(envelope, files)
    except (ValueError, IndexError, MessageError) as error:  # an address that is none
        raise MailRefused(f"The message cannot be addressed to {message.to_address}: {error}") from error
