"""kombu's file system transport, made to survive processes that are killed while they write.

kombu 5.7 writes a message into a file that its reader can see already. A reader that is quick, or a writer that is
killed, leaves it half a message; the ValueError then ends the whole worker. A table of bindings left empty in the same
way would end every worker at its start. Here a message appears whole or not at all, and what cannot be read is left
out: the outbox knows what was not done.

kombu also lists and sorts the whole folder for each message, which stands still once some ten thousand wait. Here a
listing is used up before the next one is made.
"""

import json
import os
import time
import uuid
from collections import deque
from pathlib import Path
from queue import Empty
from typing import Any

import structlog
from kombu.transport import filesystem

log = structlog.get_logger()


class Channel(filesystem.Channel):
    """Writes whole messages, and passes over broken ones."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Begin without a listing."""
        super().__init__(*args, **kwargs)  # type: ignore[no-untyped-call]  # kombu has no types
        self._listed: dict[str, deque[Path]] = {}

    def _put(self, queue: str, payload: Any, **_kwargs: Any) -> None:  # type: ignore[override]  # kombu has two names
        name = f"{time.monotonic_ns():020}_{uuid.uuid4()}.{queue}.msg"
        file = Path(self.data_folder_out) / name
        part = file.with_name(f"{name}.part")
        part.write_text(json.dumps(payload), "utf-8")
        part.replace(file)

    def _get(self, queue: str, timeout: float | None = None) -> dict[str, Any]:  # noqa: ARG002  (as its parent has it)
        while listed := self._listed.get(queue) or self._list(queue):
            message = self._take(listed.popleft())
            if message is not None:
                return message
        raise Empty

    def _list(self, queue: str) -> deque[Path]:
        """The messages of a queue, oldest first."""
        files = (file for file in Path(self.data_folder_in).iterdir() if file.name.partition(".")[2] == f"{queue}.msg")
        self._listed[queue] = deque(sorted(files))
        return self._listed[queue]

    def _take(self, file: Path) -> dict[str, Any] | None:
        """Read a message and remove it; None when another worker has it, or nobody can read it."""
        mine = file.with_name(f"{file.name}.{os.getpid()}")
        try:
            file.rename(mine)  # whoever does this first has the message
            content = mine.read_bytes()
            mine.unlink()
            message: dict[str, Any] = json.loads(content)
        except FileNotFoundError:
            return None
        except ValueError:
            log.warning("message_unreadable", file=file.name)
            return None
        return message

    def get_table(self, exchange: str) -> list[Any]:
        """Read which queues an exchange feeds; none from a table that cannot be read."""
        try:
            bindings: list[Any] = super().get_table(exchange)  # type: ignore[no-untyped-call]  # as above
        except ValueError:
            return []
        return bindings

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        binding = (exchange, routing_key, pattern, queue)
        try:
            super()._queue_bind(*binding)  # type: ignore[no-untyped-call]  # as above
        except ValueError:
            self._exchange_file(exchange).unlink(missing_ok=True)  # type: ignore[no-untyped-call]  # as above
            super()._queue_bind(*binding)  # type: ignore[no-untyped-call]  # as above


class Transport(filesystem.Transport):
    """`filesystem://` with that channel."""

    Channel = Channel
