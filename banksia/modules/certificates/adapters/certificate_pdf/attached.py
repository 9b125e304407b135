"""The pages of another PDF, as pictures that an archivable certificate can hold.

PDF/A and PDF/UA say nothing of a file inside a page, so typst takes none; a page that was drawn is a picture like any
other, with words for who cannot see it. Each page is drawn once: the same file gives the same pictures.
"""

import base64
import io
import threading
from dataclasses import dataclass
from functools import lru_cache

import pypdfium2

DOTS_PER_INCH = 200
MOST_PAGES = 60
LONGEST_SIDE_POINTS = 2400
"""A little more than A0; 1 point is 1/72 inch."""
MOST_PIXELS_A_SIDE = 4700
"""A3 at 200 dots per inch; larger sheets are drawn coarser."""
MOST_BYTES = 12_000_000
"""Of all pictures of one file together; a certificate is mailed."""
_QUALITY = 80

# PDFium is not safe to call from two threads.
_drawing = threading.Lock()


class AttachedUnreadableError(ValueError):
    """The file cannot be a part of a certificate; the message says why, in words for an officer."""


@dataclass(frozen=True)
class Picture:
    """One page, as an SVG that holds a JPEG."""

    svg: bytes
    is_wide: bool


@lru_cache(maxsize=4)
def pictures_of(content: bytes) -> tuple[Picture, ...]:
    """Draw each page of a PDF. Raises AttachedUnreadableError.

    Takes about 50 ms a page, and 15 MB while it does.
    """
    with _drawing:
        try:
            with pypdfium2.PdfDocument(content) as document:
                return _drawn(document)
        except pypdfium2.PdfiumError as error:
            message = "The file is no PDF that can be read. If it asks for a password, save it without one."
            raise AttachedUnreadableError(message) from error


def _drawn(document: pypdfium2.PdfDocument) -> tuple[Picture, ...]:
    if not 1 <= len(document) <= MOST_PAGES:
        message = f"The file has {len(document)} pages. At most {MOST_PAGES} can follow a certificate."
        raise AttachedUnreadableError(message)
    pictures, total = [], 0
    for page in document:
        longest = max(page.get_size())
        if longest > LONGEST_SIDE_POINTS:
            message = f"A page is {longest / 72 * 25.4 / 10:.0f} cm long. Save it as A0 or smaller."
            raise AttachedUnreadableError(message)
        scale = min(DOTS_PER_INCH / 72, MOST_PIXELS_A_SIDE / longest)
        image = page.render(scale=scale).to_pil().convert("RGB")
        jpeg = io.BytesIO()
        image.save(jpeg, "JPEG", quality=_QUALITY)
        total += jpeg.tell()
        if total > MOST_BYTES:
            message = f"The pages are so detailed that they would take more than {MOST_BYTES // 1_000_000} MB."
            raise AttachedUnreadableError(message)
        svg = _svg(image.width, image.height, jpeg.getvalue())
        pictures.append(Picture(svg, is_wide=image.width > image.height))
    return tuple(pictures)


def _svg(width: int, height: int, jpeg: bytes) -> bytes:
    """Wrap a JPEG as text: the compiler takes no source that is not UTF-8. The JPEG comes through byte for byte."""
    link = f"data:image/jpeg;base64,{base64.b64encode(jpeg).decode()}"
    size = f'width="{width}" height="{height}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {size}>'
        f'<image {size} xlink:href="{link}"/></svg>'
    ).encode()
