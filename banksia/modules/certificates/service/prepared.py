"""A certificate as it stands before it is drawn: its template, its answers, and what its template's text can name."""

import uuid
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import module_settings
from banksia.modules.certificates.adapters.certificate_pdf import AttachedPdf
from banksia.modules.certificates.models import Draft, OrderLine
from banksia.modules.certificates.service.answers import Filled, fill
from banksia.modules.certificates.service.fields import Values, values_of
from banksia.modules.certificates.service.known import Known, known_of
from banksia.modules.certificates.service.sections import SectionOf, Template
from banksia.modules.certificates.service.versions import template_of_line
from banksia.modules.certificates.settings import CertificatesSettings

FilledSections = list[tuple[SectionOf, list[Filled]]]


@dataclass(frozen=True)
class Prepared:
    """What a certificate will say. `values` are empty for the platform's own template, whose text names none."""

    template: Template
    sections: FilledSections
    values: Values = field(default_factory=dict)
    attached: AttachedPdf | None = None
    """Pages that follow; when they are the whole of it there are no sections and no values."""


def prepare(session: Session, line: OrderLine, draft: Draft | None, known: Known | None = None) -> Prepared:
    """Answer every question of a line with what is known now, or with what was read of it a moment ago."""
    template = template_of_line(session, line, draft)
    standards = module_settings(session, CertificatesSettings).standard_answers
    known = known_of(session, line) if known is None else known
    attached = attached_to(draft)
    if attached and attached.is_whole:
        return Prepared(template=template, sections=[], attached=attached)
    return Prepared(
        template=template,
        sections=fill(template, standards, draft.answers if draft else {}, known),
        values={} if template.source is None else values_of(session, line, known),
        attached=attached,
    )


def attached_to(draft: Draft | None) -> AttachedPdf | None:
    """The PDF that a draft names, without its bytes."""
    if draft is None or draft.attached is None:
        return None
    kept = draft.attached
    return AttachedPdf(
        uuid.UUID(kept["object_id"]), kept["sha256"], kept["file_name"], kept["page_count"], kept["is_whole"]
    )
