"""Signing certificates: a council's key as it comes in, and the signature that goes into a PDF."""

from banksia.modules.certificates.adapters.certificate_signing.keys import (
    KeyRefusedError,
    SigningKeyFile,
    make_own_key,
    open_pkcs12,
)
from banksia.modules.certificates.adapters.certificate_signing.signer import Signed, Signer
from banksia.modules.certificates.adapters.certificate_signing.signing import sign_pdf, try_signer

__all__ = [
    "KeyRefusedError",
    "Signed",
    "Signer",
    "SigningKeyFile",
    "make_own_key",
    "open_pkcs12",
    "sign_pdf",
    "try_signer",
]
