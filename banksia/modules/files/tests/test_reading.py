"""Every kind of file, and every way to do harm with one: what is found is told, and nothing else happens."""

import io
import time
from tempfile import TemporaryFile

import pytest
from PIL import Image

from banksia.foundation.storage.public import sniff
from banksia.modules.files.adapters.reading import Limits, Reading, confined, draw_page, read_file
from banksia.modules.files.adapters.reading.found import DAMAGED, EMPTY, LOCKED
from banksia.modules.files.tests import nasty


def read(content: bytes, limits: Limits | None = None) -> Reading:
    with TemporaryFile() as file:
        file.write(content)
        file.flush()
        return read_file(file, size=len(content), content_type=sniff(content[:4096]), limits=limits or Limits())


def size_of(picture: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(picture)) as opened:
        return opened.size


class TestWords:
    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (nasty.pdf("Section 4.55 plans"), "Section 4.55 plans"),
            (nasty.pdf_with_signature_field(), "Signed letter"),
            (b"Notice\r\nof intent\x0c", "Notice\nof intent"),
            ("Größe".encode("cp1252"), "Größe"),
            ("Größe".encode("utf-16"), "Größe"),
            (b"lot;plan\n2;DP 2288\n", "lot;plan\n2;DP 2288"),
            (nasty.HTML, "Notice\nKeep out & away"),
            (nasty.RTF, "Dear Council, the fence\nis café brown."),
            (nasty.docx("Dear Council\nthe fence"), "Dear Council\nthe fence"),
            (
                nasty.outlook_message(),
                (
                    "From: Ann Kaur\nTo: Council\nDate: 2025-11-25 03:00 UTC\nSubject: Sewer diagram – Lot 2\n\n"
                    "Please find it attached.\nAttached: diagram.pdf"
                ),
            ),
            (nasty.xlsx(), "Lot 2\t104882\t\npaid"),
            (
                nasty.packed(
                    {"content.xml": "<o xmlns:text='t'><text:p>Dear</text:p><text:p>Sir<text:s/>X</text:p></o>"}
                ),
                "Dear\nSir X",
            ),
            (
                nasty.packed({"ppt/presentation.xml": "<p/>", "ppt/slides/slide1.xml": "<s><p><t>Plan</t></p></s>"}),
                "Plan",
            ),
            (
                nasty.MAIL,
                (
                    "From: Ann Kaur <ann@firm.example>\nTo: council@bluehills.example\n"
                    "Date: Mon, 23 Nov 2026 10:00:00 +1100\nSubject: Sewer diagram – Lot 2\n\n"
                    "Please find the diagram of the café.\nAttached: diagram.pdf"
                ),
            ),
        ],
    )
    def test_are_read_whatever_kind_it_is(self, content: bytes, words: str) -> None:
        found = read(content)
        assert (found.text.state, found.words) == ("done", words)

    @pytest.mark.parametrize("content", [nasty.pdf(), nasty.picture("PNG"), nasty.picture("TIFF", pages=3)])
    def test_pages_without_any_are_scans(self, content: bytes) -> None:
        found = read(content)
        assert (found.text.state, found.text.is_scan, found.words) == ("none", True, "")

    def test_pages_that_are_pictures_are_named_beside_those_with_words(self) -> None:
        letter = "The retaining wall on the northern boundary is to be built as drawn on sheet 4. " * 3
        pages = [letter, nasty.SCAN, "", nasty.SCAN + nasty.STAMP, nasty.SCAN + letter, nasty.STAMP, nasty.SCAN]
        found = read(nasty.mixed_pdf(pages))
        assert (found.text.state, found.text.is_scan, found.page_count) == ("done", False, 7)
        assert found.scan_pages == (2, 4, 7)
        assert found.words.count("northern boundary") == 6

    def test_a_stamp_on_each_page_of_a_scan_is_not_its_words(self) -> None:
        found = read(nasty.mixed_pdf([nasty.SCAN + nasty.STAMP] * 2))
        assert (found.text.is_scan, found.scan_pages) == (False, (1, 2))

    def test_pages_that_are_none_are_not_believed(self) -> None:
        assert confined._page_numbers(b"3 2 2 0 9 -1 x 99999999999", 3) == (2, 3)

    @pytest.mark.parametrize("content", [b"MZ\x90\x00" + bytes(60), nasty.packed({"a.txt": "x"}), nasty.SVG[:4]])
    def test_other_kinds_have_none(self, content: bytes) -> None:
        assert (read(content).picture.state, read(content).preview.state) == ("none", "none")

    def test_are_at_most_a_million(self) -> None:
        assert len(read(b"word " * 400_000).words) == 999_999  # and no space at the end


