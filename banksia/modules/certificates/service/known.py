"""What the council knows of a line's land, put into answers; what is unknown is left to the officer, and is no “no”."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from banksia.modules.certificates.models import OrderLine
from banksia.modules.certificates.schemas.lines import AmountRow, Answer
from banksia.modules.certificates.service.sections import Question
from banksia.modules.property.public import KnownAttribute, ParcelNotFound, PropertyNotFound, attributes_of

Known = Mapping[str, KnownAttribute]
BALANCE = "Rates and charges"


def known_of(session: Session, line: OrderLine) -> Known:
    """Every recorded attribute of a line's parcel and property, by code, as it is now."""
    return recorded({each.code: each for each in attributes_about(session, line)})


def recorded(attributes: Known) -> Known:
    """Those of the attributes that somebody recorded, be it as unknown."""
    return {code: each for code, each in attributes.items() if each.source is not None}


def attributes_about(session: Session, line: OrderLine) -> list[KnownAttribute]:
    """The council's whole catalogue for a line's parcel and property, what nobody recorded included.

    None for land that has left its property since it was ordered: then an officer answers.
    """
    try:
        return attributes_of(session, line.property_id, line.parcel)
    except (PropertyNotFound, ParcelNotFound):
        return []


def known_for(question: Question, known: Known) -> KnownAttribute | None:
    """What is recorded for a question."""
    return known.get(question.attribute or question.key)


def answer_from(question: Question, attribute: KnownAttribute) -> Answer | None:
    """An attribute as the question's answer; None when it is unknown or answers something else."""
    if attribute.is_unknown or attribute.value is None:
        return None
    if question.kind == "text":
        return Answer(text=attribute.shown)
    if question.kind == "choice" and attribute.kind == "yes_no":
        return Answer(choice="yes" if attribute.value == "yes" else "no", text=attribute.detail or None)
    if question.kind == "amounts" and attribute.kind == "amount":
        return _owing(int(attribute.value), attribute.detail)
    return None


def _owing(cents: int, detail: str) -> Answer:
    """A balance as a row of its own; nothing, or a credit, is no amount due."""
    if cents <= 0:
        return Answer(choice="no")
    description = f"{BALANCE}, {detail}" if detail else BALANCE
    return Answer(choice="yes", amounts=[AmountRow(description=description, amount_cents=cents)])
