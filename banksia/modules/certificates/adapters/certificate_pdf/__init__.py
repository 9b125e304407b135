"""Certificates as PDF files."""

from banksia.modules.certificates.adapters.certificate_pdf.document import (
    Authenticity,
    CertificateDocument,
    Fact,
    Issuer,
    Section,
    Statement,
    Table,
)
from banksia.modules.certificates.adapters.certificate_pdf.rendering import (
    UnansweredError,
    render_certificate,
    render_draft,
)

__all__ = [
    "Authenticity",
    "CertificateDocument",
    "Fact",
    "Issuer",
    "Section",
    "Statement",
    "Table",
    "UnansweredError",
    "render_certificate",
    "render_draft",
]
