"""One request to a module's server and its answer back, neither held in memory, no thread and no transaction held.

What goes wrong before the answer begins is a problem document; after that the connection is cut, so that nobody takes
a part for the whole.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, MutableMapping
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import aiohttp

from banksia.foundation.connections.adapters import headers
from banksia.foundation.connections.adapters.breaking import Crowded, Resting
from banksia.foundation.connections.adapters.calling import written
from banksia.foundation.connections.errors.gateway import (
    CallerGone,
    ModuleAnswerRefused,
    ModuleAway,
    ModuleCrowded,
    ModuleResting,
    ModuleTooSlow,
)
from banksia.foundation.connections.service.remote_modules import RemoteModule
from banksia.foundation.connections.service.uploads import PAUSE_SECONDS, SMALL_BYTES, WHOLE_SECONDS, Upload
from banksia.kit.errors import Problem

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
MOST_ANSWER_BYTES = 256 * 1024**2
SICK = frozenset({502, 503, 504})
"""What a module, or a proxy before it, says when it cannot serve."""
LOOKS_AFTER_SECONDS = 0.25
"""So late it is first looked whether somebody still waits: most answers are there by then."""


class AnswerCutOff(Exception):  # noqa: N818  (named for what it says)
    """The answer had begun and could not be finished: the server closes the connection."""


@dataclass
class Call:
    """What is asked of a module."""

    module: RemoteModule
    method: str
    path: str
    """Below the module's own address, with the query."""
    headers: list[tuple[str, str]]
    upload: Upload
    caller: str
    """Who asks, for the places: a person or an address."""
    signed_in: bool
    asked_at: str
    """The path as the browser asked for it."""


@dataclass
class _Outcome:
    """How a call ended, for the breaker: None says nothing of the module."""

    failed: bool | None = None


async def forward(client: aiohttp.ClientSession, call: Call, send: Send) -> None:
    """Ask the module and pass its answer on; raises the problems of `errors.gateway`, or AnswerCutOff."""
    if call.module.refused:
        raise ModuleAnswerRefused(call.module.title, call.module.refused)
    body = await call.upload.all_of_it() if call.upload.comes and call.upload.is_small else None
    with _guarded(call) as (outcome, leave):
        async with _asked(client, call, body, outcome) as answer:
            outcome.failed = answer.status in SICK
            head = _head(call, answer)
            length = answer.content_length
            if answer.method == "HEAD" or answer.status in (204, 304):
                length = 0
            if length is not None and length <= SMALL_BYTES:
                content = await _whole(call, answer, outcome)
                leave()
                await send(head)
                await send({"type": "http.response.body", "body": content})
            else:
                await _stream(call, answer, outcome, head, send)


@contextmanager
def _guarded(call: Call) -> Iterator[tuple[_Outcome, Callable[[], None]]]:
    """A place at the module, unless it is full or rests."""
    guards, title, outcome = call.module.guards, call.module.title, _Outcome()
    try:
        trying = guards.breaker.enter()
    except Resting as resting:
        raise ModuleResting(title, resting.seconds) from resting
    try:
        with guards.places.one(call.caller) as leave:
            yield outcome, leave
    except Crowded as crowded:
        raise ModuleCrowded(title) from crowded
    finally:
        guards.breaker.leave(trying=trying, failed=outcome.failed)


@asynccontextmanager
async def _asked(
    client: aiohttp.ClientSession, call: Call, body: bytes | None, outcome: _Outcome
) -> AsyncIterator[aiohttp.ClientResponse]:
    """The module's answer once its head is here; its connection is closed unless all of it was read."""
    answer = await _ask(client, call, body, outcome)
    try:
        yield answer
    finally:
        answer.close()


