"""What a module proves itself with, and what signs the events that are sent to it: made here and shown once."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from banksia.foundation.connections.errors import ConnectionSecretsNotKept
from banksia.foundation.connections.models import Connection
from banksia.foundation.webhooks.public import new_secret
from banksia.kit import sealing
from banksia.kit.clock import utc_now
from banksia.kit.database import platform_of

PURPOSE = "connections.webhook_secrets"
OLD_SECRET_STAYS = timedelta(hours=24)


@dataclass(frozen=True)
class Secrets:
    """As they are shown, this once."""

    client_id: str
    client_secret: str
    webhook_secret: str


def give_secrets(session: Session, connection: Connection) -> Secrets:
    """New secrets for a connection; the old client secret ends now, the one that signs goes on for 24 hours.

    Raises ConnectionSecretsNotKept.
    """
    client_secret, webhook_secret = f"bcs_{secrets.token_urlsafe(32)}", new_secret()
    settings = platform_of(session).settings
    try:
        sealed = sealing.seal(settings, connection.organisation_id, webhook_secret, purpose=PURPOSE)
    except sealing.NoSecretKey as error:
        raise ConnectionSecretsNotKept from error
    if connection.sealed_webhook_secret:
        connection.sealed_old_webhook_secret = connection.sealed_webhook_secret
        connection.old_webhook_secret_until = utc_now() + OLD_SECRET_STAYS
    connection.client_id = connection.client_id or f"bci_{secrets.token_urlsafe(16)}"
    connection.client_secret_hash = sealing.hash_token(client_secret)
    connection.sealed_webhook_secret = sealed
    return Secrets(connection.client_id, client_secret, webhook_secret)


def forget_secrets(connection: Connection) -> None:
    """Leave a connection nothing to prove itself with."""
    connection.client_secret_hash = connection.sealed_webhook_secret = None
    connection.sealed_old_webhook_secret = connection.old_webhook_secret_until = None


def webhook_secrets_of(session: Session, connection: Connection) -> list[str]:
    """What signs now: the secret, and for a day after a change the one before. Raises sealing.SealBroken."""
    sealed = [connection.sealed_webhook_secret] if connection.sealed_webhook_secret else []
    until = connection.old_webhook_secret_until
    if connection.sealed_old_webhook_secret and until and until > utc_now():
        sealed.append(connection.sealed_old_webhook_secret)
    settings = platform_of(session).settings
    return [sealing.unseal(settings, connection.organisation_id, each, purpose=PURPOSE) for each in sealed]
