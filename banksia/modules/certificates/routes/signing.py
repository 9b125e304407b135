"""The council's signing certificate."""

from banksia.kit.routing import Router, SessionDep, TransactionsDep
from banksia.modules.certificates import permissions
from banksia.modules.certificates.errors.signing import SigningFileRefused, SigningKeyCannotBeKept
from banksia.modules.certificates.schemas.signing import SigningCertificateUpdate, SigningRead
from banksia.modules.certificates.service import signing_keys

signing = Router(prefix="/signing-certificate")


@signing.get("", permission=permissions.SIGNING_MANAGE)
def read_signing(session: SessionDep) -> SigningRead:
    """Whether new certificates are signed and with what; the key is never shown."""
    return signing_keys.read_signing(session)


@signing.put(
    "",
    permission=permissions.SIGNING_MANAGE,
    transactions=True,
    raises=[SigningFileRefused, SigningKeyCannotBeKept],
)
def save_signing_certificate(transactions: TransactionsDep, body: SigningCertificateUpdate) -> SigningRead:
    """Test a signing certificate with its key, and sign with it from now on."""
    return signing_keys.save_signing_certificate(
        transactions, pkcs12=body.pkcs12.get_secret_value(), passphrase=body.passphrase.get_secret_value()
    )
