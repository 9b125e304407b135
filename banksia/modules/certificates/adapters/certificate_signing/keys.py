"""What an administrator hands in (PKCS#12), read and judged; and the key that the demo makes for itself."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12
from cryptography.x509.oid import NameOID

LEAST_RSA_BITS = 2048
CURVES = {"secp256r1": "P-256", "secp384r1": "P-384", "secp521r1": "P-521"}
OWN_KEY_LASTS = timedelta(days=2 * 365)
_LONGEST_NAME = 64  # X.520 allows no more in a common name


class KeyRefusedError(ValueError):
    """The file cannot sign certificates; the text says why and what to do. `field` is what was wrong."""

    def __init__(self, message: str, field: Literal["pkcs12", "passphrase"] = "pkcs12") -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class SigningKeyFile:
    """A private key (PKCS#8, DER) with its certificate first in `chain` (each DER), and what the certificate says."""

    private_key: bytes
    chain: tuple[bytes, ...]
    fingerprint: str
    """SHA-256 of the certificate, 64 hex digits."""
    subject: str
    issuer: str
    serial: str
    key_kind: str
    valid_from: datetime
    valid_until: datetime


def open_pkcs12(content: bytes, passphrase: str, *, now: datetime) -> SigningKeyFile:
    """Open a .p12 or .pfx file and test all that signing needs. Raises KeyRefusedError."""
    try:
        opened = load_pkcs12(content, passphrase.encode())
    except (ValueError, UnsupportedAlgorithm) as error:
        message = (
            "The file does not open with this passphrase. Check the passphrase, and that it is a .p12 or .pfx file "
            "with a private key."
        )
        raise KeyRefusedError(message, "passphrase") from error
    key = opened.key
    certificates = [each.certificate for each in (opened.cert, *opened.additional_certs) if each is not None]
    if key is None:
        message = "The file holds no private key. Export the certificate again together with its private key."
        raise KeyRefusedError(message)
    kind = _kind_of(key)
    own = next((each for each in certificates if _is_of(each, key)), None)
    if own is None:
        message = "The private key does not match a certificate in the file. Export both together from the same place."
        raise KeyRefusedError(message)
    _expect_fit(own, now)
    chain = (own, *(each for each in certificates if each != own))
    return _file(key, chain, kind)


def make_own_key(name: str, *, now: datetime) -> SigningKeyFile:
    """Make a key with a certificate that it signs itself: it proves that nothing changed, and not who signed."""
    key = generate_private_key(SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:_LONGEST_NAME])])
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    begins = now.replace(microsecond=0)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + OWN_KEY_LASTS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    return _file(key, (certificate,), _kind_of(key))


def _kind_of(key: PrivateKeyTypes) -> str:
    if isinstance(key, RSAPrivateKey):
        if key.key_size < LEAST_RSA_BITS:
            message = f"The key is RSA with {key.key_size} bits. It needs {LEAST_RSA_BITS} or more."
            raise KeyRefusedError(message)
        return f"RSA {key.key_size}"
    if isinstance(key, EllipticCurvePrivateKey) and key.curve.name in CURVES:
        return f"EC {CURVES[key.curve.name]}"
    message = f"The key is of a kind that PDF readers do not know. Use RSA or EC ({', '.join(CURVES.values())})."
    raise KeyRefusedError(message)


def _is_of(certificate: x509.Certificate, key: PrivateKeyTypes) -> bool:
    form = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return certificate.public_key().public_bytes(*form) == key.public_key().public_bytes(*form)


def _expect_fit(certificate: x509.Certificate, now: datetime) -> None:
    if certificate.not_valid_after_utc <= now:
        ended = certificate.not_valid_after_utc
        message = f"The certificate ended on {ended.day} {ended:%B %Y}. Upload its successor."
        raise KeyRefusedError(message)
    if certificate.not_valid_before_utc > now:
        begins = certificate.not_valid_before_utc
        message = f"The certificate begins on {begins.day} {begins:%B %Y}. Upload it from that day on."
        raise KeyRefusedError(message)
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return  # without this extension a certificate may be used for anything
    if not (usage.digital_signature or usage.content_commitment):
        message = (
            "The certificate may not be used to sign documents: its key usage has neither digital signature nor "
            "non-repudiation. Ask its issuer for one that may."
        )
        raise KeyRefusedError(message)


def _file(key: PrivateKeyTypes, chain: tuple[x509.Certificate, ...], kind: str) -> SigningKeyFile:
    own = chain[0]
    return SigningKeyFile(
        private_key=key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()),
        chain=tuple(each.public_bytes(Encoding.DER) for each in chain),
        fingerprint=own.fingerprint(hashes.SHA256()).hex(),
        subject=own.subject.rfc4514_string(),
        issuer=own.issuer.rfc4514_string(),
        serial=f"{own.serial_number:x}",
        key_kind=kind,
        valid_from=own.not_valid_before_utc,
        valid_until=own.not_valid_after_utc,
    )
