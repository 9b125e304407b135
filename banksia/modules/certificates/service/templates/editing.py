"""The draft of a template: kept as it is typed, broken or not, since nothing but a preview is printed with it."""

from collections import Counter
from collections.abc import Iterable, Iterator

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.models import new_id
from banksia.modules.certificates.errors.templates import TemplateInvalid, TemplateStale
from banksia.modules.certificates.models import TemplateDraft
from banksia.modules.certificates.schemas.templates import (
    QuestionFields,
    TemplateContent,
    TemplateRead,
    TemplateSave,
)
from banksia.modules.certificates.service.templates.describing import describe_template, find_draft, find_product

CHOICES = ("yes", "no", "not_known")


def save_template(session: Session, actor: Actor, *, code: str, saved: TemplateSave) -> TemplateRead:
    """Keep the draft of a product's template. Raises TemplateNotFound, TemplateStale and TemplateInvalid."""
    product = find_product(session, actor, code, lock=True)
    draft = find_draft(session, actor.organisation_id, product)
    expect_version(draft, saved.version, actor)
    check_questions(saved.content)
    if draft is None:
        draft = TemplateDraft(id=new_id(), organisation_id=actor.organisation_id, product_id=product.id, version=0)
        session.add(draft)
    draft.content = saved.content.model_dump(mode="json")
    draft.version += 1
    draft.saved_at, draft.saved_by_id, draft.saved_by_name = utc_now(), actor.user_id, actor.name
    detail = {"code": code, "version": draft.version}
    audit.record(session, actor, "certificates.template_saved", subject=product, detail=detail)
    session.flush()
    return describe_template(session, product)


def discard_template(session: Session, actor: Actor, *, code: str, version: int) -> TemplateRead:
    """Give the draft of a template up; what is published stays. Raises TemplateNotFound and TemplateStale."""
    product = find_product(session, actor, code, lock=True)
    draft = find_draft(session, actor.organisation_id, product)
    expect_version(draft, version, actor)
    if draft:
        session.delete(draft)
        audit.record(session, actor, "certificates.template_discarded", subject=product, detail={"code": code})
        session.flush()
    return describe_template(session, product)


def expect_version(draft: TemplateDraft | None, version: int, actor: Actor) -> None:
    """Raise TemplateStale when the draft is not the one that was read."""
    if (draft.version if draft else 0) != version:
        raise TemplateStale(draft.saved_by_name if draft else actor.name, draft.version if draft else 0)


def check_questions(content: TemplateContent) -> None:
    """Raise TemplateInvalid when questions contradict each other or say nothing for an answer."""
    errors = [{"field": f"content.{field}", "message": message} for field, message in _wrong(content)]
    if errors:
        raise TemplateInvalid(errors[0]["message"], errors=errors)


def _wrong(content: TemplateContent) -> Iterator[tuple[str, str]]:
    keys = _twice(question.key for section in content.sections for question in section.questions)
    numbers = _twice(section.number for section in content.sections)
    for position, section in enumerate(content.sections):
        if section.number in numbers:
            yield f"sections.{position}.number", f"Two sections have the number {section.number}."
        for place, question in enumerate(section.questions):
            field = f"sections.{position}.questions.{place}"
            if question.key in keys:
                yield f"{field}.key", f"Two questions have the key {question.key}."
            yield from ((f"{field}.{name}", message) for name, message in _wrong_with(question))


def _wrong_with(question: QuestionFields) -> Iterator[tuple[str, str]]:
    if question.kind == "text":
        return
    for name in ("yes", "no"):
        if not getattr(question, name):
            yield name, f"{question.label}: write what the certificate says when the answer is {name}."
    if question.kind != "choice" and question.not_known:
        yield "not_known", f"{question.label}: a question of rows is answered yes or no."
    allowed = CHOICES if question.kind == "choice" else ("no",)
    if question.standard and question.standard not in allowed:
        yield "standard", f"{question.label}: the usual answer is one of {', '.join(allowed)}, or none."
    elif question.standard and not getattr(question, question.standard):
        yield "standard", f"{question.label}: the usual answer has no words."


def _twice(values: Iterable[str]) -> set[str]:
    return {value for value, count in Counter(values).items() if count > 1}
