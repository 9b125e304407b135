"""Mail that came back: kept on the message, and told to whoever sent it."""

import hmac
import uuid

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.events.public import emit
from banksia.foundation.notifications import queries
from banksia.foundation.notifications.adapters.dsn import read_report
from banksia.foundation.notifications.errors import BounceSecretWrong, BouncesOff, BounceUnreadable
from banksia.foundation.notifications.events import MessageBounced
from banksia.foundation.notifications.models import Message
from banksia.foundation.notifications.schemas import BounceTaken
from banksia.foundation.organisations.public import council_sites
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions
from banksia.kit.settings import Settings


def expect_secret(settings: Settings, given: str) -> None:
    """Let in who knows one of the installation's secrets; raises BouncesOff without any, and BounceSecretWrong."""
    if not settings.bounce_secrets:
        raise BouncesOff
    secrets = [each.get_secret_value().encode() for each in settings.bounce_secrets]
    if not any(hmac.compare_digest(secret, given.encode()) for secret in secrets):
        raise BounceSecretWrong


def take_bounce(transactions: Transactions, raw: bytes) -> BounceTaken:
    """Match a returned mail with the message that it was, at whichever council; raises BounceUnreadable.

    One address sends the mail of all councils, so the report says nothing of the council: the one whose host was called
    is asked first. A report that comes twice changes nothing.
    """
    report = read_report(raw)
    if report is None:
        raise BounceUnreadable
    if not report.failed or report.message_id is None:
        return BounceTaken(result="ignored", message_id=report.message_id)
    own = transactions.actor.organisation_id
    others = [site.id for site in council_sites(transactions.platform, "notifications") if site.id != own]
    for organisation_id in (own, *others):
        with transactions.platform.database.session(organisation_id) as session:
            if _bounce(session, organisation_id, report.message_id, report.reason):
                return BounceTaken(result="bounced", message_id=report.message_id)
    return BounceTaken(result="ignored", message_id=report.message_id)


def _bounce(session: Session, organisation_id: uuid.UUID, message_id: uuid.UUID, reason: str) -> bool:
    found = queries.messages_of(organisation_id).where(Message.id == message_id).with_for_update()
    message = session.scalar(found)
    if message is None:
        return False
    if message.bounced_at is None:
        message.status, message.error = "bounced", reason
        note_bounce(session, message, reason)
        actor = Actor.system(organisation_id)
        audit.record(session, actor, "notifications.message_bounced", subject=message, detail={"reason": reason})
    return True


def note_bounce(session: Session, message: Message, reason: str) -> None:
    """Note on a message that it did not reach its reader, and tell whoever sent it."""
    message.bounced_at = utc_now()
    emit(
        session,
        MessageBounced(message_id=message.id, about_kind=message.about_kind, about_id=message.about_id, reason=reason),
    )
