"""Tie a child process to the life of its parent, so that `kill -9` of the parent leaves nothing running."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def dies_with_parent(sent: signal.Signals = signal.SIGTERM) -> Callable[[], None] | None:
    """Return a `preexec_fn` after which the kernel sends the child this signal when the calling thread ends.

    Call it, and start the child, in the main thread. Elsewhere than on Linux there is no such service: None is
    returned, and only an orderly stop of the parent ends the child.
    """
    if sys.platform != "linux":
        return None
    # Looked up before the fork: between fork and exec nothing may take the loader's lock.
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    parent = os.getpid()

    def tie() -> None:
        prctl(_PR_SET_PDEATHSIG, int(sent), 0, 0, 0)
        if os.getppid() != parent:  # it died before the tie was made
            os._exit(1)

    return tie


def follow_parent(sent: signal.Signals = signal.SIGTERM) -> None:
    """Ask, on Linux, for this signal when the process that started us ends: `make`, for one, killed by force."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, int(sent), 0, 0, 0)
