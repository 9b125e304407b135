"""Which provider serves this installation; nothing else in the code names one."""

from functools import lru_cache

from banksia.foundation.payments.adapters.provider import Provider
from banksia.foundation.payments.adapters.stripe import StripeProvider
from banksia.kit.settings import Settings


def provider_for(settings: Settings) -> Provider | None:
    """The provider, or None when no key is set: then only the counter takes money."""
    secret_key = settings.stripe_secret_key.get_secret_value()
    if not secret_key:
        return None
    secrets = tuple(secret.get_secret_value() for secret in settings.stripe_webhook_secrets)
    return _stripe(secret_key, settings.stripe_api_base, secrets)


@lru_cache(maxsize=64)
def _stripe(secret_key: str, api_base: str, webhook_secrets: tuple[str, ...]) -> Provider:
    """One client per account and process: it keeps its connections open."""
    return StripeProvider(secret_key, api_base=api_base, webhook_secrets=webhook_secrets)
