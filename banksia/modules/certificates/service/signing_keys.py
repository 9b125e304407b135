"""A council's signing certificate: tested before it is saved, its key sealed, replaced ones kept as proof."""

import base64
from datetime import timedelta
from urllib.parse import urlsplit

from cryptography.x509 import DuplicateExtension
from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.organisations.public import module_settings
from banksia.kit import sealing
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions, organisation_id_of, platform_of
from banksia.kit.models import new_id
from banksia.modules.certificates.adapters.certificate_signing import (
    KeyRefusedError,
    Signer,
    SigningKeyFile,
    open_pkcs12,
    try_signer,
)
from banksia.modules.certificates.errors.signing import SigningFileRefused, SigningKeyCannotBeKept
from banksia.modules.certificates.models import SigningKey
from banksia.modules.certificates.queries.signing import (
    signing_key_in_use,
    signing_keys_left_over,
    signing_keys_of,
    signing_keys_with_fingerprint,
)
from banksia.modules.certificates.schemas.signing import SigningCertificateRead, SigningRead
from banksia.modules.certificates.settings import CertificatesSettings

PURPOSE = "certificates.signing_keys"
WARN_BEFORE_END = timedelta(days=60)
MOST_EARLIER = 50


def read_signing(session: Session) -> SigningRead:
    """Whether new certificates are signed and with what, without any key."""
    keys = session.scalars(signing_keys_of(organisation_id_of(session)).limit(MOST_EARLIER + 1)).all()
    in_use = next((each for each in keys if each.replaced_at is None), None)
    wanted, now = module_settings(session, CertificatesSettings).signs_certificates, utc_now()
    return SigningRead(
        is_signing=wanted and in_use is not None and in_use.valid_until > now,
        is_wanted=wanted,
        ends_soon=in_use is not None and in_use.valid_until <= now + WARN_BEFORE_END,
        has_ended=in_use is not None and in_use.valid_until <= now,
        in_use=_read(in_use) if in_use else None,
        earlier=[_read(each) for each in keys if each.replaced_at is not None][:MOST_EARLIER],
        timestamp_server=urlsplit(platform_of(session).settings.timestamp_url).hostname,
    )


def save_signing_certificate(transactions: Transactions, *, pkcs12: str, passphrase: str) -> SigningRead:
    """Test a file (PKCS#12, in base64), then seal and use it; call it outside any transaction.

    The one before is kept without its key, unless something that was decided still waits for its signature. Raises
    SigningFileRefused, SigningKeyCannotBeKept.
    """
    opened = _opened(pkcs12, passphrase)
    with transactions() as session:
        organisation_id, actor = organisation_id_of(session), transactions.actor
        before = session.scalar(signing_key_in_use(organisation_id).with_for_update())
        if before is not None:
            before.replaced_at = utc_now()
            session.flush()
        key = key_row(session, opened, set_by_name=actor.name, is_own_make=False)
        session.add(key)
        for same in session.scalars(signing_keys_with_fingerprint(organisation_id, key.fingerprint)):
            # What still waits for this key can be signed again, although the installation's secret was changed.
            same.sealed_key = key.sealed_key
        session.flush()
        forget_left_over(session)
        note_saved(session, actor, key)
        return read_signing(session)


def key_row(session: Session, opened: SigningKeyFile, *, set_by_name: str, is_own_make: bool) -> SigningKey:
    """A row for a key, sealed for the session's council. Raises SigningKeyCannotBeKept."""
    organisation_id = organisation_id_of(session)
    plain = base64.b64encode(opened.private_key).decode()
    try:
        sealed = sealing.seal(platform_of(session).settings, organisation_id, plain, purpose=PURPOSE)
    except sealing.NoSecretKey as error:
        raise SigningKeyCannotBeKept from error
    return SigningKey(
        id=new_id(),
        organisation_id=organisation_id,
        sealed_key=sealed,
        chain=[base64.b64encode(each).decode() for each in opened.chain],
        fingerprint=opened.fingerprint,
        subject=opened.subject,
        issuer=opened.issuer,
        serial=opened.serial,
        key_kind=opened.key_kind,
        valid_from=opened.valid_from,
        valid_until=opened.valid_until,
        is_own_make=is_own_make,
        set_by_name=set_by_name,
        created_at=utc_now(),
    )


def forget_left_over(session: Session) -> None:
    """Take the private keys away that were replaced and that nothing waits for."""
    for each in session.scalars(signing_keys_left_over(organisation_id_of(session))):
        each.sealed_key = None
    session.flush()


def note_saved(session: Session, actor: Actor, key: SigningKey) -> None:
    """Record who took which certificate into use."""
    detail = {"subject": key.subject, "fingerprint": key.fingerprint, "valid_until": key.valid_until.isoformat()}
    audit.record(session, actor, "certificates.signing_certificate_saved", subject=key, detail=detail)


def _opened(pkcs12: str, passphrase: str) -> SigningKeyFile:
    try:
        content = base64.b64decode("".join(pkcs12.split()), validate=True)
    except ValueError as error:
        message = "The file did not arrive whole. Choose it again."
        raise SigningFileRefused(message, "pkcs12") from error
    try:
        opened = open_pkcs12(content, passphrase, now=utc_now())
        try_signer(Signer("", opened.private_key, opened.chain))
    except KeyRefusedError as error:
        raise SigningFileRefused(str(error), error.field) from error
    except (ValueError, DuplicateExtension) as error:
        message = "A certificate in the file cannot be read. Ask its issuer for the file again."
        raise SigningFileRefused(message, "pkcs12") from error
    return opened


def _read(key: SigningKey) -> SigningCertificateRead:
    return SigningCertificateRead(
        subject=key.subject,
        issuer=key.issuer,
        fingerprint=key.fingerprint,
        valid_from=key.valid_from,
        valid_until=key.valid_until,
        is_own_make=key.is_own_make,
        serial=key.serial,
        key_kind=key.key_kind,
        saved_at=key.created_at,
        set_by_name=key.set_by_name,
        replaced_at=key.replaced_at,
    )
