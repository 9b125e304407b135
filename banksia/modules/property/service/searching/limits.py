"""How fast one client may search: counted per process, for searching writes nothing."""

import time
from collections import OrderedDict

from banksia.foundation.auth.public import counted_address
from banksia.kit.settings import Settings
from banksia.modules.property.errors import TooManySearches

PER_SECOND = 20.0
BURST = 60.0
"""A person types five letters a second; several people can share one address."""
_MAX_CLIENTS = 10_000

_buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()


def allows(settings: Settings, client: str, *, cost: float = 1, now: float | None = None) -> bool:
    """Whether the client may search now; takes what the search costs from what it has left."""
    if settings.rate_limits == "off":
        return True
    client, at = counted_address(client), time.monotonic() if now is None else now
    left, since = _buckets.pop(client, (BURST, at))
    left = min(BURST, left + (at - since) * PER_SECOND)
    allowed = left >= cost
    _buckets[client] = (left - cost if allowed else left, at)
    while len(_buckets) > _MAX_CLIENTS:
        _buckets.popitem(last=False)
    return allowed


def refuse_too_many(settings: Settings, client: str, *, cost: float = 1) -> None:
    """Take what a search costs from what the client has left; raises TooManySearches when that is nothing."""
    if not allows(settings, client, cost=cost):
        raise TooManySearches
