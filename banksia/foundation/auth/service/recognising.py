"""Whose session a browser has, found on the event loop: for requests that go on to other servers and hold nothing.

It says the same as `authenticate_browser`, in one round trip and without a thread: threads that take turns with a busy
event loop wait for each other longer than the database takes. What is unusual is left to the ordinary way.
"""

import uuid
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from psycopg import AsyncClientCursor, AsyncConnection
from psycopg_pool import AsyncConnectionPool
from starlette.requests import Request

from banksia.foundation.auth.queries import FIND_SESSION
from banksia.foundation.auth.service.sessions import SAFE_METHODS, SEEN_EVERY, refuse_forged
from banksia.kit.actor import Actor, Permission
from banksia.kit.clock import utc_now
from banksia.kit.platform import Platform
from banksia.kit.sealing import hash_token

POOL_SIZE = 4
PATIENCE_SECONDS = 2.0
"""A request that waits longer for a connection takes the ordinary way, which can say that the database is away."""


@dataclass(frozen=True)
class FoundSession:
    """A session that lives, and whose it is."""

    session_id: uuid.UUID
    csrf_token: str
    last_seen_at: datetime
    user_id: uuid.UUID
    kind: str
    name: str
    email: str
    roles: list[str]

    @property
    def is_due(self) -> bool:
        """Whether it has to be noted that the session is used, which the ordinary way does."""
        return utc_now() - self.last_seen_at > SEEN_EVERY

    def actor(self, organisation_id: uuid.UUID, request: Request, permissions: Mapping[str, Permission]) -> Actor:
        """Who acts, with what their roles have of these permissions; raises ForgedRequest."""
        if request.method not in SAFE_METHODS:
            refuse_forged(request, self.csrf_token)
        roles = frozenset(self.roles)
        return Actor(
            organisation_id=organisation_id,
            kind="staff" if self.kind == "staff" else "customer",
            user_id=self.user_id,
            name=self.name,
            email=self.email,
            roles=roles,
            permissions=frozenset(name for name, each in permissions.items() if not roles.isdisjoint(each.roles)),
            session_id=self.session_id,
        )


@dataclass(frozen=True)
class LeanSessions:
    """Looks sessions up for every council of a process."""

    pool: AsyncConnectionPool[AsyncConnection]

    @classmethod
    @asynccontextmanager
    async def opened(cls, platform: Platform) -> AsyncIterator["LeanSessions"]:
        """Open the connections; the process starts even while the database is away."""
        pool = AsyncConnectionPool(
            platform.settings.database_url,
            min_size=1,
            max_size=POOL_SIZE,
            timeout=PATIENCE_SECONDS,
            kwargs={"connect_timeout": 5, "autocommit": True, "cursor_factory": AsyncClientCursor},
            open=False,
        )
        await pool.open(wait=False)
        try:
            yield cls(pool)
        finally:
            await pool.close()

    async def find(self, organisation_id: uuid.UUID, token: str) -> FoundSession | None:
        """The session of a cookie, unless it has ended; raises psycopg's errors while the database is away."""
        given = {"organisation": str(organisation_id), "token": hash_token(token), "now": utc_now()}
        async with self.pool.connection() as connection:
            # Two statements in one message are one transaction: row-level security is told of whose council first.
            cursor = await connection.execute(FIND_SESSION, given)
            cursor.nextset()
            row = await cursor.fetchone()
        return FoundSession(*row) if row is not None else None
