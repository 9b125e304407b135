"""What every way of sending mail does."""

from email.message import EmailMessage
from typing import Protocol


class MailRefused(Exception):  # noqa: N818  (named for what happened, like every error here)
    """The server will never take this message: trying again cannot help, correcting the address can."""


class MailUnavailable(Exception):  # noqa: N818  (the same)
    """The server could not be reached or asked us to come back later."""


class Mailer(Protocol):
    """Sends one message; sending the same Message-ID twice must be harmless."""

    def send(self, message: EmailMessage) -> None:
        """Hand the message over; raises MailRefused or MailUnavailable."""
