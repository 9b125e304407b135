"""Files as they come, and as somebody makes them to do harm; each is made here."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence

import pypdfium2
from PIL import Image
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields

A0_POINTS = (2384, 3370)
A0_PIXELS = (14043, 9933)  # 139 megapixels: A0 at 300 dots per inch


def pdf(words: str = "", *, size: tuple[int, int] = (595, 842), pages: int = 1) -> bytes:
    """A PDF whose pages say something, or nothing, as scanned ones do."""
    stream = f"BT /F 24 Tf 72 700 Td ({words}) Tj ET".encode() if words else b"0 0 m 99 99 l S"
    kids = " ".join(f"{3 + number} 0 R" for number in range(pages))
    last = 3 + pages
    about = f"/MediaBox[0 0 {size[0]} {size[1]}]/Contents {last} 0 R/Resources<</Font<</F {last + 1} 0 R>>>>"
    page = f"<</Type/Page/Parent 2 0 R{about}>>"
    return pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            f"<</Type/Pages/Kids[{kids}]/Count {pages}>>".encode(),
            *[page.encode()] * pages,
            b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        ]
    )


SCAN = "a page that is a picture"
STAMP = "Document Set ID: 104882"


def mixed_pdf(pages: Sequence[str]) -> bytes:
    """A PDF whose pages each say something; empty ones are empty, those that begin with SCAN a picture, then words."""
    written = []
    for number, words in enumerate(pages):
        picture = b"q 595 0 0 842 0 0 cm /I Do Q " if words.startswith(SCAN) else b""
        said = words.removeprefix(SCAN)
        stream = picture + (f"BT /F 4 Tf 20 700 Td ({said}) Tj ET".encode() if said else b"")
        about = b"/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>/XObject<</I 4 0 R>>>>"
        written += [
            b"<</Type/Page/Parent 2 0 R%s/Contents %d 0 R>>" % (about, 6 + 2 * number),
            b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        ]
    grey = b"/ColorSpace/DeviceGray/BitsPerComponent 8"
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    return pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            b"<</Type/XObject/Subtype/Image/Width 2/Height 2%s/Length 4>>stream\n\x00\xff\xff\x00\nendstream" % grey,
            *written,
        ]
    )


def pdf_of(objects: list[bytes]) -> bytes:
    """A PDF of numbered objects, the first of which is its root."""
    written, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    return written + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        count,
        table,
        count,
        len(written),
    )


def pdf_that_never_ends() -> bytes:
    """Twelve drawings, each of which draws the next thirty times: 30 to the power of 12."""
    again = b"/X Do " * 30
    drawings = [
        b"<</Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</X %d 0 R>>>>"
        b"/Length %d>>stream\n%s\nendstream" % (6 + number, len(again), again)
        for number in range(12)
    ]
    return pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>",
            b"<</Length %d>>stream\n%s\nendstream" % (len(again), again),
            *drawings,
            b"<</Type/XObject/Subtype/Form/BBox[0 0 600 800]/Length 14>>stream\n0 0 m 9 9 l S \nendstream",
        ]
    )


def locked_pdf() -> bytes:
    """A PDF that asks for a password."""
    import pikepdf  # noqa: PLC0415  (half a second that only this takes)

    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf("Secret"))) as opened:
        opened.save(written, encryption=pikepdf.Encryption(owner="owner", user="user"))
    return written.getvalue()


def pdf_with_signature_field() -> bytes:
    """A PDF with a field to be signed, written by the library that signs certificates, as an addition at its end."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf("Signed letter")))
    fields.append_signature_field(writer, fields.SigFieldSpec("Signature", box=(10, 10, 200, 60)))
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def thousand_pages() -> bytes:
    """A PDF of 1,000 pages."""
    with pypdfium2.PdfDocument.new() as document:
        for _ in range(1000):
            document.new_page(595, 842)
        written = io.BytesIO()
        document.save(written)
    return written.getvalue()


