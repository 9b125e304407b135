"""Which template a certificate is made with: the platform's own until a council publishes one, then its newest."""

import uuid

from sqlalchemy.orm import Session

from banksia.modules.certificates.adapters.certificate_pdf import own_text_of
from banksia.modules.certificates.errors.templates import TemplateNotFound
from banksia.modules.certificates.models import Draft, OrderLine, Product
from banksia.modules.certificates.queries.templates import number_in_force, version_numbered
from banksia.modules.certificates.schemas.lines import Answer, Choice
from banksia.modules.certificates.schemas.templates import QuestionFields, SectionFields, TemplateContent
from banksia.modules.certificates.service.sections import Question, SectionOf, Template, template_of

PLATFORMS_OWN = 0
_CHOICES: dict[str, Choice] = {"yes": "yes", "no": "no", "not_known": "not_known"}


def template_of_line(session: Session, line: OrderLine, draft: Draft | None) -> Template:
    """Return the template of a line: the one its draft was begun with, else the one in force."""
    number = draft.template_number if draft else newest_number(session, line)
    return find_template(session, line.organisation_id, line.product_id, line.product_snapshot["template"], number)


def newest_number(session: Session, line: OrderLine) -> int:
    """Return the version in force for a line's product; 0 is the platform's own."""
    return session.scalar(number_in_force(line.organisation_id, line.product_id)) or PLATFORMS_OWN


def template_of_product(session: Session, product: Product) -> Template:
    """Return the template in force for a product."""
    number = session.scalar(number_in_force(product.organisation_id, product.id)) or PLATFORMS_OWN
    return find_template(session, product.organisation_id, product.id, product.template, number)


def find_template(
    session: Session, organisation_id: uuid.UUID, product_id: uuid.UUID, key: str, number: int
) -> Template:
    """Return one version of a product's template; raises TemplateNotFound."""
    if number == PLATFORMS_OWN:
        return template_of(key)
    version = session.scalar(version_numbered(organisation_id, product_id, number))
    if version is None:
        raise TemplateNotFound
    return template_from(TemplateContent.model_validate(version.content), key=key, number=number)


def template_from(content: TemplateContent, *, key: str, number: int) -> Template:
    """Make a template of what an administrator wrote; `key` is the platform's template that it stands for."""
    return Template(
        printed_with=template_of(key).printed_with,
        paper_title=content.paper_title,
        sections=tuple(_section(each) for each in content.sections),
        notes=tuple(content.notes),
        number=number,
        source=content.source,
    )


def content_of(key: str) -> TemplateContent:
    """Write the platform's own template as an administrator would."""
    template = template_of(key)
    return TemplateContent(
        paper_title=template.paper_title,
        source=own_text_of(template.printed_with),
        notes=list(template.notes),
        sections=[
            SectionFields(
                number=section.number,
                title=section.title,
                part=section.part or "",
                questions=[_fields(question) for question in section.questions],
            )
            for section in template.sections
        ],
    )


def _section(fields: SectionFields) -> SectionOf:
    questions = tuple(_question(each) for each in fields.questions)
    return SectionOf(fields.number, fields.title, questions, fields.part or None)


def _question(fields: QuestionFields) -> Question:
    said = {"yes": fields.yes, "no": fields.no, "not_known": fields.not_known}
    words = {choice: said[choice] for choice in _CHOICES.values() if said[choice] and fields.kind != "text"}
    standard = None
    if fields.standard:
        is_text = fields.kind == "text"
        standard = Answer(text=fields.standard) if is_text else Answer(choice=_CHOICES[fields.standard])
    return Question(
        key=fields.key,
        label=fields.label,
        ask=fields.ask,
        kind=fields.kind,
        words=words,
        standard=standard,
        attribute=fields.attribute,
    )


def _fields(question: Question) -> QuestionFields:
    standard = question.standard
    return QuestionFields(
        key=question.key,
        label=question.label,
        ask=question.ask,
        kind=question.kind,
        yes=question.words.get("yes", ""),
        no=question.words.get("no", ""),
        not_known=question.words.get("not_known", ""),
        standard=(standard.text or standard.choice or "") if standard else "",
        attribute=question.attribute,
    )
