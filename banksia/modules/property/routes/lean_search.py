"""Search as a route that takes the lean way when it can, and the ordinary way otherwise.

The ordinary route stands unchanged beneath: it describes the endpoint, answers everything unusual (a parameter that
is wrong, a host that is unknown, a module that is switched off, a database that is away) and serves tests inside one
transaction.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any
from urllib.parse import parse_qsl

import psycopg
import psycopg_pool
from sqlalchemy.exc import SQLAlchemyError
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

from banksia.kit.errors import Problem
from banksia.kit.platform import CouncilHost, Platform
from banksia.modules.property.service.searching.lean import LeanSearch
from banksia.modules.property.service.searching.limits import allows

COUNCIL_KEPT_SECONDS = 2.0
MAX_TEXT, MAX_LIMIT, DEFAULT_LIMIT = 200, 50, 10
_LEFT = "banksia.property.left_to_the_ordinary_route"
HEADERS = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]
_councils: dict[tuple[int, bytes], tuple[float, CouncilHost]] = {}
"""By platform and host; only hosts of councils get in, so it stays small."""


def lean_search(path: str, endpoint: Callable[..., Any]) -> Callable[[Any], AbstractAsyncContextManager[None]]:
    """The lifespan of the ordinary route's router: while the application serves, searches meet the lean route first."""

    @asynccontextmanager
    async def opened(app: Any) -> AsyncIterator[None]:
        platform: Platform = app.state.platform
        if platform.bind is not None:
            yield  # everything happens on one connection, whose transaction no other can see into
            return
        async with LeanSearch.opened(platform) as search:
            route = LeanRoute(path, endpoint, search)
            app.router.routes.insert(0, route)
            yield
            app.router.routes.remove(route)

    return opened


class LeanRoute(BaseRoute):
    """Answers the usual search at once; everything else goes on to the ordinary route."""

    def __init__(self, path: str, endpoint: Callable[..., Any], search: LeanSearch) -> None:
        """Take the ordinary route's path and function, for whose calls these count."""
        self.path, self.endpoint, self.search = path, endpoint, search

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Before all other routes: the many that stand before the ordinary one cost more than the search."""
        if scope["type"] == "http" and scope["path"] == self.path and scope["method"] == "GET" and _LEFT not in scope:
            return Match.FULL, {"endpoint": self.endpoint}
        return Match.NONE, {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or leave it to the ordinary route."""
        body = await self._answer(scope)
        if body is None:
            scope[_LEFT] = True
            await scope["router"](scope, receive, send)
            return
        scope["banksia.quiet"] = True
        headers = [*HEADERS, (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _answer(self, scope: Scope) -> bytes | None:
        platform = self.search.platform
        asked = _parameters(scope["query_string"])
        council = await self._council(platform, scope) if asked else None
        if asked is None or council is None or "property" not in council.enabled_modules:
            return None
        if not allows(platform.settings, scope["client"][0] if scope.get("client") else "unknown"):
            return None
        try:
            results = await self.search.find(council.id, *asked)
        except (psycopg.Error, psycopg_pool.PoolTimeout):
            return None
        return b'{"results":' + results.encode() + b"}"

    async def _council(self, platform: Platform, scope: Scope) -> CouncilHost | None:
        """The council of the host name, looked up away from the event loop and kept for a moment."""
        host = next((value for name, value in scope["headers"] if name == b"host"), b"")
        kept = _councils.get((id(platform), host))
        if kept and kept[0] > time.monotonic():
            return kept[1]
        if platform.find_council is None:
            return None
        try:
            council = await asyncio.to_thread(platform.find_council, platform, host.decode("latin-1"))
        except (Problem, SQLAlchemyError):
            return None
        _councils[id(platform), host] = (time.monotonic() + COUNCIL_KEPT_SECONDS, council)
        return council


def _parameters(query: bytes) -> tuple[str, int] | None:
    """Text and limit when they are as they should be."""
    given: dict[str, str] = {}
    try:
        for name, value in parse_qsl(query.decode("ascii"), keep_blank_values=True, strict_parsing=True):
            if name in given or name not in ("q", "limit"):
                return None
            given[name] = value
        limit = int(given.get("limit", DEFAULT_LIMIT))
    except (ValueError, UnicodeDecodeError):
        return None
    usual = "q" in given and len(given["q"]) <= MAX_TEXT and 1 <= limit <= MAX_LIMIT
    return (given["q"], limit) if usual else None
