"""Sealing a council's keys at the payment provider."""

import uuid

from banksia.foundation.payments.errors.provider import SecretKeyMissing
from banksia.kit import sealing
from banksia.kit.sealing import NoSecretKey, SealBroken
from banksia.kit.settings import Settings

__all__ = ["SealBroken", "seal", "unseal"]

PURPOSE = "payments.provider_keys"


def seal(settings: Settings, organisation_id: uuid.UUID, plain: str) -> str:
    """Seal a text for one council. Raises SecretKeyMissing."""
    try:
        return sealing.seal(settings, organisation_id, plain, purpose=PURPOSE)
    except NoSecretKey as error:
        raise SecretKeyMissing from error


def unseal(settings: Settings, organisation_id: uuid.UUID, sealed: str) -> str:
    """Open what was sealed for this council, and for no other. Raises SealBroken."""
    return sealing.unseal(settings, organisation_id, sealed, purpose=PURPOSE)
