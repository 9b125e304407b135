"""Which provider serves whom; nothing else in the code names one."""

from dataclasses import dataclass, field
from functools import lru_cache

from banksia.foundation.payments.adapters.provider import Provider
from banksia.foundation.payments.adapters.stripe import StripeProvider
from banksia.kit.settings import Settings

PROVIDER = StripeProvider.name
"""The only one so far: what our rows call it."""


@dataclass(frozen=True)
class Keys:
    """What opens one account; never printed."""

    secret_key: str = field(repr=False)
    webhook_secrets: tuple[str, ...] = field(repr=False)


def provider_for(settings: Settings) -> Provider | None:
    """The provider with the installation's own keys, or None when it has none.

    Services ask `provider_of`, which takes a council's own keys before these.
    """
    secret_key = settings.stripe_secret_key.get_secret_value()
    if not secret_key:
        return None
    secrets = tuple(secret.get_secret_value() for secret in settings.stripe_webhook_secrets)
    return provider_with(settings, Keys(secret_key, secrets))


def provider_with(settings: Settings, keys: Keys) -> Provider:
    """The provider with these keys."""
    return _stripe(keys, settings.stripe_api_base)


@lru_cache(maxsize=64)
def _stripe(keys: Keys, api_base: str) -> Provider:
    """One client per account and process: it keeps its connections open."""
    return StripeProvider(keys.secret_key, api_base=api_base, webhook_secrets=keys.webhook_secrets)
