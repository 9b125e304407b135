"""What an SVG may hold when it is a council's logo."""

import pytest

from banksia.foundation.organisations.adapters.drawings import check_drawing
from banksia.foundation.organisations.errors import LogoInvalid

PLAIN = """<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
     xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" viewBox="0 0 10 10" inkscape:version="1.3">
  <!-- made by hand -->
  <style>.leaf { fill: url(#shade); stroke: #14563b }</style>
  <inkscape:grid id="grid1"/>
  <defs><linearGradient id="shade"><stop offset="0" stop-color="#14563b"/></linearGradient></defs>
  <path class="leaf" d="M0 0h10v10z"/><use xlink:href="#shade"/><text x="1" y="5">Blue Hills \u202eעב</text>
  <image href="data:image/png;base64,iVBORw0KGgo=" width="1" height="1"/>
</svg>"""


def inside(content: str) -> bytes:
    head = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
    return f"{head}{content}</svg>".encode()


class TestCheckDrawing:
    def test_takes_shapes_styles_and_the_notes_of_drawing_programs(self) -> None:
        check_drawing(PLAIN.encode())

    @pytest.mark.parametrize(
        "content",
        [
            "<script>alert(1)</script>",
            "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>",
            "<html:script xmlns:html='http://www.w3.org/1999/xhtml'>alert(1)</html:script>",
            "<m:math xmlns:m='http://www.w3.org/1998/Math/MathML'/>",
            "<script xmlns=''>alert(1)</script>",
            "<rect onload='alert(1)'/>",
            "<rect ONCLICK='alert(1)'/>",
            "<set attributeName='href' to='javascript:alert(1)'/>",
            "<animate attributeName='x'/>",
            "<a href='https://evil.example'><rect/></a>",
            "<image href='https://evil.example/x.png'/>",
            "<image xlink:href='//evil.example/x.png'/>",
            "<image href='data:image/svg+xml;base64,PHN2Zy8+'/>",
            "<use href='other.svg#part'/>",
            "<rect style='fill: url(https://evil.example)'/>",
            "<rect fill='url( \"http://evil.example/#a\")'/>",
            "<style>@import 'https://evil.example/x.css';</style>",
            "<style>@im<!-- between -->port 'x.css';</style>",
            "<style>@im<g/>port 'x.css';</style>",
            "<style>" + " " * 8190 + "u&#114;l(https://evil.example)</style>",
            "<style>a { fill: \\75rl(https://evil.example) }</style>",
            "<?xml-stylesheet href='https://evil.example/x.css'?>",
        ],
    )
    def test_refuses_what_could_run_or_load_something(self, content: str) -> None:
        with pytest.raises(LogoInvalid, match="The drawing holds"):
            check_drawing(inside(content))

    def test_refuses_entities_before_they_grow(self) -> None:
        bomb = b'<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
        with pytest.raises(LogoInvalid, match="entities"):
            check_drawing(bomb + inside("<text>&b;</text>"))

    @pytest.mark.parametrize(
        "content", [b"<svg", b"<svg xmlns='http://www.w3.org/2000/svg'><g></svg>", b"\xff\xfe<svg"]
    )
    def test_refuses_what_no_program_can_read(self, content: bytes) -> None:
        with pytest.raises(LogoInvalid, match="cannot be read"):
            check_drawing(content)

    def test_refuses_another_kind_of_document(self) -> None:
        with pytest.raises(LogoInvalid, match="The drawing holds"):
            check_drawing(
                b"<html xmlns='http://www.w3.org/1999/xhtml'><svg xmlns='http://www.w3.org/2000/svg'/></html>"
            )