def picture(kind: str, size: tuple[int, int] = (900, 600), mode: str = "RGB", *, pages: int = 1) -> bytes:
    """A picture, or a TIFF of many."""
    drawn = Image.new(mode, size, "white")
    drawn.paste("black", (0, 0, size[0] // 2, size[1] // 2))
    written = io.BytesIO()
    more = {"save_all": True, "append_images": [drawn] * (pages - 1)} if pages > 1 else {}
    drawn.save(written, kind, **more)
    return written.getvalue()


def png_that_claims(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is huge."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    )


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packing:
        for name, content in parts.items():
            packing.writestr(name, content)
    return written.getvalue()


def docx(words: str) -> bytes:
    """A letter of an office program, as far as it has words."""
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in words.splitlines())
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f"<w:document xmlns:w='urn:w'><w:body>{paragraphs}</w:body></w:document>",
        }
    )


def xlsx() -> bytes:
    """A table: a shared string, a number, a string of its own."""
    return packed(
        {
            "xl/workbook.xml": "<workbook/>",
            "xl/sharedStrings.xml": "<sst><si><t>Fee</t></si><si><r><t>Lot</t></r><r><t> 2</t></r></si></sst>",
            "xl/worksheets/sheet1.xml": "<worksheet><row><c t='s'><v>1</v></c><c><v>104882</v></c></row>"
            "<row><c t='inlineStr'><is><t>paid</t></is></c></row></worksheet>",
        }
    )


MAIL = (
    b"From: Ann Kaur <ann@firm.example>\r\nTo: council@bluehills.example\r\nDate: Mon, 23 Nov 2026 10:00:00 +1100\r\n"
    b"Subject: =?utf-8?q?Sewer_diagram_=E2=80=93_Lot_2?=\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: multipart/mixed; boundary=part\r\n\r\n--part\r\nContent-Type: text/html; charset=iso-8859-1\r\n\r\n"
    b"<p>Please find the <b>diagram</b> of the caf\xe9.</p><script>alert(1)</script>\r\n--part\r\n"
    b"Content-Type: application/pdf\r\nContent-Disposition: attachment; filename=diagram.pdf\r\n\r\n%PDF\r\n"
    b"--part--\r\n"
)
RTF = rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0 Dear \b Council\b0 , the fence\par is caf\'e9 brown.}"
HTML = b"<!DOCTYPE html><title>Notice</title><script>alert(document.cookie)</script><p>Keep out &amp; away</p>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def outlook_message() -> bytes:
    """A message as Outlook saves it, with a name of something attached; all of it in streams of 4096 bytes."""
    sent_at = 134_085_132_000_000_000  # ticks of 100 ns since 1601: 25 November 2025, 03:00 UTC
    streams = {
        "__properties_version1.0": bytes(32) + struct.pack("<IIQ", 0x00390040, 6, sent_at),
        "__substg1.0_0037001F": "Sewer diagram – Lot 2".encode("utf-16-le"),
        "__substg1.0_0C1A001F": "Ann Kaur".encode("utf-16-le"),
        "__substg1.0_0E04001E": b"Council",
        "__substg1.0_1000001F": "Please find it attached.".encode("utf-16-le"),
        "__attach_version1.0_#00000000": None,
        "__substg1.0_3707001F": "diagram.pdf".encode("utf-16-le"),
    }
    none, end, fat = 0xFFFFFFFF, 0xFFFFFFFE, [0xFFFFFFFD]

    def entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
        encoded = name.encode("utf-16-le") + b"\0\0"
        return struct.pack(
            "<64sHBBIII16sIQQIQ", encoded, len(encoded), kind, 1, none, right, child, b"", 0, 0, 0, start, size
        )

    entries, written = [entry("Root Entry", 5, none, 1, end, 0)], b""
    fat += [2, end]  # the directory: eight entries in two sectors
    last = len(streams)
    for place, (name, content) in enumerate(streams.items(), start=1):
        if content is None:  # a folder, whose one stream is the last
            entries.append(entry(name, 1, none, last, 0, 0))
            continue
        start = len(fat)
        fat += [*range(start + 1, start + 8), end]
        written += content.ljust(4096, b"\0")
        right = none if place == last else place + 1
        entries.append(entry(name, 2, right, none, start, 4096))
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b"", 0, 1, 1, 0,
        4096, end, 0, end, 0, 0,
    ) + struct.pack("<108I", *[none] * 108)  # fmt: skip
    table = struct.pack("<128I", *fat, *[none] * (128 - len(fat)))
    return header + table + b"".join(entries) + written
