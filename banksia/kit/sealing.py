"""Sealing secrets with the installation's own, so that a copy of the database opens nothing.

Only what has to be read again is sealed: a key to sign or call with. What is only ever compared is kept as a hash.
"""

import base64
import hashlib
import os
import uuid

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from banksia.kit.settings import Settings

_VERSION = "v1:"
_NONCE_BYTES = 12


class SealBroken(Exception):  # noqa: N818 - a state of the world, not a mistake of ours
    """What was sealed cannot be opened: the installation's secret has changed, or the value was moved or altered."""


class NoSecretKey(Exception):  # noqa: N818 - the same
    """The installation has no secret key to seal with."""


def hash_token(token: str) -> str:
    """What the database keeps of a token that we gave out: at 128 random bits and more a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def seal(settings: Settings, organisation_id: uuid.UUID, plain: str, *, purpose: str) -> str:
    """Seal a text for one council and one purpose, such as `payments.provider_keys`. Raises NoSecretKey."""
    nonce = os.urandom(_NONCE_BYTES)
    sealed = _cipher(settings, purpose).encrypt(nonce, plain.encode(), organisation_id.bytes)
    return _VERSION + base64.urlsafe_b64encode(nonce + sealed).decode()


def unseal(settings: Settings, organisation_id: uuid.UUID, sealed: str, *, purpose: str) -> str:
    """Open what was sealed for this council and purpose, and for no other. Raises SealBroken."""
    try:
        raw = base64.urlsafe_b64decode(sealed.removeprefix(_VERSION))
        return (
            _cipher(settings, purpose).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], organisation_id.bytes).decode()
        )
    except (InvalidTag, ValueError, NoSecretKey) as error:
        raise SealBroken from error


def _cipher(settings: Settings, purpose: str) -> AESGCM:
    secret = settings.secret_key.get_secret_value()
    if not secret:
        raise NoSecretKey
    # What seals for one purpose opens nothing of another: each has a key of its own, derived from the secret.
    derived = HKDF(SHA256(), length=32, salt=None, info=f"banksia.{purpose}".encode()).derive(secret.encode())
    return AESGCM(derived)
