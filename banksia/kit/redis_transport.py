"""kombu's Redis transport, made to survive a Redis that goes away while tasks run.

kombu 5.7 puts unacknowledged messages back, and acknowledges those that end later, through a connection that is closed
already; its AttributeError then ends the whole worker. Both may be left undone: the outbox knows what was not done.
"""

from typing import Any

from kombu.transport import redis


class Channel(redis.Channel):
    """Leaves alone what it can no longer tell the broker."""

    do_restore = False

    def basic_ack(self, delivery_tag: str, multiple: bool = False) -> None:
        """Acknowledge a message unless its connection is gone."""
        if self._is_connected():
            super().basic_ack(delivery_tag, multiple=multiple)  # type: ignore[no-untyped-call]  # kombu has no types

    def basic_reject(self, delivery_tag: str, requeue: bool = False) -> None:
        """Give a message back unless its connection is gone."""
        if self._is_connected():
            super().basic_reject(delivery_tag, requeue=requeue)  # type: ignore[no-untyped-call]  # as above

    def _is_connected(self) -> bool:
        connection: Any = self.connection
        return connection is not None and connection.client is not None


class Transport(redis.Transport):
    """`redis://` with that channel."""

    Channel = Channel
