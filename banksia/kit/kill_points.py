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
WEBHOOK_KILL_POINTS = ("webhooks.posted",)
"""A message to a customer's software walks through these."""
CONNECTION_KILL_POINTS = ("connections.posted",)
"""An event to a remote module walks through these."""
UPLOAD_KILL_POINTS = (
    "storage.part_written",
    "storage.part_synced",
    "storage.upload_whole",
    "files.upload_kept",
)
"""A file that comes in parts walks through these, and through those of every stored file."""
PURGE_KILL_POINTS = ("storage.bytes_purged",)
"""The end of a file walks through these."""
PROCESSING_KILL_POINTS = (
    "files.content_read",
    "files.pictures_kept",
    "files.content_known",
    "files.scan_page_read",
    "files.scan_page_kept",
)
"""What is found out about the bytes of a document walks through these."""
FILE_KILL_POINTS = ("files.document_marked_purged", "files.batch_file_stored")
"""The end of a document, and a bulk load, walk through these."""
ALL_KILL_POINTS = (
    KILL_POINTS
    + IMPORT_KILL_POINTS
    + WEBHOOK_KILL_POINTS
    + CONNECTION_KILL_POINTS
    + UPLOAD_KILL_POINTS
    + PURGE_KILL_POINTS
    + PROCESSING_KILL_POINTS
    + FILE_KILL_POINTS
)


def _nothing(_: str) -> None:
    """In production a kill point costs one call."""


_on_reach: Callable[[str], None] = _nothing


def reach(name: str) -> None:
    """Say that the process has come to a named point between two steps."""
    _on_reach(name)


def arm(name: str) -> None:
    """Make this process kill itself with SIGKILL when it reaches the named point; an empty name disarms."""
    global _on_reach  # noqa: PLW0603  (one switch per process, set before the first request)
    if name and name not in ALL_KILL_POINTS:
        message = f"There is no kill point called {name}."
        raise ValueError(message)

    def die(reached: str) -> None:
        if reached == name:
            os.write(2, f"kill point {name} reached by process {os.getpid()}\n".encode())
            os.kill(os.getpid(), signal.SIGKILL)

    _on_reach = die if name else _nothing
