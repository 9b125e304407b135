"""Statements of accounts as PDF files."""

from banksia.foundation.payments.adapters.statement_pdf.rendering import StatementPage, render_statement

__all__ = ["StatementPage", "render_statement"]
