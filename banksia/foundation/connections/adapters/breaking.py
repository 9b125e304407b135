"""Keeping a sick module from hurting the rest: a breaker that stops asking it, and a bound on calls at once.

Both count in one process: what a process cannot see it does not share, and asking a store would cost each call more
than a few wasted attempts do.
"""

import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

FAILURES, WITHIN_SECONDS = 5, 10.0
REST_SECONDS = 5.0
AT_ONCE = 32
AT_ONCE_OF_ONE = 16
"""Of one person or address: whoever sends or reads slowly leaves room for the others."""


class Resting(Exception):  # noqa: N818  (named for what it says)
    """The module failed again and again and is left alone for a moment."""

    def __init__(self, seconds: float) -> None:
        """Take how long it is still left alone."""
        super().__init__(f"{seconds:.1f} s")
        self.seconds = seconds


class Crowded(Exception):  # noqa: N818  (named for what it says)
    """As many calls are under way as the module gets at once."""


class Breaker:
    """Opens after some failures in a short time; after a rest one call tries, and its end decides."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Take the clock, so that tests need not wait."""
        self._clock = clock
        self._failures: deque[float] = deque(maxlen=FAILURES)
        self._opened_at: float | None = None
        self._trying = False

    @property
    def is_open(self) -> bool:
        """Whether calls are refused, but for the one that tries."""
        return self._opened_at is not None

    def enter(self) -> bool:
        """Ask to call; answers whether this call is the one that tries. Raises Resting."""
        if self._opened_at is None:
            return False
        left = self._opened_at + REST_SECONDS - self._clock()
        if left > 0 or self._trying:
            raise Resting(max(left, 1.0))
        self._trying = True
        return True

    def leave(self, *, trying: bool, failed: bool | None) -> None:
        """Say how a call ended; None when it says nothing of the module, as when the caller went away."""
        if trying:
            self._trying = False
        if failed:
            self._count(trying=trying)
        elif failed is False and (trying or self._opened_at is None):
            self._opened_at = None
            if trying:
                self._failures.clear()

    def _count(self, *, trying: bool) -> None:
        now = self._clock()
        self._failures.append(now)
        if trying or (len(self._failures) == FAILURES and now - self._failures[0] <= WITHIN_SECONDS):
            self._opened_at = now


class Places:
    """So many calls at once, and of one caller not all of them."""

    def __init__(self) -> None:
        """Nobody calls yet."""
        self._taken = 0
        self._of: Counter[str] = Counter()

    @property
    def is_empty(self) -> bool:
        """Whether no call is under way."""
        return not self._taken and not self._of

    @contextmanager
    def one(self, caller: str) -> Iterator[Callable[[], None]]:
        """Hold a place until the block ends or what is given is called. Raises Crowded: waiting would only pile up."""
        if self._taken >= AT_ONCE or self._of[caller] >= AT_ONCE_OF_ONE:
            raise Crowded
        self._taken += 1
        self._of[caller] += 1
        held = True

        def leave() -> None:
            nonlocal held
            if held:
                held = False
                self._taken -= 1
                self._of[caller] -= 1
                if not self._of[caller]:
                    del self._of[caller]

        try:
            yield leave
        finally:
            leave()
