"""Eight clients as a process of their own: `python -m bench.gateway_load PLAN` answers seconds of each request as JSON.

One thread and HTTP/1.1 by hand on kept connections: of few cores the clients shall take as little as they can.
"""

import asyncio
import json
import random
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple


class Plan(NamedTuple):
    """What the measuring process asks for."""

    port: int
    heads: list[str]
    """One head of a request for each client, with its own cookie."""
    body: str
    seconds: float
    pause: float
    """The mean of the seconds between an answer and the next request of one client."""


async def run(plan: Plan) -> dict[str, Any]:
    """Let all of them ask; the first tenth of the time warms up and is not counted."""
    samples: list[float] = []
    errors: list[str] = []
    began = time.perf_counter()
    count_from, until = began + plan.seconds / 10, began + plan.seconds

    async def client(number: int, head: str) -> None:
        draw = random.Random(number)
        asked = head.encode() + plan.body.encode()
        reader, writer = await asyncio.open_connection("127.0.0.1", plan.port)
        await asyncio.sleep(draw.uniform(0, plan.pause))
        while (started := time.perf_counter()) < until:
            writer.write(asked)
            answered = (await reader.readuntil(b"\r\n\r\n")).lower()
            at = answered.index(b"content-length:") + 15
            content = await reader.readexactly(int(answered[at : answered.index(b"\r\n", at)]))
            if started >= count_from:
                samples.append(time.perf_counter() - started)
            if b" 200 " not in answered[:20]:
                errors.append(content[:200].decode("latin-1"))
                break
            if plan.pause:
                await asyncio.sleep(draw.uniform(0.5, 1.5) * plan.pause)
        writer.close()

    await asyncio.gather(*(client(number, head) for number, head in enumerate(plan.heads)))
    return {"samples": samples, "errors": errors, "seconds": plan.seconds * 0.9}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(run(Plan(**json.loads(Path(sys.argv[1]).read_text("utf-8")))))))
