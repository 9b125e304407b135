"""Sealing a council's keys with the installation's secret, so that a copy of the database opens nothing."""

import base64
import os
import uuid

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from banksia.foundation.payments.errors.provider import SecretKeyMissing
from banksia.kit.settings import Settings

_VERSION = "v1:"
_NONCE_BYTES = 12


class SealBroken(Exception):  # noqa: N818 - a state of the world, not a mistake of ours
    """What was sealed cannot be opened: the installation's secret has changed, or the value was moved or altered."""


def seal(settings: Settings, organisation_id: uuid.UUID, plain: str) -> str:
    """Seal a text for one council. Raises SecretKeyMissing."""
    nonce = os.urandom(_NONCE_BYTES)
    sealed = _cipher(settings).encrypt(nonce, plain.encode(), organisation_id.bytes)
    return _VERSION + base64.urlsafe_b64encode(nonce + sealed).decode()


def unseal(settings: Settings, organisation_id: uuid.UUID, sealed: str) -> str:
    """Open what was sealed for this council, and for no other. Raises SealBroken."""
    try:
        raw = base64.urlsafe_b64decode(sealed.removeprefix(_VERSION))
        return _cipher(settings).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], organisation_id.bytes).decode()
    except (InvalidTag, ValueError, SecretKeyMissing) as error:
        raise SealBroken from error


def _cipher(settings: Settings) -> AESGCM:
    secret = settings.secret_key.get_secret_value()
    if not secret:
        raise SecretKeyMissing
    # The secret signs other things as well: what seals is derived from it for this purpose alone.
    derived = HKDF(SHA256(), length=32, salt=None, info=b"banksia.payments.provider_keys").derive(secret.encode())
    return AESGCM(derived)
