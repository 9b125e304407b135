"""The fake Stripe as one ASGI application."""

import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool

from banksia.foundation.payments.adapters.fake_stripe.admin import admin_routes
from banksia.foundation.payments.adapters.fake_stripe.api import api_route
from banksia.foundation.payments.adapters.fake_stripe.deliveries import Deliverer
from banksia.foundation.payments.adapters.fake_stripe.hosted import pay_route
from banksia.foundation.payments.adapters.fake_stripe.store import Store
from banksia.foundation.payments.adapters.fake_stripe.world import DEFAULT_RETRIES_S, World

DEMO_KEY = "sk_test_banksia_demo"
"""The only secret key that the fake accepts unless told otherwise. It opens nothing but the fake."""


def create_fake_stripe(
    state_path: Path,
    webhook_url: str,
    webhook_secrets: Sequence[str],
    *,
    page_url: str,
    api_keys: Sequence[str] = (DEMO_KEY,),
    clock: Callable[[], float] = time.time,
    retry_delays_s: Sequence[float] = DEFAULT_RETRIES_S,
) -> Starlette:
    """A stateful stand-in for Stripe, for demonstrations and tests.

    ``state_path`` is its SQLite file; ``webhook_url`` receives signed events (empty: none are sent);
    ``page_url`` is where a browser reaches this server. Serve it with one process.
    """
    world = World(
        store=Store(state_path),
        webhook_url=webhook_url,
        webhook_secrets=tuple(webhook_secrets),
        page_url=page_url.rstrip("/"),
        api_keys=tuple(api_keys),
        clock=clock,
        retry_delays_s=tuple(retry_delays_s),
    )
    deliverer = Deliverer(world)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        deliverer.start()
        yield
        await run_in_threadpool(deliverer.stop)
        world.store.close()

    return Starlette(routes=[api_route(world), pay_route(world), *admin_routes(world)], lifespan=lifespan)
