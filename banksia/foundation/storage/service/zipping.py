"""Several stored objects as one zip, made while it is sent: nothing of it is kept in memory or on disk."""

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from starlette.responses import StreamingResponse

from banksia.foundation.storage.models import StoredObject
from banksia.foundation.storage.service.keeping import look_for, open_object
from banksia.foundation.storage.service.serving import content_disposition
from banksia.kit.platform import Platform

LOOKED_AT = 200
"""So many objects are looked for before a zip begins: as many as people choose at once. A store may be far away."""


@dataclass(frozen=True)
class ZipMember:
    """A stored object and its name in the zip, which no other member has."""

    name: str
    stored: StoredObject


@dataclass(frozen=True)
class ZipText:
    """Something that is made for the zip alone, small enough for memory."""

    name: str
    content: bytes


class _Outbox:
    """What was written since it was last emptied."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, part: bytes) -> int:
        self._parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """A file has this."""

    def empty(self) -> bytes:
        found = b"".join(self._parts)
        self._parts.clear()
        return found


def serve_zip(platform: Platform, members: Sequence[ZipMember | ZipText], *, file_name: str) -> StreamingResponse:
    """Stream objects as one zip after their download was audited and committed.

    Documents are packed as they are: most are compressed already. Raises BytesMissing before the answer begins when one
    of the first has no bytes; when a later one has none, the answer breaks off, so that nobody takes half a zip for a
    whole one.
    """
    for stored in [each.stored for each in members if isinstance(each, ZipMember)][:LOOKED_AT]:
        look_for(platform, stored)
    headers = {
        "Cache-Control": "private, no-store",
        "Content-Disposition": content_disposition("attachment", file_name),
        "X-Content-Type-Options": "nosniff",
    }
    return StreamingResponse(_packed(platform, members), headers=headers, media_type="application/zip")


def _packed(platform: Platform, members: Sequence[ZipMember | ZipText]) -> Iterator[bytes]:
    outbox = _Outbox()
    with zipfile.ZipFile(outbox, "w", zipfile.ZIP_STORED) as packing:  # type: ignore[call-overload]  # it only writes
        for member in members:
            if isinstance(member, ZipText):
                packing.writestr(member.name, member.content)
                yield outbox.empty()
                continue
            entry = zipfile.ZipInfo(member.name, member.stored.created_at.timetuple()[:6])
            with packing.open(entry, "w", force_zip64=True) as packed:
                for chunk in open_object(platform, member.stored):
                    packed.write(chunk)
                    yield outbox.empty()
            yield outbox.empty()
    yield outbox.empty()
