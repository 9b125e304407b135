"""Draw a receipt as a tagged PDF that screen readers can read (PDF/UA-1).

The same snapshot always gives the same bytes: nothing here reads a clock, a file outside the package or a system font.
"""

import json
import re
import threading
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

import typst

_METHODS = {"card": "Card, paid online", "cash": "Cash", "eftpos": "EFTPOS", "cheque": "Cheque"}
_TREATMENTS = {"taxable": "Taxable", "exempt": "No GST", "out_of_scope": "No GST"}
_MISSING_GLYPH = "\N{WHITE SQUARE}"
_UNDRAWABLE = re.compile(r'the text `"(?P<text>.+)"` could not be displayed', re.DOTALL)
_MOST_REPAIRS = 24
# typst keeps compiled pieces between runs; its compile call is not documented as safe to run twice at once.
_compiling = threading.Lock()


@dataclass(frozen=True)
class ReceiptPage:
    """What is printed, in words."""

    document_title: str
    heading: str
    council: dict[str, str]
    abn: str
    facts: list[tuple[str, str]]
    lines: list[tuple[str, str, str]]
    totals: list[tuple[str, str]]
    payments: list[tuple[str, str]]
    note: str
    issued_at: int
    """Seconds since 1970, the PDF's own date."""

    @classmethod
    def of(cls, snapshot: dict[str, Any]) -> "ReceiptPage":
        """The page of a receipt's snapshot."""
        council, invoice = snapshot["council"], bool(snapshot["tax_invoice"])
        issued_at = datetime.fromisoformat(snapshot["issued_at"])
        local = issued_at.astimezone(ZoneInfo(snapshot["time_zone"]))
        heading = "Tax invoice and receipt" if invoice else "Receipt"
        return cls(
            document_title=f"{heading} {snapshot['number']}, {council['name']}",
            heading=heading,
            council={name: council[name] for name in ("name", "address", "phone", "email")},
            abn=council["abn"] if invoice else "",
            facts=[
                ("Receipt number", snapshot["number"]),
                ("Date", f"{local.day} {local:%B %Y}"),
                ("Reference", snapshot["reference"]),
                *([("Received from", snapshot["payer"])] if snapshot["payer"] else []),
                ("For", snapshot["title"]),
            ],
            lines=[_line(line, invoice=invoice) for line in snapshot["lines"]],
            totals=[
                ("Total paid", dollars(snapshot["total_cents"])),
                *([("GST included in the total", dollars(snapshot["gst_cents"]))] if invoice else []),
            ],
            payments=[part for payment in snapshot["payments"] for part in _payment(payment)],
            note=snapshot["note"],
            issued_at=int(issued_at.timestamp()),
        )


def dollars(cents: int) -> str:
    """`$1,234.50`."""
    return f"${cents // 100:,}.{cents % 100:02d}"


def _line(line: dict[str, Any], *, invoice: bool) -> tuple[str, str, str]:
    description = f"{line['quantity']} x {line['description']}" if line["quantity"] > 1 else line["description"]
    gst = ""
    if invoice:
        taxable = line["gst_treatment"] == "taxable"
        gst = dollars(line["gst_cents"]) if taxable else _TREATMENTS[line["gst_treatment"]]
    return description, gst, dollars(line["amount_cents"])


def _payment(payment: dict[str, Any]) -> list[tuple[str, str]]:
    words = _METHODS[payment["method"]]
    if payment["method"] in ("eftpos", "cheque") and payment["reference"]:
        words += f", reference {payment['reference']}"
    parts = [(words, dollars(payment["amount_cents"]))]
    if payment["method"] == "cash" and payment["change_cents"]:
        parts += [
            ("Cash handed over", dollars(payment["tendered_cents"])),
            ("Change given", dollars(payment["change_cents"])),
        ]
    return parts


def render_receipt(page: ReceiptPage) -> bytes:
    """The PDF; letters that no font of ours has are drawn as a square rather than lost or refused."""
    text = json.dumps(asdict(page), ensure_ascii=False)
    for _ in range(_MOST_REPAIRS):
        try:
            return _compile(text, page.issued_at)
        except typst.TypstError as error:
            undrawable = _UNDRAWABLE.search(error.message)
            if undrawable is None:
                raise
            unescaped = re.sub(r"\\u\{([0-9a-f]+)\}", lambda found: chr(int(found[1], 16)), undrawable["text"])
            if unescaped not in text:
                break
            text = text.replace(unescaped, _MISSING_GLYPH * len(unescaped))
    return _compile(re.sub(r"[^\u0000-\u024f\u2010-\u2027\u25a1]", _MISSING_GLYPH, text), page.issued_at)


def _compile(data: str, timestamp: int) -> bytes:
    with _compiling:
        return typst.compile(
            _template(),
            format="pdf",
            font_paths=_fonts(),
            sys_inputs={"receipt": data},
            pdf_standards=["ua-1"],
            timestamp=timestamp,
        )


@cache
def _template() -> bytes:
    return files(__package__).joinpath("receipt.typ").read_bytes()


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)
