"""Ports of this machine."""

import random
import socket

_FROM, _TO = 15_000, 32_000
"""Below those that connections going out are given (32,768 and above): none of these takes it before it is used."""


def free_port() -> int:
    """A port that nobody listens on now."""
    while True:
        port = random.randrange(_FROM, _TO)  # noqa: S311  (no secret: two that choose at once should choose apart)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


def listens(port: int) -> bool:
    """Whether somebody listens on a port now."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
