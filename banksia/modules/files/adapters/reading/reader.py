"""Read one file that came from anywhere, in a process of its own that can reach nothing and ends soon.

The file is standard input, and what is found goes to standard output as soon as it is found, so that what comes later
cannot take it back. Everything trusted is loaded first; then the process gives up what it does not need for good. A
process that may not open one more file can read none and reach no network, whatever the file makes of it.
"""

import io
import json
import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from importlib import import_module
from math import ceil
from typing import TYPE_CHECKING, Any

from banksia.modules.files.adapters.reading.found import DAMAGED, Readable, Source, Text, UnreadableError
from banksia.modules.files.adapters.reading.kinds import HEAD_BYTES, kind_of

if TYPE_CHECKING:
    from PIL.Image import Image

THUMBNAIL_LONGEST = 320
SCAN_LONGEST = 5000
"""An A3 page at 300 dots per inch."""
_OPENERS = {
    "pdf": ("pdfs", "Pdf"),
    "picture": ("pictures", "Picture"),
    "office": ("offices", "Office"),
    "ole": ("messages", "Ole"),
    "rtf": ("letters", "rtf"),
    "mail": ("letters", "mail"),
    "html": ("letters", "html"),
    "plain": ("letters", "plain"),
}
_NOTHING = {"state": "none", "note": ""}


def main() -> None:
    """Load, give up, read, say."""
    asked = json.loads(sys.argv[1])
    file = os.fdopen(os.dup(sys.stdin.fileno()), "rb")  # not 0, which Pillow takes for no file at all
    source = Source(
        file, os.fstat(file.fileno()).st_size, asked["memory_bytes"], time.monotonic() + asked["seconds"] * 0.7
    )
    kind = kind_of(asked["content_type"], source.head(HEAD_BYTES))
    opener = _loaded(kind)
    _give_up(asked)
    if opener is None:
        _say_all(asked["parts"], _NOTHING)
        return
    try:
        readable = opener(source)
    except Exception as error:  # noqa: BLE001  (whatever a damaged file does to a library)
        _say_all(asked["parts"], _why(error, asked))
        return
    if getattr(readable, "is_office", True) and getattr(readable, "is_message", True):
        _say("about", {"page_count": readable.page_count})
        for part in asked["parts"]:
            _part(part, readable, asked)
    else:  # a zip of something else, or an older document
        _say_all(asked["parts"], _NOTHING)


def _loaded(kind: str) -> Callable[[Source], Readable] | None:
    if kind not in _OPENERS:
        return None
    module, name = _OPENERS[kind]
    found = import_module(f"banksia.modules.files.adapters.reading.{module}")
    found.get_ready()
    opener: Callable[[Source], Readable] = getattr(found, name)
    return opener


def _give_up(asked: dict[str, Any]) -> None:
    seconds = ceil(asked["seconds"])
    limits = {
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_AS: asked["memory_bytes"],
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: asked["output_bytes"],
        resource.RLIMIT_NOFILE: 0,
    }
    for limit, most in limits.items():
        resource.setrlimit(limit, (most, most))
    signal.alarm(seconds + 1)  # when nobody waits for it any more


def _part(part: str, readable: Readable, asked: dict[str, Any]) -> None:
    try:
        if part == "text":
            _say_text(readable.text())
        elif part == "picture":
            _say_picture("picture", readable.picture(1, THUMBNAIL_LONGEST), "WEBP", quality=80)
        elif part == "preview":
            shown = readable.preview()
            _say("preview", {"state": "done" if shown else "none"}, shown or b"")
        else:
            drawn = readable.picture(asked["page"], SCAN_LONGEST)
            _say_picture("page", drawn.convert("L") if drawn else None, "JPEG", quality=85)
    except Exception as error:  # noqa: BLE001  (the same)
        _say(part, _why(error, asked))


def _why(error: Exception, asked: dict[str, Any]) -> dict[str, str]:
    if isinstance(error, UnreadableError):
        return {"state": "unavailable", "note": str(error)}
    if isinstance(error, MemoryError):
        megabytes = asked["memory_bytes"] // 1024**2
        return {"state": "unavailable", "note": f"Reading it takes more than {megabytes} MB of memory."}
    return {"state": "unavailable", "note": DAMAGED}


def _say_text(text: Text) -> None:
    state = "done" if text.words else "none"
    _say("scan_pages", {}, " ".join(map(str, text.scan_pages)).encode())  # first: who has the words has these too
    _say("text", {"state": state, "note": text.note, "is_scan": text.is_scan}, text.words.encode())


def _say_picture(part: str, image: "Image | None", kind: str, *, quality: int) -> None:
    if image is None:
        _say(part, _NOTHING)
        return
    written = io.BytesIO()
    image.save(written, kind, quality=quality)
    _say(part, {"state": "done", "note": ""}, written.getvalue())


def _say_all(parts: list[str], said: dict[str, str]) -> None:
    for part in parts:
        _say(part, said)


def _say(part: str, said: dict[str, Any], payload: bytes = b"") -> None:
    head = json.dumps({"part": part, "size": len(payload), **said})
    sys.stdout.buffer.write(head.encode() + b"\n" + payload)
    sys.stdout.buffer.flush()
