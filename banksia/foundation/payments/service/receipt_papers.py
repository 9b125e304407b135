"""Receipts on other paper than the one that is kept and mailed: drawn when somebody asks, always the same."""

from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import current_organisation
from banksia.foundation.payments.adapters.receipt_pdf import Paper, ReceiptPage, render_receipt
from banksia.foundation.payments.models import Receipt
from banksia.kit.clock import utc_now


def receipt_on_roll(receipt: Receipt) -> bytes:
    """The receipt for a printer of 80 mm, as PDF; call it outside any transaction."""
    return render_receipt(ReceiptPage.of(receipt.snapshot), "roll")


def draw(page: ReceiptPage, paper: Paper) -> bytes:
    """A page as PDF; call it outside any transaction."""
    return render_receipt(page, paper)


def preview_page(session: Session, prefix: str, note: str) -> ReceiptPage:
    """A receipt of nothing that was sold, in a wording that is not saved yet."""
    council = current_organisation(session)
    return ReceiptPage.of(
        {
            "number": f"{prefix}000000",
            "time_zone": council.time_zone,
            "council": {name: getattr(council, name) for name in ("name", "abn", "address", "phone", "email")},
            "note": note,
            "payer": "Sample customer",
            "title": "Sample: this is not a receipt",
            "reference": "SAMPLE",
            "lines": [
                _line("Planning certificate 10.7(2)", 6900, 0, "exempt"),
                _line("Certified copy", 2200, 200, "taxable"),
            ],
            "payments": [
                {
                    "method": "cash",
                    "amount_cents": 9100,
                    "reference": None,
                    "tendered_cents": 10_000,
                    "change_cents": 900,
                }
            ],
            "total_cents": 9100,
            "gst_cents": 200,
            "tax_invoice": True,
            "issued_at": utc_now().isoformat(),
        }
    )


def _line(description: str, amount_cents: int, gst_cents: int, treatment: str) -> dict[str, str | int]:
    return {
        "description": description,
        "quantity": 1,
        "amount_cents": amount_cents,
        "gst_cents": gst_cents,
        "gst_treatment": treatment,
    }
