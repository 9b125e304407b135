"""Receipts as PDF files."""

from banksia.foundation.payments.adapters.receipt_pdf.rendering import Paper, ReceiptPage, render_receipt

__all__ = ["Paper", "ReceiptPage", "render_receipt"]
