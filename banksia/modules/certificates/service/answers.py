"""The answers of a certificate: what the council says of all its land, until an officer says otherwise for this lot."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from banksia.kit.words import day_in_words, dollars
from banksia.modules.certificates.schemas.lines import Answer, AnswerUpdate, Choice, Origin
from banksia.modules.certificates.service.known import Known, answer_from, known_for
from banksia.modules.certificates.service.sections import Question, SectionOf, Template

STANDARD_SOURCE = "Council's standard answer"
CHOICES: Mapping[str, Choice] = {"yes": "yes", "no": "no", "not_known": "not_known"}


@dataclass(frozen=True)
class Filled:
    """A question with its answer, and where that comes from. Unknown is an answer that nobody has given yet."""

    question: Question
    answer: Answer | None
    origin: Origin
    source: str | None = None
    as_at_on: datetime.date | None = None
    changed_from: str | None = None
    changed_by_name: str | None = None
    changed_at: datetime.datetime | None = None
    before: Answer | None = None
    """What an officer's answer stands for."""

    @property
    def known(self) -> Answer | None:
        """The answer without the officer: what council knows of the land, or says of all of it."""
        return self.before if self.origin == "officer" else self.answer

    @property
    def statement(self) -> str | None:
        """The sentence that the certificate prints; None while unknown."""
        return in_sentence(self.question, self.answer) if self.answer else None

    @property
    def detail(self) -> str | None:
        """What an officer added to a choice."""
        return self.answer.text or None if self.answer and self.question.kind != "text" else None


def fill(
    template: Template,
    standards: Mapping[str, str],
    saved: Mapping[str, Any],
    known: Known = MappingProxyType({}),
) -> list[tuple[SectionOf, list[Filled]]]:
    """Answer each question by the first who knows.

    That is the officer, what the council knows of the land, the council's settings, the usual answer. What is recorded
    as unknown stays open, whatever holds for other land.
    """
    return [
        (section, [_fill(question, standards, saved, known) for question in section.questions])
        for section in template.sections
    ]


def in_sentence(question: Question, answer: Answer) -> str:
    """Put an answer into the words that the certificate prints."""
    if question.kind == "text":
        return answer.text or ""
    return question.words[answer.choice or "not_known"]


def in_brief(question: Question, answer: Answer | None) -> str:
    """Put an answer into a word or two, to say what it was before it was changed."""
    if answer is None:
        return "Unknown"
    if question.kind == "text":
        return answer.text or ""
    word = {"yes": "Yes", "no": "No", "not_known": "Not known to council", None: "Unknown"}[answer.choice]
    return f"{word}, {answer.text}" if answer.text else word


def in_full(question: Question, answer: Answer | None) -> str:
    """Put an answer into words that differ whenever it does."""
    if answer is None or not (answer.amounts or answer.entries):
        return in_brief(question, answer)
    amounts = [
        " ".join((row.description, dollars(row.amount_cents), *_on("due", row.due_on))) for row in answer.amounts or []
    ]
    entries = [" ".join((row.number, *_on("of", row.dated_on), row.description)) for row in answer.entries or []]
    return f"{in_brief(question, answer)}: {'; '.join(amounts + entries)}"


def _on(word: str, day: datetime.date | None) -> tuple[str, ...]:
    return (word, day_in_words(day)) if day else ()


def refuse(question: Question, given: AnswerUpdate) -> str | None:
    """Say why an answer does not fit its question; None when it does."""
    if (given.amounts and question.kind != "amounts") or (given.entries and question.kind != "entries"):
        return "This question takes no rows. Reload the page and answer again."
    if question.kind == "text":
        return None if given.text and given.choice is None else "Write what the certificate shall say."
    if given.choice not in question.words:
        return "Choose one of the answers."
    return _refuse_rows(question, given)


def _refuse_rows(question: Question, given: AnswerUpdate) -> str | None:
    if question.kind == "choice":
        return None
    has_rows = bool(given.amounts or given.entries)
    if given.choice == "yes" and not has_rows:
        return "Add at least one row, or answer no."
    return "Remove the rows, or answer yes." if given.choice == "no" and has_rows else None


def is_empty(given: AnswerUpdate) -> bool:
    """Whether an answer takes an earlier one away."""
    return given.choice is None and not given.text and not given.amounts and not given.entries


def _fill(question: Question, standards: Mapping[str, str], saved: Mapping[str, Any], known: Known) -> Filled:
    before = _before_officer(question, standards, known)
    kept = saved.get(question.key)
    if kept is None or refuse(question, AnswerUpdate.model_validate(kept["answer"])):
        return before  # nobody answered it, or another version of the template asked something else by this key
    answer = Answer.model_validate(kept["answer"])
    return Filled(
        question,
        answer,
        "officer",
        source=before.source,
        as_at_on=before.as_at_on,
        changed_from=in_brief(question, before.answer),
        changed_by_name=kept["by"],
        changed_at=datetime.datetime.fromisoformat(kept["at"]),
        before=before.answer,
    )


def _before_officer(question: Question, standards: Mapping[str, str], known: Known) -> Filled:
    attribute = known_for(question, known)
    said = answer_from(question, attribute) if attribute else None
    if attribute and (said or attribute.is_unknown):
        return Filled(question, said, "truth" if said else "none", attribute.source, attribute.as_at_on)
    answer = standard_answer(question, standards.get(question.key, "")) or question.standard
    if answer is None:
        return Filled(question, None, "none")
    return Filled(question, answer, "standard", STANDARD_SOURCE)


def standard_answer(question: Question, text: str) -> Answer | None:
    """Read a setting as an answer; what is no answer to the question leaves it unknown, never No."""
    if question.kind == "text":
        return Answer(text=text) if text else None
    choice = CHOICES.get(text.strip().lower())
    has_rows = question.kind in ("amounts", "entries") and choice == "yes"
    return Answer(choice=choice) if choice in question.words and not has_rows else None
