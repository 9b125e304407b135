"""A client that costs little: HTTP/1.1 over kept connections, requests written in advance."""

import asyncio
import time
from collections.abc import Sequence
from urllib.parse import quote

CONNECTIONS = 8


def request_of(host: str, text: str) -> bytes:
    """One search as bytes."""
    return f"GET /api/property/search?q={quote(text)}&limit=10 HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()


def run(port: int, requests: Sequence[bytes], count: int) -> tuple[list[float], float]:
    """Send so many requests over eight connections; answers each one's seconds and the seconds of all."""
    return asyncio.run(_run(port, requests, count))


async def _run(port: int, requests: Sequence[bytes], count: int) -> tuple[list[float], float]:
    samples: list[float] = []
    began = time.perf_counter()
    shares = [range(first, count, CONNECTIONS) for first in range(CONNECTIONS)]
    await asyncio.gather(
        *(_connection(port, [requests[n % len(requests)] for n in share], samples) for share in shares)
    )
    return samples, time.perf_counter() - began


async def _connection(port: int, requests: list[bytes], samples: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for request in requests:
        began = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        lowered = head.lower()
        assert lowered.startswith(b"http/1.1 200"), head
        at = lowered.index(b"content-length:") + 15
        await reader.readexactly(int(head[at : head.index(b"\r\n", at)]))
        samples.append(time.perf_counter() - began)
    writer.close()
    await writer.wait_closed()
