"""Python's collector, kept from what it never finds anything in."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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
        gc.enable()
