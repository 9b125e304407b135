"""Mail that a module has the council send: plain text in the council's frame, and so much in a time."""

import hashlib
import re
import uuid
from datetime import timedelta

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.auth.public import active_user, limit_rate
from banksia.foundation.connections.errors.calls import LinkInNotice, RecipientUnknown, ReturnPathRefused
from banksia.foundation.connections.schemas.calls import NoticeCreate, NoticeRead
from banksia.foundation.connections.service.idempotency import checked_key
from banksia.foundation.connections.service.payments_raised import connection_of
from banksia.foundation.notifications.public import send_mail
from banksia.foundation.organisations.public import council_url
from banksia.kit.actor import Actor

NOTICES_AN_HOUR, NOTICES_TO_ONE_A_DAY = 500, 20
_WEB_ADDRESS = re.compile(r"://|\bwww\.|\b[a-z0-9-]+\.(?:com|net|org|info|io|au)\b", re.IGNORECASE)


def send_notice(session: Session, actor: Actor, *, wanted: NoticeCreate, key: str | None) -> NoticeRead:
    """Write to an account or an address; the same key writes once.

    Raises KeyMissing, RecipientUnknown, ReturnPathRefused, LinkInNotice and TooManyAttempts.
    """
    key = checked_key(key)
    if wanted.link is not None and not wanted.link.startswith(f"/{actor.module}/"):
        raise ReturnPathRefused("link", actor.module)
    for field in ("subject", "text"):
        # The council's name stands above it, so it must not lead people to somebody else's page.
        if _WEB_ADDRESS.search(getattr(wanted, field)):
            raise LinkInNotice(field)
    to = _address_of(session, wanted)
    _limit(session, actor, to)
    title = str((connection_of(session, actor).manifest or {}).get("title", actor.module))
    message = send_mail(
        session,
        template="connections/notice",
        to=to,
        context={
            "title": title,
            "words": " ".join(wanted.subject.split()),
            "text": wanted.text,
            "link": council_url(session, wanted.link) if wanted.link else None,
        },
        dedupe_key=f"connections.notice:{actor.connection_id}:{hashlib.sha256(key.encode()).hexdigest()}",
    )
    audit.record(session, actor, "connections.notice_sent", subject=message, detail={"subject": wanted.subject})
    return NoticeRead(id=message.id, status=message.status)


def _address_of(session: Session, wanted: NoticeCreate) -> str:
    if wanted.email is not None:
        return wanted.email
    user = active_user(session, wanted.user_id or uuid.UUID(int=0))
    if user is None:
        raise RecipientUnknown
    return user.email


def _limit(session: Session, actor: Actor, to: str) -> None:
    name, subject = "connections.notices", str(actor.connection_id)
    limit_rate(session, name, subject=subject, at_most=NOTICES_AN_HOUR, per=timedelta(hours=1))
    to_one = f"{subject}:{to.lower()}"
    limit_rate(session, name, subject=to_one, at_most=NOTICES_TO_ONE_A_DAY, per=timedelta(days=1))
