"""Turns at something of which a process has so many: who has none yet waits without a thread."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakKeyDictionary


class Turns:
    """So many at a time, in the order in which they came. Each event loop has its own; servers have one."""

    def __init__(self, at_once: int) -> None:
        """Take how many may have a turn at once."""
        self._at_once = at_once
        self._of_loop: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        """Wait for a turn, and have it until the block ends."""
        loop = asyncio.get_running_loop()
        async with self._of_loop.setdefault(loop, asyncio.Semaphore(self._at_once)):
            yield
