"""The way to the library that signs, which takes a second to import: for those alone who sign."""

from datetime import datetime

from banksia.modules.certificates.adapters.certificate_signing.signer import Signed, Signer


def sign_pdf(content: bytes, signer: Signer, *, at: datetime, reason: str, timestamp_url: str = "") -> Signed:
    """Sign a PDF at a moment; call it outside any transaction when there is a time stamp server.

    When that server does not answer, the file is signed without its stamp and the log says so.
    """
    from banksia.modules.certificates.adapters.certificate_signing import pades  # noqa: PLC0415  (see above)

    return pades.sign(content, signer, at=at, reason=reason, timestamp_url=timestamp_url)


def try_signer(signer: Signer) -> None:
    """Read all that a signature needs and sign nothing in particular. Raises ValueError when that cannot be done."""
    from banksia.modules.certificates.adapters.certificate_signing import pades  # noqa: PLC0415  (the same)

    pades.attempt(signer)
