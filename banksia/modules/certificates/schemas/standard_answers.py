"""Answers that hold for all land of the council, as an administrator reads and changes them."""

from banksia.kit.schemas import Paragraph, ReadModel, RequestModel, UtcDatetime
from banksia.modules.certificates.schemas.lines import FieldKind


class StandardChoice(ReadModel):
    """One answer that a question takes, with the sentence that the certificate prints for it."""

    value: str
    words: str


class StandardAnswerRead(ReadModel):
    """A question that certificates ask, and the council's answer to it for all of its land."""

    key: str
    label: str
    kind: FieldKind
    choices: list[StandardChoice]
    """Empty where it is answered in words of its own."""
    products: list[str]
    """Short titles of the certificates that ask it; none when no template does any more."""
    answer: str | None
    """`yes`, `no`, `not_known` or the words to print; null when the council gives none."""
    usual: str | None
    """The usual answer of the template, which holds without one of the council."""
    is_recorded: bool
    """The council records this of its land: what is recorded of a lot comes before this answer."""
    changed_at: UtcDatetime | None
    changed_by_name: str | None


class StandardAnswerList(ReadModel):
    """Every question that a certificate on sale asks, in their order, and answers that nobody asks for any more."""

    answers: list[StandardAnswerRead]


class StandardAnswerUpdate(RequestModel):
    """The answer as it shall be, null or empty for none; `seen` is the one that was read."""

    answer: Paragraph | None
    seen: Paragraph | None
