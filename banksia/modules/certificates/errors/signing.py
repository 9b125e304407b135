"""What can go wrong with a council's signing certificate."""

from datetime import datetime
from typing import Literal

from banksia.kit.errors import Conflict, Invalid


class SigningFileRefused(Invalid):
    """The file cannot sign certificates."""

    title = "This file cannot sign certificates"

    def __init__(self, message: str, field: Literal["pkcs12", "passphrase"]) -> None:
        """Say why, at the field."""
        super().__init__(f"{message} Nothing was saved.", errors=[{"field": field, "message": message}])


class SigningKeyCannotBeKept(Conflict):
    """There is nothing to seal the key with."""

    title = "Keys cannot be kept safely here"

    def __init__(self) -> None:
        """Say who can help."""
        super().__init__(
            "This installation has no secret key, so a signing key cannot be sealed. Nothing was saved. "
            "Its operator has to set BANKSIA_SECRET_KEY."
        )


class SigningCertificateEnded(Conflict):
    """Nothing is signed with a certificate that readers would call expired."""

    title = "The council's signing certificate has ended"

    def __init__(self, ended_at: datetime) -> None:
        """Say when, and the way out."""
        super().__init__(
            f"The council's signing certificate ended on {ended_at.day} {ended_at:%B %Y}, so nothing was issued. An "
            "administrator uploads its successor under Settings, Signing certificate, and then you issue again."
        )


class SigningKeyUnreadable(Conflict):
    """The installation's secret has changed since the key was sealed."""

    title = "The council's signing key cannot be opened"

    def __init__(self) -> None:
        """Say the way out."""
        super().__init__(
            "The council's signing key cannot be opened, because the installation's secret has changed. An "
            "administrator uploads the file again under Settings, Signing certificate. Nothing is lost."
        )
