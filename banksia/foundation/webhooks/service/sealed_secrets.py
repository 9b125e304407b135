"""The secrets that sign: made here, shown once, kept sealed."""

from sqlalchemy.orm import Session

from banksia.foundation.webhooks.adapters.signing import new_secret
from banksia.foundation.webhooks.errors import SecretKeyMissing
from banksia.foundation.webhooks.models import Endpoint
from banksia.kit import sealing
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of, platform_of

PURPOSE = "webhooks.secrets"


def make_secret(session: Session) -> tuple[str, str]:
    """A new secret as it is shown, and as it is kept; raises SecretKeyMissing."""
    plain = new_secret()
    try:
        return plain, sealing.seal(platform_of(session).settings, organisation_id_of(session), plain, purpose=PURPOSE)
    except sealing.NoSecretKey as error:
        raise SecretKeyMissing from error


def secrets_of(session: Session, endpoint: Endpoint) -> list[str]:
    """What signs now: the secret, and for a day after a change the one before. Raises sealing.SealBroken."""
    sealed = [endpoint.sealed_secret]
    if endpoint.sealed_old_secret and endpoint.old_secret_until and endpoint.old_secret_until > utc_now():
        sealed.append(endpoint.sealed_old_secret)
    settings = platform_of(session).settings
    return [sealing.unseal(settings, endpoint.organisation_id, each, purpose=PURPOSE) for each in sealed]
