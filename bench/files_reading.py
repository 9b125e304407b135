"""Reading documents: thumbnails and pages of words a second, each file in a process of its own, and what that takes."""

import io
import subprocess
import sys
from collections.abc import Iterator
from tempfile import NamedTemporaryFile, TemporaryFile

import typst
from PIL import Image, ImageDraw

from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.modules.files.adapters.reading import read_file
from banksia.modules.files.service import processing
from banksia.modules.files.tests.factories import note_bytes
from bench.measuring import Bench, Row, timed

TITLE = "Property files, reading"
A0_PIXELS = (14043, 9933)
PLAN_AIM_MS = 1000
AIMS_MB = {"plan": 150, "scan": 250}  # of the scan each of 139 million points takes a byte


def measure(bench: Bench) -> Iterator[Row]:
    """A letter, many pages, an A0 plan and an A0 scan; then all that a worker does for a letter."""
    times, pages = (3, 50) if bench.quick else (20, 1000)
    letter, long = _letter(1), _letter(pages)
    yield _read("letter of one page, words and thumbnail", letter, "application/pdf", times)
    row = _read(f"PDF of {pages:,} pages, words and thumbnail", long, "application/pdf", max(2, times // 5))
    yield Row(f"words of {pages:,} pages", per_second=pages / ((row.p50_ms or 1) / 1000), note="pages a second")
    yield row
    plan = _read("plan of 139 megapixels (A0, drawn), thumbnail", _plan(), "application/pdf", times, PLAN_AIM_MS)
    yield plan
    scan = _scan()
    yield _read("scan of 139 megapixels (A0, TIFF group 4), thumbnail", scan, "image/tiff", max(2, times // 5))
    for what, content, kind in (("plan", _plan(), "application/pdf"), ("scan", scan, "image/tiff")):
        most = _most_megabytes(content, kind)
        yield Row(f"the reader of the {what}", megabytes=most, aim=f"{AIMS_MB[what]} MB", met=most < AIMS_MB[what])
    yield _process(bench, times)


def _read(what: str, content: bytes, content_type: str, times: int, aim_ms: int | None = None) -> Row:
    with TemporaryFile() as file:
        file.write(content)
        file.flush()
        seconds = timed(lambda: read_file(file, size=len(content), content_type=content_type), times, warmup=1)
    row = Row.of_samples(what, seconds, size=f"{len(content) / 1000:,.0f} kB", note="the start of the process included")
    if aim_ms is None:
        return row
    return Row(**{**vars(row), "aim": f"{aim_ms} ms", "met": (row.p50_ms or 0) < aim_ms})


_MOST = """
import resource, sys
from banksia.modules.files.adapters.reading import read_file
with open(sys.argv[1], "rb") as file:
    read_file(file, size=int(sys.argv[2]), content_type=sys.argv[3])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def _most_megabytes(content: bytes, content_type: str) -> float:
    """The most memory that the reader ever held.

    Linux counts to a process what its parent held when it began, so it is begun by one that holds next to nothing.
    """
    with NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        command = [sys.executable, "-c", _MOST, file.name, str(len(content)), content_type]
        told = subprocess.run(command, capture_output=True, text=True, check=True)
    return int(told.stdout) / 1024


def _process(bench: Bench, times: int) -> Row:
    """Fetch, read, keep the picture and the words: the whole task, one after another."""
    transactions = Transactions(bench.platform, Actor.system(bench.organisation_id))
    waiting = [note_bytes(transactions, _letter(1, str(number))) for number in range(times + 1)]
    seconds = timed(lambda: processing.process_content(transactions, content_id=waiting.pop()), times, warmup=1)
    return Row.of_samples("process a letter, by one worker", seconds, size=f"{times} letters")


def _letter(pages: int, about: str = "") -> bytes:
    body = "#pagebreak()".join([f"= Section 4.55 {about}\n#lorem(400)"] * pages)
    made: bytes = typst.compile(body.encode(), format="pdf")
    return made


def _plan() -> bytes:
    lines = "#for i in range(3000) { place(dx: calc.rem(i * 37, 1180) * 1mm, dy: calc.rem(i * 91, 830) * 1mm, "
    lines += "line(length: 40mm, angle: i * 1deg, stroke: 0.1mm)) }"
    made: bytes = typst.compile(f"#set page(width: 1189mm, height: 841mm)\n{lines}".encode(), format="pdf")
    return made


def _scan() -> bytes:
    sheet = Image.new("1", A0_PIXELS, 1)
    pen = ImageDraw.Draw(sheet)
    for step in range(0, A0_PIXELS[0], 60):
        pen.line((step, 0, A0_PIXELS[0] - step, A0_PIXELS[1]), fill=0, width=3)
    written = io.BytesIO()
    sheet.save(written, "TIFF", compression="group4")
    return written.getvalue()
