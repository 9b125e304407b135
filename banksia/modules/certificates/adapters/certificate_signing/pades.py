"""Sign a PDF as PAdES-B-B, or as B-T with a time stamp, by an update that is appended to its bytes.

Without a time stamp the same file, key and moment give the same bytes: the file's identifier is kept, its metadata are
not touched, the moment is given, and keys sign without chance (RSA as PKCS#1 v1.5, EC as in RFC 6979).
"""

import asyncio
from datetime import datetime
from io import BytesIO
from typing import Any

import structlog
from asn1crypto import keys, x509
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_private_key
from pyhanko.pdf_utils.generic import NameObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import InvisSigSettings, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.timestamps import TimestampRequestError
from pyhanko_certvalidator.registry import SimpleCertificateStore

from banksia.modules.certificates.adapters.certificate_signing.signer import Signed, Signer
from banksia.modules.certificates.adapters.certificate_signing.timestamping import TimestampServer

FIELD = "Signature"
SAYS = "Signature of the council"
_ROOM_BYTES = 8 * 1024
"""For the signature itself and what stands around it, in hex; as much again for a time stamp."""

_log = structlog.get_logger(__name__)


def sign(content: bytes, signer: Signer, *, at: datetime, reason: str, timestamp_url: str) -> Signed:
    """As `signing.sign_pdf` says."""
    if timestamp_url:
        try:
            return Signed(_sign(content, signer, at, reason, TimestampServer(timestamp_url)), is_timestamped=True)
        except (OSError, TimestampRequestError, ValueError) as error:
            _log.warning("certificates.signed_without_time_stamp", server=timestamp_url, reason=str(error))
    return Signed(_sign(content, signer, at, reason, None), is_timestamped=False)


def attempt(signer: Signer) -> None:
    """As `signing.try_signer` says."""
    _FixedSigner(signer).sign_raw(b"", "sha256")


def _sign(content: bytes, signer: Signer, at: datetime, reason: str, server: TimestampServer | None) -> bytes:
    meta = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        name=signer.name,
        reason=reason,
    )
    # Out of the page's box: nobody has to see it, and assistive technology has nothing to announce (PDF/UA 7.18.1).
    field = SigFieldSpec(FIELD, readable_field_name=SAYS, invis_sig_settings=InvisSigSettings(box_out_of_bounds=True))
    writer = _Writer(BytesIO(content))
    page, _ = writer.find_page_for_modification(0)  # type: ignore[no-untyped-call]  # pyhanko is typed in part
    page.get_object()[NameObject("/Tabs")] = NameObject("/S")  # PDF/UA 7.18.3 asks it of a page with annotations
    writer.mark_update(page)
    room = 2 * sum(map(len, signer.chain)) + _ROOM_BYTES * (2 if server is None else 4)
    made = _PdfSigner(meta, _FixedSigner(signer), timestamper=server, new_field_spec=field, moment=at)
    signed: bytes = asyncio.run(made.async_sign_pdf(writer, bytes_reserved=room)).getvalue()
    return signed


class _Writer(IncrementalPdfFileWriter):
    """Appends without chance and without a clock."""

    @classmethod
    def _handle_id(cls, prev: Any) -> Any:
        return prev.trailer["/ID"]

    def ensure_output_version(self, version: Any) -> None:
        """Stay what PDF/A-2 builds on, PDF 1.7; what is newer is named as an extension."""

    def _update_meta(self) -> None:
        """Keep the metadata of what is signed."""


class _PdfSigner(PdfSigner):
    """Signs at a given moment instead of now."""

    def __init__(self, *args: Any, moment: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._moment = moment

    def init_signing_session(self, *args: Any, **kwargs: Any) -> Any:
        session = super().init_signing_session(*args, **kwargs)
        session.system_time = self._moment
        return session


class _FixedSigner(SimpleSigner):
    """Gives the same signature for the same bytes, with EC keys too."""

    def __init__(self, signer: Signer) -> None:
        certificates = [x509.Certificate.load(each) for each in signer.chain]
        known = SimpleCertificateStore()
        known.register_multiple(certificates)
        super().__init__(certificates[0], keys.PrivateKeyInfo.load(signer.private_key), known)
        self._key = load_der_private_key(signer.private_key, password=None)

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        if digest_algorithm != "sha256":
            message = f"Signatures are made with SHA-256, not {digest_algorithm}."
            raise ValueError(message)
        if isinstance(self._key, RSAPrivateKey):
            return self._key.sign(data, PKCS1v15(), SHA256())
        if isinstance(self._key, EllipticCurvePrivateKey):
            return self._key.sign(data, ECDSA(SHA256(), deterministic_signing=True))
        message = "Only RSA and EC keys sign."
        raise TypeError(message)
