"""The bare handler that uploads are held against: plain ASGI that writes, hashes and syncs a body, and does no more.

It pays what no server can leave out, once: bytes to a file, SHA-256 over them, fsync of the file, a rename, fsync of
the folder. It knows no people, no rows and no offsets.
"""

import asyncio
import hashlib
import os
import tempfile
from pathlib import Path
from typing import Any

FOLDER = "BANKSIA_BENCH_FOLDER"
WRITE_BYTES = 1024 * 1024


class Bare:
    """The application."""

    def __init__(self, folder: Path) -> None:
        """Take the folder that bodies go to."""
        self.folder = folder

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Take one body and answer its hash."""
        if scope["type"] == "lifespan":
            for answer in ("startup", "shutdown"):
                await receive()
                await send({"type": f"lifespan.{answer}.complete"})
            return
        descriptor, name = tempfile.mkstemp(dir=self.folder)
        digest, gathered, more = hashlib.sha256(), bytearray(), True

        def write(piece: bytes) -> None:
            digest.update(piece)
            os.write(descriptor, piece)

        while more:
            message = await receive()
            gathered += message.get("body", b"")
            more = message.get("more_body", False)
            if len(gathered) >= WRITE_BYTES or not more:
                await asyncio.to_thread(write, bytes(gathered))
                gathered.clear()
        await asyncio.to_thread(self._keep, descriptor, Path(name), digest.hexdigest())
        body = digest.hexdigest().encode()
        headers = [(b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    def _keep(self, descriptor: int, path: Path, name: str) -> None:
        os.fsync(descriptor)
        os.close(descriptor)
        path.rename(self.folder / name)
        folder = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)
        os.fsync(folder)
        os.close(folder)


def application() -> Bare:
    """Made by the server's process."""
    return Bare(Path(os.environ[FOLDER]))
