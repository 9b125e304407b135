"""Mail that goes nowhere: kept in a folder and shown at /dev/mail, for demos, development and tests."""

import os
import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

NAME = re.compile(r"[A-Za-z0-9_-]{1,100}")


@dataclass(frozen=True)
class CaughtMail:
    """One caught message; `name` is its file's, without the ending."""

    name: str
    message: EmailMessage

    @property
    def sent_at(self) -> datetime:
        """When it was sent, from its own header."""
        return parsedate_to_datetime(str(self.message["Date"]))

    def body(self, kind: str) -> str:
        """The `plain` or `html` body; empty when it has none."""
        part = self.message.get_body((kind,))
        return str(part.get_content()) if part is not None else ""

    @property
    def attachments(self) -> list[EmailMessage]:
        """Its attachments, in order."""
        return list(self.message.iter_attachments())


class MailCatcher:
    """A folder of .eml files named by Message-ID, so that sending a message twice leaves one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, message: EmailMessage) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        name = re.sub(r"[^A-Za-z0-9_-]", "-", str(message["Message-ID"]).strip("<>").partition("@")[0])
        temporary = self._folder / f"{name}.{os.getpid()}.tmp"
        temporary.write_bytes(message.as_bytes(policy=policy.SMTP))
        temporary.rename(self._folder / f"{name}.eml")

    def newest(self, limit: int) -> list[CaughtMail]:
        """The last messages, newest first: names are UUIDv7s, which sort by time."""
        paths = sorted(self._folder.glob("*.eml"), key=lambda path: path.name, reverse=True)
        return [CaughtMail(path.stem, _parse(path)) for path in paths[:limit]]

    def find(self, name: str) -> CaughtMail | None:
        """One message by its name, or None."""
        path = self._folder / f"{name}.eml"
        return CaughtMail(name, _parse(path)) if NAME.fullmatch(name) and path.is_file() else None


def _parse(path: Path) -> EmailMessage:
    return message_from_bytes(path.read_bytes(), policy=policy.default)
