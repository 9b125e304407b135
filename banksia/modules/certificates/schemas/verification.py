"""What the public learns of a certificate that they hold."""

from typing import Literal

from banksia.kit.schemas import ReadModel, UtcDatetime
from banksia.modules.certificates.models import ReplacedBecause
from banksia.modules.certificates.schemas.signing import SignerRead


class VerifiedCertificate(ReadModel):
    """What the public may know of a certificate whose number and code they hold."""

    number: str
    title: str
    law: str
    address: str
    parcel_title: str
    issued_at: UtcDatetime
    sha256: str
    council: str
    superseded_by: str | None
    superseded_at: UtcDatetime | None
    superseded_because: ReplacedBecause | None
    """Why, in one word; who was wrong about what stays with the council."""
    signed_by: SignerRead | None


class VerificationRead(ReadModel):
    """Whether the council issued a certificate with this number and code, or this very file."""

    result: Literal["genuine", "superseded", "not_found"]
    certificate: VerifiedCertificate | None
