"""Named moments between two steps where a process may die; tests make it die there and see that nothing is lost."""

import os
import signal
from collections.abc import Callable

KILL_POINTS = (
    "certificates.order_written",
    "payments.attempt_written",
    "payments.checkout_created",
    "payments.checkout_recorded",
    "payments.webhook_recorded",
    "payments.provider_asked",
    "payments.settled",
    "payments.counter_locked",
    "payments.counter_recorded",
    "payments.refund_written",
    "payments.refund_sent",
    "payments.receipt_stored",
    "certificates.lines_queued",
    "certificates.certificate_stored",
    "certificates.certificate_issued",
    "notifications.message_claimed",
    "notifications.message_sent",
    "storage.bytes_received",
    "storage.bytes_kept",
    "files.document_stored",
    "files.certificate_filed",
    "events.claimed",
    "events.handled",
)
"""The journey of an order walks through all of these."""
IMPORT_KILL_POINTS = (
    "property.file_stored",
    "property.import_written",
    "property.import_applied",
    "property.import_reverted",
)
"""An import walks through these."""


def _nothing(_: str) -> None:
    """In production a kill point costs one call."""


_on_reach: Callable[[str], None] = _nothing


def reach(name: str) -> None:
    """Say that the process has come to a named point between two steps."""
    _on_reach(name)


def arm(name: str) -> None:
    """Make this process kill itself with SIGKILL when it reaches the named point; an empty name disarms."""
    global _on_reach  # noqa: PLW0603  (one switch per process, set before the first request)
    if name and name not in KILL_POINTS + IMPORT_KILL_POINTS:
        message = f"There is no kill point called {name}."
        raise ValueError(message)

    def die(reached: str) -> None:
        if reached == name:
            os.write(2, f"kill point {name} reached by process {os.getpid()}\n".encode())
            os.kill(os.getpid(), signal.SIGKILL)

    _on_reach = die if name else _nothing
