"""Stored bytes as an HTTP answer: the one place that decides how a browser may treat them."""

import re
from urllib.parse import quote

from starlette.responses import StreamingResponse

from banksia.foundation.storage.adapters.sniffing import INLINE_SAFE
from banksia.foundation.storage.errors import RangeNotSatisfiable
from banksia.foundation.storage.models import StoredObject
from banksia.foundation.storage.service.keeping import open_object
from banksia.kit.platform import Platform

ONE_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def serve_object(
    platform: Platform,
    stored: StoredObject,
    *,
    file_name: str,
    inline: bool = False,
    requested_range: str | None = None,
    if_range: str | None = None,
) -> StreamingResponse:
    """Stream an object after its download was audited and committed.

    `inline` is honoured for a short list of kinds only; everything else a browser saves and never shows.
    Raises RangeNotSatisfiable, BytesMissing or StorageUnavailable, all before the first byte.
    """
    etag = f'"{stored.sha256}"'
    part = _range_of(requested_range, stored.size) if if_range in {None, etag} else None
    start, stop = part or (0, stored.size)
    shown = inline and stored.content_type in INLINE_SAFE
    headers = {
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-store",
        "Content-Disposition": content_disposition("inline" if shown else "attachment", file_name),
        "Content-Length": str(stop - start),
        "ETag": etag,
        "X-Content-Type-Options": "nosniff",
    }
    if stored.content_type != "application/pdf":  # browsers open PDFs in a viewer that a sandbox would block
        headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    if part:
        headers["Content-Range"] = f"bytes {start}-{stop - 1}/{stored.size}"
    media_type = stored.content_type if shown or not _is_active(stored.content_type) else "application/octet-stream"
    return StreamingResponse(
        open_object(platform, stored, start=start, stop=stop),
        status_code=206 if part else 200,
        headers=headers,
        media_type=media_type,
    )


def _is_active(content_type: str) -> bool:
    """Kinds that can run script in a page of ours if a browser ever ignored the other headers."""
    return content_type.startswith("text/") or content_type.endswith(("xml", "javascript"))


def _range_of(header: str | None, size: int) -> tuple[int, int] | None:
    """First byte and the one after the last; None sends all of it, as for several ranges or another unit."""
    found = ONE_RANGE.fullmatch((header or "").strip().replace(" ", ""))
    if found is None or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        start, stop = max(0, size - int(last)), size
    else:
        start, stop = int(first), min(size, int(last) + 1) if last else size
        if last and int(last) < start:
            return None
    if start >= size or start >= stop:
        raise RangeNotSatisfiable(size)
    return start, stop


def content_disposition(kind: str, file_name: str) -> str:
    """The name in plain ASCII for old clients and in full for all others; no character can end the header."""
    plain = re.sub(r"[^A-Za-z0-9._ ()-]", "_", file_name)
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(file_name, safe='')}"
