"""A message is rendered and written in the transaction of what it tells about; its delivery follows the commit."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import structlog
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.events.public import enqueue
from banksia.foundation.notifications import queries
from banksia.foundation.notifications.adapters.rendering import MailTemplates, RenderedMail, Words
from banksia.foundation.notifications.adapters.wordings import MailKind, faults_of, mail_kinds
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

log = structlog.get_logger()
DELIVER = "notifications.deliver_message"
CONCEALED = "The words of this message are for its reader alone and are not kept."
MAX_ATTEMPTS = 30  # with the outbox's back-off about a day: mail servers do stay away for a night


@dataclass(frozen=True)
class Attachment:
    """A stored object that goes with a message, under a name that a person reads."""

    object_id: uuid.UUID
    file_name: str


Packages = tuple[tuple[str, str], ...]
"""The name of each installed module, and its package."""


@cache
def _templates(packages: Packages) -> MailTemplates:
    return MailTemplates({name: files(package) / "templates" for name, package in packages})


@cache
def _kinds(packages: Packages) -> Mapping[str, MailKind]:
    found = (kind for name, package in packages for kind in mail_kinds(name, files(package) / "templates"))
    return {kind.template: kind for kind in found}


def templates_of(session: Session) -> MailTemplates:
    """The templates of the installed modules."""
    return _templates(_packages(session))


def installed_kinds(session: Session) -> Mapping[str, MailKind]:
    """The mails of the installed modules that can be worded, by their template."""
    return _kinds(_packages(session))


def _packages(session: Session) -> Packages:
    return tuple((module.name, module.package) for module in platform_of(session).modules)


def send_mail(
    session: Session,
    *,
    template: str,
    to: str,
    context: Mapping[str, Any],
    attachments: Sequence[Attachment] = (),
    dedupe_key: str | None = None,
    confidential: bool = False,
    about: tuple[str, uuid.UUID] | None = None,
) -> Message:
    """Write a message to one address and queue its delivery; both commit with the caller's transaction.

    `template` is `module/name`. A second call with the same dedupe key answers the first message and sends
    nothing, so a step that runs twice tells people once. The words of a confidential message are shown to nobody but
    its reader and are not kept once it is delivered: whoever reads the log must not use a link that sets a password.
    `about` is what it tells of (a kind and an id, `certificates.order`): by it the sender lists what was sent and
    hears which of it came back.
    """
    message = _render(session, template, context)
    message.update(
        dedupe_key=dedupe_key,
        to_address=to.strip().lower(),
        attachments=[{"object_id": str(each.object_id), "file_name": each.file_name} for each in attachments],
        confidential=confidential,
        about_kind=about[0] if about else None,
        about_id=about[1] if about else None,
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
    council = current_organisation(session)
    full = {"council": council, **context}
    kind, own = installed_kinds(session).get(template), _own_words(session, template)
    if kind and own and (faults := faults_of(kind, own.subject, own.text)):
        # The module changed since they were kept. A mail goes out all the same, in the words that fit it.
        log.warning("notifications.wording_outdated", template=template, faults=[each.message for each in faults])
        own = None
    templates = templates_of(session)
    rendered = templates.reword(kind, own, full) if kind and own else templates.render(template, full)
    return _columns(council.id, template, rendered)


def _own_words(session: Session, template: str) -> Words | None:
    """The council's own words for a mail, or None when it has the standard ones."""
    kept = session.scalars(queries.wordings_of(organisation_id_of(session), template).limit(1)).one_or_none()
    return Words(kept.subject, kept.text) if kept and kept.subject and kept.text else None


def _columns(organisation_id: uuid.UUID, template: str, rendered: RenderedMail) -> dict[str, Any]:
    return {
        "id": new_id(),
        "created_at": utc_now(),
        "organisation_id": organisation_id,
        "template": template,
        "subject": rendered.subject,
        "text": rendered.text,
        "html": rendered.html,
        "status": "queued",
        "attempts": 0,
    }


