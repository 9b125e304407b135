"""Draw a receipt as a tagged PDF that screen readers can read (PDF/UA-1).

The same snapshot always gives the same bytes: nothing here reads a clock, a file outside the package or a system font.
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any, Literal
from zoneinfo import ZoneInfo

from banksia.kit.typesetting import typeset
from banksia.kit.words import dollars

Paper = Literal["a4", "roll"]
_METHODS = {
    "card": "Card, paid online",
    "cash": "Cash",
    "eftpos": "EFTPOS",
    "cheque": "Cheque",
    "transfer": "Bank transfer",
    "account": "Charged to account",
    "waiver": "Waived by the council",
}
_TEMPLATES = {"a4": "receipt.typ", "roll": "roll.typ"}
_TREATMENTS = {"taxable": "Taxable", "exempt": "No GST", "out_of_scope": "No GST"}


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
                *([("Replaces receipt", snapshot["replaces"])] if snapshot.get("replaces") else []),
                ("Date", f"{local.day} {local:%B %Y}"),
                ("Reference", snapshot["reference"]),
                *([("Your reference", snapshot["payer_reference"])] if snapshot.get("payer_reference") else []),
                *([("Received from", snapshot["payer"])] if snapshot["payer"] else []),
                ("For", snapshot["title"]),
            ],
            lines=[_line(line, invoice=invoice) for line in snapshot["lines"]],
            totals=[
                (_total_words(snapshot), dollars(snapshot["total_cents"])),
                *([("GST included in the total", dollars(snapshot["gst_cents"]))] if invoice else []),
            ],
            payments=[part for payment in snapshot["payments"] for part in _payment(payment)],
            note=snapshot["note"],
            issued_at=int(issued_at.timestamp()),
        )


def _total_words(snapshot: dict[str, Any]) -> str:
    """Of what the council does not ask for nothing was paid."""
    waived = any(payment["method"] == "waiver" for payment in snapshot["payments"])
    return "Total" if waived else "Total paid"


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


def render_receipt(page: ReceiptPage, paper: Paper = "a4") -> bytes:
    """The PDF; letters that no font of ours has are drawn as a square rather than lost or refused.

    `roll` is paper 80 mm wide, and as long as what is printed.
    """
    inputs = {"receipt": json.dumps(asdict(page), ensure_ascii=False)}
    return typeset(_template(_TEMPLATES[paper]), inputs, timestamp=page.issued_at)


@cache
def _template(name: str) -> bytes:
    return files(__package__).joinpath(name).read_bytes()