class TestPictures:
    def test_a_large_plan_is_quick_and_small(self) -> None:
        began = time.monotonic()
        found = read(nasty.pdf("Plan", size=nasty.A0_POINTS), Limits(memory_bytes=400 * 1024**2))
        assert time.monotonic() - began < 5
        assert (found.page_count, size_of(found.picture.payload)) == (1, (227, 320))
        assert len(found.picture.payload) < 20_000

    def test_a_scan_of_139_megapixels_as_well(self) -> None:
        found = read(nasty.picture("TIFF", nasty.A0_PIXELS, "1"), Limits(memory_bytes=500 * 1024**2))
        assert size_of(found.picture.payload) == (320, 226)

    def test_of_a_tiff_a_browser_is_given_the_pages(self) -> None:
        found = read(nasty.picture("TIFF", pages=3))
        assert (found.page_count, sniff(found.preview.payload)) == (3, "application/pdf")
        assert sniff(read(nasty.picture("TIFF")).preview.payload) == "image/jpeg"

    def test_are_seen_as_they_were_taken(self) -> None:
        written, turned = io.BytesIO(), Image.Exif()
        turned[0x0112] = 6
        Image.new("RGB", (800, 400)).save(written, "JPEG", exif=turned)
        assert size_of(read(written.getvalue()).picture.payload) == (160, 320)

    def test_a_page_is_drawn_for_those_who_read_it(self) -> None:
        with TemporaryFile() as file:
            file.write(nasty.picture("TIFF", pages=2))
            file.flush()
            drawn = draw_page(file, content_type="image/tiff", number=2)
            none = draw_page(file, content_type="image/tiff", number=3)
        assert (drawn.state, sniff(drawn.payload)) == ("done", "image/jpeg")
        assert (none.state, none.payload) == ("unavailable", b"")


class TestLimits:
    def test_a_page_that_never_ends_is_given_up(self) -> None:
        found = read(nasty.pdf_that_never_ends(), Limits(seconds=0.7))
        assert (found.picture.state, found.text.state) == ("unavailable", "unavailable")
        assert found.picture.note == "Reading it takes longer than 1 seconds."

    def test_reaches_no_file_and_no_network(self, monkeypatch: pytest.MonkeyPatch) -> None:
        reach = (
            "import json, socket, sys; from banksia.modules.files.adapters.reading import reader;"
            "reader._give_up(json.loads(sys.argv[2]));\n"
            "for way in (socket.socket, lambda: open('/etc/passwd')):\n"
            "    try: way()\n"
            "    except OSError: continue\n"
            "    reader._say('text', {'state': 'done'}, b'out')\n"
        )
        monkeypatch.setattr(confined, "_START", f"import sys; sys.path.insert(0, sys.argv[1])\n{reach}")
        assert (read(b"words").text.state, read(b"words").words) == ("unavailable", "")

    def test_memory_is_limited(self) -> None:
        found = read(b"word " * 6_000_000, Limits(memory_bytes=70 * 1024**2))
        assert (found.text.state, found.text.note) == ("unavailable", "Reading it takes more than 70 MB of memory.")

    def test_what_is_written_is_limited(self) -> None:
        assert read(b"word " * 100_000, Limits(output_bytes=10_000)).text.state == "unavailable"

    def test_a_bomb_is_not_unpacked(self) -> None:
        spaces = "<w:p xmlns:w='urn:w'>" + " " * (140 * 1024**2) + "</w:p>"
        found = read(nasty.packed({"word/document.xml": spaces}))
        assert found.text.note == "The file unpacks to more than 128 MB, so its words are not read."
        entities = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
            f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9)
        )
        found = read(nasty.packed({"word/document.xml": entities + "]><t>&j;</t>"}))
        assert found.text.state == "done" or found.text.note == DAMAGED
        assert len(found.words) <= 1_000_000

    def test_a_picture_that_claims_to_be_huge_is_not_made_room_for(self) -> None:
        assert "400 megapixels" in read(nasty.png_that_claims(60_000, 60_000)).picture.note
        assert "300 megapixels" in read(nasty.png_that_claims(15_000, 20_000)).picture.note


class TestDamage:
    @pytest.mark.parametrize(
        ("content", "note"),
        [
            (b"", EMPTY),
            (nasty.pdf("Half")[:60], DAMAGED),
            (nasty.locked_pdf(), LOCKED),
            (nasty.picture("JPEG")[:700], DAMAGED),
            (nasty.docx("Half")[:150], DAMAGED),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), DAMAGED),
            (nasty.picture("PNG")[:60], DAMAGED),
        ],
    )
    def test_is_a_sentence(self, content: bytes, note: str) -> None:
        found = read(content)
        assert note in (found.text.note, found.picture.note)
        assert "unavailable" in (found.text.state, found.picture.state)

    def test_a_thousand_pages_have_a_number_and_a_picture(self) -> None:
        found = read(nasty.thousand_pages())
        assert (found.page_count, found.picture.state) == (1000, "done")
