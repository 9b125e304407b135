"""A message is rendered and written in the transaction of what it tells about; its delivery follows the commit."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.events.public import enqueue
from banksia.foundation.notifications import queries
from banksia.foundation.notifications.adapters.rendering import MailTemplates
from banksia.foundation.notifications.errors import (
    MessageConfidential,
    MessageNotFound,
    MessageOnItsWay,
    NoAddressToTest,
)
from banksia.foundation.notifications.models import Message
from banksia.foundation.organisations.public import current_organisation
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of, platform_of
from banksia.kit.models import new_id

DELIVER = "notifications.deliver_message"
CONCEALED = "The words of this message are for its reader alone and are not kept."
MAX_ATTEMPTS = 30  # with the outbox's back-off about a day: mail servers do stay away for a night


@dataclass(frozen=True)
class Attachment:
    """A stored object that goes with a message, under a name that a person reads."""

    object_id: uuid.UUID
    file_name: str


@cache
def _templates(packages: tuple[tuple[str, str], ...]) -> MailTemplates:
    return MailTemplates({name: files(package) / "templates" for name, package in packages})


def send_mail(
    session: Session,
    *,
    template: str,
    to: str,
    context: Mapping[str, Any],
    attachments: Sequence[Attachment] = (),
    dedupe_key: str | None = None,
    confidential: bool = False,
) -> Message:
    """Write a message to one address and queue its delivery; both commit with the caller's transaction.

    `template` is `module/name`. A second call with the same dedupe key answers the first message and sends
    nothing, so a step that runs twice tells people once. The words of a confidential message are shown to nobody but
    its reader and are not kept once it is delivered: whoever reads the log must not use a link that sets a password.
    """
    message = _render(session, template, context)
    message.update(
        dedupe_key=dedupe_key,
        to_address=to.strip().lower(),
        attachments=[{"object_id": str(each.object_id), "file_name": each.file_name} for each in attachments],
        confidential=confidential,
    )
    written = session.scalar(
        insert(Message)
        .values(message)
        .on_conflict_do_nothing(index_elements=["organisation_id", "dedupe_key"])
        .returning(Message.id)
    )
    messages = queries.messages_of(organisation_id_of(session))
    if written is None:
        return session.scalars(messages.where(Message.dedupe_key == dedupe_key)).one()
    enqueue(session, DELIVER, message_id=written)
    return session.scalars(messages.where(Message.id == written)).one()


def _render(session: Session, template: str, context: Mapping[str, Any]) -> dict[str, Any]:
    """A queued message's columns, with the words that the template gives for the session's council."""
    packages = tuple((module.name, module.package) for module in platform_of(session).modules)
    council = current_organisation(session)
    rendered = _templates(packages).render(template, {"council": council, **context})
    return {
        "id": new_id(),
        "created_at": utc_now(),
        "organisation_id": council.id,
        "template": template,
        "subject": rendered.subject,
        "text": rendered.text,
        "html": rendered.html,
        "status": "queued",
        "attempts": 0,
    }


def get_message(session: Session, message_id: uuid.UUID) -> Message:
    """A message of the session's council; raises MessageNotFound."""
    found = queries.messages_of(organisation_id_of(session)).where(Message.id == message_id)
    message = session.scalars(found).one_or_none()
    if message is None:
        raise MessageNotFound
    return message


def shown_message(session: Session, message_id: uuid.UUID) -> Message:
    """A message as the log may show it: without the words of a confidential one. Raises MessageNotFound."""
    message = get_message(session, message_id)
    if message.confidential:
        session.expunge(message)  # what is shown is not what waits to be delivered
        conceal(message)
    return message


def conceal(message: Message) -> None:
    """Put a sentence in the place of a confidential message's words."""
    message.text, message.html = CONCEALED, f"<p>{CONCEALED}</p>"


def resend_message(session: Session, actor: Actor, *, message_id: uuid.UUID) -> Message:
    """Send the same words and files to the same address once more, as a message of its own.

    Raises MessageOnItsWay while the first one, or an earlier repeat of it, has not gone out, and MessageConfidential.
    """
    original = get_message(session, message_id)
    if original.confidential:
        raise MessageConfidential
    root_id = original.resend_of_id or original.id
    family = queries.messages_of(actor.organisation_id).where(
        (Message.id == root_id) | (Message.resend_of_id == root_id)
    )
    # The rows are locked, so that two presses of the button make one message.
    if any(_is_on_its_way(each) for each in session.scalars(family.with_for_update())):
        raise MessageOnItsWay
    message = Message(
        id=new_id(),
        organisation_id=actor.organisation_id,
        template=original.template,
        to_address=original.to_address,
        subject=original.subject,
        text=original.text,
        html=original.html,
        attachments=original.attachments,
        status="queued",
        attempts=0,
        resend_of_id=root_id,
    )
    session.add(message)
    audit.record(
        session, actor, "notifications.message_resent", subject=message, detail={"first_sent_as": str(root_id)}
    )
    enqueue(session, DELIVER, message_id=message.id)
    return message


def _is_on_its_way(message: Message) -> bool:
    return message.status in {"queued", "sending"} and message.attempts < MAX_ATTEMPTS


def send_test_message(session: Session, actor: Actor) -> Message:
    """Send a message to the person who asks, to see that mail arrives; raises NoAddressToTest."""
    if not actor.email:
        raise NoAddressToTest
    return send_mail(session, template="notifications/test_message", to=actor.email, context={"name": actor.name})
