"""Telling the public whether the council issued a certificate that they hold."""

from datetime import timedelta

from sqlalchemy.orm import Session

from banksia.foundation.auth.public import limit_rate
from banksia.foundation.organisations.public import current_organisation
from banksia.kit.database import organisation_id_of
from banksia.modules.certificates.queries.certificates import certificate_with_code, successor_of
from banksia.modules.certificates.schemas.lines import VerificationRead, VerifiedCertificate
from banksia.modules.certificates.service.numbering import plain_code

CHECKS_A_MINUTE = 60


def verify_certificate(session: Session, *, number: str, code: str, client: str) -> VerificationRead:
    """Say whether number and code belong to a certificate of this council, and whether a later one replaced it.

    `client` is the network address that checks are counted by; raises TooManyRequests.
    """
    limit_rate(session, "certificates.verify", subject=client, at_most=CHECKS_A_MINUTE, per=timedelta(minutes=1))
    organisation_id = organisation_id_of(session)
    wanted = "".join(number.split()).upper()
    certificate = session.scalar(certificate_with_code(organisation_id, wanted, plain_code(code)))
    if certificate is None:
        return VerificationRead(result="not_found", certificate=None)
    successor = session.scalar(successor_of(organisation_id, certificate.id))
    return VerificationRead(
        result="superseded" if successor else "genuine",
        certificate=VerifiedCertificate(
            number=certificate.number,
            title=certificate.title,
            law=certificate.document["law"],
            address=certificate.address,
            parcel_title=certificate.document["land"],
            issued_at=certificate.issued_at,
            sha256=certificate.sha256,
            council=current_organisation(session).name,
            superseded_by=successor.number if successor else None,
            superseded_at=successor.issued_at if successor else None,
        ),
    )
