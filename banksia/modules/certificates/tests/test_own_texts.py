"""A council's own text: it stays in its place, can reach nothing, ends soon, and says where it is wrong."""

import json
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from banksia.modules.certificates.adapters.certificate_pdf import (
    Body,
    CertificateDocument,
    Mistake,
    TemplateRefusedError,
    compiler,
    own_text_of,
    render_certificate,
    render_draft,
)
from banksia.modules.certificates.adapters.certificate_pdf.confined import Limits
from banksia.modules.certificates.adapters.certificate_pdf.rendering import TEMPLATES
from banksia.modules.certificates.service.printing import document_from, snapshot_of
from banksia.modules.certificates.tests.test_certificate_pdf import DOCUMENT, words

VALUES: dict[str, Any] = {
    "property": {"address": "54 Williwa Street", "assessment": None},
    "attributes": {
        "zone": {"is_unknown": False, "shown": "RU5 Village"},
        "flood": {"is_unknown": True, "shown": None},
    },
}
GO_OUT_OF_PLACE = """
#counter(page).update(77)
#show heading: none
#place(top + left, dx: -5cm, dy: -20cm, rect(width: 60cm, height: 90cm, fill: white))
"""


def with_text(source: str, **changes: Any) -> CertificateDocument:
    return replace(DOCUMENT, body=Body(source, 3, VALUES), **changes)


def refused(source: str, limits: Limits | None = None) -> Mistake:
    with pytest.raises(TemplateRefusedError) as caught:
        render_draft(with_text(source), limits=limits or Limits())
    return caught.value.mistakes[0]


class TestOwnText:
    @pytest.mark.parametrize("template", TEMPLATES)
    def test_begins_as_what_comes_with_the_platform(self, template: str) -> None:
        own = replace(DOCUMENT, template=template)
        said = words(render_certificate(with_text(own_text_of(template), template=template)))
        assert said == words(render_certificate(own))

    def test_prints_what_it_names(self) -> None:
        text = (
            '#data.property.address, #attribute("zone"), #attribute("flood"), #data.as_at #section("2") #answer("lot")'
        )
        keyed = replace(DOCUMENT.sections[0].statements[1], key="lot")
        sections = (replace(DOCUMENT.sections[0], statements=(keyed,)), *DOCUMENT.sections[1:])
        said = words(render_certificate(with_text(text, sections=sections)))
        assert "54 Williwa Street, RU5 Village, not recorded by council, 23 November 2026" in said
        assert "2. Flood No controls apply. See map 4. 800 m²." in said

    def test_leaves_the_frame_as_it_is(self) -> None:
        pdf = render_certificate(with_text(GO_OUT_OF_PLACE))
        said = words(pdf)
        for needed in (
            "Blue Hills Shire Council", "10.7/2026/0913", "Check this certificate", "K7QF-2M9X-HT4C-8PVD",
            "Data as at 23 November 2026", "1 of 1",
        ):  # fmt: skip
            assert needed in said
        with pikepdf.open(BytesIO(pdf)) as opened, opened.open_metadata() as metadata:
            assert opened.Root.MarkInfo.Marked
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"], metadata["pdfuaid:part"]) == (
                "2", "A", "1",
            )  # fmt: skip
            assert metadata["dc:title"] == "Planning certificate 10.7/2026/0913 Lot 2 Section 2 DP 2288"
        drawn = words(render_draft(with_text(GO_OUT_OF_PLACE), watermark="PREVIEW")).replace(" ", "")
        assert "PREVIEW" in drawn

    def test_gives_the_same_bytes_from_what_is_kept(self) -> None:
        text = '#sections()\n#datetime.today().display()\n#attribute("zone")'
        document = with_text(text, issuer=replace(DOCUMENT.issuer, logo=None))
        kept = json.loads(json.dumps(snapshot_of(document)))
        assert (kept["body"]["number"], kept["body"]["source"]) == (3, text)
        assert render_certificate(document_from(kept)) == render_certificate(document)

    def test_prints_a_name_that_its_fonts_lack(self) -> None:
        values = {**VALUES, "property": {"address": "李明"}}
        document = replace(DOCUMENT, body=Body("#data.property.address", 3, values))
        assert "\N{WHITE SQUARE}" in words(render_certificate(document))


class TestMistakes:
    @pytest.mark.parametrize(
        ("source", "line", "column", "message"),
        [
            ("Good.\n\n  #nothing", 3, 4, "Unknown variable: nothing."),
            ("#let x = ", 1, 9, "Expected expression."),
            ('Good.\n#attribute("zon")', 2, 2, 'There is no attribute "zon".'),
            ("Good.\n#data.property.adress", 2, 16, 'Dictionary does not contain key "adress".'),
            ("漢字", 1, 1, "could not be displayed"),
            ('#set document(title: "Mine")', 1, 2, "cannot set the document's title"),
            ("#set page(header: none, foreground: none)", 1, 2, "cannot set up pages"),
            ("One.\n#pagebreak()", 2, 2, "Write #new-page()"),
            ("$ x $", 1, 1, 'alt: "..."'),
        ],
    )
    def test_say_where_in_the_councils_own_lines(self, source: str, line: int, column: int, message: str) -> None:
        mistake = refused(source)
        assert (mistake.line, mistake.column) == (line, column)
        assert message in mistake.message


class TestConfinement:
    @pytest.mark.parametrize(
        "source",
        [
            '#read("/etc/passwd")',
            '#read("../../../../etc/passwd")',
            '#include "../x"',
            '#include "/etc/hosts"',
            '#image("/etc/logo.png", alt: "x")',
            '#import "/proc/self/environ": *',
        ],
    )
    def test_reads_no_file(self, source: str) -> None:
        assert refused(source).message == "A template cannot read files."

    @pytest.mark.parametrize("package", ["@preview/cetz:0.3.4", "@local/mine:1.0.0"])
    def test_uses_no_package(self, package: str) -> None:
        assert refused(f'#import "{package}": *').message == "A template cannot use packages."

    @pytest.mark.parametrize(
        ("source", "limits", "message"),
        [
            ("#for i in range(100000) { for j in range(100000) {} }", Limits(seconds=0.5), "longer than 0.5 seconds"),
            ("#let i = 0\n#while i >= 0 { i += 1 }", Limits(), "infinite"),
            ("#let f(n) = f(n + 1)\n#f(0)", Limits(), "depth exceeded"),
            ("#let a = range(100000000)", Limits(memory_bytes=256 * 1024**2), "more than 256 MB"),
            ("#for i in range(201) { [a]; colbreak() }", Limits(), "more than 200 pages"),
            ("Good.", Limits(pdf_bytes=1000), "larger than"),
        ],
    )
    def test_ends_soon(self, source: str, limits: Limits, message: str) -> None:
        assert message in refused(source, limits).message

    def test_its_process_can_open_nothing(self) -> None:
        tried = f"""
import socket, sys
sys.path.insert(0, {str(Path(compiler.__file__).parent)!r})
import compiler
compiler._give_up(5, 10**9)
for reach in (lambda: open("/etc/hosts"), lambda: socket.socket(), lambda: open("made", "w")):
    try:
        reach()
    except OSError as error:
        print(error.errno)
"""
        done = subprocess.run([sys.executable, "-c", tried], capture_output=True, text=True, check=False, timeout=10)
        assert done.stdout.split() == ["24", "24", "24"]
