"""What other parts use: emit events, enqueue tasks."""

from banksia.foundation.events.service import (
    emit,
    emit_remote,
    enqueue,
    others_wait,
    ring_waiting,
    run_row,
    time_limit_of,
)

__all__ = ["emit", "emit_remote", "enqueue", "others_wait", "ring_waiting", "run_row", "time_limit_of"]
