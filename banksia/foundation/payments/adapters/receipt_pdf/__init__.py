"""Receipts as PDF files."""

from banksia.foundation.payments.adapters.receipt_pdf.rendering import ReceiptPage, render_receipt

__all__ = ["ReceiptPage", "render_receipt"]
