"""The fake on a port of this machine: in the foreground for the demo, in a thread for tests."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from granian.constants import Interfaces
from granian.server.embed import Server
from starlette.applications import Starlette

from banksia.kit.ports import listens

HOST = "127.0.0.1"
_START_WITHIN_S = 20.0


def serve(app: Starlette, *, port: int) -> None:
    """Serve until the process is told to stop (SIGTERM, or Ctrl-C)."""
    asyncio.run(_server(app, port).serve())


@contextmanager
def served(app: Starlette, *, port: int) -> Iterator[str]:
    """Serve in a thread until the block ends; gives the address."""
    loop = asyncio.new_event_loop()
    server = _server(app, port)

    def run() -> None:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(server.serve())
        loop.close()

    thread = threading.Thread(target=run, name="fake-stripe", daemon=True)
    thread.start()
    _wait_for(port)
    try:
        yield f"http://{HOST}:{port}"
    finally:
        loop.call_soon_threadsafe(server.stop)
        thread.join(timeout=_START_WITHIN_S)


def _server(app: Starlette, port: int) -> Server:
    return Server(app, address=HOST, port=port, interface=Interfaces.ASGI, log_enabled=False, websockets=False)


def _wait_for(port: int) -> None:
    until = time.monotonic() + _START_WITHIN_S
    while True:
        if listens(port):
            return
        if time.monotonic() > until:
            message = f"The fake Stripe did not start on port {port}."
            raise TimeoutError(message)
        time.sleep(0.02)
