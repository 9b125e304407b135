"""What stands behind the link that was mailed to one person."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from banksia.foundation.auth.public import limit_rate
from banksia.foundation.organisations.public import current_organisation
from banksia.foundation.storage.public import StoredObject, find_object
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.kit.sealing import hash_token
from banksia.modules.files import queries
from banksia.modules.files.errors import DocumentNotFound, LinkEnded, LinkUnknown
from banksia.modules.files.models import Document, DocumentVersion, Sending, SentDocument
from banksia.modules.files.schemas.talking import SharedDocumentRead, SharedRead
from banksia.modules.files.service.contents import refuse_unsafe
from banksia.modules.files.service.properties import label_of
from banksia.modules.files.service.writing import log
from banksia.modules.property.public import get_property

TRIES_AN_HOUR = 600


def read_shared(session: Session, *, token: str, client: str) -> SharedRead:
    """The documents behind a link; the first opening is noted. Raises LinkUnknown, LinkEnded, TooManyAttempts."""
    sending = _open(session, token, client)
    if sending.opened_at is None:
        sending.opened_at = utc_now()
    return SharedRead(
        council=current_organisation(session).name,
        property_label=label_of(get_property(session, sending.property_id)),
        to_name=sending.to_name,
        message=sending.message,
        sent_at=sending.created_at,
        expires_at=sending.expires_at or sending.created_at,
        documents=[
            SharedDocumentRead(number=number, file_name=each.file_name, size=each.size)
            for number, each in enumerate(sending.documents, start=1)
            if _is_there(session, each)
        ],
    )


def download_shared(
    session: Session, actor: Actor, *, token: str, number: int, client: str
) -> tuple[StoredObject, str]:
    """The bytes' row and name of one document behind a link; each taking is noted in the document's log.

    Raises LinkUnknown, LinkEnded, TooManyAttempts, FileInfected, FileDamaged, and DocumentNotFound when it has left the
    file since.
    """
    sending = _open(session, token, client)
    if not 1 <= number <= len(sending.documents):
        raise DocumentNotFound
    sent = sending.documents[number - 1]
    document = _document(session, sent.document_id)
    stored = find_object(session, sent.object_id)
    if document is None or stored is None:
        raise DocumentNotFound
    version = _version(session, document, sent.version_number)
    refuse_unsafe(session, actor, version)
    detail = {"to": sending.to_email, "version": version.number}
    log(session, actor, document, "shared_opened", detail, version=version)
    return stored, sent.file_name


def _open(session: Session, token: str, client: str) -> Sending:
    limit_rate(session, "files.shared", subject=client, at_most=TRIES_AN_HOUR, per=timedelta(hours=1))
    wanted = queries.sendings_of(organisation_id_of(session)).where(Sending.token_hash == hash_token(token))
    sending = session.scalars(wanted).one_or_none()
    if sending is None:
        raise LinkUnknown
    if sending.expires_at is None or sending.expires_at <= utc_now():
        raise LinkEnded
    return sending


def _is_there(session: Session, sent: SentDocument) -> bool:
    return _document(session, sent.document_id) is not None


def _version(session: Session, document: Document, number: int) -> DocumentVersion:
    versions = queries.versions_of(document.organisation_id).where(DocumentVersion.document_id == document.id)
    return session.scalars(versions.where(DocumentVersion.number == number)).one()


def _document(session: Session, document_id: UUID) -> Document | None:
    """The document while it is in the file: what was isolated is shown to nobody."""
    wanted = queries.documents_of(organisation_id_of(session)).where(
        Document.id == document_id, Document.state == "present"
    )
    return session.scalars(wanted).one_or_none()
