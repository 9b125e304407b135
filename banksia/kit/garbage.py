"""Python's collector, kept from what it never finds anything in."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

ALLOCATIONS = (5_000, 20, 100)
"""Python looks through the newest objects after 700 more of them, and through all every hundredth time: four or five
times for a list of fifty rows, and on every twentieth such list for another 7 ms. Less often costs a tenth of that."""


@contextmanager
def kept_for_good() -> Iterator[None]:
    """Make what lives as long as the process: not collected meanwhile, and never looked through again.

    A start makes half a million such objects, and looking through them again and again takes a third of it; later,
    one request of some hundreds would wait a third of a second for it.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(*ALLOCATIONS)
        gc.enable()