def queue_rendered(session: Session, rendered: RenderedMail, *, template: str, to: str) -> Message:
    """Queue a mail that is rendered already, to one address."""
    columns = _columns(organisation_id_of(session), template, rendered)
    message = Message(**columns, to_address=to.strip().lower(), attachments=[])
    session.add(message)
    session.flush()
    enqueue(session, DELIVER, message_id=message.id)
    return message


def get_message(session: Session, message_id: uuid.UUID, *, lock: bool = False) -> Message:
    """A message of the session's council, locked when asked; raises MessageNotFound."""
    found = queries.messages_of(organisation_id_of(session)).where(Message.id == message_id)
    if lock:
        found = found.with_for_update().execution_options(populate_existing=True)
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


def messages_about(session: Session, about: tuple[str, uuid.UUID]) -> Sequence[Message]:
    """All mail that was sent about something, the newest first."""
    kind, about_id = about
    found = queries.messages_of(organisation_id_of(session)).where(
        Message.about_id == about_id, Message.about_kind == kind
    )
    return session.scalars(found.order_by(Message.id.desc())).all()


def statuses_about(session: Session, kind: str, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """How the newest mail about each of some things stands, in one statement; what was never mailed is left out."""
    found = queries.listed_messages(organisation_id_of(session)).where(
        Message.about_kind == kind, Message.about_id.in_(ids)
    )
    return {each.about_id: each.status for each in session.scalars(found.order_by(Message.id)) if each.about_id}


def resend_message(
    session: Session,
    actor: Actor,
    *,
    message_id: uuid.UUID,
    to: str | None = None,
    words: Mapping[str, str] | None = None,
) -> Message:
    """Send the same words and files once more, as a message of its own.

    It goes to the same address unless `to` is another one; `words` puts new words, a fresh link say, in the place of
    old ones. Raises MessageOnItsWay while the first one, or an earlier repeat of it, has not gone out to that address,
    and MessageConfidential.
    """
    original = get_message(session, message_id)
    if original.confidential:
        raise MessageConfidential
    root_id = original.resend_of_id or original.id
    family = queries.messages_of(actor.organisation_id).where(
        (Message.id == root_id) | (Message.resend_of_id == root_id)
    )
    # The rows are locked, so that two presses of the button make one message.
    to_address = (to or original.to_address).strip().lower()
    relatives = session.scalars(family.with_for_update())
    if any(_is_on_its_way(each) and each.to_address == to_address for each in relatives):
        raise MessageOnItsWay
    message = _copy_of(original, actor.organisation_id, root_id, to_address, words or {})
    session.add(message)
    audit.record(
        session, actor, "notifications.message_resent", subject=message, detail={"first_sent_as": str(root_id)}
    )
    enqueue(session, DELIVER, message_id=message.id)
    return message


def _copy_of(
    original: Message, organisation_id: uuid.UUID, root_id: uuid.UUID, to_address: str, words: Mapping[str, str]
) -> Message:
    return Message(
        id=new_id(),
        organisation_id=organisation_id,
        template=original.template,
        to_address=to_address,
        subject=original.subject,
        text=_with_words(original.text, words),
        html=_with_words(original.html, words),
        attachments=original.attachments,
        status="queued",
        attempts=0,
        resend_of_id=root_id,
        about_kind=original.about_kind,
        about_id=original.about_id,
    )


def _with_words(text: str, words: Mapping[str, str]) -> str:
    for old, new in words.items():
        text = text.replace(old, new)
    return text


def _is_on_its_way(message: Message) -> bool:
    return message.status in {"queued", "sending"} and message.attempts < MAX_ATTEMPTS


def send_test_message(session: Session, actor: Actor) -> Message:
    """Send a message to the person who asks, to see that mail arrives; raises NoAddressToTest."""
    if not actor.email:
        raise NoAddressToTest
    return send_mail(session, template="notifications/test_message", to=actor.email, context={"name": actor.name})
