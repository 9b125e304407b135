"""What a certificate asks about the land, and how an answer is put into words."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from banksia.modules.certificates.schemas.lines import Answer, Choice, FieldKind

NOT_KNOWN = "Council holds no information on this matter for the land."


@dataclass(frozen=True)
class Question:
    """One thing that a certificate states.

    `standard` is the usual answer, which a council's settings may replace and an officer may change for one lot. A
    question without any must be answered for each certificate. `attribute` is the code of what the council knows of the
    property that answers it; without one that is the question's own key.
    """

    key: str
    label: str
    ask: str
    kind: FieldKind = "choice"
    words: Mapping[Choice, str] = field(default_factory=dict)
    standard: Answer | None = None
    attribute: str = ""


@dataclass(frozen=True)
class SectionOf:
    """A numbered heading of a certificate with its questions; `part` starts a new part above it."""

    number: str
    title: str
    questions: tuple[Question, ...]
    part: str | None = None


def yes_or_no(key: str, label: str, *, yes: str, no: str, ask: str = "", standard: Choice | None = None) -> Question:
    """Make a question of yes, no or not known to council."""
    return Question(
        key=key,
        label=label,
        ask=ask or "Council holds no answer for this lot. What should the certificate say?",
        words={"yes": yes, "no": no, "not_known": NOT_KNOWN},
        standard=Answer(choice=standard) if standard else None,
    )


def in_words(key: str, label: str, *, ask: str = "", standard: str | None = None) -> Question:
    """Make a question that is answered in a sentence of its own."""
    return Question(
        key=key,
        label=label,
        ask=ask or "Council holds no text for this lot. What should the certificate say?",
        kind="text",
        standard=Answer(text=standard) if standard else None,
    )


def of_amounts(key: str, label: str, *, yes: str, no: str, ask: str, attribute: str = "") -> Question:
    """Make a question of sums with their due days, or none at all."""
    return Question(key=key, label=label, ask=ask, kind="amounts", words={"yes": yes, "no": no}, attribute=attribute)


def of_entries(key: str, label: str, *, yes: str, no: str, ask: str) -> Question:
    """Make a question of numbered, dated notices or orders, or none at all."""
    return Question(key=key, label=label, ask=ask, kind="entries", words={"yes": yes, "no": no})
