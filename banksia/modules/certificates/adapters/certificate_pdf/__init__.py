"""Certificates as PDF files."""

from banksia.modules.certificates.adapters.certificate_pdf.attached import AttachedUnreadableError, pictures_of
from banksia.modules.certificates.adapters.certificate_pdf.document import (
    AttachedPdf,
    Authenticity,
    Body,
    CertificateDocument,
    Fact,
    Issuer,
    Section,
    SignedBy,
    Statement,
    Table,
)
from banksia.modules.certificates.adapters.certificate_pdf.mistakes import Mistake, TemplateRefusedError
from banksia.modules.certificates.adapters.certificate_pdf.rendering import (
    UnansweredError,
    own_text_of,
    render_certificate,
    render_draft,
)

__all__ = [
    "AttachedPdf",
    "AttachedUnreadableError",
    "Authenticity",
    "Body",
    "CertificateDocument",
    "Fact",
    "Issuer",
    "Mistake",
    "Section",
    "SignedBy",
    "Statement",
    "Table",
    "TemplateRefusedError",
    "UnansweredError",
    "own_text_of",
    "pictures_of",
    "render_certificate",
    "render_draft",
]
