"""How routes that answer a file describe themselves."""

from typing import Any


def _of(media_type: str) -> dict[str, Any]:
    return {"responses": {"200": {"content": {media_type: {"schema": {"type": "string", "format": "binary"}}}}}}


CSV, PDF, ZIP = _of("text/csv"), _of("application/pdf"), _of("application/zip")
