"""Many customers at once, as a process of its own: `python -m bench.rush_load PLAN` answers JSON on its output.

One thread, kept connections, HTTP/1.1 by hand: of two cores the client shall take as little as it can. It says how much
it took. Each customer searches, reads the catalogue, orders, starts to pay and looks at the order, with pauses between.
"""

import asyncio
import json
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

STEPS_WITHOUT_ORDER = 3
LOOKS = 3


class Plan(NamedTuple):
    """What the measuring process asks for."""

    host: str
    port: int
    customers: int
    seconds: float
    pause: float
    """The mean of the seconds between two steps of one customer."""
    lands: list[list[str]]
    """Properties to order for: id, address and parcel."""


class Rush:
    """The customers and what they met."""

    def __init__(self, plan: Plan) -> None:
        """Take the plan."""
        self.plan = plan
        self.samples: defaultdict[str, list[float]] = defaultdict(list)
        self.errors: Counter[str] = Counter()
        self.until = 0.0

    async def run(self) -> dict[str, Any]:
        """Let everybody come; answers seconds by step, errors, and the processor time of this process."""
        began, worked = time.perf_counter(), time.process_time()
        self.until = began + self.plan.seconds
        await asyncio.gather(*(self._customer(number) for number in range(self.plan.customers)))
        took = time.perf_counter() - began
        worked = time.process_time() - worked
        return {"samples": self.samples, "errors": self.errors, "seconds": took, "worked": worked}

    async def _customer(self, number: int) -> None:
        draw = random.Random(number)
        # They are there at once but not in step: the first order of each is as far along as anybody's would be.
        await asyncio.sleep(draw.uniform(0, min(2 * self.plan.pause, self.plan.seconds / 2)))
        connection = Connection(self.plan.host, *await asyncio.open_connection("127.0.0.1", self.plan.port))
        skipped = number % STEPS_WITHOUT_ORDER
        try:
            while time.perf_counter() < self.until:
                async for _ in self._order(connection, draw, skipped):
                    await asyncio.sleep(draw.uniform(0.5, 1.5) * self.plan.pause)
                    if time.perf_counter() >= self.until:
                        break
                skipped = 0
        except (OSError, EOFError, ValueError) as error:
            self.errors[f"connection: {error!r}"] += 1
        finally:
            connection.close()

    async def _order(self, connection: "Connection", draw: random.Random, skipped: int) -> AsyncIterator[None]:
        """One order step by step; a refused step ends it."""
        property_id, address, parcel = draw.choice(self.plan.lands)
        if skipped < 1:
            for typed in (address[:6], address[:12], address):
                await self._send(connection, "search", "GET", f"/api/property/search?q={quote(typed)}&limit=10")
            yield
        if skipped < 2:
            await self._send(connection, "catalogue", "GET", "/api/certificates/catalogue")
            yield
        line = {"property_id": property_id, "parcel": parcel, "product": draw.choice(("603", "10.7-2"))}
        body = {"lines": [line], "contact": {"name": "Kaur", "email": "kaur@example.com"}, "reference": "26/1183"}
        placed = await self._send(connection, "place the order", "POST", "/api/certificates/orders", body)
        if placed is None:
            return
        yield
        path, token = f"/api/certificates/orders/{placed['id']}", placed["access_token"]
        await self._send(connection, "start to pay", "POST", f"{path}/pay", {}, token)
        yield
        for _ in range(LOOKS):
            await self._send(connection, "look at the order", "GET", path, token=token)
            yield

    async def _send(
        self, connection: "Connection", step: str, method: str, path: str, body: Any = None, token: str = ""
    ) -> Any:
        began = time.perf_counter()
        status, content = await connection.send(method, path, body, token)
        self.samples[step].append(time.perf_counter() - began)
        if status >= 300:
            self.errors[f"{step}: {status} {content[:200]!r}"] += 1
            return None
        return json.loads(content) if method == "POST" else None


class Connection:
    """One connection that is kept."""

    def __init__(self, host: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take the streams."""
        self.host, self.reader, self.writer = host, reader, writer

    async def send(self, method: str, path: str, body: Any, token: str) -> tuple[int, bytes]:
        """Send one request; answers the status and the body."""
        content = b"" if body is None else json.dumps(body).encode()
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.host}", f"Content-Length: {len(content)}"]
        lines += ["Content-Type: application/json"] if content else []
        lines += [f"X-Order-Token: {token}"] if token else []
        self.writer.write("\r\n".join([*lines, "", ""]).encode() + content)
        head = (await self.reader.readuntil(b"\r\n\r\n")).lower()
        at = head.index(b"content-length:") + 15
        answer = await self.reader.readexactly(int(head[at : head.index(b"\r\n", at)]))
        return int(head.split(b" ", 2)[1]), answer

    def close(self) -> None:
        """Close it."""
        self.writer.close()


if __name__ == "__main__":
    print(json.dumps(asyncio.run(Rush(Plan(**json.loads(Path(sys.argv[1]).read_text("utf-8")))).run())))
