"""PDF: its words, and its pages as pictures, drawn at the size that is wanted."""

import codecs

import pypdfium2
from PIL.Image import Image

from banksia.modules.files.adapters.reading import pictures
from banksia.modules.files.adapters.reading.found import DAMAGED, LOCKED, Source, Text, UnreadableError, Words

_PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD
_POINTS_AN_INCH, _MOST_DOTS_AN_INCH = 72, 300


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
        words, read, total = Words(), 0, len(self._document)
        for number in range(total):
            if words.is_full or self._source.time_is_up:
                break
            words.add(self._words_of(number) + "\n")
            read += 1
        found = words.joined()
        note = "" if read == total else f"Only the first {read:,} of {total:,} pages were read."
        return Text(found, note, is_scan=not found and total > 0 and read == total)

    def _words_of(self, number: int) -> str:
        try:
            page = self._document[number]
        except pypdfium2.PdfiumError:  # one page is damaged; the others have words all the same
            return ""
        try:
            textpage = page.get_textpage()
            found: str = textpage.get_text_bounded()
            textpage.close()
        except pypdfium2.PdfiumError:
            return ""
        finally:
            page.close()
        return found

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
