"""A drawing (SVG) is a program's file format: what we show may hold shapes and text, no script and no way out.

Elements and namespaces that are not listed are refused, and every attribute and style is searched for addresses. The
policy that the logo is served with stands behind it: a drawing that slips through cannot load or run anything.
"""

import re
from xml.parsers import expat

from banksia.foundation.organisations.errors import LogoInvalid

SVG = "http://www.w3.org/2000/svg"
_ELEMENTS = """
    svg g defs symbol use title desc metadata style path rect circle ellipse line polyline polygon text tspan textPath
    image linearGradient radialGradient stop pattern clipPath mask marker switch view filter feBlend feColorMatrix
    feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow
    feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight
    feSpecularLighting feSpotLight feTile feTurbulence
"""
DRAWN = frozenset(_ELEMENTS.split())
NOTES = re.compile(r"inkscape|sodipodi|rdf-syntax|purl\.org/dc|creativecommons|ns\.adobe\.com|bohemiancoding")
"""Namespaces in which drawing programs leave their notes; browsers do not look at them."""
OUTSIDE = re.compile(r"url\s*\(\s*['\"]?\s*(?!['\"#\s])|@import|javascript:|expression\s*\(|\\", re.IGNORECASE)
EMBEDDED = re.compile(r"data:image/(png|jpeg);base64,", re.IGNORECASE)


def check_drawing(content: bytes) -> None:
    """Refuse a drawing that cannot be read or that holds more than shapes and text; raises LogoInvalid."""
    reader = expat.ParserCreate(namespace_separator=" ")
    drawing = _Drawing()
    reader.StartElementHandler = drawing.start
    reader.EndElementHandler = drawing.end
    reader.CharacterDataHandler = drawing.text
    reader.ProcessingInstructionHandler = lambda target, _: _refuse(f"the instruction <?{target[:40]}?>")
    reader.EntityDeclHandler = lambda *_: _refuse("entities")
    try:
        reader.Parse(content, True)
    except expat.ExpatError as error:
        raise LogoInvalid("The drawing cannot be read. Save it again as SVG, or as PNG.") from error


def _refuse(what: str) -> None:
    raise LogoInvalid(f"The drawing holds {what}, which is not taken. Save it as plain SVG, or as PNG.")


class _Drawing:
    """Follows the parser through one drawing."""

    def __init__(self) -> None:
        self.depth = 0
        self.style: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, tag = name.rpartition(" ")
        if self.style is not None or not (self.depth or (namespace, tag) == (SVG, "svg")):
            _refuse(f"the element <{tag[:40]}> in a place where it cannot be")
        if tag not in DRAWN if namespace == SVG else not NOTES.search(namespace):
            _refuse(f"the element <{tag[:40]}>")
        for attribute, value in attributes.items():
            _check_attribute(attribute.rpartition(" ")[2].lower(), value.strip())
        self.depth += 1
        self.style = [] if (namespace, tag) == (SVG, "style") else None

    def end(self, _name: str) -> None:
        self.depth -= 1
        if self.style is not None and OUTSIDE.search("".join(self.style)):
            _refuse("a style that loads something from outside")
        self.style = None

    def text(self, text: str) -> None:
        if self.style is not None:
            self.style.append(text)


def _check_attribute(attribute: str, value: str) -> None:
    if attribute.startswith("on"):
        _refuse(f"the event handler {attribute[:40]}")
    if attribute in ("href", "src") and not (value.startswith("#") or EMBEDDED.match(value)):
        _refuse("a link to something outside")
    if OUTSIDE.search(value):
        _refuse("a link to something outside")
