"""What kind of file this is, from its first bytes and never from its name."""

from functools import cache

import pylibmagic  # must come first: it tells `magic` to load the library of the wheel, not the machine's

# isort: split
import magic

# What a browser may show in its own window. Everything else is only ever saved to disk.
INLINE_SAFE = frozenset({"application/pdf", "image/gif", "image/jpeg", "image/png", "image/webp", "text/plain"})
UNKNOWN = "application/octet-stream"


@cache
def _detector() -> magic.Magic:
    # The library and its rules both come from the wheel, so an answer does not depend on the machine.
    return magic.Magic(mime=True, magic_file=str(pylibmagic.data.joinpath("magic.mgc")))


def sniff(head: bytes) -> str:
    """Media type of a file from its first bytes; `application/octet-stream` when nothing is known of it."""
    if not head:
        return UNKNOWN
    try:
        return _detector().from_buffer(head)
    except magic.MagicException:
        return UNKNOWN
