"""What a person typed, made plain: capitals, ASCII, one kind of dash, one kind of separator."""

import re
import unicodedata

MAX_LENGTH = 2_000
"""Longer text is cut: a list of two hundred parcels is shorter than this."""

_REPLACEMENTS = (
    dict.fromkeys((0x2018, 0x2019, 0x60, 0xB4), "'")
    | dict.fromkeys((0x2010, 0x2011, 0x2013, 0x2014, 0x2212), "-")
    | dict.fromkeys((ord("\\"), 0x2044, 0x2215), "/")
    | dict.fromkeys((ord(";"), ord("|"), ord("\n"), ord("\r")), ",")
)
"""The quotation marks, dashes, slashes and separators of word processors, by code point."""
_DOTTED = re.compile(r"\b[A-Z](?:\.[A-Z])+\b\.?")
_UNWANTED = re.compile(r"[^A-Z0-9'/,&+-]+")
_SPACED_DASH = re.compile(r"(?<=[A-Z]) +- +(?=[A-Z])")
_BROKEN_DASH = re.compile(r"(?<=[A-Z])(?: +-|- +)(?=[A-Z])")
_NUMBER_DASH = re.compile(r"(?<=[0-9])([A-Z]?) *- *(?=[A-Z]?[0-9])")
_NUMBER_TO = re.compile(r"\b([0-9]+[A-Z]?) TO ([0-9]+[A-Z]?)\b")
_NUMBER_AND = re.compile(r"(?<=[0-9]) *[&+] *(?=[0-9])")


def plain(text: str) -> str:
    """The text in capitals without accents, control characters, dots and brackets; never raises."""
    upper = text[:MAX_LENGTH].translate(_REPLACEMENTS)
    if upper.isascii():
        upper = upper.upper()
    else:
        folded = unicodedata.normalize("NFKD", upper)
        upper = "".join(c for c in folded if not unicodedata.combining(c)).upper().translate(_REPLACEMENTS)
    if "." in upper:
        upper = _DOTTED.sub(lambda match: match.group().replace(".", ""), upper)
    return join_dashes(_UNWANTED.sub(" ", upper).strip())


def join_dashes(text: str) -> str:
    """`KIPPA- RING` is one name, `24 - 26` one range, `SMITH ST - LITHGOW` two parts."""
    if "-" not in text and " TO " not in text:
        return text
    text = _BROKEN_DASH.sub("-", _SPACED_DASH.sub(" , ", text))
    return _NUMBER_DASH.sub(r"\1-", _NUMBER_TO.sub(r"\1-\2", text))


def join_numbers(text: str) -> str:
    """`2 & 3` before a street are two numbers of one place: `2+3`."""
    return _NUMBER_AND.sub("+", text) if "&" in text or "+" in text else text
