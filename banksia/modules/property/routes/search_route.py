"""Search as a route that takes the lean way when it can, and the ordinary way otherwise.

The ordinary route stands unchanged beneath: it describes the endpoint, answers everything unusual (a parameter that
is wrong, a host that is unknown, a module that is switched off, a database that is away) and serves tests inside one
transaction.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qsl

import psycopg
import psycopg_pool
from fastapi.routing import APIRoute
from sqlalchemy.exc import SQLAlchemyError
from starlette.types import Receive, Scope, Send

from banksia.kit.errors import Problem
from banksia.kit.platform import CouncilHost, Platform
from banksia.modules.property.service.searching.lean import LeanSearch
from banksia.modules.property.service.searching.limits import allows

COUNCIL_KEPT_SECONDS = 2.0
MAX_TEXT, MAX_LIMIT, DEFAULT_LIMIT = 200, 50, 10
HEADERS = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]
_councils: dict[tuple[int, bytes], tuple[float, CouncilHost]] = {}
"""By platform and host; only hosts of councils get in, so it stays small."""


@asynccontextmanager
async def open_lean_search(app: Any) -> AsyncIterator[None]:
    """Open the lean way while the application serves; a platform bound to one connection has none."""
    platform: Platform = app.state.platform
    if platform.bind is not None:
        yield
        return
    async with LeanSearch.opened(platform) as search:
        app.state.property_search = search
        yield
        app.state.property_search = None


class SearchRoute(APIRoute):
    """The route of `GET /api/property/search`."""

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the usual search at once; leave everything else to the ordinary route."""
        body = await self._answer(scope)
        if body is None:
            await super().handle(scope, receive, send)
            return
        headers = [*HEADERS, (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _answer(self, scope: Scope) -> bytes | None:
        search: LeanSearch | None = getattr(scope["app"].state, "property_search", None)
        if search is None or scope["method"] != "GET":
            return None
        asked = _parameters(scope["query_string"])
        council = await self._council(search.platform, scope) if asked else None
        if asked is None or council is None or "property" not in council.enabled_modules:
            return None
        if not allows(search.platform.settings, scope["client"][0] if scope.get("client") else "unknown"):
            return None
        try:
            results = await search.find(council.id, *asked)
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
