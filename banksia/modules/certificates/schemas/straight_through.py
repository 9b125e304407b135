"""Issuing without an officer: the rules as an administrator edits them, what they decided, and the share of it."""

import datetime
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from banksia.kit.schemas import Line, ReadModel, RequestModel, RequiredLine, UtcDatetime
from banksia.modules.certificates.schemas.catalogue import ProductCode

AttributeCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
Days = Annotated[int, Field(ge=0, le=3650, description="Days")]
ReasonCode = Literal[
    "taken",
    "paused",
    "second_officer",
    "money",
    "customer_wrote",
    "land_changed",
    "disputed",
    "template",
    "signing",
    "unknown",
    "overridden",
    "stale",
    "flag",
    "guard",
    "sample",
]


class Age(RequestModel):
    """How many days old what is recorded of an attribute may be."""

    attribute: AttributeCode
    days: Days


class Flag(RequestModel):
    """What the land may not have for its certificates to be issued without an officer: `flood_controls` `yes`.

    `unknown` is a value too.
    """

    attribute: AttributeCode
    value: RequiredLine


class Pause(RequestModel):
    """Days on which officers look at every certificate, or at every one of a product; both days included."""

    product: ProductCode | None
    """Null for all products."""
    reason: RequiredLine
    from_on: datetime.date
    until_on: datetime.date | None
    """Null for as long as the pause is there."""

    @model_validator(mode="after")
    def _in_order(self) -> "Pause":
        if self.until_on and self.until_on < self.from_on:
            message = "The last day lies before the first."
            raise ValueError(message)
        return self


class Rules(RequestModel):
    """When a certificate is issued without an officer. Nothing is, until an administrator chooses a product."""

    products: Annotated[tuple[ProductCode, ...], Field(max_length=200)] = ()
    """The products that may be; codes of the catalogue."""
    age_days: Days = 30
    """How old an answer may be whose attribute has no age of its own."""
    ages: Annotated[tuple[Age, ...], Field(max_length=200)] = ()
    flags: Annotated[tuple[Flag, ...], Field(max_length=200)] = ()
    look_at_hand_written: bool = True
    """Whether an officer looks when a person recorded an attribute by hand, and no import."""
    sample_percent: Annotated[int, Field(ge=0, le=100)] = 5
    """So many of a hundred go to an officer although nothing speaks against them."""
    most_an_hour: Annotated[int, Field(ge=1, le=10_000)] = 60
    pauses: Annotated[tuple[Pause, ...], Field(max_length=100)] = ()


class RulesShown(Rules):
    """The rules as they are answered: every one of them is there."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=True)


class RulesUpdate(Rules):
    """The rules as they shall be; `version` is the one that was read."""

    version: Annotated[int, Field(ge=0)]


class RuledProduct(ReadModel):
    """A product that is sold, and whether it can be issued without an officer at all."""

    code: ProductCode
    title: str
    needs_check: bool
    """A second officer checks it, so an officer looks at each."""
    attributes: list[AttributeCode]
    """What of the property answers its questions, in their order."""
    unanswered: list[str]
    """Questions that nothing recorded and no standard answer of the council can answer: an officer always does."""


class RuledAttribute(ReadModel):
    """An attribute that rules can name."""

    code: AttributeCode
    title: str
    values: list[str]
    """What it can be, where that is one of few."""


class RulesRead(ReadModel):
    """The rules in force, and what they can name."""

    rules: RulesShown
    version: int
    """0 before they are first saved."""
    changed_at: UtcDatetime | None
    changed_by_name: str | None
    products: list[RuledProduct]
    attributes: list[RuledAttribute]


class Reason(ReadModel):
    """Why an officer looks at a certificate."""

    code: ReasonCode
    words: str


class StraightThroughRead(ReadModel):
    """Whether a line was issued without an officer, and why or why not; for staff only."""

    issued: bool
    decided_at: UtcDatetime
    words: str
    reasons: list[Reason]


class ReasonCount(ReadModel):
    """How many certificates an officer had to look at, by the first reason."""

    code: ReasonCode
    title: Line
    count: int


class ProductShare(ReadModel):
    """What became of one product's certificates that were paid in a period."""

    product: str
    title: str
    is_on: bool
    """Whether it is issued without an officer now."""
    paid_count: int
    decided_count: int
    """How many were judged; the others were paid while it was off, or wait to be judged."""
    issued_count: int
    reasons: list[ReasonCount]
    median_minutes: float | None
    """From the payment to the certificate, of those that were issued without an officer."""
    promised_days: int
    """Working days that were promised for those, all together."""


class ShareRead(ReadModel):
    """How many certificates were issued without an officer; of those paid from `from_on` to `until_on`."""

    from_on: datetime.date
    until_on: datetime.date
    paid_count: int
    decided_count: int
    issued_count: int
    reasons: list[ReasonCount]
    median_minutes: float | None
    promised_days: int
    products: list[ProductShare]
