"""Typeset a document as a tagged PDF that screen readers can read (PDF/UA-1).

The same document always gives the same bytes: nothing here reads a clock or a system font.
"""

import re
import threading
from functools import cache

import typst

_MISSING_GLYPH = "\N{WHITE SQUARE}"
_UNDRAWABLE = re.compile(r'the text `"(?P<text>.+)"` could not be displayed', re.DOTALL)
_MOST_REPAIRS = 24
# typst keeps compiled pieces between runs; its compile call is not documented as safe to run twice at once.
_compiling = threading.Lock()


def typeset(template: bytes, inputs: dict[str, str], *, timestamp: int) -> bytes:
    """The PDF of a template and its inputs, dated in seconds since 1970.

    Letters that no font of ours has are drawn as a square rather than lost or refused.
    """
    for _ in range(_MOST_REPAIRS):
        try:
            return _compile(template, inputs, timestamp)
        except typst.TypstError as error:
            undrawable = _UNDRAWABLE.search(error.message)
            if undrawable is None:
                raise
            unescaped = re.sub(r"\\u\{([0-9a-f]+)\}", lambda found: chr(int(found[1], 16)), undrawable["text"])
            if not any(unescaped in text for text in inputs.values()):
                break
            square = _MISSING_GLYPH * len(unescaped)
            inputs = {name: text.replace(unescaped, square) for name, text in inputs.items()}
    plain = {
        name: re.sub(r"[^\u0000-\u024f\u2010-\u2027\u25a1]", _MISSING_GLYPH, text) for name, text in inputs.items()
    }
    return _compile(template, plain, timestamp)


def _compile(template: bytes, inputs: dict[str, str], timestamp: int) -> bytes:
    with _compiling:
        return typst.compile(
            template,
            format="pdf",
            font_paths=_fonts(),
            sys_inputs=inputs,
            pdf_standards=["ua-1"],
            timestamp=timestamp,
        )


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)
