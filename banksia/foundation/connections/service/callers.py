"""Who sends a request to a remote module: at most one look-up, on a connection given back before the module is asked.

Who only reads was looked up at most two seconds ago; who changes something is looked up each time, with the proof that
the request comes from our own pages. Signing out is known at once in this process.
"""

import hashlib
import time
import uuid
from collections import OrderedDict

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from banksia.foundation.auth.public import RECOGNISED, SAFE_METHODS, SESSION_COOKIE
from banksia.kit.actor import Actor
from banksia.kit.platform import Platform

KEPT_SECONDS, MOST_KEPT = 2.0, 4096
PER_SECOND, BURST, MOST_CALLERS = 50.0, 200.0, 10_000
RATES = "connections.rates"


async def recognise(platform: Platform, organisation_id: uuid.UUID, request: Request) -> Actor:
    """The actor; raises what `platform.authenticate` raises, such as ForgedRequest."""
    bearer = "authorization" in request.headers
    cookie = request.cookies.get(SESSION_COOKIE)
    if not bearer and not cookie:
        return Actor.guest(organisation_id)
    if bearer or platform.bind is not None or request.method not in SAFE_METHODS:
        return await _look_up(platform, organisation_id, request)
    kept: OrderedDict[bytes, tuple[float, Actor]] = platform.kept.setdefault(RECOGNISED, OrderedDict())
    key = hashlib.sha256(organisation_id.bytes + (cookie or "").encode()).digest()
    found = kept.get(key)
    now = time.monotonic()
    if found is not None and found[0] > now:
        return found[1]
    actor = await _look_up(platform, organisation_id, request)
    # Signing out drops the whole of what is kept: what was looked up before that goes into nothing.
    if actor.kind != "guest":
        kept.pop(key, None)
        kept[key] = (now + KEPT_SECONDS, actor)
        while len(kept) > MOST_KEPT:
            kept.popitem(last=False)
    return actor


async def _look_up(platform: Platform, organisation_id: uuid.UUID, request: Request) -> Actor:
    async with platform.turns.one():
        return await run_in_threadpool(_authenticate, platform, organisation_id, request)


def _authenticate(platform: Platform, organisation_id: uuid.UUID, request: Request) -> Actor:
    if platform.authenticate is None:
        message = "The platform was made without a way to sign in."
        raise RuntimeError(message)
    with platform.database.session(organisation_id) as session:
        return platform.authenticate(session, request)


def allows(platform: Platform, caller: str, *, now: float | None = None) -> bool:
    """Whether the caller may ask now; counted in this process, for a request that only reads writes nothing."""
    if platform.settings.rate_limits == "off":
        return True
    buckets: OrderedDict[str, tuple[float, float]] = platform.kept.setdefault(RATES, OrderedDict())
    at = time.monotonic() if now is None else now
    left, since = buckets.pop(caller, (BURST, at))
    left = min(BURST, left + (at - since) * PER_SECOND)
    allowed = left >= 1
    buckets[caller] = (left - 1 if allowed else left, at)
    while len(buckets) > MOST_CALLERS:
        buckets.popitem(last=False)
    return allowed
