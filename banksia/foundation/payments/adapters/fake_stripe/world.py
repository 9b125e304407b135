"""What every part of the fake needs to know: its store, its clock and its settings."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from banksia.foundation.payments.adapters.fake_stripe.store import Store

ACCOUNT = "acct_1BanksiaDemo"
API_VERSION = "2026-10-28.endive"
DEFAULT_RETRIES_S: tuple[float, ...] = (1, 5, 30, 120, 600)


@dataclass(frozen=True)
class World:
    """One fake Stripe account."""

    store: Store
    webhook_url: str
    webhook_secrets: Sequence[str]
    page_url: str
    """Where the hosted page is reached by a browser, without a trailing slash."""
    api_keys: Sequence[str]
    clock: Callable[[], float] = time.time
    retry_delays_s: Sequence[float] = field(default=DEFAULT_RETRIES_S)
    """Waits before each further delivery of a webhook that was not answered with 2xx."""

    def now(self) -> int:
        """Seconds since 1970, as all of Stripe's times are."""
        return int(self.clock())
