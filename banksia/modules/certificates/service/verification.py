"""Telling the public whether the council issued a certificate that they hold."""

from datetime import timedelta

from sqlalchemy.orm import Session

from banksia.foundation.auth.public import limit_rate
from banksia.foundation.organisations.public import current_organisation
from banksia.kit.database import organisation_id_of
from banksia.modules.certificates.models import Certificate
from banksia.modules.certificates.queries.certificates import (
    certificate_with_code,
    certificate_with_file,
    successor_of,
)
from banksia.modules.certificates.schemas.verification import VerificationRead, VerifiedCertificate
from banksia.modules.certificates.service.numbering import plain_code
from banksia.modules.certificates.service.signing import signer_read

CHECKS_A_MINUTE = 60


def verify_certificate(session: Session, *, number: str, code: str, client: str) -> VerificationRead:
    """Say whether number and code belong to a certificate of this council, and whether a later one replaced it.

    `client` is the network address that checks are counted by; raises TooManyRequests.
    """
    _limit(session, client)
    wanted = "".join(number.split()).upper()
    found = certificate_with_code(organisation_id_of(session), wanted, plain_code(code))
    return _tell(session, session.scalar(found))


def verify_file(session: Session, *, sha256: str, client: str) -> VerificationRead:
    """Say whether a file with this SHA-256 (64 hexadecimal digits) is a certificate of this council, as it was issued.

    The file itself stays with whoever asks. Raises TooManyRequests; `client` is counted as above.
    """
    _limit(session, client)
    return _tell(session, session.scalar(certificate_with_file(organisation_id_of(session), sha256.lower())))


def _limit(session: Session, client: str) -> None:
    limit_rate(session, "certificates.verify", subject=client, at_most=CHECKS_A_MINUTE, per=timedelta(minutes=1))


def _tell(session: Session, certificate: Certificate | None) -> VerificationRead:
    if certificate is None:
        return VerificationRead(result="not_found", certificate=None)
    successor = session.scalar(successor_of(certificate.organisation_id, certificate.id))
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
            superseded_because=successor.supersedes_because if successor else None,
            signed_by=signer_read(session, certificate.signing_key_id),
        ),
    )
