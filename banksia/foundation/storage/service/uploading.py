"""Takes the bytes of a request as they come, as every upload does."""

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from typing import Annotated, Any, Final, Protocol, TypeVar

from fastapi import Depends, Header
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request

from banksia.foundation.storage.errors import (
    ChecksumMismatch,
    ChunkDamaged,
    MoreThanDeclared,
    OffsetMismatch,
    SizeNotDeclared,
    StorageUnavailable,
    UploadBusy,
    UploadCutOff,
    UploadExpired,
    UploadInterrupted,
    UploadNotFound,
    UploadTooLarge,
)
from banksia.kit.errors import Problem

_WRITE_BYTES = 1024 * 1024
_BINARY = {"schema": {"type": "string", "format": "binary"}}

UPLOAD_BODY: Final[dict[str, Any]] = {
    "requestBody": {"required": True, "content": {"application/octet-stream": _BINARY}}
}
"""What the description of the API says of a body that is a file."""

UPLOAD_ERRORS: Final[tuple[type[Problem], ...]] = (
    SizeNotDeclared,
    UploadTooLarge,
    UploadCutOff,
    ChecksumMismatch,
    StorageUnavailable,
)
"""What can go wrong with any upload."""

APPEND_BODY: Final[dict[str, Any]] = {
    "requestBody": {"required": True, "content": {"application/offset+octet-stream": _BINARY}}
}
"""The same of a body that is a part of a file."""

APPEND_ERRORS: Final[tuple[type[Problem], ...]] = (
    UploadNotFound,
    UploadExpired,
    UploadBusy,
    OffsetMismatch,
    MoreThanDeclared,
    UploadInterrupted,
    ChunkDamaged,
    ChecksumMismatch,
    StorageUnavailable,
)
"""What can go wrong with any part of an upload that can be resumed."""

Sha256Header = Annotated[
    str,
    Header(alias="X-Content-SHA256", pattern="^[0-9a-f]{64}$", description="SHA-256 of the file, in small hexadecimal"),
]
"""The checksum that comes with a file, so that damage on the way is found."""


def _size_of(request: Request) -> int:
    """How many bytes will come, in the header that every client sends with a file."""
    declared = request.headers.get("content-length", "")
    if not declared.isdecimal():
        raise SizeNotDeclared
    return int(declared)


DeclaredSize = Annotated[int, Depends(_size_of)]
"""How many bytes a request says that it brings; raises SizeNotDeclared."""


class Taking(Protocol):
    """Takes the bytes of one request."""

    def write(self, chunk: bytes) -> None:
        """Take the next bytes."""

    def cut_off(self) -> Problem:
        """What to say when the sender went away; bytes that count without the rest are kept first."""


Taker = TypeVar("Taker", bound=Taking)
Kept = TypeVar("Kept")


async def take_upload(request: Request, opened: AbstractContextManager[Taker], keep: Callable[[Taker], Kept]) -> Kept:
    """Open what takes the bytes, write the request's body to it, and keep it; answers what `keep` does.

    The three run in threads. Raises what opening and keeping raise, and UploadCutOff and UploadTooLarge.
    """
    with ExitStack() as stack:
        receiving = await run_in_threadpool(stack.enter_context, opened)
        await _receive_body(request, receiving)
        return await run_in_threadpool(keep, receiving)


async def _receive_body(request: Request, receiving: Taking) -> None:
    """Write the request's body as it comes, a mebibyte at a time; raises UploadCutOff, UploadTooLarge."""
    gathered = bytearray()
    try:
        async for chunk in request.stream():
            gathered += chunk
            if len(gathered) >= _WRITE_BYTES:
                await run_in_threadpool(receiving.write, bytes(gathered))
                gathered.clear()
    except ClientDisconnect as error:
        await run_in_threadpool(receiving.write, bytes(gathered))
        raise await run_in_threadpool(receiving.cut_off) from error
    await run_in_threadpool(receiving.write, bytes(gathered))
