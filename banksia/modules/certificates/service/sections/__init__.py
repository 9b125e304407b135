"""The questions of every kind of certificate, by template key."""

from collections.abc import Iterator
from dataclasses import dataclass

from banksia.modules.certificates.service.sections.finance_and_notices import DRAINAGE, NOTICES, ORDERS, RATES
from banksia.modules.certificates.service.sections.planning_more import PLANNING_2, PLANNING_2_5
from banksia.modules.certificates.service.sections.questions import Question, SectionOf

__all__ = ["TEMPLATES", "Question", "SectionOf", "Template", "questions_of", "template_of"]


@dataclass(frozen=True)
class Template:
    """A kind of certificate: how it is printed, what it is called on paper, and what it asks.

    A council's own has a `number` from 1 on and a `source`, the text between the land and the closing.
    """

    printed_with: str
    paper_title: str
    sections: tuple[SectionOf, ...]
    notes: tuple[str, ...] = ()
    number: int = 0
    source: str | None = None

    @property
    def questions(self) -> Iterator[Question]:
        """Go through every question."""
        for section in self.sections:
            yield from section.questions


_READ_WITH_MAPS = "Read this certificate together with the maps and instruments that it names."
_ASK_AGAIN = "What council holds can change. Order a new certificate if you rely on it at a later date."

TEMPLATES = {
    "planning_2": Template("planning", "Planning certificate", PLANNING_2, (_READ_WITH_MAPS, _ASK_AGAIN)),
    "planning_2_5": Template(
        "planning",
        "Planning certificate",
        PLANNING_2_5,
        (
            _READ_WITH_MAPS,
            "Council is not liable for advice given in good faith under section 10.7(5) (section 10.7(6) of the Act).",
            _ASK_AGAIN,
        ),
    ),
    "rates": Template("rates", "Certificate as to rates and charges", RATES, (_ASK_AGAIN,)),
    "notices": Template("notices", "Certificate as to outstanding notices", NOTICES, (_ASK_AGAIN,)),
    "orders": Template("orders", "Certificate as to outstanding orders", ORDERS, (_ASK_AGAIN,)),
    "drainage": Template(
        "drainage",
        "Drainage diagram",
        DRAINAGE,
        ("Council does not hold a survey of every pipe. A licensed plumber can trace the lines on site.",),
    ),
}


def template_of(key: str) -> Template:
    """Return the template of a product."""
    return TEMPLATES[key]


def questions_of(key: str) -> Iterator[Question]:
    """Go through every question of a template."""
    return template_of(key).questions
