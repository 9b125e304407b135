"""What is written of a certificate when it is issued."""

from banksia.foundation.storage.public import StoredObject
from banksia.kit.models import new_id
from banksia.modules.certificates.events import CertificateIssued
from banksia.modules.certificates.models import Certificate, Issuance, OrderLine


def certificate_from(line: OrderLine, issuance: Issuance, stored: StoredObject) -> Certificate:
    """The certificate of a decision, once its bytes are stored."""
    return Certificate(
        id=new_id(),
        organisation_id=line.organisation_id,
        line_id=line.id,
        order_id=line.order_id,
        number=issuance.number,
        code=issuance.code,
        product_code=line.product_code,
        title=line.product_title,
        property_id=line.property_id,
        parcel=line.parcel,
        address=line.address,
        issued_at=issuance.issued_at,
        issued_by_id=issuance.issued_by_id,
        issued_by_name=issuance.issued_by_name,
        object_id=stored.id,
        sha256=stored.sha256,
        size_bytes=stored.size,
        document=issuance.document,
        supersedes_id=issuance.supersedes_id,
        supersedes_because=line.replaced_because if issuance.supersedes_id else None,
        signing_key_id=issuance.signing_key_id,
    )


def event_of(line: OrderLine, certificate: Certificate) -> CertificateIssued:
    """What is told of it to whoever listens."""
    return CertificateIssued(
        certificate_id=certificate.id,
        number=certificate.number,
        title=certificate.title,
        order_id=line.order_id,
        order_number=line.order_number,
        property_id=certificate.property_id,
        parcel=certificate.parcel,
        object_id=certificate.object_id,
        sha256=certificate.sha256,
        size_bytes=certificate.size_bytes,
        issued_at=certificate.issued_at,
        supersedes_id=certificate.supersedes_id,
    )
