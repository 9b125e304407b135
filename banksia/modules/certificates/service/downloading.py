"""Which stored file a person may download, noted before its first byte leaves."""

import uuid
from dataclasses import dataclass

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.storage.public import StoredObject, find_object
from banksia.kit.actor import Actor
from banksia.modules.certificates.errors import CertificateNotFound
from banksia.modules.certificates.models import Order
from banksia.modules.certificates.queries.certificates import certificate_with_id
from banksia.modules.certificates.service.download_rule import download_rule
from banksia.modules.certificates.service.reading import file_name


@dataclass(frozen=True)
class Download:
    """A stored file and the name that a person keeps it under."""

    stored: StoredObject
    file_name: str


def download_certificate(session: Session, actor: Actor, *, order: Order, certificate_id: uuid.UUID) -> Download:
    """Return the PDF of one of the order's certificates and note who took it.

    Raises CertificateNotFound, and DownloadOver when its customer comes after the council's period for that.
    """
    certificate = session.scalar(certificate_with_id(actor.organisation_id, certificate_id))
    stored = find_object(session, certificate.object_id) if certificate else None
    if certificate is None or certificate.order_id != order.id or stored is None:
        raise CertificateNotFound
    download_rule(session, actor).expect(certificate.issued_at)
    audit.record(
        session,
        actor,
        "certificates.certificate_downloaded",
        subject=certificate,
        detail={"number": certificate.number, "sha256": certificate.sha256},
    )
    return Download(stored, file_name(order, certificate))
