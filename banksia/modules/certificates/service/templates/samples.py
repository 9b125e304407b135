"""Land that exists nowhere, of which everything is known or next to nothing: what prints both, prints any."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import council_day
from banksia.kit.words import day_in_words
from banksia.modules.certificates.adapters.certificate_pdf import Fact
from banksia.modules.certificates.models import Product
from banksia.modules.certificates.schemas.lines import AmountRow, Answer, EntryRow
from banksia.modules.certificates.service.answers import Filled
from banksia.modules.certificates.service.fields import (
    Values,
    nothing_recorded,
    values_of_attributes,
    values_of_council,
    values_of_land,
)
from banksia.modules.certificates.service.known import Known
from banksia.modules.certificates.service.prepared import FilledSections
from banksia.modules.certificates.service.sections import Question, Template
from banksia.modules.property.public import KnownAttribute, defined_attributes

LAND: Mapping[str, Any] = MappingProxyType(
    {
        "address": "1 EXAMPLE STREET SAMPLETON NSW 2999",
        "addresses": [{"text": "1 EXAMPLE STREET SAMPLETON NSW 2999"}, {"text": "2 SAMPLE LANE SAMPLETON NSW 2999"}],
        "assessment": "100001",
        "parcels": [{"title": "Lot 1 Section 2 DP 999999"}],
        "parcel": {
            "title": "Lot 1 Section 2 DP 999999",
            "text": "1/2/DP999999",
            "lot": "1",
            "section": "2",
            "plan_type": "DP",
            "plan": "999999",
            "area_square_metres": 1012.0,
        },
    }
)
ORDER: Mapping[str, Any] = MappingProxyType(
    {
        "number": "XX-2026-00001",
        "reference": "26/0001 Example",
        "applicant": "Example Lawyers",
        "email": "applicant@example.com",
        "fee": "$100.00",
        "is_urgent": False,
    }
)
_EXAMPLES = {"yes_no": ("yes", "Yes"), "amount": ("12345", "$123.45"), "date": ("2026-07-01", "1 July 2026")}
_DAY = datetime.date(2026, 7, 1)


@dataclass(frozen=True)
class Sample:
    """Land, an order and answers to print a template with."""

    values: Values
    facts: tuple[Fact, ...]
    land: str


def invented(session: Session, product: Product) -> Sample:
    """Land of which everything is known."""
    known = {
        each.code: KnownAttribute(
            code=each.code,
            title=each.title,
            kind=each.kind,
            value=_EXAMPLES.get(each.kind, ("Example", "Example"))[0],
            detail="with a note",
            shown=_EXAMPLES.get(each.kind, ("Example", "Example"))[1],
            source="Council's register",
            as_at_on=_DAY,
            is_unknown=False,
        )
        for each in defined_attributes(session)
    }
    return sample_of(session, product, LAND, known)


def sample_of(session: Session, product: Product, snapshot: Mapping[str, Any], known: Known) -> Sample:
    """An invented order for land, by its picture and what is known of it."""
    values = values_of_land(snapshot)
    land = values["parcel"]["title"] or values["property"]["address"] or "Land"
    facts = [("Applicant", ORDER["applicant"]), ("Land", land), ("Address", values["property"]["address"])]
    facts += [("Assessment", values["property"]["assessment"]), ("Fee", ORDER["fee"]), ("Order", ORDER["number"])]
    return Sample(
        values={
            **values,
            "order": {**ORDER, "placed_on": day_in_words(council_day(session))},
            "product": {"title": product.title, "code": product.code, "law": product.law},
            "council": values_of_council(session),
            "attributes": values_of_attributes(session, known),
        },
        facts=tuple(Fact(label, value, strong=label == "Land") for label, value in facts if value),
        land=land,
    )


def barest(sample: Sample) -> Sample:
    """The same land with next to nothing known."""
    return Sample(nothing_recorded(sample.values), sample.facts[:2], sample.land)


def answered(template: Template) -> FilledSections:
    """Every question of a template answered at length."""
    return [
        (section, [Filled(question, _answer(question), "officer") for question in section.questions])
        for section in template.sections
    ]


def unanswered(template: Template) -> FilledSections:
    """No question of a template answered."""
    return [
        (section, [Filled(question, None, "none") for question in section.questions]) for section in template.sections
    ]


def _answer(question: Question) -> Answer:
    if question.kind == "text":
        return Answer(text=f"{question.label} as council writes it.")
    if question.kind == "amounts":
        return Answer(choice="yes", amounts=[AmountRow(description="Example rate", due_on=_DAY, amount_cents=12345)])
    if question.kind == "entries":
        return Answer(choice="yes", entries=[EntryRow(description="Example order", number="1", dated_on=_DAY)])
    return Answer(choice="yes", text="An officer's note.")
