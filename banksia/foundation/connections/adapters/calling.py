"""Calling a module's server over HTTP: one pool of kept connections, to addresses that were judged, without threads.

A name is judged when it is looked up, and the address that was judged is the one that is called. No redirect is
followed, no cookie kept, no proxy of the environment asked.
"""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from banksia.foundation.webhooks.public import AddressRefused, Nearby, Target, resolve
from banksia.kit.settings import Settings

CONNECT_SECONDS = 3.0
KEPT_SECONDS = 3.0
"""How long an idle connection is kept: servers close theirs after five seconds or more, and a request that meets a
connection which is just being closed fails."""
NAMES_KEPT_SECONDS = 10
LONGEST_LINE = 16_384
_OURS = ("User-Agent", "Accept", "Accept-Encoding", "Content-Type")


class JudgingResolver(AbstractResolver):
    """Looks names up as the webhooks do, and refuses what may not be called.

    Whether a public address is called by http is not known here: it was refused when the module was registered.
    """

    def __init__(self, *, nearby: Nearby) -> None:
        """Take what may be called beside the public internet."""
        self._nearby = nearby

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_INET,  # noqa: ARG002  (of every family: each address is judged)
    ) -> list[ResolveResult]:
        """The addresses of a name; raises OSError, as the client expects, also for one that is refused."""
        target = Target(secure=True, host=host, port=port, path="/")
        look_up = partial(resolve, target, nearby=self._nearby)
        try:
            # Once in ten seconds for each name, and looking up knows no other way than to wait.
            addresses = await asyncio.get_running_loop().run_in_executor(None, look_up)
        except AddressRefused as refused:
            raise OSError(str(refused)) from refused
        return [_result(host, address, port) for address in addresses]

    async def close(self) -> None:
        """Nothing is kept."""


def _result(host: str, address: str, port: int) -> ResolveResult:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=socket.AI_NUMERICHOST)


@asynccontextmanager
async def open_client(*, nearby: Nearby) -> AsyncIterator[aiohttp.ClientSession]:
    """The client of one process and event loop; its connections end with the block."""
    connector = aiohttp.TCPConnector(
        resolver=JudgingResolver(nearby=nearby),
        ttl_dns_cache=NAMES_KEPT_SECONDS,
        keepalive_timeout=KEPT_SECONDS,
        limit=0,  # each module has its own bound, so that one does not wait for another
    )
    async with aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
        trust_env=False,
        raise_for_status=False,
        skip_auto_headers=_OURS,
        max_line_size=LONGEST_LINE,
        max_field_size=LONGEST_LINE,
        # What is longer than this is bounded by whoever calls, who knows what the module may take.
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_SECONDS, connect=CONNECT_SECONDS * 2),
    ) as client:
        yield client


def nearby_of(settings: Settings) -> Nearby:
    """Where modules may be beside the public internet."""
    return Nearby(settings.webhooks_to_this_machine, tuple(settings.module_networks))


@dataclass(frozen=True)
class Kept:
    """The client of a process; its connections belong to one event loop."""

    client: aiohttp.ClientSession
    loop: asyncio.AbstractEventLoop


@asynccontextmanager
async def client_of(app: Any) -> AsyncIterator[aiohttp.ClientSession]:
    """The client of the process; one for this call alone where the application was not started as servers do."""
    kept: Kept | None = getattr(app.state, "module_client", None)
    if kept is not None and kept.loop is asyncio.get_running_loop():
        yield kept.client
        return
    async with open_client(nearby=nearby_of(app.state.platform.settings)) as own:
        yield own


def written(url: str) -> URL:
    """An address as it stands: nothing in it is written another way."""
    return URL(url, encoded=True)
