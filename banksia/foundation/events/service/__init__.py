"""Writing to the outbox, and doing what it says."""

from banksia.foundation.events.service.running import others_wait, ring_waiting, run_row, time_limit_of
from banksia.foundation.events.service.writing import emit, emit_remote, enqueue, forget_done, replay_dead_letter

__all__ = [
    "emit",
    "emit_remote",
    "enqueue",
    "forget_done",
    "others_wait",
    "replay_dead_letter",
    "ring_waiting",
    "run_row",
    "time_limit_of",
]
