"""The hot path of search: one prepared statement on a bare connection, outside the request's session.

It says the same as `find_properties`. The connection works as the application's role; the statement itself sets the
organisation for its own transaction, so that row-level security holds here as everywhere.
"""

import asyncio
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from banksia.kit.platform import Platform
from banksia.modules.property.queries.searching import SEARCH_BY_POSITION
from banksia.modules.property.service.searching.asking import Asked, as_meant, as_typed
from banksia.modules.property.service.searching.finding import NO_RESULTS
from banksia.modules.property.service.searching.gazetteers import Known, load, remembered

POOL_SIZE = 8
PATIENCE_SECONDS = 2.0
"""A search that waits longer for a connection takes the ordinary way, which can say that the database is away."""


async def _prepare_at_once(connection: AsyncConnection) -> None:
    await connection.set_autocommit(True)
    connection.prepare_threshold = 0


@dataclass(frozen=True)
class LeanSearch:
    """Searches for every council of this process."""

    platform: Platform
    pool: AsyncConnectionPool[AsyncConnection]

    @classmethod
    @asynccontextmanager
    async def opened(cls, platform: Platform) -> AsyncIterator["LeanSearch"]:
        """Open the connections; the process starts even while the database is away."""
        pool = AsyncConnectionPool(
            platform.settings.database_url,
            min_size=1,
            max_size=POOL_SIZE,
            timeout=PATIENCE_SECONDS,
            kwargs={"connect_timeout": 5},
            configure=_prepare_at_once,
            open=False,
        )
        await pool.open(wait=False)
        try:
            yield cls(platform, pool)
        finally:
            await pool.close()

    async def find(self, organisation_id: uuid.UUID, text: str, limit: int) -> str:
        """The results as a JSON list, best first."""
        known = remembered(organisation_id) or await self._load(organisation_id)
        asked = as_typed(organisation_id, text, known)
        generation, found = await self._look_up(organisation_id, asked, limit)
        if generation != known.gazetteer.generation:
            known = await self._load(organisation_id)
            asked = as_typed(organisation_id, text, known)
            _, found = await self._look_up(organisation_id, asked, limit)
        if found == NO_RESULTS and not asked.guessed and (asked := as_meant(organisation_id, text, known)).anything:
            _, found = await self._look_up(organisation_id, asked, limit)
        return found

    async def _look_up(self, organisation_id: uuid.UUID, asked: Asked, limit: int) -> tuple[uuid.UUID | None, str]:
        arguments = asked.of(organisation_id, limit)
        async with self.pool.connection() as connection:
            cursor = await connection.execute(SEARCH_BY_POSITION, arguments)
            row = await cursor.fetchone()
        return row or (None, NO_RESULTS)

    async def _load(self, organisation_id: uuid.UUID) -> Known:
        return await asyncio.to_thread(self._load_in_thread, organisation_id)

    def _load_in_thread(self, organisation_id: uuid.UUID) -> Known:
        with self.platform.database.session(organisation_id) as session:
            return load(session, organisation_id)
