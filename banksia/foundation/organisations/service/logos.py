"""A council's logo: PNG, JPEG or plain SVG, known by its bytes and never by what the sender calls it."""

import hashlib

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.organisations.adapters.drawings import check_drawing
from banksia.foundation.organisations.errors import LogoInvalid
from banksia.foundation.organisations.schemas import Council
from banksia.foundation.organisations.service.councils import read, row_of
from banksia.kit.actor import Actor

MAX_LOGO_BYTES = 256 * 1024
PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"


def content_type_of(content: bytes) -> str:
    """The kind of picture that the bytes are; raises LogoInvalid with a sentence."""
    if len(content) > MAX_LOGO_BYTES:
        raise LogoInvalid("The logo is larger than 256 kB. Save it smaller and choose it again.")
    if content.startswith(PNG) and content[12:16] == b"IHDR":
        return "image/png"
    if content.startswith(JPEG):
        return "image/jpeg"
    if b"<svg" in content[:4096].lower() or b":svg" in content[:4096].lower():
        check_drawing(content)
        return "image/svg+xml"
    raise LogoInvalid("The logo has to be a PNG, JPEG or SVG picture.")


def set_logo(session: Session, actor: Actor, *, content: bytes) -> Council:
    """Keep a picture as the council's logo; raises LogoInvalid."""
    kind = content_type_of(content)
    row = row_of(session)
    row.logo, row.logo_type, row.logo_sha256 = content, kind, hashlib.sha256(content).hexdigest()
    detail = {"content_type": kind, "sha256": row.logo_sha256}
    audit.record(session, actor, "organisations.logo_changed", subject=row, detail=detail)
    return read(row)


def remove_logo(session: Session, actor: Actor) -> Council:
    """Show the council's name alone."""
    row = row_of(session)
    if row.logo_type:
        row.logo, row.logo_type, row.logo_sha256 = None, "", ""
        audit.record(session, actor, "organisations.logo_removed", subject=row)
    return read(row)


def logo_of(session: Session) -> tuple[str, bytes] | None:
    """The council's logo as (content type, bytes), or None."""
    row = row_of(session)
    return (row.logo_type, row.logo) if row.logo else None
