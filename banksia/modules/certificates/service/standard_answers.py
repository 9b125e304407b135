"""Answers that hold for all land of the council: one for a question, whichever certificates ask it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.organisations.public import module_settings, update_module_settings
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.modules.certificates.errors.standard_answers import (
    StandardAnswerInvalid,
    StandardAnswerNotFound,
    StandardAnswerStale,
)
from banksia.modules.certificates.queries.orders import hold_key
from banksia.modules.certificates.queries.products import products_of
from banksia.modules.certificates.schemas.standard_answers import (
    StandardAnswerList,
    StandardAnswerRead,
    StandardAnswerUpdate,
    StandardChoice,
)
from banksia.modules.certificates.service.answers import standard_answer
from banksia.modules.certificates.service.sections import Question
from banksia.modules.certificates.service.versions import template_of_product
from banksia.modules.certificates.settings import CertificatesSettings, StandardAnswerChange
from banksia.modules.property.public import defined_attributes

MOST = 200


@dataclass
class _Asked:
    """One key with the questions that certificates on sale ask by it."""

    key: str
    questions: list[Question] = field(default_factory=list)
    products: list[str] = field(default_factory=list)

    @property
    def values(self) -> list[str]:
        """The choices that every one of its questions takes as a standard answer."""
        first = self.questions[0] if self.questions else None
        return [value for value in (first.words if first else {}) if self.takes(value)]

    def takes(self, answer: str) -> bool:
        """Whether it is an answer to every one of its questions."""
        return bool(self.questions) and all(standard_answer(each, answer) for each in self.questions)


def list_standard_answers(session: Session, actor: Actor) -> StandardAnswerList:
    """Return every question that is asked, with the council's answer, and the answers that nobody asks for."""
    settings = module_settings(session, CertificatesSettings)
    recorded = {each.code for each in defined_attributes(session) if not each.is_retired}
    asked = _asked(session, actor)
    forgotten = [_Asked(key) for key in settings.standard_answers if key not in asked]
    return StandardAnswerList(answers=[_read(each, settings, recorded) for each in (*asked.values(), *forgotten)])


def change_standard_answer(
    session: Session, actor: Actor, *, key: str, changes: StandardAnswerUpdate
) -> StandardAnswerRead:
    """Answer a question for all land from now on, or take the answer away; what is issued stays as it is.

    Raises StandardAnswerNotFound, StandardAnswerStale and StandardAnswerInvalid.
    """
    session.execute(hold_key(actor.organisation_id, "standard answers"))
    settings = module_settings(session, CertificatesSettings)
    asked = _asked(session, actor).get(key) or _Asked(key)
    before, answer = settings.standard_answers.get(key), changes.answer or None
    if before is None and not asked.questions:
        raise StandardAnswerNotFound
    if before != (changes.seen or None):
        noted = settings.standard_answers_changed.get(key)
        raise StandardAnswerStale(noted.by if noted else None, before)
    if answer is not None:
        _expect_fit(asked, answer, settings)
    if answer != before:
        settings = _keep(session, actor, settings, key, answer)
        detail = {"question": key, "before": before, "after": answer}
        audit.record(session, actor, "certificates.standard_answer_changed", detail=detail)
    recorded = {each.code for each in defined_attributes(session) if not each.is_retired}
    return _read(asked, settings, recorded)


def _expect_fit(asked: _Asked, answer: str, settings: CertificatesSettings) -> None:
    if not asked.takes(answer):
        message = "No certificate asks this any more." if not asked.questions else "Choose one of the answers."
        raise StandardAnswerInvalid(message)
    if asked.key not in settings.standard_answers and len(settings.standard_answers) >= MOST:
        message = f"There are {MOST} answers. Remove one that no certificate asks for, then add this one."
        raise StandardAnswerInvalid(message)


def _keep(
    session: Session, actor: Actor, settings: CertificatesSettings, key: str, answer: str | None
) -> CertificatesSettings:
    answers = {name: text for name, text in settings.standard_answers.items() if name != key}
    changed = {name: each for name, each in settings.standard_answers_changed.items() if name in answers}
    if answer is not None:
        answers[key] = answer
        changed[key] = StandardAnswerChange(at=utc_now(), by=actor.name)
    kept = settings.model_copy(update={"standard_answers": answers, "standard_answers_changed": changed})
    update_module_settings(session, actor, name="certificates", values=kept.model_dump(mode="json"))
    return kept


def _asked(session: Session, actor: Actor) -> dict[str, _Asked]:
    found: dict[str, _Asked] = {}
    for title, question in _questions(session, actor):
        asked = found.setdefault(question.key, _Asked(question.key))
        asked.questions.append(question)
        asked.products.append(title)
    return found


def _questions(session: Session, actor: Actor) -> Iterator[tuple[str, Question]]:
    for product in session.scalars(products_of(actor.organisation_id)).all():
        if product.kind == "sale":
            yield from ((product.short_title, each) for each in template_of_product(session, product).questions)


def _read(asked: _Asked, settings: CertificatesSettings, recorded: set[str]) -> StandardAnswerRead:
    question = asked.questions[0] if asked.questions else None
    noted = settings.standard_answers_changed.get(asked.key)
    usual = question.standard if question else None
    words: Mapping[str, str] = {str(value): text for value, text in question.words.items()} if question else {}
    return StandardAnswerRead(
        key=asked.key,
        label=question.label if question else asked.key,
        kind=question.kind if question else "text",
        choices=[StandardChoice(value=value, words=words[value]) for value in asked.values],
        products=asked.products,
        answer=settings.standard_answers.get(asked.key),
        usual=(usual.text or usual.choice) if usual else None,
        is_recorded=any((each.attribute or each.key) in recorded for each in asked.questions),
        changed_at=noted.at if noted else None,
        changed_by_name=noted.by if noted else None,
    )
