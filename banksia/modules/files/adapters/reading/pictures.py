"""Pictures, and scans of many pages in one TIFF: made small as they are read, strip by strip."""

import io
import time
from typing import Final

from PIL import (
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    Jpeg2KImagePlugin,
    JpegImagePlugin,
    PdfImagePlugin,
    PngImagePlugin,
    PpmImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from banksia.modules.files.adapters.reading.found import DAMAGED, Source, Text, UnreadableError

# Each kind that is opened is loaded now: a process that gave up its rights can load nothing more.
_KINDS: Final = (
    BmpImagePlugin, GifImagePlugin, Jpeg2KImagePlugin, JpegImagePlugin, PdfImagePlugin, PngImagePlugin, PpmImagePlugin,
    TiffImagePlugin, WebPImagePlugin,
)  # fmt: skip
_FORMATS: Final = ("BMP", "GIF", "JPEG", "JPEG2000", "PNG", "PPM", "TIFF", "WEBP")
_SHOWN_BY_BROWSERS: Final = ("GIF", "JPEG", "PNG", "WEBP")
_ONE_BYTE_MODES: Final = ("1", "L", "P")
MOST_PIXELS: Final = 400_000_000
"""An A0 sheet scanned in black and white at 500 dots per inch; memory sets a lower limit to colours."""
_STRIP_ROWS: Final = 512
_PREVIEW_PAGES, _PREVIEW_LONGEST = 20, 1600
_TURNED: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_ORIENTATION: Final = 0x0112


def get_ready() -> None:
    """Load what is loaded on first use, while files can still be opened."""
    pixel = Image.new("RGB", (1, 1))
    for kind in ("JPEG", "PDF", "TIFF", "WEBP"):
        pixel.save(io.BytesIO(), kind)
    pixel.getexif()


class Picture:
    """A picture that is open; nothing of it is unpacked yet."""

    def __init__(self, source: Source) -> None:
        Image.MAX_IMAGE_PIXELS = MOST_PIXELS // 2  # Pillow refuses at twice this
        self._source = source
        self._image = self._open()
        self.page_count: int | None = getattr(self._image, "n_frames", 1) if self._image.format != "GIF" else 1

    def _open(self) -> Image.Image:
        self._source.file.seek(0)
        try:
            return Image.open(self._source.file, formats=_FORMATS)
        except Image.DecompressionBombError as error:
            raise UnreadableError(_too_large(f"more than {MOST_PIXELS // 1_000_000}")) from error
        except (OSError, SyntaxError, ValueError) as error:
            raise UnreadableError(DAMAGED) from error

    def text(self) -> Text:
        """A picture has no words until somebody reads them off it."""
        return Text("", is_scan=True)

    def picture(self, number: int, longest: int) -> Image.Image:
        """A page of it, made small; raises UnreadableError when it would take too much memory."""
        try:
            self._image.seek(number - 1)
            self._image.draft("L" if self._image.mode == "L" else "RGB", (longest, longest))
            self._refuse_what_is_too_large()
            orientation = self._image.getexif().get(_ORIENTATION, 1)
            small = _shrunk(self._image, longest)
        except (OSError, EOFError, SyntaxError, ValueError) as error:
            raise UnreadableError(DAMAGED) from error
        return small.transpose(_TURNED[orientation]) if orientation in _TURNED else small

    def _refuse_what_is_too_large(self) -> None:
        width, height = self._image.size
        # Pillow keeps three colours in four bytes; the file itself may have to be in memory as well.
        needed = width * height * (1 if self._image.mode in _ONE_BYTE_MODES else 4)
        if self._image.format == "TIFF":
            needed += self._source.size
        if needed > self._source.memory_bytes * 0.7:
            raise UnreadableError(_too_large(f"{width * height / 1_000_000:,.0f}"))

    def preview(self) -> bytes | None:
        """The first pages, small, as a JPEG or as a PDF, of a kind that no browser shows."""
        if self._image.format in _SHOWN_BY_BROWSERS:
            return None
        count = min(self.page_count or 1, _PREVIEW_PAGES)
        first, *others = (self.picture(number, _PREVIEW_LONGEST) for number in range(1, count + 1))
        written = io.BytesIO()
        if others:
            # Without the time of day, so that the same file gives the same bytes, which are stored once.
            dates = {"creationDate": time.gmtime(0), "modDate": time.gmtime(0)}
            first.save(written, "PDF", save_all=True, append_images=others, resolution=150, **dates)
        else:
            first.save(written, "JPEG", quality=80)
        return written.getvalue()


def _too_large(megapixels: str) -> str:
    return f"The picture has {megapixels} megapixels, too many to show a small one."


def _shrunk(image: Image.Image, longest: int) -> Image.Image:
    """The picture at most so many pixels long, on white; beside the picture itself it needs one strip of it."""
    width, height = image.size
    factor = max(1, max(width, height) // (2 * longest))
    mode = "L" if image.mode in ("1", "L") else "RGB"
    small = Image.new(mode, (-(-width // factor), -(-height // factor)), "white")
    rows = max(factor, _STRIP_ROWS // factor * factor)
    for top in range(0, height, rows):
        strip = _flat(image.crop((0, top, width, min(height, top + rows))), mode)
        small.paste(strip.reduce(factor) if factor > 1 else strip, (0, top // factor))
    small.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    return small


def _flat(strip: Image.Image, mode: str) -> Image.Image:
    """A strip without transparency."""
    if strip.mode in ("RGBA", "LA", "PA") or "transparency" in strip.info:
        clear = strip.convert("RGBA")
        strip = Image.new("RGB", clear.size, "white")
        strip.paste(clear, mask=clear.getchannel("A"))
    return strip.convert(mode)
