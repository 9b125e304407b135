"""The bare handler that search is held against: plain ASGI, the same statement, the same role, the same settings.

It knows no addresses, no councils and no gazetteers: the arguments that search would make of each text are given to it
in a file, so that what it measures is the server, the driver and the database alone.
"""

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from banksia.modules.property.queries.searching import SEARCH_BY_POSITION
from banksia.modules.property.service.searching.lean import POOL_SIZE

DATABASE, CALLS = "BANKSIA_BENCH_DATABASE", "BANKSIA_BENCH_CALLS"


async def _configure(connection: AsyncConnection) -> None:
    await connection.set_autocommit(True)
    connection.prepare_threshold = 0


class Bare:
    """The application."""

    def __init__(self, url: str, calls: dict[str, list[list[Any]]]) -> None:
        """Take the database and the arguments of every call, by text."""
        self.calls = calls
        self.pool = AsyncConnectionPool(url, min_size=1, max_size=POOL_SIZE, configure=_configure, open=False)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
            return
        text = parse_qs(scope["query_string"].decode("ascii"), keep_blank_values=True)["q"][0]
        found = "[]"
        async with self.pool.connection() as connection:
            for arguments in self.calls[text]:
                cursor = await connection.execute(SEARCH_BY_POSITION, arguments)
                row = await cursor.fetchone()
                found = row[1] if row else found
        body = b'{"results":' + found.encode() + b"}"
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _lifespan(self, receive: Any, send: Any) -> None:
        await receive()
        await self.pool.open()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self.pool.close()
        await send({"type": "lifespan.shutdown.complete"})


def application() -> Bare:
    """Made by the server's process."""
    return Bare(os.environ[DATABASE], json.loads(Path(os.environ[CALLS]).read_text("utf-8")))
