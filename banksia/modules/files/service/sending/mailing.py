"""Send documents to one person: attached while small, else by a link that ends.

The version that goes is the one that was on screen: the sender names its hash, and the log keeps it.
"""

import secrets
from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from banksia.foundation.auth.public import limit_rate
from banksia.foundation.notifications.public import Attachment, MessageBounced, send_mail, statuses_about
from banksia.foundation.organisations.public import council_day, council_url, module_settings
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.kit.models import new_id
from banksia.kit.sealing import hash_token
from banksia.kit.words import day_in_words
from banksia.modules.files import queries
from banksia.modules.files.errors import VersionChanged
from banksia.modules.files.models import Document, DocumentVersion, Sending, SentDocument
from banksia.modules.files.permissions import RESTRICTED_READ
from banksia.modules.files.schemas.talking import (
    OwnerRead,
    SendingCreate,
    SendingRead,
    SentDocumentRead,
    SentVersion,
)
from banksia.modules.files.service.contents import refuse_unsafe
from banksia.modules.files.service.properties import label_of
from banksia.modules.files.service.reading import get_version
from banksia.modules.files.service.writing import log
from banksia.modules.files.settings import FilesSettings
from banksia.modules.property.public import get_property, owners_with_email

ABOUT: Final = "files.sending"
SENDINGS_AN_HOUR: Final = 60
Sent = list[tuple[Document, DocumentVersion]]


def owners_to_write_to(session: Session, actor: Actor, *, property_id: UUID) -> list[OwnerRead]:
    """The present owners with an e-mail address, if the actor may see owners; the reading is noted."""
    return [OwnerRead(name=name, email=email) for name, email in owners_with_email(session, actor, property_id)]


def send_documents(session: Session, actor: Actor, *, property_id: UUID, wanted: SendingCreate) -> SendingRead:
    """E-mail documents to one person; the mail goes after the commit.

    Raises PropertyNotFound, DocumentNotFound, FileInfected, FileDamaged, VersionChanged, TooManyAttempts.
    """
    found = get_property(session, property_id)
    limit_rate(session, "files.sending", subject=str(actor.user_id), at_most=SENDINGS_AN_HOUR, per=timedelta(hours=1))
    chosen = [_version(session, actor, each) for each in wanted.documents]
    settings = module_settings(session, FilesSettings)
    attached = sum(version.size for _, version in chosen) <= settings.attach_up_to_megabytes * 1_000_000
    token = None if attached else secrets.token_urlsafe(32)
    sending = Sending(
        id=new_id(),
        organisation_id=actor.organisation_id,
        property_id=property_id,
        to_email=wanted.to_email.strip().lower(),
        to_name=wanted.to_name,
        message=wanted.message,
        method="attached" if attached else "link",
        token_hash=hash_token(token) if token else None,
        expires_at=utc_now() + timedelta(days=settings.link_days) if token else None,
        sent_by_name=actor.name,
    )
    session.add(sending)
    session.flush()
    _write_documents(session, actor, sending, chosen)
    _mail(session, sending, label_of(found), chosen, token)
    session.refresh(sending, ["documents"])
    return _read(sending, "queued")


def _version(session: Session, actor: Actor, wanted: SentVersion) -> tuple[Document, DocumentVersion]:
    document, version = get_version(session, actor, document_id=wanted.document_id, number=wanted.version_number)
    refuse_unsafe(session, actor, version)
    if version.sha256 != wanted.sha256:
        raise VersionChanged(document.title)
    return document, version


def _write_documents(session: Session, actor: Actor, sending: Sending, chosen: Sent) -> None:
    for document, version in chosen:
        session.add(
            SentDocument(
                organisation_id=actor.organisation_id,
                sending_id=sending.id,
                document_id=document.id,
                version_number=version.number,
                object_id=version.object_id,
                file_name=version.file_name,
                sha256=version.sha256,
                size=version.size,
            )
        )
        detail = {"to": sending.to_email, "method": sending.method, "sending_id": str(sending.id)}
        log(session, actor, document, "document_sent", detail, version=version)
    session.flush()


def _mail(session: Session, sending: Sending, label: str, chosen: Sent, token: str | None) -> None:
    link = council_url(session, f"/files/customer/shared#token={token}") if token else ""
    send_mail(
        session,
        template="files/documents_sent" if sending.method == "attached" else "files/documents_link",
        to=sending.to_email,
        context={
            "name": sending.to_name or "Owner",
            "property": label,
            "message": sending.message,
            "sender": sending.sent_by_name,
            "documents": [version.file_name for _, version in chosen],
            "link": link,
            "until": day_in_words(council_day(session, sending.expires_at)) if sending.expires_at else "",
        },
        attachments=[Attachment(version.object_id, version.file_name) for _, version in chosen] if not token else (),
        confidential=token is not None,
        about=(ABOUT, sending.id),
    )


def list_sendings(session: Session, actor: Actor, *, property_id: UUID, limit: int) -> list[SendingRead]:
    """What was sent from a property's file, the newest first, and what became of each mail; raises PropertyNotFound.

    A sending with a document that the actor may not see is left out whole: its message may tell of that one.
    """
    get_property(session, property_id)
    wanted = queries.sendings_of(actor.organisation_id).where(Sending.property_id == property_id)
    if not actor.may(RESTRICTED_READ):
        wanted = wanted.where(~queries.sent_restricted(actor.organisation_id))
    rows = list(session.scalars(wanted.order_by(Sending.id.desc()).limit(limit)))
    statuses = statuses_about(session, ABOUT, [row.id for row in rows])
    return [_read(row, statuses.get(row.id, "queued")) for row in rows]


def _read(sending: Sending, mail_status: str) -> SendingRead:
    documents = [SentDocumentRead.model_validate(each) for each in sending.documents]
    return SendingRead.of(sending, mail_status=mail_status, documents=documents)


def note_returned(session: Session, event: MessageBounced) -> None:
    """Note in the log of each document that its mail came back."""
    if event.about_kind != ABOUT or event.about_id is None:
        return
    organisation_id = organisation_id_of(session)
    actor = Actor.system(organisation_id)
    sending = session.scalars(queries.sendings_of(organisation_id).where(Sending.id == event.about_id)).one_or_none()
    for sent in sending.documents if sending else ():
        documents = queries.documents_of(organisation_id).where(Document.id == sent.document_id)
        versions = queries.versions_of(organisation_id).where(
            DocumentVersion.document_id == sent.document_id, DocumentVersion.number == sent.version_number
        )
        detail = {"to": sending.to_email if sending else "", "reason": event.reason}
        version = session.scalars(versions).one()
        log(session, actor, session.scalars(documents).one(), "sending_returned", detail, version=version)
