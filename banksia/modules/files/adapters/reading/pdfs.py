"""PDF: its words, and its pages as pictures, drawn at the size that is wanted."""

import codecs
from itertools import islice

import pypdfium2
from PIL.Image import Image
from pypdfium2 import raw

from banksia.modules.files.adapters.reading import pictures
from banksia.modules.files.adapters.reading.found import DAMAGED, LOCKED, Source, Text, UnreadableError, Words

_PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD
_POINTS_AN_INCH, _MOST_DOTS_AN_INCH = 72, 300
_STAMP_CHARACTERS, _MOSTLY = 150, 0.5
_OBJECTS_LOOKED_AT = 500
"""A page may have any number of them."""


def get_ready() -> None:
    """Load what is loaded on first use, while files can still be opened."""
    pictures.get_ready()
    codecs.lookup("utf-16-le")  # in which PDFium gives words
    with pypdfium2.PdfDocument.new() as document:
        page = document.new_page(72, 72)
        page.render(scale=1).to_pil()
        page.get_textpage().get_text_bounded()


class Pdf:
    """A PDF that is open. The bytes are read as they are needed, however large the file is."""

    def __init__(self, source: Source) -> None:
        self._source = source
        try:
            self._document = pypdfium2.PdfDocument(source.file)
        except pypdfium2.PdfiumError as error:
            raise UnreadableError(LOCKED if error.err_code == _PASSWORD_ERROR else DAMAGED) from error
        self.page_count: int | None = len(self._document)

    def text(self) -> Text:
        """The words of each page until there are enough, or the time is up."""
        words, pictures_at, read, total = Words(), list[int](), 0, len(self._document)
        for number in range(total):
            if words.is_full or self._source.time_is_up:
                break
            on_page, is_picture = self._read(number)
            words.add(on_page + "\n")
            pictures_at += [number + 1] * is_picture
            read += 1
        found = words.joined()
        note = "" if read == total else f"Only the first {read:,} of {total:,} pages were read."
        if not found and 0 < total == read:
            return Text("", note, is_scan=True)
        return Text(found, note, scan_pages=tuple(pictures_at))

    def _read(self, number: int) -> tuple[str, bool]:
        """The words of a page, and whether it is a picture whose words nobody has read."""
        try:
            page = self._document[number]
        except pypdfium2.PdfiumError:  # one page is damaged; the others have words all the same
            return "", False
        try:
            textpage = page.get_textpage()
            found: str = textpage.get_text_bounded()
            textpage.close()
            is_picture = _is_picture(page, found.strip())
        except pypdfium2.PdfiumError:
            return "", False
        finally:
            page.close()
        return found, is_picture

    def picture(self, number: int, longest: int) -> Image:
        """A page drawn at the size that is wanted: never the whole sheet first."""
        try:
            page = self._document[number - 1]
        except pypdfium2.PdfiumError as error:
            raise UnreadableError(DAMAGED) from error
        scale = min(longest / max(page.get_size()), _MOST_DOTS_AN_INCH / _POINTS_AN_INCH)
        drawn: Image = page.render(scale=scale).to_pil().convert("RGB")
        page.close()
        return drawn

    def preview(self) -> None:
        """A browser shows a PDF by itself."""


def _is_picture(page: pypdfium2.PdfPage, words: str) -> bool:
    """Whether something is drawn on a page that has no words, or a scan fills it beside a line that was stamped on it.

    Records systems stamp each page of a scan with a number (`Document Set ID: 104882`), which are not its words.
    """
    if len(words) > _STAMP_CHARACTERS:
        return False
    drawn = [each for each in islice(page.get_objects(), _OBJECTS_LOOKED_AT) if each.type != raw.FPDF_PAGEOBJ_TEXT]
    if not words:
        return bool(drawn)
    width, height = page.get_size()
    boxes = [each.get_bounds() for each in drawn if each.type == raw.FPDF_PAGEOBJ_IMAGE]
    covered = sum(float((right - left) * (top - bottom)) for left, bottom, right, top in boxes)
    return bool(covered >= width * height * _MOSTLY)
