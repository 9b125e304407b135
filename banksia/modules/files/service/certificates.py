"""Certificates that another module issued are filed here, each once."""

import re
from typing import Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from banksia.foundation.storage.public import StoredObject, find_object
from banksia.kit.actor import Actor
from banksia.kit.database import organisation_id_of
from banksia.kit.kill_points import reach
from banksia.modules.files import queries
from banksia.modules.files.errors import CertificateNotStored
from banksia.modules.files.models import Document, DocumentVersion
from banksia.modules.files.service.folders.structure import certificates_folder
from banksia.modules.files.service.properties import label_of
from banksia.modules.files.service.writing import Bytes, write_document, write_next_version
from banksia.modules.property.public import get_property


class IssuedCertificate(Protocol):
    """What this module needs of the event `certificates.certificate_issued`."""

    @property
    def certificate_id(self) -> UUID: ...
    @property
    def number(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def property_id(self) -> UUID: ...
    @property
    def parcel(self) -> str: ...
    @property
    def object_id(self) -> UUID: ...
    @property
    def sha256(self) -> str: ...
    @property
    def supersedes_id(self) -> UUID | None: ...


def file_certificate(session: Session, event: IssuedCertificate) -> None:
    """File a certificate into the folder of certificates; one that replaces another becomes its next version.

    The bytes are those that were issued, by reference and by hash. Raises CertificateNotStored, to be tried again.
    """
    actor = Actor.system(organisation_id_of(session))
    if _version_of(session, actor, event.certificate_id) is not None:
        return
    content = Bytes(_stored(session, event), _file_name(event), event.certificate_id)
    replaced = _replaced_document(session, actor, event)
    if replaced is not None:
        replaced.title = _title(event)
        write_next_version(session, actor, replaced, content, action="certificate_replaced")
    else:
        document = Document(
            organisation_id=actor.organisation_id,
            property_id=event.property_id,
            folder_id=certificates_folder(session, actor).id,
            title=_title(event),
            description="",
            parcel=event.parcel,
            property_label=label_of(get_property(session, event.property_id)),
        )
        write_document(session, actor, document, content, action="certificate_filed")
    reach("files.certificate_filed")


def _version_of(session: Session, actor: Actor, certificate_id: UUID) -> DocumentVersion | None:
    versions = queries.versions_of(actor.organisation_id)
    return session.scalars(versions.where(DocumentVersion.origin_id == certificate_id)).one_or_none()


def _replaced_document(session: Session, actor: Actor, event: IssuedCertificate) -> Document | None:
    """The document of the certificate that this one replaces, locked so that versions are numbered one by one.

    None when it has left the file: what is written into a document in isolation, or a purged one, is seen by nobody.
    """
    earlier = _version_of(session, actor, event.supersedes_id) if event.supersedes_id else None
    if earlier is None:
        return None
    session.execute(queries.lock_documents(actor.organisation_id, [earlier.document_id]))
    documents = queries.documents_of(actor.organisation_id).where(
        Document.id == earlier.document_id, Document.state == "present"
    )
    return session.scalars(documents.execution_options(populate_existing=True)).one_or_none()


def _stored(session: Session, event: IssuedCertificate) -> StoredObject:
    stored = find_object(session, event.object_id)
    if stored is None or stored.sha256 != event.sha256:
        raise CertificateNotStored(event.number)
    return stored


def _title(event: IssuedCertificate) -> str:
    return f"{event.title} {event.number}"


def _file_name(event: IssuedCertificate) -> str:
    """Numbers such as 10.7/2026/0913 hold slashes, which no file name may."""
    return re.sub(r"[^\w .()-]+", "-", _title(event)) + ".pdf"
