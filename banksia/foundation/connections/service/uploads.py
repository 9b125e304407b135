"""The body of a request as it comes: counted, and given up when it is too large, too slow, or nobody sends it on."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from typing import Any

from banksia.foundation.connections.errors.gateway import BodyTooLarge, BodyTooSlow, CallerGone
from banksia.kit.errors import BadRequest, Problem

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
SMALL_BYTES = 65_536
PAUSE_SECONDS, WHOLE_SECONDS = 10.0, 300.0
"""The longest wait for a piece, and for all of them."""


class Upload:
    """One request's body."""

    def __init__(self, receive: Receive, headers: dict[bytes, bytes], *, at_most: int) -> None:
        """Take what comes; raises BodyTooLarge and BadRequest for what its headers say."""
        self._receive, self._at_most = receive, at_most
        self._taken = 0
        self.problem: Problem | None = None
        """Why it was given up, which is nothing that the module did."""
        self.waits_for_sender = False
        self.ended = False
        self.length: int | None = None
        said = headers.get(b"content-length")
        self.comes = bool(said and said.strip(b"0")) or b"transfer-encoding" in headers
        if said is not None:
            if not said.isdigit():
                raise BadRequest("The Content-Length of the request is not a number.")
            self.length = int(said)
            if self.length > at_most:
                raise BodyTooLarge(at_most)

    @property
    def is_small(self) -> bool:
        """Whether it is read before the module is asked, so that a slow sender holds no place there."""
        return self.length is not None and self.length <= SMALL_BYTES

    async def all_of_it(self) -> bytes:
        """A small body; raises what is wrong with it."""
        try:
            async with asyncio.timeout(PAUSE_SECONDS):
                pieces = [piece async for piece in self.pieces()]
        except TimeoutError as error:
            raise self.problem or BodyTooSlow() from error
        return b"".join(pieces)

    async def pieces(self, *, ended: Callable[[], None] = lambda: None) -> AsyncIterator[bytes]:
        """The body as it comes; raises the problem that it also keeps. `ended` is called after the last piece."""
        try:
            while not self.ended:
                self.waits_for_sender = True
                async with asyncio.timeout(PAUSE_SECONDS):
                    message = await self._receive()
                self.waits_for_sender = False
                piece = self._piece_of(message)
                if piece:
                    yield piece
        except TimeoutError as error:
            self.problem = BodyTooSlow()
            raise self.problem from error
        except Problem as problem:
            self.problem = problem
            raise
        ended()

    def _piece_of(self, message: MutableMapping[str, Any]) -> bytes:
        if message["type"] == "http.disconnect":
            raise CallerGone
        piece: bytes = message.get("body", b"")
        self._taken += len(piece)
        if self._taken > self._at_most:
            raise BodyTooLarge(self._at_most)
        self.ended = not message.get("more_body", False)
        return piece

    async def until_gone(self) -> None:
        """Wait until whoever sent the request has gone away; its body has ended."""
        while (await self._receive())["type"] != "http.disconnect":
            pass
