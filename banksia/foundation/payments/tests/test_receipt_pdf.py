"""Receipts on paper: tagged, readable aloud, the same bytes for the same snapshot."""

import io
from typing import Any

import pikepdf
import pypdfium2
import pytest

from banksia.foundation.payments.adapters.receipt_pdf import ReceiptPage, render_receipt

SNAPSHOT: dict[str, Any] = {
    "number": "R-028132",
    "issued_at": "2026-11-23T13:30:00+00:00",
    "time_zone": "Australia/Sydney",
    "tax_invoice": False,
    "council": {
        "name": "Blue Hills Shire Council",
        "abn": "12 345 678 901",
        "address": "1 Main Street, Lithgow NSW 2790",
        "phone": "02 6350 0000",
        "email": "council@bluehills.example",
    },
    "payer": "Dale & Kaur Lawyers",
    "title": "Certificates for 7 Green Street, Portland",
    "reference": "BH-2026-04466",
    "lines": [
        {
            "description": "Planning certificate 10.7(2)",
            "quantity": 1,
            "amount_cents": 6900,
            "gst_cents": 0,
            "gst_treatment": "exempt",
        }
    ],
    "payments": [
        {"method": "card", "amount_cents": 6900, "reference": None, "tendered_cents": None, "change_cents": 0}
    ],
    "total_cents": 6900,
    "gst_cents": 0,
    "note": "",
}
COPY = {"description": "Certified copy", "quantity": 2, "amount_cents": 2200, "gst_cents": 200}


def taxed() -> dict[str, Any]:
    return SNAPSHOT | {
        "tax_invoice": True,
        "lines": [*SNAPSHOT["lines"], COPY | {"gst_treatment": "taxable"}],
        "total_cents": 9100,
        "gst_cents": 200,
    }


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    words: str = page.get_textpage().get_text_bounded()
    document.close()
    return " ".join(words.split())


def test_it_is_tagged_and_names_its_language_and_title() -> None:
    with pikepdf.open(io.BytesIO(render_receipt(ReceiptPage.of(SNAPSHOT)))) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked) is True
        assert str(pdf.Root.Lang).startswith("en")
        assert "StructTreeRoot" in {str(key).lstrip("/") for key in pdf.Root}
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == "Receipt R-028132, Blue Hills Shire Council"


def test_a_receipt_says_what_was_paid_for_and_how() -> None:
    words = text_of(render_receipt(ReceiptPage.of(SNAPSHOT)))
    for part in ("R-028132", "24 November 2026", "BH-2026-04466", "Planning certificate 10.7(2)", "$69.00", "Card"):
        assert part in words
    assert "ABN" not in words
    assert "GST" not in words


def test_a_tax_invoice_says_abn_and_gst() -> None:
    words = text_of(render_receipt(ReceiptPage.of(taxed())))
    for part in ("Tax invoice", "ABN 12 345 678 901", "2 x Certified copy", "$2.00", "No GST", "GST included"):
        assert part in words


def test_cash_shows_what_was_handed_over_and_the_change() -> None:
    cash = {"method": "cash", "amount_cents": 6900, "reference": None, "tendered_cents": 7000, "change_cents": 100}
    words = text_of(render_receipt(ReceiptPage.of(SNAPSHOT | {"payments": [cash]})))
    assert "Cash handed over $70.00" in words
    assert "Change given $1.00" in words


@pytest.mark.parametrize(
    "payer",
    ["محمد بن علي", "山田太郎", "😀 Party Pty Ltd", '#set page() $x$ "quoted" \\n', "Ngữ Đặng & Söhne", "x" * 200],
    ids=["arabic", "japanese", "emoji", "markup", "accents", "long"],
)
def test_no_name_can_stop_a_receipt(payer: str) -> None:
    words = text_of(render_receipt(ReceiptPage.of(SNAPSHOT | {"payer": payer})))
    assert "R-028132" in words


def test_the_same_snapshot_gives_the_same_bytes() -> None:
    page = ReceiptPage.of(taxed())
    assert render_receipt(page) == render_receipt(page)


class TestPaper:
    @staticmethod
    def size_of(pdf: bytes) -> tuple[int, int]:
        """Width and height in millimetres."""
        document = pypdfium2.PdfDocument(pdf)
        width, height = document[0].get_size()
        pages = len(document)
        document.close()
        assert pages == 1
        return round(width * 25.4 / 72), round(height * 25.4 / 72)

    def test_a_roll_is_80_mm_wide_and_as_long_as_what_is_on_it(self) -> None:
        short = self.size_of(render_receipt(ReceiptPage.of(SNAPSHOT), "roll"))
        many = SNAPSHOT | {"lines": SNAPSHOT["lines"] * 40}
        long = self.size_of(render_receipt(ReceiptPage.of(many), "roll"))
        assert short[0] == long[0] == 80
        assert short[1] < 180
        assert long[1] > short[1] + 40 * 3
        assert self.size_of(render_receipt(ReceiptPage.of(SNAPSHOT))) == (210, 297)

    def test_a_roll_is_tagged_and_says_what_the_page_says(self) -> None:
        pdf = render_receipt(ReceiptPage.of(taxed()), "roll")
        with pikepdf.open(io.BytesIO(pdf)) as document:
            assert document.Root.MarkInfo.Marked
            assert str(document.Root.Lang) == "en-AU"
        words = text_of(pdf)
        for said in ("Tax invoice and receipt", "ABN 12 345 678 901", "R-028132", "2 x Certified copy", "$91.00"):
            assert said in words
        assert pdf == render_receipt(ReceiptPage.of(taxed()), "roll")


class TestWords:
    def test_a_replaced_receipt_says_which(self) -> None:
        page = ReceiptPage.of(SNAPSHOT | {"replaces": "R-028100"})
        assert ("Replaces receipt", "R-028100") in page.facts
        assert not any(name == "Replaces receipt" for name, _ in ReceiptPage.of(SNAPSHOT).facts)

    @pytest.mark.parametrize(
        ("method", "words"),
        [("account", "Charged to account"), ("waiver", "Waived by the council"), ("card", "Card, paid online")],
    )
    def test_each_way_to_pay_has_its_words(self, method: str, words: str) -> None:
        payment = SNAPSHOT["payments"][0] | {"method": method}
        assert ReceiptPage.of(SNAPSHOT | {"payments": [payment]}).payments == [(words, "$69.00")]

    def test_of_what_was_waived_nothing_was_paid(self) -> None:
        payment = SNAPSHOT["payments"][0] | {"method": "waiver"}
        assert ReceiptPage.of(SNAPSHOT | {"payments": [payment]}).totals[0] == ("Total", "$69.00")
