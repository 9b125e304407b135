"""A council's signing certificate as administrators and the public see it; its key never leaves."""

from typing import Annotated

from pydantic import Field, SecretStr

from banksia.kit.schemas import ReadModel, RequestModel, UtcDatetime

LARGEST_FILE_IN_BASE64 = 200_000


class SignerRead(ReadModel):
    """Whose certificate it is, who vouches for it, and how long it is valid."""

    subject: str
    issuer: str
    fingerprint: str
    """SHA-256 of the certificate, 64 hex digits."""
    valid_from: UtcDatetime
    valid_until: UtcDatetime
    is_own_make: bool
    """Made by the platform for a demo: it proves that nothing changed, and not who signed."""


class SigningCertificateRead(SignerRead):
    """A signing certificate in use, or one that was and still proves what it signed."""

    serial: str
    key_kind: str
    saved_at: UtcDatetime
    set_by_name: str
    replaced_at: UtcDatetime | None


class SigningRead(ReadModel):
    """Whether new certificates are signed, and with what."""

    is_signing: bool
    """Whether the next certificate is signed."""
    is_wanted: bool
    """The setting: sign when there is a signing certificate."""
    ends_soon: bool
    """The certificate in use ends within 60 days, or has ended."""
    has_ended: bool
    in_use: SigningCertificateRead | None
    earlier: list[SigningCertificateRead]
    """The last 50 that were replaced, newest first."""
    timestamp_server: str | None
    """The host that stamps the time, when the operator has named one."""


class SigningCertificateUpdate(RequestModel):
    """A key with its certificate; tested before it is saved, and never shown again."""

    pkcs12: Annotated[SecretStr, Field(min_length=1, max_length=LARGEST_FILE_IN_BASE64)]
    """The .p12 or .pfx file in base64."""
    passphrase: Annotated[SecretStr, Field(max_length=500)] = SecretStr("")
    """What opens the file."""
