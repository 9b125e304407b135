"""Files that came from anywhere are read in a process of their own, with limits on all that it takes.

Whatever becomes of that process, the caller goes on: what it found until then is taken, and for the rest there is a
sentence. When it ends early, what is still missing is asked for once more, so that a page that cannot be drawn does
not cost the words.
"""

import contextlib
import json
import os
import select
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, Final

from banksia.modules.files.adapters.reading.found import DAMAGED, EMPTY, clean

_ROOT: Final = str(Path(__file__).parents[5])
_START: Final = (
    "import sys; sys.path.insert(0, sys.argv.pop(1));"
    " from banksia.modules.files.adapters.reading.reader import main; main()"
)
# One arena: else the address space that is counted grows with the threads.
_ENVIRONMENT: Final = {"MALLOC_ARENA_MAX": "1"}
_STATES: Final = frozenset({"done", "none", "unavailable"})
_SECONDS_ENDED: Final = (-24, -14, -9)  # SIGXCPU, SIGALRM, and SIGKILL by whoever waited


@dataclass(frozen=True)
class Limits:
    """What reading one file may take: seconds by the clock and of the processor; bytes of memory, of output, of input.

    Python and the libraries themselves take about 150 MB of the address space that `memory_bytes` limits.
    """

    seconds: float = 45
    memory_bytes: int = 1024**3
    output_bytes: int = 16 * 1024**2
    file_bytes: int = 512 * 1024**2


LIMITS: Final = Limits()


@dataclass(frozen=True)
class Part:
    """One thing that was asked for: `done` with its bytes, `none` at this kind of file, or `unavailable` and why."""

    state: str
    note: str = ""
    payload: bytes = b""
    is_scan: bool = False


@dataclass(frozen=True)
class Reading:
    """What was found in a file."""

    page_count: int | None
    text: Part
    picture: Part
    preview: Part
    scan_pages: tuple[int, ...] = ()
    """Pages that are pictures, in a file whose other pages have words."""

    @property
    def words(self) -> str:
        """The text, as PostgreSQL can keep it: at most a million characters."""
        return clean(self.text.payload.decode("utf-8", "replace"))


@dataclass
class _Found:
    page_count: int | None = None
    scan_pages: tuple[int, ...] = ()
    parts: dict[str, Part] = field(default_factory=dict)


def unavailable(note: str) -> Reading:
    """Nothing was found in a file, and why."""
    missing = Part("unavailable", note)
    return Reading(None, missing, missing, missing)


def read_file(file: IO[bytes], *, size: int, content_type: str, limits: Limits = LIMITS) -> Reading:
    """What a file says and looks like; never raises for what is in it. `file` is a real one, of so many bytes."""
    wanted = ("picture", "preview", "text")
    if size == 0:
        return unavailable(EMPTY)
    found, ended = _Found(), ""
    for _ in range(2):
        missing_parts = [part for part in wanted if part not in found.parts]
        if missing_parts:
            ended = _run(file, {"content_type": content_type, "parts": missing_parts}, limits, found)
            if (lost := next((part for part in wanted if part not in found.parts), None)) is not None:
                found.parts[lost] = Part("unavailable", ended)
    text, picture, preview = (
        found.parts.get(part, Part("unavailable", ended)) for part in ("text", "picture", "preview")
    )
    return Reading(found.page_count, text, picture, preview, found.scan_pages)


def draw_page(file: IO[bytes], *, content_type: str, number: int, limits: Limits = LIMITS) -> Part:
    """One page, counted from 1, as a JPEG in grey that a program can read words off."""
    found = _Found()
    ended = _run(file, {"content_type": content_type, "parts": ["page"], "page": number}, limits, found)
    return found.parts.get("page", Part("unavailable", ended))


def _run(file: IO[bytes], asked: dict[str, Any], limits: Limits, found: _Found) -> str:
    """Start the reader and take what it says; answers why it ended before it had said all."""
    asked = {
        **asked,
        "seconds": limits.seconds,
        "memory_bytes": limits.memory_bytes,
        "output_bytes": limits.output_bytes,
    }
    command = [sys.executable, "-I", "-c", _START, _ROOT, json.dumps(asked)]
    with TemporaryFile() as output:
        with subprocess.Popen(
            command, stdin=file, stdout=output, stderr=subprocess.DEVNULL, env=_ENVIRONMENT, cwd="/"
        ) as process:
            try:
                status = _wait(process, limits.seconds)
            except subprocess.TimeoutExpired:
                status = _SECONDS_ENDED[0]
            finally:
                process.kill()
        output.seek(0)
        for said, payload in _frames(output, limits):
            _take(found, said, payload, asked["parts"])
    if status in _SECONDS_ENDED:
        return f"Reading it takes longer than {ceil(limits.seconds)} seconds."
    if status < 0:
        return f"The file is damaged, or reading it takes more than {limits.memory_bytes // 1024**2} MB of memory."
    return DAMAGED


def _wait(process: subprocess.Popen[bytes], seconds: float) -> int:
    """As `process.wait`, which looks again only every 50 ms: a quarter of the time that a letter took."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError), os.fdopen(os.pidfd_open(process.pid)) as told:  # where it is not allowed
            ended = select.poll()
            ended.register(told, select.POLLIN)
            ended.poll(seconds * 1000)
            seconds = 0
    return process.wait(seconds)


def _frames(output: IO[bytes], limits: Limits) -> Iterator[tuple[dict[str, Any], bytes]]:
    """What the reader said whole; a process that a file has taken over may say anything."""
    while line := output.readline(10_000):
        try:
            said = json.loads(line)
            size = int(said["size"])
        except (ValueError, TypeError, KeyError):
            return
        if not 0 <= size <= limits.output_bytes:
            return
        payload = output.read(size)
        if len(payload) < size:
            return
        yield said, payload


def _take(found: _Found, said: dict[str, Any], payload: bytes, asked: Sequence[str]) -> None:
    if said.get("part") == "about" and isinstance(said.get("page_count"), int):
        found.page_count = min(max(said["page_count"], 0), 1_000_000)
    if said.get("part") == "scan_pages" and "text" in asked:
        found.scan_pages = _page_numbers(payload, found.page_count or 0)
    if said.get("part") in asked and said.get("state") in _STATES:
        note = clean(str(said.get("note", "")))[:300]
        found.parts[said["part"]] = Part(said["state"], note, payload, is_scan=bool(said.get("is_scan")))


def _page_numbers(payload: bytes, most: int) -> tuple[int, ...]:
    """Pages that there are, each once and in their order, whatever was said."""
    said = {int(word) for word in payload.split() if word.isdigit() and len(word) < 8}
    return tuple(number for number in sorted(said) if 1 <= number <= most)
