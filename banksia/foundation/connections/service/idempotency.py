"""What a module sends twice is done once: a key stands for one body, and the same key with another is refused."""

import hashlib
import json
from typing import Any

from pydantic import BaseModel

from banksia.foundation.connections.errors.calls import KeyMissing, TooMuchSaid

LONGEST_KEY = 200
MOST_DATA_BYTES = 16 * 1024


def checked_key(key: str | None) -> str:
    """The value of the header, if it can be kept; raises KeyMissing."""
    if not key or len(key) > LONGEST_KEY or not key.isascii() or not key.isprintable():
        raise KeyMissing
    return key


def digest_of(body: BaseModel) -> str:
    """What tells two bodies apart, whatever the order of their fields."""
    return hashlib.sha256(json.dumps(body.model_dump(mode="json"), sort_keys=True).encode()).hexdigest()


def compact(data: dict[str, Any], field: str, *, at_most: int = MOST_DATA_BYTES) -> str:
    """JSON without spaces; raises TooMuchSaid. PostgreSQL holds no NUL, so a text with one is refused as well."""
    written = json.dumps(data, separators=(",", ":"), ensure_ascii=False)
    if len(written.encode(errors="replace")) > at_most or "\\u0000" in written:
        raise TooMuchSaid(field, at_most)
    return written
