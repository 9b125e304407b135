"""Who sends a request to a remote module: at most one look-up, on a connection given back before the module is asked.

Who only reads was looked up at most two seconds ago; who changes something is looked up each time, with the proof that
the request comes from our own pages. Signing out is known at once in this process.
"""

import hashlib
import time
import uuid
from collections import OrderedDict

import psycopg
import psycopg_pool
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from banksia.foundation.auth.public import RECOGNISED, SAFE_METHODS, SESSION_COOKIE, LeanSessions
from banksia.foundation.connections.service.knowing import Known
from banksia.kit.actor import Actor
from banksia.kit.platform import Platform

KEPT_SECONDS, MOST_KEPT = 2.0, 4096
PER_SECOND, BURST, MOST_CALLERS = 50.0, 200.0, 10_000
RATES, LEAN = "connections.rates", "connections.lean"


async def recognise(platform: Platform, known: Known, request: Request) -> Actor:
    """The actor; raises what `platform.authenticate` raises, such as ForgedRequest."""
    organisation_id = known.council.id
    bearer = "authorization" in request.headers
    cookie = request.cookies.get(SESSION_COOKIE)
    if not bearer and not cookie:
        return Actor.guest(organisation_id)
    if bearer or not cookie or platform.bind is not None:
        return await _look_up(platform, organisation_id, request)
    if request.method not in SAFE_METHODS:
        return await _find(platform, known, request, cookie)
    kept: OrderedDict[bytes, tuple[float, Actor]] = platform.kept.setdefault(RECOGNISED, OrderedDict())
    key = hashlib.sha256(organisation_id.bytes + cookie.encode()).digest()
    found = kept.get(key)
    now = time.monotonic()
    if found is not None and found[0] > now:
        return found[1]
    actor = await _find(platform, known, request, cookie)
    # Signing out drops the whole of what is kept: what was looked up before that goes into nothing.
    if actor.kind != "guest":
        kept.pop(key, None)
        kept[key] = (now + KEPT_SECONDS, actor)
        while len(kept) > MOST_KEPT:
            kept.popitem(last=False)
    return actor


async def _find(platform: Platform, known: Known, request: Request, cookie: str) -> Actor:
    """The lean way where it is open and nothing is unusual, else the ordinary one."""
    organisation_id = known.council.id
    lean: LeanSessions | None = platform.kept.get(LEAN)
    if lean is not None:
        try:
            found = await lean.find(organisation_id, cookie)
        except (psycopg.Error, psycopg_pool.PoolTimeout, psycopg_pool.PoolClosed):
            return await _look_up(platform, organisation_id, request)
        if found is None:
            return Actor.guest(organisation_id)
        if not found.is_due:
            return found.actor(organisation_id, request, known.permissions)
    return await _look_up(platform, organisation_id, request)


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
