"""Reading delivery status notifications, the reports with which mail servers return mail (RFC 3464)."""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, message_from_string
from email.message import Message

OURS = re.compile(r"<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@[^<>\s]+>", re.IGNORECASE)
LONGEST_REASON = 500


@dataclass(frozen=True)
class Report:
    """What a report says of one mail of ours."""

    message_id: uuid.UUID | None
    """Our message, or None when the report names none that could be ours."""
    failed: bool
    """Whether the mail is given up; otherwise it is delayed, relayed or delivered."""
    reason: str


def read_report(raw: bytes) -> Report | None:
    """Read a notification as it came, as far as it goes when it is cut short; None when it is none."""
    root: Message = message_from_bytes(raw)
    blocks = [block for part in root.walk() for block in _recipients(part)]
    if not blocks:
        return None
    failed = next((block for block in blocks if _field(block, "Action").lower() == "failed"), None)
    return Report(_message_id(root), failed is not None, _reason(failed or blocks[0]))


def _recipients(part: Message) -> Iterator[Message]:
    """The groups of fields of a report that speak of a recipient; the first group speaks of the report itself."""
    if part.get_content_type() not in ("message/delivery-status", "message/global-delivery-status"):
        return
    groups = part.get_payload()
    if isinstance(groups, list):
        yield from (group for group in groups if isinstance(group, Message) and group["Action"])


def _message_id(root: Message) -> uuid.UUID | None:
    """Our own Message-ID: from the mail that is returned, else from what the report says it answers."""
    returned = [_field(part, "Message-ID") for part in root.walk() if part is not root]
    headers = [str(part.get_payload()) for part in root.walk() if part.get_content_type() == "text/rfc822-headers"]
    returned += [_field(message_from_string(text), "Message-ID") for text in headers]
    for said in (*returned, _field(root, "In-Reply-To"), _field(root, "References")):
        found = OURS.search(said)
        if found:
            return uuid.UUID(found.group(1))
    return None


def _reason(block: Message) -> str:
    """What the last mail server said, in one line: `550 5.1.1 User unknown`."""
    said = _field(block, "Diagnostic-Code").partition(";")[2] or _field(block, "Status") or "It gave no reason"
    printable = "".join(each if each.isprintable() else " " for each in said)
    return " ".join(printable.split())[:LONGEST_REASON]


def _field(part: Message, name: str) -> str:
    value = part[name]
    return str(value).strip() if value is not None else ""
