"""Takes the bytes of a request as they come, as every upload does."""

from typing import Annotated, Any, Final

from fastapi import Depends, Header
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request

from banksia.foundation.storage.errors import (
    ChecksumMismatch,
    SizeNotDeclared,
    StorageUnavailable,
    UploadCutOff,
    UploadTooLarge,
)
from banksia.foundation.storage.service.keeping import Receiving
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


async def receive_body(request: Request, receiving: Receiving) -> None:
    """Write the request's body as it comes, a mebibyte at a time; raises UploadCutOff, UploadTooLarge."""
    gathered = bytearray()
    try:
        async for chunk in request.stream():
            gathered += chunk
            if len(gathered) >= _WRITE_BYTES:
                await run_in_threadpool(receiving.write, bytes(gathered))
                gathered.clear()
    except ClientDisconnect as error:
        raise receiving.cut_off() from error
    await run_in_threadpool(receiving.write, bytes(gathered))
