"""Which reader a file needs, by its bytes and never by its name."""

import re
from typing import Final

PICTURES: Final = frozenset(
    f"image/{kind}" for kind in ("jpeg", "png", "tiff", "gif", "webp", "bmp", "x-ms-bmp", "jp2", "x-portable-pixmap")
)
HEAD_BYTES: Final = 4096
_MAIL = re.compile(
    rb"(?:From |(?:Received|From|To|Cc|Subject|Date|Message-ID|MIME-Version|Return-Path|Delivered-To|DKIM-Signature"
    rb"|Content-Type|Reply-To|Sender|Authentication-Results|ARC-[A-Za-z-]+|X-[A-Za-z0-9-]+):)",
    re.IGNORECASE,
)
_FIELD = re.compile(rb"^(From|To|Date|Subject|Message-ID|Received):", re.IGNORECASE | re.MULTILINE)
_PAGE = re.compile(rb"\s*(<!doctype html|<html)", re.IGNORECASE)


def kind_of(content_type: str, head: bytes) -> str:
    """`pdf`, `picture`, `office`, `ole`, `rtf`, `mail`, `html`, `plain`, or `other` for what nobody reads here."""
    by_signature = {
        "office": head.startswith((b"PK\x03\x04", b"PK\x05\x06")),
        "ole": head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        "rtf": head.startswith(b"{\\rtf"),
        "pdf": b"%PDF-" in head[:1024],
        "picture": content_type in PICTURES,
        "mail": _is_mail(head),
        "html": content_type in ("text/html", "application/xhtml+xml") or bool(_PAGE.match(head)),
        "plain": content_type.startswith("text/") or content_type in ("application/json", "application/csv"),
    }
    return next((kind for kind, is_it in by_signature.items() if is_it), "other")


def _is_mail(head: bytes) -> bool:
    """A message begins with its fields, at least three of those that all messages have."""
    fields = head.replace(b"\r\n", b"\n").split(b"\n\n")[0]
    return bool(_MAIL.match(head)) and len({found.lower() for found in _FIELD.findall(fields)}) >= 3
