"""Councils' signing certificates."""

import uuid

from sqlalchemy import Select, select

from banksia.modules.certificates.models import Issuance, SigningKey


def signing_keys_of(organisation_id: uuid.UUID) -> Select[SigningKey]:
    """Every signing certificate of the council, newest first."""
    return select(SigningKey).where(SigningKey.organisation_id == organisation_id).order_by(SigningKey.id.desc())


def signing_key_in_use(organisation_id: uuid.UUID) -> Select[SigningKey]:
    """The one that signs now."""
    return signing_keys_of(organisation_id).where(SigningKey.replaced_at.is_(None))


def signing_key_with_id(organisation_id: uuid.UUID, key_id: uuid.UUID) -> Select[SigningKey]:
    """One of them."""
    return signing_keys_of(organisation_id).where(SigningKey.id == key_id)


def signing_keys_left_over(organisation_id: uuid.UUID) -> Select[SigningKey]:
    """Those that were replaced, still have their private key, and that no decision to issue waits for."""
    waited_for = select(Issuance.signing_key_id).where(
        Issuance.organisation_id == organisation_id,
        Issuance.finished_at.is_(None),
        Issuance.signing_key_id.is_not(None),
    )
    return signing_keys_of(organisation_id).where(
        SigningKey.replaced_at.is_not(None), SigningKey.sealed_key.is_not(None), SigningKey.id.not_in(waited_for)
    )


def signing_keys_with_fingerprint(organisation_id: uuid.UUID, fingerprint: str) -> Select[SigningKey]:
    """The rows of one certificate that was uploaded before and still has its key."""
    return signing_keys_of(organisation_id).where(
        SigningKey.fingerprint == fingerprint, SigningKey.replaced_at.is_not(None), SigningKey.sealed_key.is_not(None)
    )
