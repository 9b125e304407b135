"""What other parts use: emit events, enqueue tasks."""

from banksia.foundation.events.service import emit, enqueue, others_wait, ring_waiting, run_row, time_limit_of

__all__ = ["emit", "enqueue", "others_wait", "ring_waiting", "run_row", "time_limit_of"]