async def _ask(
    client: aiohttp.ClientSession, call: Call, body: bytes | None, outcome: _Outcome
) -> aiohttp.ClientResponse:
    upload, title, loop = call.upload, call.module.title, asyncio.get_running_loop()
    seconds = call.module.declared.manifest.limits.seconds
    streamed = upload.comes and body is None
    watch: asyncio.Task[None] | None = None
    try:
        async with asyncio.timeout(WHOLE_SECONDS if streamed else seconds) as limit:

            def look() -> None:
                nonlocal watch
                watch = asyncio.create_task(_give_up_when_gone(upload, limit))

            # The module's time begins when it has all that it was sent.
            pieces = upload.pieces(ended=lambda: _reschedule(limit, seconds)) if streamed else body
            later = loop.call_later(LOOKS_AFTER_SECONDS, look) if not streamed else None
            try:
                return await client.request(
                    call.method,
                    written(call.module.base_url + call.path),
                    headers=call.headers,
                    data=pieces,
                    allow_redirects=False,
                )
            finally:
                if later is not None:
                    later.cancel()
    except (TimeoutError, aiohttp.ClientError, OSError, ValueError) as error:
        if upload.problem is not None:
            raise upload.problem from error
        outcome.failed = True
        raise (ModuleTooSlow if isinstance(error, TimeoutError) else ModuleAway)(title) from error
    finally:
        if watch is not None:
            watch.cancel()


async def _give_up_when_gone(upload: Upload, limit: asyncio.Timeout) -> None:
    await upload.until_gone()
    upload.problem = CallerGone()
    _reschedule(limit, 0)


def _reschedule(limit: asyncio.Timeout, seconds: float) -> None:
    with suppress(RuntimeError):  # it has just ended by itself
        limit.reschedule(asyncio.get_running_loop().time() + seconds)


def _head(call: Call, answer: aiohttp.ClientResponse) -> MutableMapping[str, Any]:
    """The head of the answer as it is passed on; raises ModuleAnswerRefused."""
    title = call.module.title
    if answer.status < 200 or answer.status > 599:
        raise ModuleAnswerRefused(title, f"its status was {answer.status}.")
    if (answer.content_length or 0) > MOST_ANSWER_BYTES:
        raise ModuleAnswerRefused(title, f"it is larger than {MOST_ANSWER_BYTES // 1024**2} MB.")
    passed = headers.to_browser(answer.raw_headers, signed_in=call.signed_in)
    location = answer.headers.get("Location")
    if location is not None:
        local = headers.local_redirect(location, at=call.asked_at, within=f"/api/{call.module.name}")
        if local is not None:
            passed.append((b"location", local.encode("ascii")))
        elif 300 <= answer.status < 400:
            raise ModuleAnswerRefused(title, "it leads to another address.")
    return {"type": "http.response.start", "status": answer.status, "headers": passed}


async def _whole(call: Call, answer: aiohttp.ClientResponse, outcome: _Outcome) -> bytes:
    """A small answer, read to its end before any of it is sent."""
    title = call.module.title
    try:
        async with asyncio.timeout(PAUSE_SECONDS):
            return await answer.read()
    except (TimeoutError, aiohttp.ClientError, OSError) as error:
        outcome.failed = True
        raise (ModuleTooSlow if isinstance(error, TimeoutError) else ModuleAway)(title) from error


async def _stream(
    call: Call, answer: aiohttp.ClientResponse, outcome: _Outcome, head: MutableMapping[str, Any], send: Send
) -> None:
    """Pass the pieces on as they come; raises AnswerCutOff once the head is sent."""
    first = await _first(call, answer, outcome)
    await send(head)
    try:
        async with asyncio.timeout(WHOLE_SECONDS):
            taken, piece = 0, first
            while piece:
                taken += len(piece)
                if taken > MOST_ANSWER_BYTES:
                    raise AnswerCutOff(f"{call.module.name}: more than {MOST_ANSWER_BYTES} bytes")
                async with asyncio.timeout(PAUSE_SECONDS):
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
                piece = await _next(answer, outcome)
    except (TimeoutError, aiohttp.ClientError, OSError) as error:
        raise AnswerCutOff(f"{call.module.name}: {error!r}") from error
    await send({"type": "http.response.body", "body": b""})


async def _first(call: Call, answer: aiohttp.ClientResponse, outcome: _Outcome) -> bytes:
    """The first piece while a problem can still be told."""
    try:
        return await _next(answer, outcome)
    except (TimeoutError, aiohttp.ClientError, OSError) as error:
        problem: type[Problem] = ModuleTooSlow if isinstance(error, TimeoutError) else ModuleAway
        raise problem(call.module.title) from error


async def _next(answer: aiohttp.ClientResponse, outcome: _Outcome) -> bytes:
    try:
        async with asyncio.timeout(PAUSE_SECONDS):
            return await answer.content.readany()
    except (TimeoutError, aiohttp.ClientError, OSError):
        outcome.failed = True
        raise
