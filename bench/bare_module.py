"""The remote module that the gateway is measured with: `python -m bench.bare_module PORT` answers at once, always.

It parses no more than it has to, so that what is measured is the gateway and not the module.
"""

import asyncio
import contextlib
import sys

BODY = b'{"halls":[' + b",".join(b'{"id":%d,"name":"Hall %d","free":true}' % (each, each) for each in range(20)) + b"]}"
ANSWER = (
    b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\ncache-control: no-store\r\n\r\n%b"
    % (len(BODY), BODY)
)
END = b"\r\n\r\n"


class Answering(asyncio.Protocol):
    """One connection: an answer for every request, whose body is short and comes with its head."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep where answers go."""
        self.transport, self.waiting = transport, b""

    def data_received(self, data: bytes) -> None:
        """Answer each head; a body is read past."""
        self.waiting += data
        while END in self.waiting:
            head, _, rest = self.waiting.partition(END)
            at = head.lower().find(b"content-length:")
            length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
            if len(rest) < length:
                return
            self.waiting = rest[length:]
            self.transport.write(ANSWER)  # type: ignore[attr-defined]  # a stream's transport, as asyncio says nowhere


async def serve(port: int) -> None:
    """Answer until stopped."""
    server = await asyncio.get_running_loop().create_server(Answering, "127.0.0.1", port)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(int(sys.argv[1])))
