"""The object store that a URL names: `file:///var/lib/banksia/objects` or `s3://bucket/prefix?endpoint=...&region=...`.

With S3, `&incoming=/absolute/folder` says where files lie until their last byte has come.
"""

from functools import cache
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from banksia.foundation.storage.adapters.local import LocalStore
from banksia.foundation.storage.adapters.s3 import S3Store
from banksia.foundation.storage.adapters.store import ObjectStore


@cache
def open_store(url: str) -> ObjectStore:
    """The store behind `BANKSIA_OBJECT_STORE_URL`; one per process and URL."""
    parts = urlsplit(url)
    if parts.scheme == "file" and not parts.netloc and parts.path.startswith("/"):
        return LocalStore(Path(unquote(parts.path)))
    if parts.scheme == "s3" and parts.netloc:
        options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        return S3Store(
            parts.netloc,
            prefix=unquote(parts.path.strip("/")),
            endpoint=options.get("endpoint"),
            region=options.get("region"),
            incoming_folder=Path(options["incoming"]) if "incoming" in options else None,
        )
    raise ValueError(
        "BANKSIA_OBJECT_STORE_URL is file:///absolute/folder or s3://bucket?endpoint=https://...&region=..."
    )
