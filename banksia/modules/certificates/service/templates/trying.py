"""Trying a template's text: for land of which all is known, for land of which nothing is, or for a property.

Nothing that is drawn here is stored or numbered; each page carries the word PREVIEW.
"""

import re
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import module_settings
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.modules.certificates.adapters.certificate_pdf import (
    CertificateDocument,
    Mistake,
    TemplateRefusedError,
    render_draft,
)
from banksia.modules.certificates.errors.templates import TemplateRefused
from banksia.modules.certificates.models import Product
from banksia.modules.certificates.schemas.templates import MistakeRead, TemplateChecked, TemplateContent
from banksia.modules.certificates.service.answers import fill
from banksia.modules.certificates.service.prepared import FilledSections, Prepared
from banksia.modules.certificates.service.printing import compose
from banksia.modules.certificates.service.sections import Template
from banksia.modules.certificates.service.templates.describing import describe_template, find_product
from banksia.modules.certificates.service.templates.editing import check_questions
from banksia.modules.certificates.service.templates.samples import (
    Sample,
    answered,
    barest,
    invented,
    sample_of,
    unanswered,
)
from banksia.modules.certificates.service.versions import template_from
from banksia.modules.certificates.settings import CertificatesSettings
from banksia.modules.property.public import attributes_of, defined_attributes, snapshot_property

WATERMARK = "PREVIEW"
BARE_LAND = "This is so for land of which council has recorded little. What can be none is tested with != none first."


EMPTY = "The text is empty, so the certificate would say nothing. Write #sections() to print every section."
NOT_PRINTED = "{label} is asked and not printed."
HOW_TO_PRINT = 'Print it with #sections(), #section("{number}") or #answer("{key}"), or take the question out.'
_EVERY_ANSWER = re.compile(r"\bsections\(\)|\bdata\.answers(?!\.\w)|\bdata\.answers\.(values|pairs|keys|at)\(")
_COMMENTS = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*", re.DOTALL)


@dataclass(frozen=True)
class Trial:
    """Documents that show whether a text prints, the barest last, what it leaves out, and what to look at besides."""

    documents: tuple[CertificateDocument, ...]
    left_out: tuple[Mistake, ...]
    warnings: tuple[str, ...]


def check_template(transactions: Transactions, *, code: str, content: TemplateContent) -> TemplateChecked:
    """Say what is wrong with a text, saved or not; call it outside any transaction.

    Raises TemplateNotFound and TemplateInvalid.
    """
    with transactions() as session:
        product = find_product(session, transactions.actor, code)
        trial = trial_of(session, transactions.actor, product, content)
    mistakes = mistakes_of(trial)
    return TemplateChecked(
        mistakes=[MistakeRead.model_validate(each) for each in mistakes],
        warnings=list(trial.warnings),
    )


def preview_template(
    transactions: Transactions, *, code: str, property_id: uuid.UUID | None, parcel: str | None
) -> bytes:
    """Draw the draft of a template, or what is in force, for a property; call it outside any transaction.

    Without a property it is drawn for an invented one. Raises TemplateNotFound, TemplateRefused, PropertyNotFound and
    ParcelNotFound.
    """
    with transactions() as session:
        product = find_product(session, transactions.actor, code)
        template = _template(product, describe_template(session, product).content)
        if property_id is None:
            sample, sections = invented(session, product), answered(template)
        else:
            known = {each.code: each for each in attributes_of(session, property_id, parcel) if each.source is not None}
            standards = module_settings(session, CertificatesSettings).standard_answers
            sample = sample_of(session, product, snapshot_property(session, property_id, parcel), known)
            sections = fill(template, standards, {}, known)
        document = _document(session, transactions.actor, product, template, sample, sections)
    try:
        return render_draft(document, watermark=WATERMARK)
    except TemplateRefusedError as refused:
        raise refusal(refused.mistakes) from refused


def trial_of(session: Session, actor: Actor, product: Product, content: TemplateContent) -> Trial:
    """Put together what is to be drawn to try a text; raises TemplateInvalid."""
    check_questions(content)
    template, sample = _template(product, content), invented(session, product)
    return Trial(
        documents=(
            _document(session, actor, product, template, sample, answered(template)),
            _document(session, actor, product, template, barest(sample), unanswered(template)),
        ),
        left_out=tuple(_left_out(content)),
        warnings=tuple(_warnings(session, content)),
    )


def mistakes_of(trial: Trial) -> Sequence[Mistake]:
    """Draw a trial until something is wrong, and say what; call it outside any transaction.

    What prints must print all that officers are asked: an answer that nobody reads is work lost, or a fact withheld.
    """
    for position, document in enumerate(trial.documents):
        try:
            render_draft(document, watermark=WATERMARK)
        except TemplateRefusedError as refused:
            hint = BARE_LAND if position else None
            return [replace(each, hint=each.hint or hint) for each in refused.mistakes]
    return trial.left_out


def refusal(mistakes: Iterable[Mistake]) -> TemplateRefused:
    """Mistakes as the problem that a person reads."""
    return TemplateRefused([MistakeRead.model_validate(each).model_dump() for each in mistakes])


def _template(product: Product, content: TemplateContent) -> Template:
    return template_from(content, key=product.template, number=0)


def _document(
    session: Session,
    actor: Actor,
    product: Product,
    template: Template,
    sample: Sample,
    sections: FilledSections,
) -> CertificateDocument:
    prepared = Prepared(template, sections, sample.values)
    return compose(session, prepared, law=product.law, facts=sample.facts, land=sample.land, officer=actor)


def _left_out(content: TemplateContent) -> Iterator[Mistake]:
    """What a text does not name at all; what stands in a comment is not named."""
    source = _COMMENTS.sub("", content.source)
    if not source.strip():
        yield Mistake(EMPTY)
    if not source.strip() or _EVERY_ANSWER.search(source):
        return
    for section in content.sections:
        if "section(" in source and f'"{section.number}"' in source:
            continue
        for question in section.questions:
            if f'"{question.key}"' not in source and f"answers.{question.key}" not in source:
                hint = HOW_TO_PRINT.format(number=section.number, key=question.key)
                yield Mistake(NOT_PRINTED.format(label=question.label), hint=hint)


def _warnings(session: Session, content: TemplateContent) -> Iterator[str]:
    codes = {each.code for each in defined_attributes(session) if not each.is_retired}
    for section in content.sections:
        for question in section.questions:
            if question.attribute and question.attribute not in codes:
                yield f"{question.label} is answered by the attribute {question.attribute}, which does not exist."
