"""Mail through a council's own server."""

import smtplib
import ssl
from email.message import EmailMessage
from typing import Literal
from urllib.parse import parse_qs, unquote, urlsplit

from banksia.foundation.notifications.adapters.mailer import MailRefused, MailUnavailable

TIMEOUT_SECONDS = 30
HELP = "BANKSIA_SMTP_URL is smtp://user:password@host:587 or smtps://user:password@host:465"

StartTls = Literal["required", "offered", "never"]


class SmtpMailer:
    """A connection per message: mail is rare, and a connection kept open is closed by the server anyway."""

    def __init__(self, url: str, *, tls: ssl.SSLContext | None = None, returns_to: str = "") -> None:
        """Read `smtp[s]://user:password@host:port?starttls=required|offered|never`.

        STARTTLS is required as soon as there is a password, and else used when the server offers it. Mail that cannot
        be delivered returns to `returns_to`, or to the address that it comes from.
        """
        parts = urlsplit(url)
        if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
            raise ValueError(HELP)
        self._host = parts.hostname
        self._implicit_tls = parts.scheme == "smtps"
        self._port = parts.port or (465 if self._implicit_tls else 587)
        self._user = unquote(parts.username or "")
        self._password = unquote(parts.password or "")
        asked = parse_qs(parts.query).get("starttls", ["required" if self._password else "offered"])[-1]
        if asked not in {"required", "offered", "never"}:
            raise ValueError(f"{HELP}; starttls is required, offered or never")
        self._start_tls = asked
        self._tls = tls or ssl.create_default_context()
        self._returns_to = returns_to or None

    def send(self, message: EmailMessage) -> None:
        try:
            with self._connect() as server:
                self._secure(server)
                if self._user:
                    server.login(self._user, self._password)
                server.send_message(message, from_addr=self._returns_to)
        except smtplib.SMTPRecipientsRefused as error:
            code, reason = next(iter(error.recipients.values()))
            _raise(code, reason, error)
        except smtplib.SMTPAuthenticationError as error:  # our settings are wrong, not the message
            raise MailUnavailable(f"The mail server refused the sign-in ({error.smtp_code}).") from error
        except smtplib.SMTPResponseException as error:
            _raise(error.smtp_code, error.smtp_error, error)
        except smtplib.SMTPNotSupportedError as error:  # an address that this server cannot carry
            raise MailRefused(f"The mail server cannot send this message: {error}") from error
        except (OSError, smtplib.SMTPException) as error:
            raise MailUnavailable(f"The mail server did not take the message: {error}") from error

    def _connect(self) -> smtplib.SMTP:
        if self._implicit_tls:
            return smtplib.SMTP_SSL(self._host, self._port, timeout=TIMEOUT_SECONDS, context=self._tls)
        return smtplib.SMTP(self._host, self._port, timeout=TIMEOUT_SECONDS)

    def _secure(self, server: smtplib.SMTP) -> None:
        if self._implicit_tls or self._start_tls == "never":
            return
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=self._tls)
            server.ehlo()
        elif self._start_tls == "required":
            raise MailUnavailable("The mail server offers no encryption (STARTTLS), and mail must not go without it.")


def _raise(code: int, reason: bytes | str, error: smtplib.SMTPException) -> None:
    said = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else reason
    permanent = 500 <= code < 600
    kind = MailRefused if permanent else MailUnavailable
    raise kind(f"The mail server said: {code} {said}") from error
