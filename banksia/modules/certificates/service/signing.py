"""Which key signs a certificate, and the bytes of one that is signed."""

import base64
import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import current_organisation, module_settings
from banksia.foundation.storage.public import StoredObject, find_object, put_bytes
from banksia.kit import sealing
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions, organisation_id_of, platform_of
from banksia.modules.certificates.adapters.certificate_pdf import SignedBy
from banksia.modules.certificates.adapters.certificate_signing import Signer, make_own_key, sign_pdf
from banksia.modules.certificates.errors.signing import (
    SigningCertificateEnded,
    SigningKeyCannotBeKept,
    SigningKeyUnreadable,
)
from banksia.modules.certificates.models import Issuance, SigningKey
from banksia.modules.certificates.queries.certificates import issuance_with_id
from banksia.modules.certificates.queries.signing import signing_key_in_use, signing_key_with_id
from banksia.modules.certificates.schemas.signing import SignerRead
from banksia.modules.certificates.service.signing_keys import PURPOSE, key_row, note_saved
from banksia.modules.certificates.settings import CertificatesSettings


@dataclass(frozen=True)
class Signing:
    """Everything that one signature depends on."""

    issuance_id: uuid.UUID
    number: str
    issued_at: datetime
    signer: Signer


def key_for_issuing(session: Session, actor: Actor) -> SigningKey | None:
    """The key that signs what is decided now; None when the council does not sign.

    It stays what it is until the decision is committed. In the demo a council without one gets one of its own make.
    Raises SigningCertificateEnded, SigningKeyUnreadable.
    """
    if not module_settings(session, CertificatesSettings).signs_certificates:
        return None
    in_use = signing_key_in_use(organisation_id_of(session)).with_for_update(read=True)
    key = session.scalar(in_use)
    if key is None and platform_of(session).settings.environment == "demo":
        _make_own(session, actor)
        key = session.scalar(in_use)
    if key is None:
        return None
    if key.valid_until <= utc_now():
        raise SigningCertificateEnded(key.valid_until)
    _private_key(session, key)
    return key


def signed_by(key: SigningKey) -> SignedBy:
    """What the paper and the kept document say of the signature."""
    return SignedBy(key.subject, key.fingerprint)


def signing_of(session: Session, issuance: Issuance) -> Signing | None:
    """What signs an issuance; None when it was decided without. Raises SigningKeyUnreadable."""
    if issuance.signing_key_id is None:
        return None
    key = session.scalars(signing_key_with_id(issuance.organisation_id, issuance.signing_key_id)).one()
    signer = Signer(
        name=current_organisation(session).name,
        private_key=_private_key(session, key),
        chain=tuple(base64.b64decode(each) for each in key.chain),
    )
    return Signing(issuance.id, issuance.number, issuance.issued_at, signer)


def store_certificate(transactions: Transactions, content: bytes, signing: Signing | None) -> StoredObject:
    """Sign and store a certificate; call it outside any transaction.

    The same content and key give the same object. With a time stamp they would not, so then the object that was stored
    first is kept with the issuance and stays the only one.
    """
    if signing is None:
        return put_bytes(transactions, content)
    signed = sign_pdf(
        content,
        signing.signer,
        at=signing.issued_at,
        reason=f"Certificate {signing.number}",
        timestamp_url=transactions.platform.settings.timestamp_url,
    )
    stored = put_bytes(transactions, signed.content)
    if not signed.is_timestamped:
        return stored
    with transactions() as session:
        issuance = session.scalars(
            issuance_with_id(organisation_id_of(session), signing.issuance_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        ).one()
        issuance.object_id = issuance.object_id or stored.id
        return find_object(session, issuance.object_id) or stored


def signer_read(session: Session, key_id: uuid.UUID | None) -> SignerRead | None:
    """Who signed, as the public may know it."""
    if key_id is None:
        return None
    key = session.scalars(signing_key_with_id(organisation_id_of(session), key_id)).one()
    return SignerRead(
        subject=key.subject,
        issuer=key.issuer,
        fingerprint=key.fingerprint,
        valid_from=key.valid_from,
        valid_until=key.valid_until,
        is_own_make=key.is_own_make,
    )


def _private_key(session: Session, key: SigningKey) -> bytes:
    try:
        plain = sealing.unseal(
            platform_of(session).settings, key.organisation_id, key.sealed_key or "", purpose=PURPOSE
        )
    except sealing.SealBroken as error:
        raise SigningKeyUnreadable from error
    return base64.b64decode(plain)


def _make_own(session: Session, actor: Actor) -> None:
    """Make a key of our own once; of two that are made at the same moment the first is kept."""
    now = utc_now()
    opened = make_own_key(f"{current_organisation(session).name} (demo)", now=now)
    try:
        key = key_row(session, opened, set_by_name="Banksia", is_own_make=True)
    except SigningKeyCannotBeKept:
        return
    values = {column.key: getattr(key, column.key) for column in SigningKey.__table__.columns}
    made = session.execute(
        insert(SigningKey)
        .values(values)
        .on_conflict_do_nothing(index_elements=["organisation_id"], index_where=SigningKey.replaced_at.is_(None))
        .returning(SigningKey.id)
    ).scalar()
    if made:
        note_saved(session, actor, key)
