"""The catalogue of what a template's text can use, with what each looks like for an invented property."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.modules.certificates.schemas.templates import FieldCatalogue, FieldGroup, FieldOfTemplate
from banksia.modules.certificates.service.templates.describing import find_product
from banksia.modules.certificates.service.templates.samples import Sample, invented
from banksia.modules.property.public import defined_attributes

_PARTS: tuple[tuple[str, str, tuple[tuple[str, str, str], ...]], ...] = (
    (
        "property",
        "Property",
        (
            ("address", "Address", "text, or none"),
            ("addresses", "All addresses", "list of texts"),
            ("assessment", "Assessment number", "text, or none"),
            ("parcels", "All parcels", "list of texts"),
        ),
    ),
    (
        "parcel",
        "Parcel",
        (
            ("title", "Parcel in words", "text, or none"),
            ("text", "Parcel as the land register writes it", "text, or none"),
            ("lot", "Lot", "text, or none"),
            ("section", "Section", "text, or none"),
            ("plan", "Plan", "text, or none"),
            ("area", "Area", "text, or none"),
        ),
    ),
    (
        "order",
        "Order",
        (
            ("number", "Order number", "text"),
            ("reference", "Customer's reference", "text, or none"),
            ("applicant", "Applicant", "text"),
            ("email", "Applicant's email address", "text, or none"),
            ("placed_on", "Day of the order", "text"),
            ("fee", "Fee with urgency", "text"),
            ("is_urgent", "Urgent", "true or false"),
        ),
    ),
    (
        "product",
        "Certificate",
        (("title", "Title", "text"), ("code", "Code", "text"), ("law", "Law", "text")),
    ),
    (
        "council",
        "Council",
        (
            ("name", "Name", "text"),
            ("abn", "ABN", "text, or none"),
            ("address", "Address", "text, or none"),
            ("phone", "Telephone", "text, or none"),
            ("email", "Email address", "text, or none"),
        ),
    ),
)
_WHOLE = (
    ("#sections()", "Every section with its questions and answers", "block"),
    ('#section("1")', "One section, by its number", "block"),
    ("#headline()", "The sum owing, or the number of notices or orders", "block"),
    ("#data.as_at", "The day that the data is as at", "text"),
    ("#new-page()", "Begin a new page", "block"),
)


def list_template_fields(session: Session, actor: Actor, *, code: str) -> FieldCatalogue:
    """Everything that a product's text can use, with an example; the answers of its own questions come besides.

    Raises TemplateNotFound.
    """
    sample = invented(session, find_product(session, actor, code))
    groups = [FieldGroup(title="Answers and layout", fields=[_field(*each, "") for each in _WHOLE])]
    groups += [FieldGroup(title=title, fields=_fields(sample, part, named)) for part, title, named in _PARTS]
    return FieldCatalogue(groups=[*groups, *_attributes(session, sample)])


def _fields(sample: Sample, part: str, named: tuple[tuple[str, str, str], ...]) -> list[FieldOfTemplate]:
    values: dict[str, Any] = sample.values[part]
    return [_field(_expression(part, key, kind), title, kind, _shown(values[key])) for key, title, kind in named]


def _expression(part: str, key: str, kind: str) -> str:
    if kind == "list of texts":
        return f'#data.{part}.{key}.join(", ")'
    return f"#if data.{part}.{key} [Yes] else [No]" if kind == "true or false" else f"#data.{part}.{key}"


def _attributes(session: Session, sample: Sample) -> Iterator[FieldGroup]:
    current = [each for each in defined_attributes(session) if not each.is_retired]
    for title, defined in groupby(sorted(current, key=lambda each: each.group), lambda each: each.group):
        fields = [
            _field(
                f'#attribute("{each.code}")',
                each.title,
                each.kind.replace("_", " or "),
                sample.values["attributes"][each.code]["shown"],
            )
            for each in defined
        ]
        yield FieldGroup(title=f"Attributes: {title}" if title else "Attributes", fields=fields)


def _field(expression: str, title: str, kind: str, example: str) -> FieldOfTemplate:
    return FieldOfTemplate(expression=expression, title=title, kind=kind, example=example)


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(value)
    return {True: "Yes", False: "No", None: ""}[value] if isinstance(value, bool | None) else str(value)
