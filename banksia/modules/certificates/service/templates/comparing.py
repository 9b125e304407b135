"""Two versions of a template side by side, line by line, questions and notes included."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal

from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.modules.certificates.errors.templates import TemplateNotFound
from banksia.modules.certificates.models import Product
from banksia.modules.certificates.schemas.templates import DiffLine, QuestionFields, TemplateComparison, TemplateContent
from banksia.modules.certificates.service.templates.describing import content_numbered, find_draft, find_product

CONTEXT = 3
"""Lines shown around a change."""


def compare_templates(
    session: Session, actor: Actor, *, code: str, older: int, newer: int | None
) -> TemplateComparison:
    """Compare two versions, 0 being the platform's own and None the draft; raises TemplateNotFound."""
    product = find_product(session, actor, code)
    before = _lines(content_numbered(session, product, older))
    after = _lines(_content(session, product, newer))
    lines = list(_compared(before, after))
    return TemplateComparison(
        older=_named(older),
        newer=_named(newer),
        added=sum(line.change == "added" for line in lines),
        removed=sum(line.change == "removed" for line in lines),
        lines=lines,
    )


def _content(session: Session, product: Product, number: int | None) -> TemplateContent:
    if number is not None:
        return content_numbered(session, product, number)
    draft = find_draft(session, product.organisation_id, product)
    if draft is None:
        raise TemplateNotFound
    return TemplateContent.model_validate(draft.content)


def _named(number: int | None) -> str:
    if number is None:
        return "Draft"
    return f"Version {number}" if number else "Banksia's own"


def _lines(content: TemplateContent) -> list[str]:
    lines = [f"Title: {content.paper_title}", "", *content.source.splitlines(), ""]
    for section in content.sections:
        lines += [f"Part: {section.part}"] if section.part else []
        lines.append(f"Section {section.number}: {section.title}")
        lines += [line for question in section.questions for line in _question(question)]
    return lines + [f"Note: {note}" for note in content.notes]


def _question(question: QuestionFields) -> list[str]:
    said = {
        "Key": question.key,
        "Kind": question.kind,
        "Asked of the officer": question.ask,
        "Yes": question.yes,
        "No": question.no,
        "Not known": question.not_known,
        "Usual answer": question.standard,
        "Attribute": question.attribute,
    }
    return [f"  {question.label}", *(f"    {name}: {value}" for name, value in said.items() if value)]


def _compared(before: list[str], after: list[str]) -> Iterator[DiffLine]:
    groups = list(SequenceMatcher(None, before, after, autojunk=False).get_grouped_opcodes(CONTEXT))
    for position, group in enumerate(groups):
        if position:
            yield DiffLine(change="skipped", text="", old_line=None, new_line=None)
        for tag, old_from, old_to, new_from, new_to in group:
            if tag == "equal":
                yield from (
                    DiffLine(change="same", text=before[old], old_line=old + 1, new_line=new + 1)
                    for old, new in zip(range(old_from, old_to), range(new_from, new_to), strict=True)
                )
            else:
                yield from _changed("removed", before, old_from, old_to)
                yield from _changed("added", after, new_from, new_to)


def _changed(change: Literal["added", "removed"], lines: list[str], start: int, end: int) -> Iterator[DiffLine]:
    for index in range(start, end):
        is_old = change == "removed"
        yield DiffLine(
            change=change,
            text=lines[index],
            old_line=index + 1 if is_old else None,
            new_line=None if is_old else index + 1,
        )
